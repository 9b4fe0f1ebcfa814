"""A build from nothing: everything is loaded, checked and rendered, in parallel."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from goodpractice.checks import ProjectCheck
from goodpractice.content import Project, load_project, share_project
from goodpractice.content.knowledge_base import TABLES, KnowledgeBase, Origin, Unfinished
from goodpractice.diagnostics.rules import LETS_BUILD, Issue
from goodpractice.engine.facts import join_case_studies
from goodpractice.engine.frames import Frame, Shape
from goodpractice.engine.options import SEARCH_FOLDER, Built, FrameSource, Look, Options, Report
from goodpractice.engine.output import digest_site, remove_tree, require_whole, swap_folder, write_file
from goodpractice.engine.pages import SiteFacts, print_plan
from goodpractice.engine.sources import CASE_STUDIES, digest_bytes, is_case_study
from goodpractice.engine.state import NO_DIGESTS, NO_PAGE, CaseFacts, PageState, StateFile, StateWriter, renew_digests
from goodpractice.engine.workers import Pool, Written
from goodpractice.kinds import CaseStudy
from goodpractice.pages import Directory, Page, make_directory, plan_pages
from goodpractice.photos.publishing import load_derived
from goodpractice.query.recording import add_opened, forget_modules
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


def build_cold(options: Options, look: Look, report: Report) -> None:
    """Build everything beside the old site, then put it in its place.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    forget_modules(os.fspath(options.root))
    with report.stage("load"):
        kb, issues = load_project(options.root, [])
    case_paths = list_case_paths(list(look.seen))
    # Started now, the workers have all that they share.
    pool = Pool(options.root, case_paths, options.workers if len(case_paths) >= PARALLEL_FROM else 1, kb)
    fresh = options.beside("new")
    try:
        _build(options, look, report, pool, fresh, kb, issues)
    finally:
        pool.close()
        remove_tree(fresh)


def _note_unfinished(kb: KnowledgeBase, case_paths: Iterable[str]) -> KnowledgeBase:
    """Let the checks know of stories with a mistake, so that it is not reported again wherever they are named."""
    missing = (path for path in case_paths if Path(path).stem not in kb.case_studies.raw)
    found = {("case_study", Path(path).stem): Unfinished(CaseStudy, {}, Origin(path)) for path in missing}
    return replace(kb, unfinished={**kb.unfinished, **found})


def _build(
    options: Options,
    look: Look,
    report: Report,
    pool: Pool,
    fresh: Path,
    kb: KnowledgeBase,
    issues: list[Issue],
) -> None:
    root = options.root
    static = _StaticFiles(fresh, look.now)
    with report.stage("load"):
        pool.send([("load",)] * pool.jobs)
        look.read_rest(root)
        answers = pool.collect()
    facts: list[CaseFacts] = [fact for part, _ in answers for fact in part]
    issues = [*issues, *(issue for _, found in answers for issue in found)]
    pool.send([("check", [fact for other, _ in answers if other is not own for fact in other]) for own, _ in answers])
    with report.stage("plan"):
        kb = join_case_studies(kb, root, facts)
        if issues:
            kb = _note_unfinished(kb, list_case_paths(list(look.seen)))
        project = Project(root.resolve(), kb, ())
        share_project(project)
        plan = plan_pages(kb)
        directory = make_directory(plan)
    with report.stage("check"):
        check = ProjectCheck(project, directory)
        # A macros.py that does not run is reported from here; in a worker it would look like a failure of ours.
        check.set_up()
        issues += [*check.check_tables(), *check.check_files()]
        issues += check.check_photos(list_folders(look.seen) - kb.case_studies.raw.keys())
        blocked = any(issue.code not in LETS_BUILD for issue in issues)
        source = None if blocked else _set_up(options, report, project, plan, static)
        for found, linked in pool.collect():
            issues += found
            check.linked |= linked
    report.add_issues(issues)
    if report.issues or source is None:
        return
    with report.stage("photos"):
        for name, data in load_derived(kb.photos, root, fresh=not options.use_cache):
            static.write(name, data)
    site = SiteFacts(source.site_url, source.repo_url, source.in_nav)
    with ExitStack() as kept:
        writer = kept.enter_context(StateFile(options.state_path).rewriting())
        with report.stage("render and write"):
            options.progress(0, len(plan))
            pool.send([("render", fresh, site, look.now)] * pool.jobs)
            replaced = look.outputs.keys()
            # The state is written while the workers render.
            others = static.files
            writer.write_pages(others.items())
            writer.write_files(look.seen)
            writer.write_cases(facts)
            writer.write_tables(print_tables(kb))
            names, digests = _collect_pages(options, report, pool, plan, directory, source, writer)
            sitemap = render_sitemap(plan, site.site_url).encode()
            static.write(SITEMAP, sitemap)
            writer.write_pages([(SITEMAP, others[SITEMAP])])
            digests = renew_digests(digests, {}, others)
        with report.stage("put in place"):
            require_whole(options.site_dir, digest_site(fresh), digests["outputs"])
            _put_in_place(options, fresh)
            report.pages, report.written = len(plan), len(names) + len(others)
            report.removed = len(replaced - names - others.keys())
            report.built = Built(project, plan, directory, {fact.id: fact for fact in facts})
        with report.stage("keep the state"):
            moved, doubts = look.look_again(root)
            included, facts_of_setup = look.find_included(root, options.cache)
            writer.write_files({**included, **moved})
            writer.write_meta(
                {
                    "setup": look.setup,
                    "nav": print_nav(plan, site.in_nav),
                    "site": json.dumps(print_site(site)),
                    **digests,
                    "planned": str(len(plan)),
                    "linked": json.dumps(sorted(check.linked)),
                    "until": find_end(facts),
                    **facts_of_setup,
                    "day": look.day,
                    **doubts,
                }
            )
            kept.close()


def _collect_pages(
    options: Options,
    report: Report,
    pool: Pool,
    plan: Sequence[Page],
    directory: Directory,
    source: FrameSource,
    writer: StateWriter,
) -> tuple[set[str], Mapping[str, str]]:
    """Keep what workers say of the pages that they have written, and make the frames that they ask for.

    Returns:
        The names of their files, and their digests (see `renew_digests`).
    """
    names: set[str] = set()
    digests = NO_DIGESTS
    frames: dict[Shape, Frame] = {}
    planned = {page.url: page for page in plan}

    def make_frame(shape: Shape, page: Page) -> Frame:
        if shape not in frames:
            frames[shape] = source.make_frame(shape, page)
            writer.write_frames({json.dumps(shape): frames[shape]})
        return frames[shape]

    def keep(written: list[Written]) -> None:
        nonlocal digests
        states = {
            made.output: PageState(
                print_plan(planned[made.url], directory),
                made.trace,
                made.seen.digest,
                made.seen,
                made.start,
                made.length,
            )
            for made in written
        }
        for made in written:
            writer.write_readings(made.readings)
        writer.write_pages(states.items())
        names.update(states)
        digests = renew_digests(digests, {}, states)
        report.add_pages([(made.url, made.seconds) for made in written])
        options.progress(report.rendered, len(plan))

    for opened in pool.collect(keep, make_frame):
        add_opened(f"{options.root}/{path}" for path in opened)
    return names, digests


def _put_in_place(options: Options, fresh: Path) -> None:
    aside = options.beside("old")
    swap_folder(fresh, options.site_dir, aside)
    if (aside / SEARCH_FOLDER).is_dir():
        # It may still be right: renewing it tells.
        (aside / SEARCH_FOLDER).rename(options.site_dir / SEARCH_FOLDER)
    remove_tree(aside)


def _set_up(
    options: Options, report: Report, project: Project, plan: Sequence[Page], static: _StaticFiles
) -> FrameSource:
    with report.stage("set up the theme"):
        source = options.start_frames(project, plan)
        source.write_static(static.write)
        return source


class _StaticFiles:
    """Files of the site that are not pages, as they were written: what lies in the folder later tells nothing of it.

    Attributes:
        files: What is to be kept of them, by name.
    """

    def __init__(self, fresh: Path, now: int) -> None:
        self._fresh = fresh
        self._now = now
        self.files: dict[str, PageState] = {}

    def write(self, name: str, data: bytes) -> None:
        """Write a file.

        Raises:
            OSError: The disk is full or the folder cannot be written.
        """
        seen = write_file(self._fresh, name, data, digest_bytes(data), self._now)
        self.files[name] = PageState(NO_PAGE, b"", seen.digest, seen, 0, 0)


def print_nav(plan: Sequence[Page], in_nav: Collection[str]) -> str:
    """Everything that the navigation may show, as JSON: with other titles, every frame is another."""
    kinds = ("doc", "chapter", "index")
    shown = (page for page in plan if not page.language and (page.kind in kinds or page.url in in_nav))
    return json.dumps([[page.url, page.title] for page in shown])


def find_end(facts: Iterable[CaseFacts]) -> str:
    """The last day on which everything may be shown that is shown; empty when nothing expires."""
    return min((fact.until for fact in facts if fact.until), default="")


def print_site(site: SiteFacts) -> list[object]:
    """Facts about the site in a form that JSON keeps."""
    return [site.site_url, site.repo_url, sorted(site.in_nav)]


def print_tables(kb: KnowledgeBase) -> dict[str, str]:
    """Records of every table but the case studies, as JSON by kind."""
    kinds = [kind for kind in (*TABLES, *kb.choices) if kind != "case_study"]
    return {
        kind: json.dumps(
            {record_id: record.model_dump(mode="json") for record_id, record in kb.table(kind).raw.items()},
            ensure_ascii=False,
        )
        for kind in kinds
    }
