"""The search of a site: made from its records, written beside its pages."""

from __future__ import annotations

import heapq
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import SOURCE
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CASE_STUDY, THEME
from goodpractice.kinds.registry import RESULT_LABELS
from goodpractice.pages import Page
from goodpractice.render import RenderedPage
from goodpractice.render.finder import make_finder_data
from goodpractice.render.links import record_url
from goodpractice.search.facets import make_facets, pack_finder
from goodpractice.search.parts import (
    PART_SIZE,
    Part,
    Parts,
    Reuse,
    divide,
    list_sizes,
    remove_others,
    sign,
    size_pieces,
    write_whole,
)
from goodpractice.search.records import (
    Content,
    SearchRecord,
    list_listed_entries,
    make_record,
    order_pages,
    place_of,
)
from goodpractice.search.service import SearchIndexError
from goodpractice.search.synonyms import make_notes, make_synonyms
from goodpractice.search.text import write_text
from goodpractice.search.words import list_words

#: Names the folder of the newest index: the one file of the search whose address stays while its content changes.
CURRENT = "current.json"
#: A language whose words Pagefind does not take apart. `search-index.js` takes English words apart; words of other
#: languages are indexed as they stand, and found by their beginnings too.
UNSTEMMED = "cy"

#: Questions that the window of the search shows before somebody writes.
QUERIES = 5


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What was made.

    Attributes:
        records: Number of things that can be found.
        seconds: How long it took.
        bytes: Size of all files.
        fresh: False when the files that lay there were made from the same records.
        parts: In how many parts the index lies.
        made: How many of them were made anew.
    """

    records: int
    seconds: float
    bytes: int
    fresh: bool = True
    parts: int = 0
    made: int = 0


def index_site(
    pages: Iterable[tuple[Page, RenderedPage]],
    kb: KnowledgeBase,
    site_dir: Path,
) -> SearchReport:
    """Make the search of a site whose pages have all been rendered.

    Args:
        pages: The plan, with what was rendered; lists may be among them and are left out.
        kb: The knowledge base.
        site_dir: The finished site.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
    """
    rendered = dict(pages)
    records = (
        make_record(page, Content.of(write_text(rendered[page].passages)), kb) for page in order_pages(rendered, kb)
    )
    return index_records((record for record in records if record is not None), kb, site_dir)


def index_records(
    records: Iterable[SearchRecord],
    kb: KnowledgeBase,
    site_dir: Path,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
    reuse: Reuse = Reuse.WHOLE,
) -> SearchReport:
    """Make the search of a site from the records of its pages.

    A part of the index whose records are those of the last time is not made
    again. Files are written beside those that are in use, and one small file
    leads to them at the end.

    Args:
        records: The records of all pages, made from pages in the order of `order_pages`. The entries of lists are
            added here.
        kb: The knowledge base.
        site_dir: The finished site.
        jobs: How many parts Pagefind makes at a time, while the next one is read; 0 for one a processor.
        progress: Called with the number of records whose part is ready and the number of all.
        reuse: Which of the parts that are there, from the same records, may stay.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
    """
    started = time.monotonic()
    folder = site_dir / SEARCH_FOLDER
    by_language = _sort_records(records, kb)
    before = _read(folder / CURRENT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        store = Parts.open(folder, reuse)
        names = _renew(folder, store, by_language, kb, jobs or os.cpu_count() or 1, progress)
    except OSError as error:
        raise SearchIndexError(
            _("The search index cannot be written: {error}.", error=error.strerror or error)
        ) from error
    return SearchReport(
        records=sum(map(len, by_language.values())),
        seconds=time.monotonic() - started,
        bytes=sum(list_sizes(folder).values()),
        fresh=_read(folder / CURRENT) != before,
        parts=len(names),
        made=len(names - store.names),
    )


def _renew(
    folder: Path,
    store: Parts,
    by_language: Mapping[str, Sequence[SearchRecord]],
    kb: KnowledgeBase,
    jobs: int,
    progress: Callable[[int, int], None],
) -> set[str]:
    """Make and write everything, lead to it, and delete the rest: the folder is ours alone.

    Returns:
        The names of the parts.
    """
    in_use = {path.name for path in folder.iterdir()}
    try:
        parts = _make_parts(store, by_language, jobs, progress)
        names = {part.name for found in parts.values() for part in found}
        files = _list_files(by_language, parts, kb)
        for path, text in files.items():
            if path != CURRENT:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                write_whole(folder / path, text)
        used = names | {path.partition("/")[0] for path in files}
        # Whoever presses Ctrl-C in this moment keeps both.
        in_use |= used
        write_whole(folder / CURRENT, files[CURRENT])
        in_use = used
        written = {path: len(text.encode()) for path, text in files.items()}
        _require_whole(folder, written | {path: size for part in names for path, size in store.list_files(part)})
    finally:
        remove_others(folder, in_use)
    return names


def _sort_records(records: Iterable[SearchRecord], kb: KnowledgeBase) -> dict[str, list[SearchRecord]]:
    """The records of each language, the site's own first, with the entries of lists in their places."""
    entries = sorted(list_listed_entries(kb), key=lambda record: place_of(record.kind))
    by_language: dict[str, list[SearchRecord]] = {"": []}
    for record in heapq.merge(entries, records, key=lambda record: place_of(record.kind)):
        by_language.setdefault(record.language, []).append(record)
    return by_language


def _list_files(
    by_language: Mapping[str, Sequence[SearchRecord]], parts: Mapping[str, Sequence[Part]], kb: KnowledgeBase
) -> dict[str, str]:
    """Everything but the parts, by its path in the folder of the search."""
    files = {
        code: _make_files(listed, parts[code], kb.speak(code) if code else kb, code)
        for code, listed in by_language.items()
    }
    files[""]["finder.json"] = _print(pack_finder(make_finder_data(kb), _find_first_case(by_language[""])))
    folder = sign(json.dumps(files).encode())
    current = {
        "folder": folder,
        "parts": _list_parts(parts[""]),
        "languages": {code: _list_parts(found) for code, found in sorted(parts.items()) if code},
    }
    return {
        **{Path(folder, code, name).as_posix(): text for code, named in files.items() for name, text in named.items()},
        CURRENT: _print(current),
    }


def _require_whole(folder: Path, written: Mapping[str, int]) -> None:
    """Compare the files that lie in the folder of the search with those that belong there, with their sizes.

    Raises:
        SearchIndexError: One is missing or of another size: somebody else has been at work.
    """
    if not written.items() <= list_sizes(folder).items():
        raise SearchIndexError(
            _("another program changed {folder} meanwhile. Build again when it has ended", folder=folder)
        )


def _make_parts(
    store: Parts, by_language: Mapping[str, Sequence[SearchRecord]], jobs: int, progress: Callable[[int, int], None]
) -> dict[str, list[Part]]:
    """The parts of each language in their order, several made at a time: Pagefind works on one processor."""
    number = sum(map(len, by_language.values()))
    done = 0
    # While Pagefind makes as many parts as there are processors, the next one is read.
    pool = ThreadPoolExecutor(jobs + 1, thread_name_prefix="search")
    try:
        making: dict[str, list[Future[Part]]] = {}
        for code, listed in by_language.items():
            shares = divide([record.url for record in listed], store.first, PART_SIZE)
            make = partial(store.make, language=UNSTEMMED if code else SOURCE, piece_size=size_pieces(len(shares)))
            making[code] = [pool.submit(make, listed[share.start : share.stop]) for share in shares]
        progress(done, number)
        for future in as_completed([future for found in making.values() for future in found]):
            done += len(future.result().lengths)
            progress(done, number)
        return {code: [future.result() for future in found] for code, found in making.items()}
    finally:
        # After a mistake, or Ctrl-C, nobody waits for what is still being made.
        store.stop()
        pool.shutdown(cancel_futures=True)


def _make_files(records: Sequence[SearchRecord], parts: Sequence[Part], kb: KnowledgeBase, code: str) -> dict[str, str]:
    """What a language needs besides the parts of its index, by name."""
    # A language besides that of the site has no other words for its own.
    words = KnowledgeBase() if code else kb
    vocabulary = frozenset[str]().union(*(part.words for part in parts))
    return {
        "index.json": _print(
            {
                "lengths": [length for part in parts for length in part.lengths],
                "from": [part.beginnings for part in parts],
                "fields": [part.fields for part in parts],
            }
        ),
        "terms.json": _print(
            {
                "kinds": {kind: kb.gettext(name) for kind, name in RESULT_LABELS.items()},
                "questions": _list_questions(words),
                **make_synonyms(words, vocabulary),
            }
        ),
        "notes.json": _print(make_notes(words)),
        "words.txt": " ".join(list_words(records, words)),
        "facets.json": _print(make_facets(records, kb)),
    }


def _list_questions(kb: KnowledgeBase) -> list[tuple[str, str]]:
    """Questions with the address of their answers, of the themes with the most case studies."""
    told = Counter(theme for case in kb.case_studies.values() for theme in case.themes)
    most = sorted(kb.themes.values(), key=lambda theme: -told[theme.id])[:QUERIES]
    return [(theme.question, record_url(THEME, theme.id)) for theme in kb.themes.values() if theme in most]


def _list_parts(parts: Sequence[Part]) -> list[tuple[str, int]]:
    return [(part.name, len(part.lengths)) for part in parts]


def _find_first_case(records: Sequence[SearchRecord]) -> int:
    """Number of the newest case study; the others follow it."""
    return next((place for place, record in enumerate(records) if record.kind == CASE_STUDY), 0)


def _print(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
