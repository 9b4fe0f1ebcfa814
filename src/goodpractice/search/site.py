"""The search of a site: made from its records, written beside its pages."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

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
from goodpractice.search.analysis import find_analyzer, fold
from goodpractice.search.facets import make_facets, pack_finder
from goodpractice.search.ids import assign_ids
from goodpractice.search.index import INDEX, make_index, print_json
from goodpractice.search.records import (
    SearchRecord,
    list_listed_entries,
    make_record,
    order_pages,
    place_of,
)
from goodpractice.search.synonyms import make_notes, make_synonyms
from goodpractice.search.text import list_sections
from goodpractice.search.words import list_words

#: Questions that the window of the search shows before somebody writes.
QUERIES = 5


class SearchIndexError(ValueError):
    """The index was not made; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What was made.

    Attributes:
        records: Number of things that can be found.
        seconds: How long it took.
        bytes: Size of all files.
        written: How many of them are new or differ from what lay there.
    """

    records: int
    seconds: float
    bytes: int
    written: int


def index_site(pages: Iterable[tuple[Page, RenderedPage]], kb: KnowledgeBase, site_dir: Path) -> SearchReport:
    """Make the search of a site whose pages have all been rendered.

    Args:
        pages: The plan, with what was rendered; lists may be among them and are left out.
        kb: The knowledge base.
        site_dir: The finished site.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
    """
    rendered = dict(pages)
    records = (make_record(page, list_sections(rendered[page].passages), kb) for page in order_pages(rendered, kb))
    return index_records((record for record in records if record is not None), kb, site_dir)


def index_records(records: Iterable[SearchRecord], kb: KnowledgeBase, site_dir: Path) -> SearchReport:
    """Make the search of a site from the records of its pages.

    Args:
        records: The records of all pages, made from pages in the order of `order_pages`. The entries of lists are
            added here.
        kb: The knowledge base.
        site_dir: The finished site.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
    """
    started = time.monotonic()
    by_language = _sort_records(records, kb)
    files = make_files(by_language, kb)
    try:
        written = _write_files(site_dir / SEARCH_FOLDER, files)
    except OSError as error:
        raise SearchIndexError(
            _("The search index cannot be written: {error}.", error=error.strerror or error)
        ) from error
    return SearchReport(
        records=sum(map(len, by_language.values())),
        seconds=time.monotonic() - started,
        bytes=sum(map(len, files.values())),
        written=written,
    )


def _write_files(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write what differs, the lists of shards last, and delete the rest; gives the number of files written."""
    number = 0
    for name in sorted(files, key=lambda name: name.endswith(INDEX)):
        path = folder / name
        with suppress(FileNotFoundError):
            if path.read_bytes() == files[name]:
                continue
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_bytes(files[name])
        fresh.replace(path)
        number += 1
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            with suppress(OSError):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in files:
            path.unlink()
    return number


def make_files(by_language: Mapping[str, Sequence[SearchRecord]], kb: KnowledgeBase) -> dict[str, bytes]:
    """Every file of the search, by its path in the folder of the search.

    Args:
        by_language: The records of each language by its code, in the order in which they are listed; those of the site
            under an empty one.
        kb: The knowledge base.
    """
    found: dict[str, bytes] = {}
    for code, records in by_language.items():
        head, files = make_index(records, find_analyzer(code or SOURCE))
        ids = assign_ids(record.url for record in records)
        texts = _make_texts(records, [ids[record.url] for record in records], kb.speak(code) if code else kb, code)
        if not code:
            first, cases = _find_cases(records)
            finder = pack_finder(make_finder_data(kb), [ids[record.url] for record in records[first : first + cases]])
            texts["finder.json"] = print_json(finder)
            head["languages"] = sorted(filter(None, by_language))
        else:
            head["languages"] = []
        head["language"] = code or SOURCE
        files |= {name: text.encode() for name, text in texts.items()}
        head["sign"] = _sign(files)
        files[INDEX] = print_json(head).encode()
        found |= {f"{code}/{name}" if code else name: data for name, data in files.items()}
    return found


def _sign(files: Mapping[str, bytes]) -> str:
    """A sign that differs when any file does."""
    digest = blake2b(digest_size=5)
    for name in sorted(files):
        digest.update(f"{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _sort_records(records: Iterable[SearchRecord], kb: KnowledgeBase) -> dict[str, list[SearchRecord]]:
    """The records of each language, the site's own first, with the entries of lists in their places."""
    entries = sorted(list_listed_entries(kb), key=lambda record: place_of(record.kind))
    by_language: dict[str, list[SearchRecord]] = {"": []}
    for record in heapq.merge(entries, records, key=lambda record: place_of(record.kind)):
        by_language.setdefault(record.language, []).append(record)
    return by_language


def _make_texts(records: Sequence[SearchRecord], ids: Sequence[int], kb: KnowledgeBase, code: str) -> dict[str, str]:
    """What a language needs besides its index, by name."""
    # A language besides that of the site has no other words for its own.
    words = KnowledgeBase() if code else kb
    return {
        "terms.json": print_json(
            {
                "kinds": {kind: kb.gettext(name) for kind, name in RESULT_LABELS.items()},
                "questions": _list_questions(words),
                **make_synonyms(words, _list_vocabulary(records)),
            }
        ),
        "notes.json": print_json(make_notes(words)),
        "words.txt": " ".join(list_words(records, words)),
        "facets.json": print_json({"order": ids, **make_facets(records, kb)}),
    }


def _list_vocabulary(records: Iterable[SearchRecord]) -> frozenset[str]:
    """Every folded word."""
    texts = (
        text
        for record in records
        for text in (record.title, record.description, record.aliases, record.hidden, *_list_texts(record))
    )
    return frozenset(word for text in texts for word in fold(text).split())


def _list_texts(record: SearchRecord) -> Iterable[str]:
    return (text for section in record.sections for text in (section.heading, section.text))


def _list_questions(kb: KnowledgeBase) -> list[tuple[str, str]]:
    """Questions with the address of their answers, of the themes with the most case studies."""
    told = Counter(theme for case in kb.case_studies.values() for theme in case.themes)
    most = sorted(kb.themes.values(), key=lambda theme: -told[theme.id])[:QUERIES]
    return [(theme.question, record_url(THEME, theme.id)) for theme in kb.themes.values() if theme in most]


def _find_cases(records: Sequence[SearchRecord]) -> tuple[int, int]:
    """The place of the newest case study, and how many follow it, itself among them."""
    places = [place for place, record in enumerate(records) if record.kind == CASE_STUDY]
    return (places[0], len(places)) if places else (0, 0)
