"""The search of a site: made from its records, written beside its pages."""

from __future__ import annotations

import hashlib
import heapq
import json
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from goodpractice.knowledge_base import KnowledgeBase
from goodpractice.languages import SOURCE
from goodpractice.pages import Page
from goodpractice.render import RenderedPage
from goodpractice.render.finder import make_finder_data
from goodpractice.saying import said
from goodpractice.search.bundle import Bundle, bundle_files
from goodpractice.search.facets import FILTERS, make_facets, pack_finder
from goodpractice.search.records import KINDS, SearchRecord, list_entries, make_record, order_pages, place_of
from goodpractice.search.service import PagefindService, SearchIndexError
from goodpractice.search.synonyms import fold, make_notes, make_synonyms
from goodpractice.search.words import list_words
from goodpractice.settings import MIN_SHARE, read_min_share

#: Where the search lies on the site. The folder is ours alone and is replaced as a whole.
SEARCH_FOLDER = "assets/search"
#: Names the folder of the newest index: the one file of the search whose address stays while its content changes.
CURRENT = "current.json"
#: A language whose words Pagefind does not take apart.
UNSTEMMED = "cy"
_MADE_FROM = "made-from.txt"
#: Raised when the same records would give other files.
_FORMAT = "4"
#: Letters of the digest that name the folder of an index: enough to tell the indexes of a year apart.
_NAME = 10


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Settings of the search, in `mkdocs.yml` under `extra`, `goodpractice`, `search`.

    Attributes:
        min_share: Share of its pages that must carry a value before a filter is shown, from 0 to 1.
    """

    min_share: float = MIN_SHARE


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What was made.

    Attributes:
        records: Number of things that can be found.
        seconds: How long it took.
        bytes: Size of all files.
        fresh: False when the files that lay there were made from the same records.
    """

    records: int
    seconds: float
    bytes: int
    fresh: bool = True


def load_search_settings(extra: Any) -> SearchSettings:
    """The settings from the value of `extra` in `mkdocs.yml`.

    Raises:
        ValueError: A setting is not known or does not fit.
    """
    return SearchSettings(read_min_share(extra))


def index_site(
    pages: Iterable[tuple[Page, RenderedPage]],
    kb: KnowledgeBase,
    site_dir: Path,
    settings: SearchSettings | None = None,
) -> SearchReport:
    """Make the search of a site whose pages have all been rendered.

    Args:
        pages: The plan, with what was rendered; lists may be among them and are left out.
        kb: The knowledge base.
        site_dir: The finished site.
        settings: Settings of the search.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
    """
    rendered = dict(pages)
    records = (make_record(page, rendered[page].html, kb) for page in order_pages(rendered))
    return index_records((record for record in records if record is not None), kb, site_dir, settings)


def index_records(
    records: Iterable[SearchRecord], kb: KnowledgeBase, site_dir: Path, settings: SearchSettings | None = None
) -> SearchReport:
    """Make the search of a site from the records of its pages.

    A build that renders only what has changed keeps `make_record` of every
    page. Nothing is written when the same records were indexed before.

    Pagefind takes longer than everything else, on one processor. It gets each
    record as soon as it is there, and all that does not need its index is made
    while it works.

    Args:
        records: The records of all pages, made from pages in the order of `order_pages`. The entries of lists are
            added here.
        kb: The knowledge base.
        site_dir: The finished site.
        settings: Settings of the search.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
    """
    started = time.monotonic()
    settings = settings or SearchSettings()
    folder = site_dir / SEARCH_FOLDER
    fresh = folder.with_name(f".{folder.name}-new")
    by_language: dict[str, list[SearchRecord]] = {}
    entries = sorted(list_entries(kb), key=lambda record: place_of(record.kind))
    try:
        with _Indexing(SOURCE) as indexing:
            for record in heapq.merge(entries, records, key=lambda record: place_of(record.kind)):
                if record.language:
                    by_language.setdefault(record.language, []).append(record)
                else:
                    indexing.add(record)
            indexing.begin()
            found = indexing.records
            finder = make_finder_data(kb)
            everything = [*found, *(record for listed in by_language.values() for record in listed)]
            made_from = _digest(everything, finder, kb, settings)
            if _read(folder / _MADE_FROM) == made_from:
                return SearchReport(len(everything), time.monotonic() - started, _size(folder), fresh=False)
            shutil.rmtree(fresh, ignore_errors=True)
            inside = fresh / made_from[:_NAME]
            inside.mkdir(parents=True)
            _write_json(inside / "terms.json", {"kinds": _say_kinds(kb), **make_synonyms(kb, _list_vocabulary(found))})
            _write_json(inside / "notes.json", make_notes(kb))
            (inside / "words.txt").write_text(" ".join(list_words(found, kb)), encoding="utf-8")
            numbered = _write_index(inside, indexing, kb, settings)
        _write_json(inside / "finder.json", pack_finder(finder, _find_first_case(numbered)))
        for code, listed in by_language.items():
            _write_language(inside / code, listed, kb.speak(code), settings)
        _write_json(fresh / CURRENT, {"folder": inside.name, "languages": sorted(by_language)})
        (fresh / _MADE_FROM).write_text(made_from, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except OSError as error:
        raise SearchIndexError(
            said("The search index cannot be written: {error}.", error=error.strerror or error)
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return SearchReport(len(everything), time.monotonic() - started, _size(folder))


def _write_language(inside: Path, records: Sequence[SearchRecord], kb: KnowledgeBase, settings: SearchSettings) -> None:
    """The search of a language besides that of the site: its words as they stand, without other words for them."""
    inside.mkdir()
    # search-index.js takes English words apart. Words of other languages are indexed as they stand, and found by their
    # beginnings too.
    with _Indexing(UNSTEMMED) as indexing:
        for record in records:
            indexing.add(record)
        _write_index(inside, indexing, kb, settings)
    nothing = KnowledgeBase()
    _write_json(inside / "terms.json", {"kinds": _say_kinds(kb), **make_synonyms(nothing, _list_vocabulary(records))})
    _write_json(inside / "notes.json", make_notes(nothing))
    (inside / "words.txt").write_text(" ".join(list_words(records, nothing)), encoding="utf-8")


def _say_kinds(kb: KnowledgeBase) -> dict[str, str]:
    return {kind: kb.say(name) for kind, name in KINDS.items()}


class _Indexing:
    """Records on their way through Pagefind, which is started with the first of them."""

    def __init__(self, language: str) -> None:
        self.records: list[SearchRecord] = []
        self._language = language
        self._service: PagefindService | None = None
        self._taken = False

    def add(self, record: SearchRecord) -> None:
        if self._service is None:
            self._service = PagefindService(language=self._language)
        self._service.add_page(record.url, record.as_html())
        self.records.append(record)

    def begin(self) -> None:
        """Let Pagefind make the index while something else is made."""
        if self._service is not None:
            self._service.begin_files()

    def take(self) -> Bundle:
        """Wait for the index."""
        files = self._service.make_files() if self._service is not None else {}
        self._taken = True
        return bundle_files(files, [record.url for record in self.records])

    def __enter__(self) -> _Indexing:
        return self

    def __exit__(self, *error: object) -> None:
        if self._service is not None:
            if not self._taken:
                self._service.abandon()
            self._service.close()


def _write_index(inside: Path, indexing: _Indexing, kb: KnowledgeBase, settings: SearchSettings) -> list[SearchRecord]:
    """Write what is found by words and filters; gives the records in the order of their numbers."""
    bundle = indexing.take()
    for path, content in bundle.files.items():
        (inside / path).parent.mkdir(exist_ok=True)
        (inside / path).write_bytes(content)
    numbered = [indexing.records[place] for place in bundle.order]
    _write_json(inside / "facets.json", make_facets(numbered, kb, settings.min_share))
    return numbered


def _find_first_case(records: Sequence[SearchRecord]) -> int:
    places = [place for place, record in enumerate(records) if record.kind == "case_study"]
    if places and places != list(range(places[0], places[0] + len(places))):
        raise SearchIndexError(said("Pagefind numbers the case studies in another order than they were handed to it."))
    return places[0] if places else 0


def _list_vocabulary(records: Sequence[SearchRecord]) -> Iterator[str]:
    # Folding is slow, and most words stand in many pages.
    found = {piece for record in records for piece in record.content.split()}
    for piece in found:
        yield from fold(piece).split()


def _digest(
    records: Sequence[SearchRecord], finder: dict[str, Any], kb: KnowledgeBase, settings: SearchSettings
) -> str:
    digest = hashlib.sha256(f"{_FORMAT} {version('pagefind')} {settings}".encode())
    for record in records:
        digest.update(repr(record).encode())
    digest.update(json.dumps(finder, ensure_ascii=False).encode())
    words = (*KINDS.values(), *(entry.name for entry in FILTERS))
    digest.update(repr([language.say(word) for language in kb.languages.values() for word in words]).encode())
    for table in ("term", "theme", "partner", "programme"):
        for entry in kb.table(table).values():
            digest.update(repr(entry).encode())
    digest.update(repr({kind: list(choices.values()) for kind, choices in kb.choices.items()}).encode())
    return digest.hexdigest()


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
