"""A build that stays in memory: an edited story reaches its page without a scan of all files."""

from __future__ import annotations

import json
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from goodpractice.checks import ProjectCheck
from goodpractice.content import Project, load_project
from goodpractice.engine.built import Built
from goodpractice.engine.facts import heading_link_prefix, is_same_case, list_cached_cases, list_editors_texts
from goodpractice.engine.incremental import load_built
from goodpractice.engine.lazy import LazyDocuments
from goodpractice.engine.options import Options
from goodpractice.engine.output import hold_lock, remove_tree
from goodpractice.engine.pages import PageMaker
from goodpractice.engine.report import Report
from goodpractice.engine.run import build
from goodpractice.engine.sources import is_case_study
from goodpractice.engine.state import StateFile
from goodpractice.engine.update import make_site_inputs, start_shells_late
from goodpractice.engine.workers import write_page
from goodpractice.pages import Page


class Session:
    """Builds a site again and again, and remembers what it was made from.

    Attributes:
        options: How it builds.
        built: What the site was made from; None while the project has problems.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.built: Built | None = None
        self._maker: PageMaker | None = None
        self._pages: dict[str, Page] = {}

    def build(self) -> Report:
        """Look at all files and build what changed.

        Raises:
            OSError: Files could not be written; the last site stays.
            WorkerError: A worker process failed.
        """
        report = build(self.options)
        if report.diagnostics:
            # The project is in a state that cannot be shown: the next build looks at everything.
            self.built = None
            return report
        self.built = report.built or load_built(self.options)
        self._maker = None
        return report

    def list_included(self) -> list[str]:
        """Other files of the project that its pages were made from, as far as the last full build knows."""
        return list(json.loads(StateFile(self.options.state_path).find_meta("included") or "[]"))

    def update(self, paths: Collection[str]) -> Report:
        """Build after changes of these files, relative to the project.

        When only stories changed, nothing else is looked at; the state that is
        kept on disk learns of it at the next full build.

        Raises:
            OSError: Files could not be written; the last site stays.
            WorkerError: A worker process failed.
        """
        report = self._update_stories(paths) if self.built is not None else None
        return report if report is not None else self.build()

    def _update_stories(self, paths: Collection[str]) -> Report | None:
        built = self.built
        if built is None or not all(map(is_case_study, paths)):
            return None
        options = self.options
        ids = {Path(path).stem for path in paths}
        if not all((options.root / path).is_file() for path in paths) or not ids <= built.facts.keys():
            return None
        report = Report(site_dir=options.site_dir, pages=len(built.plan))
        with report.stage("load"):
            kb, diagnostics = load_project(options.root, sorted(paths), True, built.project.kb.settings)
            fresh = {fact.id: fact for fact in list_cached_cases(kb)}
        if any(case_id not in fresh or not is_same_case(built.facts[case_id], fresh[case_id]) for case_id in ids):
            return None
        headings = list(map(heading_link_prefix, ids))
        texts = list(list_editors_texts(built.project.kb))
        if any(heading in text for heading in headings for text in texts):
            return None
        with report.stage("check"):
            whole = replace(built.project.kb, documents=kb.documents, origins=kb.origins)
            check = ProjectCheck(Project(built.project.root, whole, ()), built.page_index)
            diagnostics += check.check_case_studies(ids)
            if any(heading in fact.links for heading in headings for fact in built.facts.values()):
                return None
        report.add_diagnostics(diagnostics)
        if report.diagnostics:
            return report
        with report.stage("render and write"):
            self._render(ids, report)
        for case_id, fact in fresh.items():
            built.facts[case_id] = fact  # type: ignore[index] # ours to keep
        return report

    def _render(self, ids: Collection[str], report: Report) -> None:
        maker = self._maker or self._start_maker()
        staging = self.options.beside("staging")
        # Another server of the same project would take what is being made for something left behind.
        with hold_lock(self.options.site_dir, self.options.on_wait):
            try:
                for case_id in sorted(ids):
                    made = maker.make(self._pages[case_id])
                    write_page(made, staging, time.time_ns())
                    (staging / made.output).replace(self.options.site_dir / made.output)
                    report.add_pages([(made.page.url, made.seconds)])
                    report.written += 1
            finally:
                remove_tree(staging)

    def _start_maker(self) -> PageMaker:
        assert self.built is not None  # noqa: S101 - for the type checker
        project, plan = self.built.project, self.built.plan
        root = project.root
        # Stories are read from their files each time: a loaded one would be the text of yesterday.
        cached = {key: document for key, document in project.kb.documents.items() if key[0] != "case_study"}
        project = Project(root, replace(project.kb, documents=LazyDocuments(root, cached)), ())
        store = StateFile(self.options.state_path)
        make_shell = start_shells_late(self.options, project, plan)
        self._maker = PageMaker(
            project, self.built.page_index, make_site_inputs(store.load()), store.find_shell, make_shell
        )
        self._pages = {page.id: page for page in plan if page.kind == "case_study"}
        return self._maker
