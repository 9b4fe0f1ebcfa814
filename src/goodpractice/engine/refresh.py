"""The second step of a build: what the changed sources say now, and what differs from what they said before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from goodpractice.config import clock
from goodpractice.config.project_folders import CASE_STUDIES, case_study_path
from goodpractice.config.settings import load_settings
from goodpractice.content import Project, load_project, share_project
from goodpractice.content.document import InvalidRecord, Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.queries import OF_EDITORS, OF_RECORD, QUERIES, RELATED
from goodpractice.content.related import CaseSummary
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.engine.editors import read_editors
from goodpractice.engine.options import Options
from goodpractice.engine.pool import Pool, WorkShare
from goodpractice.engine.report import Report
from goodpractice.engine.rows import (
    Rows,
    add_case_studies,
    heading_link_prefix,
    is_linked,
    is_same_case,
    join_rows,
    list_heading_links,
    make_rows,
    read_entry,
)
from goodpractice.engine.scan import Scan
from goodpractice.engine.sources import is_case_study
from goodpractice.engine.state import BuiltFile, CachedCase
from goodpractice.engine.store import Store
from goodpractice.engine.traces import list_numbers, read_results
from goodpractice.kinds import CASE_STUDY, Consent
from goodpractice.kinds.papers import PaperFacts
from goodpractice.kinds.registry import KINDS
from goodpractice.outputs.pages import TEXT, read_plan
from goodpractice.outputs.registry import OF_PAGE
from goodpractice.outputs.site import PAPER, Site, SiteInputs
from goodpractice.pages import Page, PageIndex
from goodpractice.pages.papers import ARCHIVE, INDEX, declare_papers
from goodpractice.query.recording import forget_modules
from goodpractice.query.tracking import Query, Result


@dataclass(frozen=True)
class Difference:
    """What is different from the last build, in the content.

    Attributes:
        stories: Ids of case studies whose file is new or differs.
        gone: Ids of case studies whose file is gone.
        removed: Whether any file is gone.
        tables: Whether any other file of the content differs.
        fields: Names of changed fields by kind and id; `*` for a record that is new or gone.
        local: What the site has of the case studies that changed, by name, where only their texts differ, no link of
            another page leads into them, and these files are made from their pages alone: then no query of another
            file has another result, and nothing else is looked at. None wherever something else may differ.
        moved: What lists knew of the case studies that changed, where all that they say of them is what it was but for
            words and years: then each is related to what it was related to, unless that is near it in the list.
    """

    stories: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    removed: bool = False
    tables: bool = False
    fields: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    local: Mapping[str, BuiltFile] | None = None
    moved: Mapping[str, CaseSummary] | None = None

    @property
    def is_local(self) -> bool:
        """Whether nothing is looked at but what is there of a few case studies: see `local`."""
        return self.local is not None

    @property
    def standing(self) -> Collection[str]:
        """Queries of the knowledge base whose answers are those of before, unless they are about a changed record."""
        if not (self.tables or self.removed or self.gone) and set(self.fields.values()) <= {frozenset({TEXT})}:
            # None reads the text of a story: a test holds it.
            return QUERIES.keys()
        return () if self.tables else OF_EDITORS | OF_RECORD

    def find_doubtful(self, kb: KnowledgeBase) -> Mapping[str, Collection[str]]:
        """By the names of other queries about a case study, the ids of those of which the answer may be another.

        Without it, ten thousand stories are related again when the title of one changes: 0.5 s.
        """
        if self.moved is None or RELATED in self.standing:
            return {}
        return {RELATED: kb.indexes.cases.find_near(self.moved)}


@dataclass(frozen=True)
class Refreshed:
    """The project as it is now.

    Attributes:
        site: What its outputs are made from.
        store: What is known of the last build; empty to a build from nothing.
        editors: Its knowledge base without the case studies.
        rows: Its case studies.
        difference: What differs from the last build.
        heading_links: Names of files to whose headings texts of editors link.
        diagnostics: Problems that were found while loading.
    """

    site: Site
    store: Store
    editors: KnowledgeBase
    rows: Rows
    difference: Difference
    heading_links: Sequence[str]
    diagnostics: list[Diagnostic]


class _Stories(NamedTuple):
    """Case studies that were loaded, in a form that other processes can send."""

    rows: list[CachedCase]
    diagnostics: list[Diagnostic]
    consents: Mapping[tuple[str, str], Consent]
    ledgers: Mapping[tuple[str, str], Origin]
    invalid_records: Mapping[tuple[str, str], InvalidRecord]


def refresh(options: Options, scan: Scan, report: Report, memory: Refreshed | None) -> Refreshed:
    """Load what changed, compare it, and lay out the rest so that it is read when it is needed.

    Args:
        options: Where the project is.
        scan: Which sources changed.
        report: Learns how long it took.
        memory: The project as the same process saw it last, where nothing but case studies changed since.

    Raises:
        WorkerError: A process failed.
    """
    store = Store(options.state_path, is_usable=bool(scan.state.meta))
    with report.stage("load"):
        diagnostics: list[Diagnostic] = []
        known: list[CachedCase] = []
        if memory is not None:
            editors, known = memory.editors, list(memory.rows.new.values())
        elif scan.keeps_editors:
            editors = read_editors(options.root, options.settings or load_settings(options.root), store)
        else:
            if not scan.state.meta:
                forget_modules(str(options.root))
            editors, diagnostics = load_project(options.root, [], settings=options.settings)
        heading_links = _find_heading_links(scan, editors)
        paths = _list_changed(scan, Rows(store, known))
        kb, loaded = _load_stories(options, scan, editors, paths)
        ids = [row.id for row in loaded.rows]
        gone = frozenset(Path(path).stem for path in (*filter(is_case_study, scan.removed), *paths)).difference(ids)
        rows = Rows(store, [*known, *loaded.rows], gone)
        difference = _compare(store, scan, editors, rows, ids, gone, heading_links)
        if options.paper:
            # Papers may be missing of which no source has changed.
            difference = replace(difference, local=None)
        kb = join_rows(kb, options.root, rows)
        site = _lay_out(options, scan, store, kb, difference)
    return Refreshed(site, store, editors, rows, difference, heading_links, [*diagnostics, *loaded.diagnostics])


def _find_heading_links(scan: Scan, editors: KnowledgeBase) -> Sequence[str]:
    if not scan.keeps_editors:
        return list_heading_links(editors)
    kept: list[str] = json.loads(scan.state.meta["heading links"])
    return kept


def _list_changed(scan: Scan, rows: Rows) -> list[str]:
    """Case studies whose file, photos or ledger of consent changed, or whose consent has expired since."""
    paths = set(filter(is_case_study, scan.changed))
    for path in (*scan.changed, *scan.removed):
        parts = path.split("/")
        if parts[0] == CASE_STUDIES and len(parts) > 2:
            paths.add(case_study_path(parts[1]))
    if scan.has_expired:
        today = clock.today().isoformat()
        paths.update(case_study_path(row.id) for row in rows.values() if row.until and row.until < today)
    return sorted(path for path in paths if path in scan.file_states)


def _load_stories(
    options: Options, scan: Scan, editors: KnowledgeBase, paths: Sequence[str]
) -> tuple[KnowledgeBase, _Stories]:
    """Read case studies, in several processes where they are many: their texts then stay in these processes."""
    pool = Pool(options.workers_for(len(paths)), {"load": partial(_load_share, options.root, editors, paths)})
    with pool:
        pool.start("load")
        scan.read_rest(options.root)
        loads = list(pool.collect())
    loaded = _Stories(
        [row for kb, part in loads for row in part.rows],
        [diagnostic for kb, part in loads for diagnostic in part.diagnostics],
        {key: consent for kb, part in loads for key, consent in part.consents.items()},
        {key: origin for kb, part in loads for key, origin in part.ledgers.items()},
        {key: record for kb, part in loads for key, record in part.invalid_records.items()},
    )
    if loads[0][0] is not None:
        return loads[0][0], loaded
    invalid_records = {**editors.invalid_records, **loaded.invalid_records}
    kb = replace(editors, consents=loaded.consents, ledgers=loaded.ledgers, invalid_records=invalid_records)
    return kb, loaded


def _load_share(
    root: Path, editors: KnowledgeBase, paths: Sequence[str], share: WorkShare
) -> Iterator[tuple[KnowledgeBase | None, _Stories]]:
    loaded, diagnostics = load_project(root, share.take(paths), True, editors.settings)
    rows, ledgers = list(make_rows(loaded)), dict(loaded.ledgers)
    stories = _Stories(rows, diagnostics, dict(loaded.consents), ledgers, dict(loaded.invalid_records))
    yield (add_case_studies(editors, loaded) if share.is_whole else None), stories


def _lay_out(options: Options, scan: Scan, store: Store, kb: KnowledgeBase, difference: Difference) -> Site:
    page_index, known = None, scan.state.meta.get("site")
    results: Mapping[Query, Result] = {}
    inputs = _read_inputs(known) if known else None
    if difference.local is not None:
        files = difference.local.values()
        numbers = {number for file in files for number in list_numbers(file.trace)}
        results = read_results(store.find_dependencies(numbers))
        kb = replace(kb, known_results=results)
        titles = {url: title for file in files for url, title in read_plan(file.plan)[1].items()}
        # Only translations ask for the alternates of a page, and no story is one.
        page_index = PageIndex(LazyPages(store), titles, {})
    site = Site(
        Project(options.root, kb, ()),
        page_index=page_index,
        inputs=inputs,
        find_fragment=store.find_fragment,
        read_menu=partial(_read_pages, store, inputs.in_nav) if difference.is_local and inputs else None,
        digests={"nav": scan.state.meta["nav"]} if difference.is_local else scan.digest_sources(),
        is_fresh=not options.use_cache,
        is_searched=options.search and not scan.is_partial,
    )
    site.tell({query[2]: PaperFacts(*found) for query, found in results.items() if query[:2] == PAPER and found})
    # Whatever runs `macros.py` now, it works with these records.
    share_project(site.project)
    if known and site.answer("nav") != scan.state.meta["nav"]:
        # Which pages the navigation leads to may be different, too.
        site.renew_inputs()
    return site


def _read_pages(store: Store, urls: Iterable[str]) -> list[Page]:
    return [read_plan(plan)[0] for plan in store.list_plans(f"{url}index.html" for url in urls)]


def serialise_inputs(inputs: SiteInputs) -> str:
    """What every page shows of the site, as it is kept."""
    return json.dumps([inputs.site_url, inputs.repo_url, inputs.in_nav])


def _read_inputs(text: str) -> SiteInputs:
    site_url, repo_url, in_nav = json.loads(text)
    return SiteInputs(site_url, repo_url, tuple(in_nav))


def _compare(
    store: Store,
    scan: Scan,
    editors: KnowledgeBase,
    rows: Rows,
    fresh: Sequence[str],
    gone: frozenset[str],
    heading_links: Iterable[str],
) -> Difference:
    if not scan.state.meta:
        return Difference(frozenset(fresh), tables=True)
    before = {case_id: rows.find_before(case_id) for case_id in fresh}
    changed = {(CASE_STUDY, case_id): _compare_rows(before[case_id], rows[case_id]) for case_id in fresh}
    changed |= dict.fromkeys(((CASE_STUDY, case_id) for case_id in gone), frozenset("*"))
    tables = not scan.keeps_editors
    if tables:
        changed.update(_compare_tables(store.load_tables(), serialise_tables(editors)))
    is_text_alone = (
        scan.only_stories
        and len(fresh) == len(scan.changed)
        and all((old := before[case_id]) is not None and is_same_case(old, rows[case_id]) for case_id in fresh)
        and not is_linked(fresh, heading_links)
        and not any(rows.has_link(heading_link_prefix(case_id)) for case_id in fresh)
        and not _has_book(store)
    )
    local = find_local(store, scan) if is_text_alone else None
    moved = None if gone else _find_moved(before, rows)
    return Difference(frozenset(fresh), gone, bool(scan.removed), tables, changed, local, moved)


def find_local(store: Store, scan: Scan) -> Mapping[str, BuiltFile] | None:
    """The files of the stories that changed, if nothing beside their pages is made from more than the page."""
    folders = [store.find_folder(path) for path in scan.changed]
    for files in folders:
        # A page below that of a story has another plan; a paper is of another output.
        plans = {file.plan for file in files.values()}
        if len(plans) > 1 or any(file.output not in OF_PAGE for file in files.values()):
            return None
    local = {name: file for files in folders for name, file in files.items()}
    # Of the files that `serve` has made, the state does not know yet. They are made in any case.
    return local if set(scan.modified) <= local.keys() else None


def _find_moved(before: Mapping[str, CachedCase | None], rows: Rows) -> Mapping[str, CaseSummary] | None:
    moved = {}
    for case_id, old in before.items():
        if old is None:
            return None
        moved[case_id] = read_entry(old)
        if moved[case_id].named != read_entry(rows[case_id]).named:
            return None
    return moved


def _has_book(store: Store) -> bool:
    """Whether the site has a paper that shows all stories."""
    declared = (declare_papers(INDEX, CASE_STUDY), declare_papers(ARCHIVE, ""))
    return any(store.has(book.path(url)) for url, books in declared for book in books)


def _compare_rows(old: CachedCase | None, new: CachedCase) -> frozenset[str]:
    if old is None:
        return frozenset("*")
    names = {TEXT}
    if old.record != new.record:
        names |= _changed_keys(json.loads(old.record), json.loads(new.record))
    if old.photos != new.photos:
        names.add("photos")
    return frozenset(names)


def serialise_tables(kb: KnowledgeBase) -> dict[str, str]:
    """Records of every table but the case studies, as JSON by kind: what differs from the defaults of a field."""
    return {
        kind: json.dumps(
            {
                record_id: record.model_dump(mode="json", exclude_defaults=True)
                for record_id, record in kb.table(kind).raw.items()
            },
            ensure_ascii=False,
        )
        for kind in KINDS
        if kind != CASE_STUDY
    }


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


_NOT_GIVEN = object()


def _changed_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(key for key in old.keys() | new.keys() if old.get(key, _NOT_GIVEN) != new.get(key, _NOT_GIVEN))


class LazyPages(Mapping[str, Page]):
    """Lazy mapping of source path → Page; one SQL query per access."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, source: str) -> Page:
        found = self._store.find_named(source)
        if found is None:
            raise KeyError(source)
        return read_plan(found[1].plan)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.list_sources())

    def __len__(self) -> int:
        return len(self._store.list_sources())
