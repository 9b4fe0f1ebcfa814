"""A check of everything, with the case studies and the texts of editors shared out among processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.content import Project
from goodpractice.diagnostics.budget import Spent, sum_up
from goodpractice.diagnostics.follow_ons import drop_follow_ons
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.engine.options import PARALLEL_FROM, count_workers
from goodpractice.engine.pool import Pool, WorkShare
from goodpractice.engine.shared_texts import CheckedTexts, check_texts, check_unsure
from goodpractice.kinds import CASE_STUDY
from goodpractice.render.registration import Collect

#: Texts of editors from which on two processes are worth their start: each takes as long as twenty case studies.
TEXTS_FROM = 20


class Found(NamedTuple):
    """What came of a share.

    Attributes:
        texts: Of the texts of editors, and the problems of the case studies with theirs.
        spent: What was used to find them, in a process of its own.
    """

    texts: CheckedTexts
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
            found = CheckedTexts([*check.check_editors_pages(), *check.check_case_studies()], {}, {})
            yield Found(found, Spent())
            return
        found = check_texts(check, share.take(texts))
        found.diagnostics.extend(check.check_case_studies(share.take(stories)))
        yield Found(found, sum_up())

    with Pool(workers, {"check": check_share}) as pool:
        pool.start("check")
        found = {*project.diagnostics, *check.check_others()}
        shares = list(pool.collect())
    found.update(*(share.texts.diagnostics for share in shares), check_unsure(check, [share.texts for share in shares]))
    if not sum_up(share.spent for share in shares).is_within_limits:
        return check_project(project, collect)
    return drop_follow_ons(found)
