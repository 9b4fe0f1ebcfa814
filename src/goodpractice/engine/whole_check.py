"""A check of everything, with the case studies shared out among processes."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.content import Project
from goodpractice.diagnostics.follow_ons import drop_follow_ons
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.engine.options import PARALLEL_FROM, count_workers
from goodpractice.engine.pool import Pool, WorkShare
from goodpractice.kinds import CASE_STUDY
from goodpractice.render.registration import Collect


def check_side_by_side(project: Project, collect: Collect) -> list[Diagnostic]:
    """As `check_project`, in half the time where there are two processors and many case studies.

    The texts of editors are few, and many of them are looked at for the links of others: they stay together.
    Limits on how much is told and compared hold for each process: of more than a thousand problems, others may be
    told than by one.

    Raises:
        WorkerError: A process broke down; the message names the file that it was reading.
    """
    stories = sorted(record_id for kind, record_id in project.kb.documents if kind == CASE_STUDY)
    workers = count_workers()
    if workers < 2 or len(stories) < PARALLEL_FROM:
        return check_project(project, collect)
    check = ProjectCheck(project, collect=collect)
    # What is wrong with mkdocs.yml or macros.py is told from here; in a worker it would look like a failure of ours.
    check.set_up()

    def check_share(share: WorkShare) -> Iterator[list[Diagnostic]]:
        yield list(check.check_case_studies(share.take(stories)))

    with Pool(workers, {"check": check_share}) as pool:
        pool.start("check")
        found = {*project.diagnostics, *check.check_rest()}
        for diagnostics in pool.collect():
            found.update(diagnostics)
    return drop_follow_ons(found)
