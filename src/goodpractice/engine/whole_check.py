"""A check of everything, with the case studies and the texts of editors shared out among processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.content import Project
from goodpractice.diagnostics.follow_ons import drop_follow_ons
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.engine.options import PARALLEL_FROM, count_workers
from goodpractice.engine.pool import Pool, WorkShare
from goodpractice.kinds import CASE_STUDY
from goodpractice.pages import Page
from goodpractice.render.registration import Collect

#: Texts of editors from which on two processes are worth their start: each takes as long as twenty case studies.
TEXTS_FROM = 20

#: The kind and id of a text of editors.
Key = tuple[str, str]


class Found(NamedTuple):
    """What came of a share.

    Attributes:
        diagnostics: The problems.
        asked: Anchors in texts of other shares that links lead to, by the text that links there.
        anchors: Those of the texts of this share, by the address of the page.
    """

    diagnostics: list[Diagnostic]
    asked: dict[Key, list[tuple[Page, str]]]
    anchors: dict[str, frozenset[str]]


def check_side_by_side(project: Project, collect: Collect) -> list[Diagnostic]:
    """As `check_project`, in half the time where there are two processors and much to read.

    Limits on how much is told and compared hold for each process: of more than a thousand problems, others may be
    told than by one.

    Raises:
        WorkerError: A process broke down; the message names the file that it was reading.
    """
    documents = project.kb.documents
    stories = sorted(record_id for kind, record_id in documents if kind == CASE_STUDY)
    # The longest first, so that shares take as long.
    texts = sorted(project.kb.list_editors_documents(), key=lambda key: -len(documents[key].body))
    workers = count_workers()
    if workers < 2 or (len(stories) < PARALLEL_FROM and len(texts) < TEXTS_FROM):
        return check_project(project, collect)
    check = ProjectCheck(project, collect=collect)
    # What is wrong with mkdocs.yml or macros.py is told from here; in a worker it would look like a failure of ours.
    check.set_up()

    def check_share(share: WorkShare) -> Iterator[Found]:
        found = _check_texts(check, share.take(texts))
        yield found._replace(diagnostics=[*found.diagnostics, *check.check_case_studies(share.take(stories))])

    asked: dict[Key, list[tuple[Page, str]]] = {}
    anchors: dict[str, frozenset[str]] = {}
    with Pool(workers, {"check": check_share}) as pool:
        pool.start("check")
        found = {*project.diagnostics, *check.check_others()}
        for share in pool.collect():
            found.update(share.diagnostics)
            asked |= share.asked
            anchors |= share.anchors
    # What nobody has found is looked for as in one process: the text that links there is read once more.
    again = [
        key for key, links in asked.items() if any(wanted not in anchors.get(page.url, ()) for page, wanted in links)
    ]
    found.update(check.check_editors_pages(again))
    return drop_follow_ons(found)


def _check_texts(check: ProjectCheck, keys: Sequence[Key]) -> Found:
    """Check a share of the texts of editors; what links to other texts want of them is not looked for, but told."""
    planned = check.addresses.page_index.by_source
    found_here = (planned.get(check.kb.documents[key].path) for key in keys)
    pages = {page.url: page for page in found_here if page is not None}
    found = Found([], {}, {})
    for key in keys:
        links: list[tuple[Page, str]] = []

        def find(page: Page, wanted: str, links: list[tuple[Page, str]] = links) -> frozenset[str] | None:
            if page.url in pages or not page.is_written:
                return check.anchors(page, wanted)
            links.append((page, wanted))
            return None

        check.find_anchors = find
        found.diagnostics.extend(check.check_editors_pages([key]))
        if links:
            found.asked[key] = links
    # A translation is made with macros of its own: few links lead into one.
    found.anchors.update((url, check.list_anchors_of_text(page)) for url, page in pages.items() if not page.language)
    return found
