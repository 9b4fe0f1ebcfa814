"""A build from nothing: everything is loaded, checked and rendered, in parallel."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from goodpractice.checks import ProjectCheck
from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.content import load_project
from goodpractice.content.document import InvalidRecord, Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics.rules import LETS_BUILD, Diagnostic
from goodpractice.engine.built import Built, plan_site
from goodpractice.engine.driver import ShellSource
from goodpractice.engine.facts import join_case_studies
from goodpractice.engine.options import Options
from goodpractice.engine.output import digest_site, remove_tree, require_whole, swap_folder, write_file
from goodpractice.engine.pages import SiteInputs, serialise_plan
from goodpractice.engine.report import Report
from goodpractice.engine.source_diff import SourceDiff
from goodpractice.engine.sources import digest_bytes, is_case_study
from goodpractice.engine.state import NO_DIGESTS, NO_PAGE, CachedCase, PageState, StateFile, StateWriter, renew_digests
from goodpractice.engine.workers import Pool, Written
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.registry import KINDS
from goodpractice.pages import Page
from goodpractice.photos.publishing import load_derived
from goodpractice.query.recording import add_opened, forget_modules
from goodpractice.render.shells import Shell, ShellKey
from goodpractice.render.sitemap import SITEMAP, render_sitemap

#: Case studies below which one worker is enough: starting a process costs as much as fifty of them.
PARALLEL_FROM = 100


def list_case_paths(paths: Sequence[str]) -> list[str]:
    """Sources that are case studies."""
    return sorted(filter(is_case_study, paths))


def list_folders(paths: Iterable[str]) -> set[str]:
    """Names of the folders below the case studies that files lie in; empty for files that lie in none of them."""
    parts = (path.split("/") for path in paths)
    return {part[1] if len(part) > 2 else "" for part in parts if part[0] == CASE_STUDIES}


def build_full(options: Options, diff: SourceDiff, report: Report) -> None:
    """Build everything beside the old site, then put it in its place.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    forget_modules(os.fspath(options.root))
    with report.stage("load"):
        kb, diagnostics = load_project(options.root, [], settings=options.settings)
    case_paths = list_case_paths(list(diff.file_states))
    # Started now, the workers have all that they share.
    pool = Pool(options.root, case_paths, options.workers if len(case_paths) >= PARALLEL_FROM else 1, kb)
    fresh = options.beside("new")
    try:
        _build(options, diff, report, pool, fresh, kb, diagnostics)
    finally:
        pool.close()
        remove_tree(fresh)


def _note_invalid_record(kb: KnowledgeBase, case_paths: Iterable[str]) -> KnowledgeBase:
    """Let the checks know of stories with a mistake, so that it is not reported again wherever they are named."""
    missing = (path for path in case_paths if Path(path).stem not in kb.case_studies.raw)
    found = {("case_study", Path(path).stem): InvalidRecord(CaseStudy, {}, Origin(path)) for path in missing}
    return replace(kb, invalid_records={**kb.invalid_records, **found})


def _build(
    options: Options,
    diff: SourceDiff,
    report: Report,
    pool: Pool,
    fresh: Path,
    kb: KnowledgeBase,
    diagnostics: list[Diagnostic],
) -> None:
    static = _StaticFiles(fresh, diff.now)
    built = _load(options, diff, report, pool, kb, diagnostics)
    with report.stage("check"):
        check = ProjectCheck(built.project, built.page_index)
        # A macros.py that does not run is reported from here; in a worker it would look like a failure of ours.
        check.set_up()
        diagnostics += [*check.check_tables(), *check.check_files()]
        diagnostics += check.check_photos(list_folders(diff.file_states) - check.kb.case_studies.raw.keys())
        blocked = any(diagnostic.code not in LETS_BUILD for diagnostic in diagnostics)
        source = None if blocked else _set_up(options, report, built, static)
        for found, linked in pool.collect():
            diagnostics += found
            check.linked |= linked
    report.add_diagnostics(diagnostics)
    if report.diagnostics or source is None:
        return
    with report.stage("photos"):
        for name, data in load_derived(check.kb.photos, options.root, fresh=not options.use_cache):
            static.write(name, data)
    with ExitStack() as cached:
        writer = cached.enter_context(StateFile(options.state_path).rewriting())
        with report.stage("render and write"):
            names, digests = _render(options, diff, report, pool, built, source, writer, static)
        with report.stage("put in place"):
            require_whole(options.site_dir, digest_site(fresh), digests["outputs"])
            replaced = diff.outputs.keys()
            _put_in_place(options, fresh)
            report.pages, report.written = len(built.plan), len(names) + len(static.files)
            report.removed = len(replaced - names - static.files.keys())
            report.built = built
        with report.stage("keep the state"):
            _keep_meta(options, diff, writer, built, source, check, digests)
            cached.close()


def _load(
    options: Options,
    diff: SourceDiff,
    report: Report,
    pool: Pool,
    kb: KnowledgeBase,
    diagnostics: list[Diagnostic],
) -> Built:
    """Load the case studies in the workers, let them begin to check, and plan all pages."""
    with report.stage("load"):
        pool.send([("load",)] * pool.jobs)
        diff.read_rest(options.root)
        results = pool.collect()
    facts: list[CachedCase] = [fact for part, __ in results for fact in part]
    diagnostics += [diagnostic for __, found in results for diagnostic in found]
    pool.send([("check", [fact for other, __ in results if other is not own for fact in other]) for own, __ in results])
    with report.stage("plan"):
        kb = join_case_studies(kb, options.root, facts)
        if diagnostics:
            kb = _note_invalid_record(kb, list_case_paths(list(diff.file_states)))
        return plan_site(options.root, kb, {fact.id: fact for fact in facts})


def _render(
    options: Options,
    diff: SourceDiff,
    report: Report,
    pool: Pool,
    built: Built,
    source: ShellSource,
    writer: StateWriter,
    static: _StaticFiles,
) -> tuple[set[str], Mapping[str, str]]:
    """Let the workers write all pages; meanwhile, write the sitemap and the state.

    Returns:
        As `_collect_pages`, with the digests of all files.
    """
    options.progress(0, len(built.plan))
    site = make_site_inputs(source)
    pool.send([("render", static.folder, site, diff.now)] * pool.jobs)
    static.write(SITEMAP, render_sitemap(built.plan, site.site_url).encode())
    writer.write_pages(static.files.items())
    writer.write_files(diff.file_states)
    writer.write_cases(built.facts.values())
    writer.write_tables(serialise_tables(built.project.kb))
    names, digests = _collect_pages(options, report, pool, built, source, writer)
    return names, renew_digests(digests, {}, static.files)


def _keep_meta(
    options: Options,
    diff: SourceDiff,
    writer: StateWriter,
    built: Built,
    source: ShellSource,
    check: ProjectCheck,
    digests: Mapping[str, str],
) -> None:
    moved, doubts = diff.scan_again(options.root)
    included, meta_of_setup = diff.find_included(options.root, options.cache)
    writer.write_files({**included, **moved})
    site = make_site_inputs(source)
    writer.write_meta(
        {
            "setup": diff.setup,
            "nav": serialise_nav(built.plan, site.in_nav),
            "site": json.dumps(serialise_site(site)),
            **digests,
            "planned": str(len(built.plan)),
            "linked": json.dumps(sorted(check.linked)),
            "until": find_end(built.facts.values()),
            **meta_of_setup,
            "day": diff.day,
            **doubts,
        }
    )


def make_site_inputs(source: ShellSource) -> SiteInputs:
    """What pages show of the whole site."""
    return SiteInputs(source.site_url, source.repo_url, source.in_nav)


def _collect_pages(
    options: Options,
    report: Report,
    pool: Pool,
    built: Built,
    source: ShellSource,
    writer: StateWriter,
) -> tuple[set[str], Mapping[str, str]]:
    """Keep what workers say of the pages that they have written, and make the page shells that they ask for.

    Returns:
        The names of their files, and their digests (see `renew_digests`).
    """
    names: set[str] = set()
    digests = NO_DIGESTS
    shells: dict[ShellKey, Shell] = {}
    planned = {page.url: page for page in built.plan}

    def make_shell(shell_key: ShellKey, page: Page) -> Shell:
        if shell_key not in shells:
            shells[shell_key] = source.make_shell(shell_key, page)
            writer.write_shells({json.dumps(shell_key): shells[shell_key]})
        return shells[shell_key]

    def keep(written: list[Written]) -> None:
        nonlocal digests
        states = {
            made.output: PageState(
                serialise_plan(planned[made.url], built.page_index),
                made.trace,
                made.file_states.digest,
                made.file_states,
                made.text,
            )
            for made in written
        }
        for made in written:
            writer.write_dependencies(made.dependencies)
        writer.write_pages(states.items())
        names.update(states)
        digests = renew_digests(digests, {}, states)
        report.add_pages([(made.url, made.seconds) for made in written])
        options.progress(report.rendered, len(built.plan))

    for opened in pool.collect(keep, make_shell):
        add_opened(f"{options.root}/{path}" for path in opened)
    return names, digests


def _put_in_place(options: Options, fresh: Path) -> None:
    aside = options.beside("old")
    swap_folder(fresh, options.site_dir, aside)
    if (aside / SEARCH_FOLDER).is_dir():
        # Keep the old index: renewing the search decides whether it is still valid.
        (aside / SEARCH_FOLDER).rename(options.site_dir / SEARCH_FOLDER)
    remove_tree(aside)


def _set_up(options: Options, report: Report, built: Built, static: _StaticFiles) -> ShellSource:
    with report.stage("set up the theme"):
        source = options.start_shells(built.project, built.plan)
        source.write_static(static.write)
        return source


class _StaticFiles:
    """Files of the site that are not pages, as they were written: what lies in the folder later tells nothing of it.

    Attributes:
        folder: Where they are written.
        files: Their states, by name.
    """

    def __init__(self, folder: Path, now: int) -> None:
        self.folder = folder
        self._now = now
        self.files: dict[str, PageState] = {}

    def write(self, name: str, data: bytes) -> None:
        """Write a file.

        Raises:
            OSError: The disk is full or the folder cannot be written.
        """
        file_states = write_file(self.folder, name, data, digest_bytes(data), self._now)
        self.files[name] = PageState(NO_PAGE, b"", file_states.digest, file_states)


def serialise_nav(plan: Sequence[Page], in_nav: Collection[str]) -> str:
    """Everything that the navigation may show, as JSON: other titles give other page shells."""
    kinds = ("doc", "chapter", "index")
    shown = (page for page in plan if not page.language and (page.kind in kinds or page.url in in_nav))
    return json.dumps([[page.url, page.title] for page in shown])


def find_end(facts: Iterable[CachedCase]) -> str:
    """The last day on which everything may be shown that is shown; empty when nothing expires."""
    return min((fact.until for fact in facts if fact.until), default="")


def serialise_site(site: SiteInputs) -> list[object]:
    """What `SiteInputs` holds, in a form that JSON keeps."""
    return [site.site_url, site.repo_url, sorted(site.in_nav)]


def serialise_tables(kb: KnowledgeBase) -> dict[str, str]:
    """Records of every table but the case studies, as JSON by kind."""
    kinds = [kind for kind in KINDS if kind != "case_study"]
    return {
        kind: json.dumps(
            {record_id: record.model_dump(mode="json") for record_id, record in kb.table(kind).raw.items()},
            ensure_ascii=False,
        )
        for kind in kinds
    }
