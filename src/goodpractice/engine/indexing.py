"""The files of the search: renewed where the words of pages that were made stand, and staged with these pages."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.engine.making import Demands
from goodpractice.engine.refresh import Refreshed
from goodpractice.engine.report import SearchReport
from goodpractice.engine.scan import Scan
from goodpractice.engine.staging import Staging
from goodpractice.engine.state import SEARCH
from goodpractice.search.ids import assign_ids
from goodpractice.search.index import INDEX, PageChange, WordIndex, make_index, renew_index
from goodpractice.search.rows import Row, number_texts
from goodpractice.search.shards import DamagedIndexError
from goodpractice.search.site import (
    digest_texts,
    divide_digests,
    make_entries,
    make_texts,
    order_rows,
    serialise_head,
    sign_files,
    sum_digests,
    text_path,
)

#: With more changed pages than this share of all, an index is made from nothing sooner than renewed.
_MANY = 0.1


@dataclass
class Renewed:
    """What the search of a site is now.

    Attributes:
        rows: Rows that are new or differ, by address.
        gone: Addresses of rows that are gone.
        indexes: What has to be known of the indexes that differ, by language.
        meta: Facts about the search for the state.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    indexes: dict[str, bytes] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)


class SearchRenewal:
    """Renews the search of one build."""

    def __init__(self, refreshed: Refreshed, scan: Scan, demands: Demands, staging: Staging) -> None:
        """Take what was made."""
        self._refreshed = refreshed
        self._site, self._store, self._difference = refreshed.site, refreshed.store, refreshed.difference
        self._scan, self._demands, self._staging = scan, demands, staging
        self._damaged = {name for name in scan.modified if name.startswith(f"{SEARCH_FOLDER}/")}

    def run(self) -> SearchReport:
        """Stage the files of the search that differ; what lies there and is right is left alone."""
        started = time.perf_counter()
        self._before = self._store.load_digests()
        renewed = self._renewed = Renewed()
        renewed.rows, renewed.gone = self._staging.take_rows(self._demands.obsolete)
        if self._difference.tables or self._scan.lacks_search or not self._before:
            entries = make_entries(self._site.kb)
            renewed.rows |= entries
            # Builds without the search say nothing of pages that went.
            planned = {page.url for page in self._site.plan} if self._scan.lacks_search else self._before.keys()
            renewed.gone |= {url for url in self._before if url not in (entries if "#" in url else planned)}
        after = {url: digest for url, digest in self._before.items() if url not in renewed.gone}
        after |= {url: (row.language, row.digest) for url, row in renewed.rows.items()}
        renewed.rows = {url: row for url, row in renewed.rows.items() if self._before.get(url) != after[url]}
        own, old = divide_digests(after), divide_digests(self._before)
        for code in sorted({*own, *old}):
            self._renew(code, old.get(code, {}), own.get(code, {}), sorted(filter(None, own)))
        self._staging.renewed = renewed
        return SearchReport(sum(map(len, own.values())), time.perf_counter() - started)

    def _renew(self, code: str, before: Mapping[str, str], after: Mapping[str, str], languages: list[str]) -> None:
        folder = f"{SEARCH_FOLDER}/{code}/" if code else f"{SEARCH_FOLDER}/"
        old_ids, ids = assign_ids(before), assign_ids(after)
        files: dict[str, bytes] = {}
        old_texts = {url: text_path(id, len(before)) for url, id in old_ids.items()}
        paths = {url: text_path(id, len(after)) for url, id in ids.items()}
        endings = (".bin", "s.bin")
        for url, path in paths.items():
            row = self._renewed.rows.get(url)
            is_damaged = any(f"{folder}{path}{ending}" in self._damaged for ending in endings)
            if row is not None or old_texts.get(url) != path or is_damaged:
                files |= number_texts(path, ids[url], row or self._store.load_row(url))
        changed = {old_texts[url] for url in old_texts if url in self._renewed.rows or old_texts[url] != paths.get(url)}
        obsolete = {path + ending for path in changed for ending in endings} - files.keys()
        index, known = self._renew_index(code, folder, old_ids, ids)
        files |= index.files
        obsolete |= known.paths - index.paths
        if not after and code:
            obsolete |= {INDEX, "terms.json", "notes.json", "facets.json", "words.txt"}
        else:
            texts = self._find_texts(code, after, ids)
            files |= texts
            digest = digest_texts(texts) if texts else self._scan.state.meta[f"search {code}"]
            self._renewed.meta[f"search {code}"] = digest
            sign = sign_files(sum_digests(after), digest, index)
            files[INDEX] = serialise_head(index, ids, code, () if code else languages, sign)
        self._staging.stage_last(
            SEARCH,
            {folder + name: data for name, data in files.items()},
            [folder + name for name in obsolete],
            self._refreshed,
            self._demands,
        )

    def _renew_index(
        self, code: str, folder: str, old_ids: Mapping[str, int], ids: Mapping[str, int]
    ) -> tuple[WordIndex, WordIndex]:
        """The index as it is now and as it was."""
        dumped = self._store.load_index(code)
        known = WordIndex.load(dumped) if dumped else WordIndex()
        index = None
        changed = [
            url for url in ids.keys() | old_ids.keys() if url in self._renewed.rows or old_ids.get(url) != ids.get(url)
        ]
        is_damaged = any(folder + path in self._damaged for path in known.paths)
        if dumped and not is_damaged and len(changed) <= max(10, len(ids) * _MANY):
            try:
                changes = self._list_changes(changed, old_ids, ids)
                index = renew_index(known, changes, lambda path: (self._scan.site_dir / folder / path).read_bytes())
            except (OSError, DamagedIndexError):
                index = None
        if index is None:
            stored = self._store.load_postings(code)
            rows = self._renewed.rows
            index = make_index((id, rows[url].postings if url in rows else stored[url]) for url, id in ids.items())
        if index.shards != known.shards or not dumped:
            self._renewed.indexes[code] = index.dump()
        return index, known

    def _list_changes(
        self, changed: Iterable[str], old_ids: Mapping[str, int], ids: Mapping[str, int]
    ) -> Iterator[PageChange]:
        for url in changed:
            kept = self._store.load_row(url) if url in old_ids else None
            row = self._renewed.rows.get(url, kept)
            yield PageChange(
                (old_ids[url], kept.postings) if kept is not None else None,
                (ids[url], row.postings) if url in ids and row is not None else None,
            )

    def _find_texts(self, code: str, after: Mapping[str, str], ids: Mapping[str, int]) -> dict[str, bytes]:
        """The files besides the index; none where only texts of stories differ, of which they say nothing."""
        if self._difference.is_local:
            return {}
        facts = self._store.load_facts(code) | {url: row.facts for url, row in self._renewed.rows.items()}
        own = {url: facts[url] for url in after}
        return make_texts(
            order_rows(own, [page.url for page in self._site.plan], self._site.kb), ids, self._site.kb, code
        )
