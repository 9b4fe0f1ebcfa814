"""What is kept of a page for the search: made where the page is made, and kept with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from goodpractice.i18n.languages import SOURCE
from goodpractice.search.analysis import find_analyzer
from goodpractice.search.index import serialise_json
from goodpractice.search.postings import make_postings, pack_postings
from goodpractice.search.records import SearchRecord
from goodpractice.search.shards import deflate, encode_number
from goodpractice.search.words import list_long_words


class Row(NamedTuple):
    """What the search keeps of a page or an entry.

    Attributes:
        language: Code of its language; empty for that of the site.
        facts: What filters and corrections know of it, as JSON.
        text: What a result shows of it, packed.
        sections: The texts of its sections but the first, packed; empty where there are none. Few results show them.
        postings: Its words, packed.
        digest: Tells it from another: see `digest_record`.
    """

    language: str
    facts: str
    text: bytes
    sections: bytes
    postings: bytes
    digest: str


class RowFacts(NamedTuple):
    """What filters and corrections know of a page or an entry.

    Attributes:
        kind: Its kind.
        words: Words of its title, and hidden ones, that a slip may have been meant as.
        facets: Ids of values, by filter.
    """

    kind: str
    words: str
    facets: Mapping[str, Iterable[str]]


def make_row(record: SearchRecord) -> Row:
    """What is kept of a record."""
    shown = {
        "url": record.url,
        "kind": record.kind,
        "title": record.title,
        "description": record.description,
        "facts": record.facts,
        "beginning": record.sections[0].text if record.sections else "",
        "sections": [(part.anchor, part.heading) for part in record.sections],
    }
    words = " ".join(list_long_words(f"{record.title} {record.hidden}"))
    facts = serialise_json(RowFacts(record.kind, words, record.facets))
    text = deflate(serialise_json(shown).encode())
    more = [part.text for part in record.sections[1:]]
    sections = deflate(serialise_json(more).encode()) if more else b""
    postings = pack_postings(make_postings(record, find_analyzer(record.language or SOURCE)))
    return Row(record.language, facts, text, sections, postings, digest_record(record))


def digest_record(record: SearchRecord) -> str:
    """Tells a record from another, and what is kept of one, which is made of nothing else."""
    return blake2b(repr(record).encode(), digest_size=8).hexdigest()


def read_facts(text: str) -> RowFacts:
    """The facts of a row."""
    return RowFacts(*json.loads(text))


def number_texts(path: str, id: int, row: Row) -> dict[str, bytes]:
    """The files with the texts of a page by their paths: its number, by which a reader sees whose they are, and a text.

    Args:
        path: Their path without its ending.
        id: The number.
        row: What is kept of the page.
    """
    texts = {f"{path}.bin": row.text, f"{path}s.bin": row.sections}
    return {name: encode_number(id) + text for name, text in texts.items() if text}
