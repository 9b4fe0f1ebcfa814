"""The most frequent edit: the text of a story changes, and nothing else.

No field that another page shows differs then, and no result of a query of
this page. So the plan of all pages and the rows of all stories stay in the
state, and this page reads the rows it needs one by one. With ten thousand
stories, loading the rest would take most of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodpractice.checks import ProjectCheck
from goodpractice.content import Project, load_project, share_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.engine.facts import (
    heading_link_prefix,
    is_same_case,
    join_cached,
    list_cached_cases,
    list_editors_texts,
)
from goodpractice.engine.options import Options
from goodpractice.engine.pages import PageMaker, read_plan
from goodpractice.engine.report import Report
from goodpractice.engine.source_diff import SourceDiff
from goodpractice.engine.sources import is_case_study
from goodpractice.engine.state import CachedCase, StateFile
from goodpractice.engine.traces import list_numbers, read_results
from goodpractice.engine.update import SiteUpdate, make_site_inputs, start_shells_late
from goodpractice.pages import Page, PageIndex


def build_stories(options: Options, diff: SourceDiff, report: Report) -> bool:
    """Build the pages of stories whose text changed.

    Returns:
        Whether that was all there was to build. If not, nothing was done.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    if diff.removed or diff.modified or diff.has_expired or not all(map(is_case_study, diff.changed)):
        return False
    store = StateFile(options.state_path)
    with report.stage("load"):
        kb, diagnostics = load_project(options.root, diff.changed, settings=options.settings)
        fresh = {fact.id: fact for fact in list_cached_cases(kb)}
        cached = dict(filter(None, map(store.find_named, diff.changed)))
        if not len(cached) == len(fresh) == len(diff.changed) or not _is_local(kb, store, fresh):
            return False
        dependencies = store.find_dependencies(
            {number for page in cached.values() for number in list_numbers(page.trace)}
        )
        kb = join_cached(kb, options.root, store, read_results(dependencies))
    project = Project(options.root.resolve(), kb, ())
    share_project(project)
    titles: dict[str, str] = {}
    pages = []
    for page in cached.values():
        planned, around = read_plan(page.plan.text)
        pages.append((planned, page.plan))
        titles.update(around)
    # Only translations ask for the alternates of a page, and no story is one.
    page_index = PageIndex(LazyPages(store), titles, {})
    with report.stage("check"):
        check = ProjectCheck(project, page_index)
        diagnostics += [*check.check_case_studies(fresh), *check.check_photos(fresh)]
    report.add_diagnostics(diagnostics)
    if report.diagnostics:
        return True
    make_shell = start_shells_late(options, project)
    maker = PageMaker(project, page_index, make_site_inputs(diff.state), store.find_shell, make_shell)
    with SiteUpdate(options, diff, cached) as update:
        with report.stage("render and write"):
            update.make(maker, pages, report)
        with report.stage("put in place"):
            update.put_in_place(report)
        with report.stage("keep the state"), store.updating() as writer:
            update.keep(writer, maker, check, {})
            # What a story links to may have changed.
            writer.write_cases(fresh.values())
    return True


def _is_local(kb: KnowledgeBase, store: StateFile, fresh: Mapping[str, CachedCase]) -> bool:
    """Whether no front matter of these stories changed, and no link leads to one of their headings."""
    for case_id, fact in fresh.items():
        before = store.find_case(case_id)
        if before is None or not is_same_case(before, fact):
            return False
        heading = heading_link_prefix(case_id)
        if store.has_link(heading) or any(heading in text for text in list_editors_texts(kb)):
            return False
    return True


class LazyPages(Mapping[str, Page]):
    """Lazy mapping of source path → Page; one SQL query per access."""

    def __init__(self, store: StateFile) -> None:
        self._store = store

    def __getitem__(self, source: str) -> Page:
        found = self._store.find_named(source)
        if found is None:
            raise KeyError(source)
        return read_plan(found[1].plan.text)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.list_sources())

    def __len__(self) -> int:
        return len(self._store.list_sources())
