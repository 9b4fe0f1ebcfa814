"""A build from what the last one knew: only what changed is loaded, checked and rendered."""

from __future__ import annotations

import datetime
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodpractice.checks import ProjectCheck
from goodpractice.checks.links import check_links
from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.config.site_folders import PHOTO_FOLDER
from goodpractice.content import load_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.engine.built import Built, plan_site
from goodpractice.engine.facts import heading_link_prefix, join_case_studies, list_cached_cases, list_editors_texts
from goodpractice.engine.full_build import (
    build_full,
    find_end,
    list_case_paths,
    list_folders,
    serialise_nav,
    serialise_tables,
)
from goodpractice.engine.options import Options
from goodpractice.engine.pages import PageMaker, serialise_plan
from goodpractice.engine.report import Report
from goodpractice.engine.source_diff import SourceDiff
from goodpractice.engine.state import CachedCase, Planned, StateFile
from goodpractice.engine.traces import TraceCheck
from goodpractice.engine.update import SiteUpdate, make_site_inputs, start_shells_late
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.pages import Page
from goodpractice.photos.publishing import list_derived, load_derived
from goodpractice.render.sitemap import SITEMAP, render_sitemap

#: From so many pages on, rendering everything in parallel is the quicker way.
FULL_FROM = 2000


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


def build_changed(options: Options, diff: SourceDiff, report: Report) -> None:
    """Build what depends on changed sources or on modified files of the site.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    with report.stage("load"):
        change = _load(options, diff, report)
    if report.diagnostics:
        return
    with report.stage("plan"):
        built = plan_site(options.root, change.kb, change.facts)
    if serialise_nav(built.plan, make_site_inputs(diff.state).in_nav) != diff.state.meta["nav"]:
        report.full = _("the navigation changed")
        build_full(options, diff, report)
        return
    with report.stage("check"):
        check = ProjectCheck(built.project, built.page_index)
        difference = change.difference
        report.add_diagnostics([*_check(check, difference, built.facts), *_check_folders(check, diff, difference)])
        if report.diagnostics:
            return
    with report.stage("find pages"):
        planned = [(page, serialise_plan(page, built.page_index)) for page in built.plan]
        dirty = _list_dirty(StateFile(options.state_path), change.kb, planned, diff, difference)
    if len(dirty) >= FULL_FROM:
        report.full = _("{number} pages depend on the change", number=len(dirty))
        build_full(options, diff, report)
        return
    report.built = built
    _update_site(options, diff, report, change, built, check, dirty)


@dataclass
class _Change:
    """The project as it is now.

    Attributes:
        kb: Its knowledge base.
        facts: The cached row of each case study, by id.
        fresh: The new rows among them.
        difference: What differs from the last build.
    """

    kb: KnowledgeBase
    facts: dict[str, CachedCase]
    fresh: dict[str, CachedCase]
    difference: Difference


def _load(options: Options, diff: SourceDiff, report: Report) -> _Change:
    """Load what changed, and take the rest from the state."""
    store = StateFile(options.state_path)
    before = store.load_cases()
    changed_paths = _list_changed_cases(diff, before)
    kb, diagnostics = load_project(options.root, changed_paths, settings=options.settings)
    report.add_diagnostics(diagnostics)
    fresh = {fact.id: fact for fact in list_cached_cases(kb)}
    gone = frozenset(_case_id(path) for path in list_case_paths(diff.removed))
    facts = {case_id: fact for case_id, fact in before.items() if case_id not in gone} | fresh
    # A file that is no record (yet) takes its old record with it.
    for path in changed_paths:
        if _case_id(path) not in fresh:
            facts.pop(_case_id(path), None)
    kb = join_case_studies(kb, options.root, facts.values())
    return _Change(kb, facts, fresh, _compare(store, kb, diff, before, fresh, gone))


def _update_site(
    options: Options,
    diff: SourceDiff,
    report: Report,
    change: _Change,
    built: Built,
    check: ProjectCheck,
    dirty: Sequence[tuple[Page, Planned]],
) -> None:
    """Render pages into the site, with the sitemap and the photos they need, and keep the state."""
    store, site = StateFile(options.state_path), make_site_inputs(diff.state)
    make_shell = start_shells_late(options, built.project, built.plan)
    maker = PageMaker(built.project, built.page_index, site, store.find_shell, make_shell, check)
    with SiteUpdate(options, diff, diff.state.pages) as update:
        with report.stage("render and write"):
            update.make(maker, dirty, report)
            update.add(SITEMAP, render_sitemap(built.plan, site.site_url).encode())
            photos = list_derived(change.kb.photos)
            wanted = [name for name in photos if name not in diff.state.pages or name in diff.modified]
            for name, data in load_derived(change.kb.photos, options.root, wanted):
                update.add(name, data)
            update.remove(_list_obsolete(diff, built.plan, photos))
        with report.stage("put in place"):
            update.put_in_place(report)
            report.pages = len(built.plan)
        with report.stage("keep the state"), store.updating() as writer:
            meta = {"planned": str(len(built.plan)), "until": find_end(built.facts.values())}
            update.keep(writer, maker, check, meta)
            writer.remove(cases=change.difference.gone)
            writer.write_cases(change.fresh.values())
            writer.write_tables(serialise_tables(change.kb) if change.difference.tables else {})


def load_built(options: Options) -> Built:
    """What the site of the last build was made from, when that build had no need to load it."""
    kb, __ = load_project(options.root, [], settings=options.settings)
    facts = StateFile(options.state_path).load_cases()
    return plan_site(options.root, join_case_studies(kb, options.root, facts.values()), facts)


def _list_changed_cases(diff: SourceDiff, before: Mapping[str, CachedCase]) -> list[str]:
    """Case studies whose file, photos or ledger of consent changed, or whose consent has expired since."""
    paths = set(list_case_paths(diff.changed))
    for path in (*diff.changed, *diff.removed):
        parts = path.split("/")
        if parts[0] == CASE_STUDIES and len(parts) > 2:
            paths.add(f"{CASE_STUDIES}/{parts[1]}.md")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    paths.update(f"{CASE_STUDIES}/{fact.id}.md" for fact in before.values() if fact.until and fact.until < today)
    return sorted(path for path in paths if path in diff.file_states)


def _case_id(path: str) -> str:
    return path.removeprefix(f"{CASE_STUDIES}/").removesuffix(".md")


def _compare(
    store: StateFile,
    kb: KnowledgeBase,
    diff: SourceDiff,
    before: Mapping[str, CachedCase],
    fresh: Mapping[str, CachedCase],
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
    others = [path for path in (*diff.changed, *diff.removed) if not path.startswith(f"{CASE_STUDIES}/")]
    if others:
        fields.update(_compare_tables(store.load_tables(), serialise_tables(kb)))
    # A chapter's reading time comes from its text, which no record holds; questions about it are asked again.
    return Difference(
        stories=frozenset(fresh),
        removed=bool(diff.removed),
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


def _check(check: ProjectCheck, difference: Difference, facts: Mapping[str, CachedCase]) -> Iterator[Diagnostic]:
    """The rules whose answer can differ from that of the last build, which found no problem."""
    kb = check.kb
    yield from check.check_case_studies(difference.stories)
    if difference.tables or difference.gone:
        yield from check.check_tables()
        yield from check.check_facts(facts.keys() - difference.stories)
    headings = list(map(heading_link_prefix, difference.stories))
    everywhere = difference.tables or difference.removed
    for case_id, fact in facts.items():
        if case_id in difference.stories:
            continue
        if everywhere or ("#" in fact.links and any(heading in fact.links for heading in headings)):
            links = json.loads(fact.links)
            if links:
                yield from check_links(kb.documents["case_study", case_id], links, check.addresses, check.anchors)
    if everywhere or any(heading in text for text in list_editors_texts(kb) for heading in headings):
        yield from check.check_editors_pages()


def _check_folders(check: ProjectCheck, diff: SourceDiff, difference: Difference) -> Iterator[Diagnostic]:
    """Files that came or went, and what lies beside the stories that changed."""
    if diff.removed or any(path not in diff.state.files for path in diff.changed):
        yield from check.check_files()
    folders = list_folders([*diff.changed, *diff.removed])
    # A story that is gone leaves its photos and their ledger behind.
    yield from check.check_photos(difference.stories | difference.gone | folders)


def _list_dirty(
    store: StateFile,
    kb: KnowledgeBase,
    planned: Sequence[tuple[Page, Planned]],
    diff: SourceDiff,
    difference: Difference,
) -> list[tuple[Page, Planned]]:
    """Pages that may come out differently, in the order of the plan."""
    known = diff.state.pages
    modified = frozenset(diff.modified)
    # Without other changes, no page but the stories themselves needs to be looked at.
    traces = None if difference.only_stories else TraceCheck(kb, store.load_dependencies(), difference.fields)
    dirty = []
    for page, plan in planned:
        name = f"{page.url}index.html"
        state = known.get(name)
        if (
            state is None
            or name in modified
            or (page.kind == "case_study" and page.id in difference.stories)
            or (difference.tables and page.is_written)
            or state.plan != plan
            or (traces is not None and not traces.is_same(state.trace))
        ):
            dirty.append((page, plan))
    return dirty


def _list_obsolete(diff: SourceDiff, plan: Sequence[Page], photos: Container[str]) -> list[str]:
    """Files of the site that nothing needs any more: of pages that are gone, and of photos."""
    planned = {f"{page.url}index.html" for page in plan}
    return [
        name
        for name, page in diff.state.pages.items()
        if (page.plan.text and name not in planned) or (name.startswith(f"{PHOTO_FOLDER}/") and name not in photos)
    ]
