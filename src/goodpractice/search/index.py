"""The files of an index: its list of shards, the shards, and what is shown of each page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from goodpractice.search.analysis import Analyzer
from goodpractice.search.ids import assign_ids, count_bits
from goodpractice.search.postings import SCALE, make_postings
from goodpractice.search.records import SearchRecord
from goodpractice.search.shards import deflate, divide, encode_postings, measure, name_shard, pack_shard

#: Version of the format, which `search-index.js` compares.
FORMAT = 1
#: The one file of an index whose address stays while its content changes without a sign in the address.
INDEX = "index.json"


def make_index(records: Sequence[SearchRecord], analyzer: Analyzer) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The content of the list of shards, and all other files by path.

    Args:
        records: What can be found, each with an address of its own.
        analyzer: Gives their words.
    """
    ids = assign_ids(record.url for record in records)
    words = invert((ids[record.url], make_postings(record, analyzer)) for record in records)
    sizes = [measure(word, len(postings)) for word, postings in words.items()]
    names, files = list(words), {}
    shards = []
    for start, first, end in divide(names, sizes):
        shard = {word: words[word] for word in names[first:end]}
        name = name_shard(shard)
        shards.append((start, name))
        files[f"shards/{name}.bin"] = pack_shard(shard)
    for record in records:
        path = text_path(ids[record.url], len(records))
        files[f"{path}.bin"] = pack_text(record, ids[record.url])
        if len(record.sections) > 1:
            files[f"{path}s.bin"] = pack_sections(record, ids[record.url])
    head = {
        "format": FORMAT,
        "pages": len(records),
        "bits": count_bits(len(records)),
        "scale": SCALE,
        "stemmer": analyzer.algorithm,
        "shards": shards,
    }
    return head, files


def invert(pages: Iterable[tuple[int, Mapping[str, str]]]) -> dict[str, bytes]:
    """From the words of each page to the pages of each word, encoded, in the order of the words."""
    found: dict[str, list[Any]] = {}
    # Most postings look alike: one text for all of them.
    alike: dict[str, str] = {}
    for id, postings in sorted(pages, key=itemgetter(0)):
        for word, pairs in postings.items():
            entry = (id, alike.setdefault(pairs, pairs))
            if word in found:
                found[word] += entry
            else:
                found[word] = [*entry]
    return {word: encode_postings(entry[::2], entry[1::2]) for word, entry in sorted(found.items())}


def text_path(id: int, pages: int) -> str:
    """Where the text of a page lies, without its ending. Numbers of another width are other numbers."""
    return f"texts/{count_bits(pages)}/{id}"


def pack_text(record: SearchRecord, id: int) -> bytes:
    """What a result shows of a record, and what tells that it is the one that was asked for."""
    shown = {
        "id": id,
        "url": record.url,
        "kind": record.kind,
        "title": record.title,
        "description": record.description,
        "facts": record.facts,
        "beginning": record.sections[0].text if record.sections else "",
        "sections": [(part.anchor, part.heading) for part in record.sections],
    }
    return deflate(print_json(shown).encode())


def pack_sections(record: SearchRecord, id: int) -> bytes:
    """The texts of its further sections, which few results show."""
    return deflate(print_json([id, *(part.text for part in record.sections[1:])]).encode())


def print_json(value: object) -> str:
    """A value as JSON without white space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
