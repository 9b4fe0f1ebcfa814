"""A build from what the last one knew: only what changed is loaded, checked and rendered."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodpractice.build.cold import build_cold, find_end, list_case_paths, list_folders, print_nav, print_tables
from goodpractice.build.frames import Frame, Shape
from goodpractice.build.options import Built, FrameSource, Look, Options, Report
from goodpractice.build.output import move_files, remove_files, remove_tree, write_file
from goodpractice.build.pages import PageMaker, SiteFacts, digest_plan
from goodpractice.build.sources import CASE_STUDIES, Seen, digest_bytes, stamp_of
from goodpractice.build.state import CaseFacts, PageState, State, StateFile, digest_pages
from goodpractice.build.traces import TraceCheck
from goodpractice.build.workers import join_case_studies, list_case_facts, write_page
from goodpractice.checks import ProjectCheck
from goodpractice.checks.links import check_links
from goodpractice.issues import Issue
from goodpractice.knowledge_base import KnowledgeBase
from goodpractice.load import Project, load_project, share_project
from goodpractice.pages import Page, plan_pages
from goodpractice.photos.publishing import derive_photos
from goodpractice.photos.sizes import FOLDER
from goodpractice.render.sitemap import SITEMAP, render_sitemap
from goodpractice.saying import said

#: From so many pages on, rendering everything in parallel is the quicker way.
COLD_FROM = 2000


@dataclass
class Difference:
    """What is different from the last build, in the content.

    Attributes:
        stories: Ids of case studies whose file is new or differs.
        removed: Whether any file is gone.
        gone: Ids of case studies whose file is gone.
        added: Ids of case studies that are new.
        tables: Whether any other file of the content differs.
        fields: Names of changed fields by kind and id; `*` for a record that is new or gone.
    """

    stories: frozenset[str]
    removed: bool
    gone: frozenset[str]
    added: frozenset[str]
    tables: bool
    fields: dict[tuple[str, str], frozenset[str]]

    @property
    def only_stories(self) -> bool:
        """Whether nothing but the texts of case studies changed."""
        return not (self.gone or self.added or self.tables or self.fields)


def build_changed(options: Options, look: Look, report: Report, damaged: Collection[str]) -> None:
    """Build what depends on changed sources or damaged files.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    root = options.root
    store = StateFile(options.state_path)
    with report.stage("load"):
        before = store.load_cases()
        changed_paths = _list_changed_cases(look, before)
        kb, issues = load_project(root, changed_paths)
        fresh = {fact.id: fact for fact in list_case_facts(kb)}
        gone = frozenset(_case_id(path) for path in list_case_paths(look.removed))
        facts = {case_id: fact for case_id, fact in before.items() if case_id not in gone} | fresh
        # A file that is no record (yet) takes its old record with it.
        for path in changed_paths:
            if _case_id(path) not in fresh:
                facts.pop(_case_id(path), None)
        kb = join_case_studies(kb, root, facts.values())
        difference = _compare(store, kb, look, before, fresh, gone)
    report.add_issues(issues)
    if report.issues:
        return
    project = Project(root.resolve(), kb, ())
    share_project(project)
    with report.stage("plan"):
        plan = plan_pages(kb)
    if print_nav(plan, make_site_facts(look.state).in_nav) != look.state.meta["nav"]:
        report.cold = said("the navigation changed")
        build_cold(options, look, report)
        return
    with report.stage("check"):
        check = ProjectCheck(project, plan)
        report.add_issues([*_check(check, difference, facts), *_check_folders(check, look, difference)])
        if report.issues:
            return
    with report.stage("find pages"):
        dirty = _list_dirty(store, kb, plan, look.state.pages, difference, damaged)
    if len(dirty) >= COLD_FROM:
        report.cold = said("{number} pages depend on the change", number=len(dirty))
        build_cold(options, look, report)
        return
    report.built = Built(project, plan, facts)
    staging = options.beside("staging")
    try:
        _write(options, look, report, project, plan, dirty, staging, store, facts, fresh, gone, check)
    finally:
        remove_tree(staging)


def load_built(options: Options) -> Built:
    """What the site of the last build was made from, when that build had no need to load it."""
    kb, _ = load_project(options.root, [])
    facts = StateFile(options.state_path).load_cases()
    kb = join_case_studies(kb, options.root, facts.values())
    return Built(Project(options.root.resolve(), kb, ()), plan_pages(kb), facts)


def make_site_facts(state: State) -> SiteFacts:
    """Facts about the site as the last build kept them."""
    site_url, repo_url, in_nav = json.loads(state.meta["site"])
    return SiteFacts(site_url, repo_url, frozenset(in_nav))


def _list_changed_cases(look: Look, before: Mapping[str, CaseFacts]) -> list[str]:
    """Case studies whose file, photos or ledger of consent changed, or whose consent has expired since."""
    paths = set(list_case_paths(look.changed))
    for path in (*look.changed, *look.removed):
        parts = path.split("/")
        if parts[0] == CASE_STUDIES and len(parts) > 2:
            paths.add(f"{CASE_STUDIES}/{parts[1]}.md")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    paths.update(f"{CASE_STUDIES}/{fact.id}.md" for fact in before.values() if fact.until and fact.until < today)
    return sorted(path for path in paths if path in look.seen)


def _case_id(path: str) -> str:
    return path.removeprefix(f"{CASE_STUDIES}/").removesuffix(".md")


def _compare(
    store: StateFile,
    kb: KnowledgeBase,
    look: Look,
    before: Mapping[str, CaseFacts],
    fresh: Mapping[str, CaseFacts],
    gone: frozenset[str],
) -> Difference:
    fields: dict[tuple[str, str], frozenset[str]] = {}
    for case_id, fact in fresh.items():
        old = before.get(case_id)
        if old is None:
            fields["case_study", case_id] = frozenset("*")
        elif old.record != fact.record:
            fields["case_study", case_id] = _changed_keys(json.loads(old.record), json.loads(fact.record))
        elif old.photos != fact.photos:
            fields["case_study", case_id] = frozenset({"photos"})
    for case_id in gone:
        fields["case_study", case_id] = frozenset("*")
    others = [path for path in (*look.changed, *look.removed) if not path.startswith(f"{CASE_STUDIES}/")]
    if others:
        fields.update(_compare_tables(store.load_tables(), print_tables(kb)))
    # A chapter's reading time comes from its text, which no record holds; questions about it are asked again.
    return Difference(
        stories=frozenset(fresh),
        removed=bool(look.removed),
        gone=gone,
        added=frozenset(fresh).difference(before),
        tables=bool(others),
        fields=fields,
    )


def _compare_tables(
    before: Mapping[str, Any], now: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    for kind, text in now.items():
        old, new = before.get(kind, {}), json.loads(text)
        for record_id in old.keys() | new.keys():
            if record_id not in old or record_id not in new:
                yield (kind, record_id), frozenset("*")
            elif old[record_id] != new[record_id]:
                yield (kind, record_id), _changed_keys(old[record_id], new[record_id])


def _changed_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def _check(check: ProjectCheck, difference: Difference, facts: Mapping[str, CaseFacts]) -> Iterator[Issue]:
    """The rules whose answer can differ from that of the last build, which found no problem."""
    kb = check.kb
    yield from check.check_case_studies(difference.stories)
    if difference.tables or difference.gone:
        yield from check.check_tables()
        yield from check.check_facts(facts.keys() - difference.stories)
    everywhere = difference.tables or difference.removed
    for case_id, fact in facts.items():
        if case_id in difference.stories:
            continue
        if everywhere or ("#" in fact.links and any(f"{story}.md#" in fact.links for story in difference.stories)):
            links = json.loads(fact.links)
            if links:
                yield from check_links(kb.documents["case_study", case_id], links, check.addresses, check.anchors)
    texts = (document.body for (kind, _), document in kb.documents.items() if kind != "case_study")
    if everywhere or any(f"{story}.md#" in text for text in texts for story in difference.stories):
        yield from check.check_editors_pages()


def _check_folders(check: ProjectCheck, look: Look, difference: Difference) -> Iterator[Issue]:
    """Files that came or went, and what lies beside the stories that changed."""
    if look.removed or any(path not in look.state.files for path in look.changed):
        yield from check.check_files()
    yield from check.check_photos(difference.stories | list_folders([*look.changed, *look.removed]))


def _list_dirty(
    store: StateFile,
    kb: KnowledgeBase,
    plan: tuple[Page, ...],
    known: Mapping[str, PageState],
    difference: Difference,
    damaged: Collection[str],
) -> list[Page]:
    """Pages that may come out differently, in the order of the plan."""
    if difference.only_stories:
        return [
            page
            for page in plan
            if (page.kind == "case_study" and page.id in difference.stories) or f"{page.url}index.html" in damaged
        ]
    traces = TraceCheck(kb, store.load_readings(), difference.fields)
    titles = {page.url: page.title for page in plan}
    dirty = []
    for page in plan:
        state = known.get(f"{page.url}index.html")
        if (
            state is None
            or f"{page.url}index.html" in damaged
            or (page.kind == "case_study" and page.id in difference.stories)
            or (difference.tables and page.is_written)
            or state.plan != digest_plan(page, titles)
            or not traces.is_same(state.trace)
        ):
            dirty.append(page)
    return dirty


def _write(
    options: Options,
    look: Look,
    report: Report,
    project: Project,
    plan: tuple[Page, ...],
    dirty: list[Page],
    staging: Path,
    store: StateFile,
    facts: Mapping[str, CaseFacts],
    fresh: Mapping[str, CaseFacts],
    gone: frozenset[str],
    check: ProjectCheck,
) -> None:
    started: list[FrameSource] = []

    def make_frame(shape: Shape, page: Page) -> Frame:
        if not started:
            started.append(options.start_frames(project, plan))
        return started[0].make_frame(shape, page)

    site = make_site_facts(look.state)
    maker = PageMaker(project, plan, site, store.find_frame, make_frame, check.converted)
    pages = look.state.pages
    moved: list[str] = []
    with report.stage("render and write"):
        staging.mkdir(parents=True)
        titles = {page.url: page.title for page in plan}
        for number, page in enumerate(dirty, start=1):
            made = maker.make(page)
            report.add_pages([(page.url, made.seconds)])
            old = pages.get(made.output)
            same = old is not None and old.digest == made.digest and old.seen.stamp == look.outputs.get(made.output)
            seen = old.seen if same and old is not None else write_page(made, staging, look.now).seen
            if not same:
                moved.append(made.output)
            pages[made.output] = PageState(
                digest_plan(page, titles), made.trace, made.digest, seen, made.start, made.length
            )
            options.progress(number, len(dirty))
        planned = {f"{page.url}index.html" for page in plan}
        obsolete = [name for name, page in pages.items() if page.plan and name not in planned]
        sitemap = render_sitemap(plan, site.site_url).encode()
        changed = [f"{page.url}index.html" for page in dirty]
        photos = derive_photos(project.kb.photos, options.root)
        obsolete += [name for name in pages if name.startswith(f"{FOLDER}/") and name not in photos]
        for name in photos.keys() - pages.keys():
            data = photos[name].read_bytes()
            seen = write_file(staging, name, data, digest_bytes(data), look.now)
            pages[name] = PageState("", b"", seen.digest, seen, 0, 0)
            moved.append(name)
            changed.append(name)
        if pages[SITEMAP].digest != digest_bytes(sitemap):
            seen = write_file(staging, SITEMAP, sitemap, digest_bytes(sitemap), look.now)
            pages[SITEMAP] = PageState("", b"", seen.digest, seen, 0, 0)
            moved.append(SITEMAP)
            changed.append(SITEMAP)
    with report.stage("put in place"):
        move_files(staging, options.site_dir, moved)
        for name in moved:
            # Moving a file changes its stamp.
            stamp = stamp_of((options.site_dir / name).stat())
            pages[name] = pages[name]._replace(seen=Seen(stamp, pages[name].digest, look.now))
        remove_files(options.site_dir, obsolete)
        report.written = len(moved)
        report.removed += len(obsolete)
        report.pages = len(plan)
    with report.stage("keep the state"):
        for name in obsolete:
            del pages[name]
        known = look.state.files
        changed_files = [path for path, seen in look.seen.items() if known.get(path) is not seen]
        stale = [name for name, page in pages.items() if page.seen.at == look.now]
        meta = {
            **look.state.meta,
            "pages": digest_pages(pages),
            "planned": str(len(plan)),
            "linked": json.dumps(sorted({*json.loads(look.state.meta["linked"]), *check.linked})),
            "until": find_end(facts.values()),
        }
        with store.updating() as writer:
            writer.remove(pages=obsolete, files=look.removed, cases=gone)
            writer.write_meta(meta)
            writer.write_pages((name, pages[name]) for name in {*changed, *stale})
            writer.write_files({path: look.seen[path] for path in changed_files})
            writer.write_cases(fresh.values())
            writer.write_tables(print_tables(project.kb) if _touches_tables(look) else {})
            writer.write_frames(maker.new_frames)
            writer.write_readings(maker.traces.readings)


def _touches_tables(look: Look) -> bool:
    return any(not path.startswith(f"{CASE_STUDIES}/") for path in (*look.changed, *look.removed))
