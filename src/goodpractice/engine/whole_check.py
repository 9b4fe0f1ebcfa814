"""A check of everything, with the case studies and the texts of editors shared out among processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.content import Project
from goodpractice.diagnostics.budget import Spent, sum_up
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


class Unsure(NamedTuple):
    """A text with links into texts of other shares.

    Attributes:
        diagnostics: Its problems, if all that it links to is there.
        asked: The anchors in those texts that it links to.
    """

    diagnostics: list[Diagnostic]
    asked: list[tuple[Page, str]]


class Found(NamedTuple):
    """What came of a share.

    Attributes:
        diagnostics: The problems that it is sure of.
        unsure: Texts of which it is not, by kind and id.
        anchors: What can be linked to in the texts of this share, by the address of the page.
        spent: What was used to find them, in a process of its own.
    """

    diagnostics: list[Diagnostic]
    unsure: dict[Key, Unsure]
    anchors: dict[str, frozenset[str]]
    spent: Spent


def check_side_by_side(project: Project, collect: Collect) -> list[Diagnostic]:
    """As `check_project`, sooner where there are several processors and much to read.

    Where there is so much wrong that the limits of a run count, they must count in the order of one process: it then
    starts anew.

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
        if share.is_whole:  # in this process, which counts itself what it uses
            yield Found([*check.check_editors_pages(), *check.check_case_studies()], {}, {}, Spent())
            return
        found = _check_texts(check, share.take(texts))
        found.diagnostics.extend(check.check_case_studies(share.take(stories)))
        yield found._replace(spent=sum_up())

    with Pool(workers, {"check": check_share}) as pool:
        pool.start("check")
        found = {*project.diagnostics, *check.check_others()}
        shares = list(pool.collect())
    found.update(*(share.diagnostics for share in shares), _check_unsure(check, shares))
    if not sum_up(share.spent for share in shares).is_within_limits:
        return check_project(project, collect)
    return drop_follow_ons(found)


def _check_texts(check: ProjectCheck, keys: Sequence[Key]) -> Found:
    """Check a share of the texts of editors; what links to other texts want of them is not looked for, but told."""
    planned = check.addresses.page_index.by_source
    found_here = (planned.get(check.kb.documents[key].path) for key in keys)
    pages = {page.url: page for page in found_here if page is not None}
    asked: list[tuple[Page, str]] = []

    def find_anchors(page: Page, wanted: str) -> frozenset[str] | None:
        if page.url in pages or not page.is_written:
            return check.anchors(page, wanted)
        asked.append((page, wanted))
        return None

    found = Found([], {}, {}, Spent())
    for key in keys:
        asked.clear()
        diagnostics = list(check.check_editors_pages([key], find_anchors))
        if asked:
            found.unsure[key] = Unsure(diagnostics, list(asked))
        else:
            found.diagnostics.extend(diagnostics)
    # A translation is made with macros of its own: few links lead into one.
    found.anchors.update((url, check.list_anchors_of_text(page)) for url, page in pages.items() if not page.language)
    return found


def _check_unsure(check: ProjectCheck, shares: Sequence[Found]) -> Iterator[Diagnostic]:
    """Problems of the texts with links into those of other shares: where nobody has found what they ask for, anew.

    Nothing of the first reading stays then. It did not know which problems are the first of the file.
    """
    anchors = {url: names for share in shares for url, names in share.anchors.items()}
    for share in shares:
        for key, text in share.unsure.items():
            is_there = all(wanted in anchors.get(page.url, ()) for page, wanted in text.asked)
            yield from text.diagnostics if is_there else check.check_editors_pages([key])
