"""From the files that Pagefind makes to those that we publish.

Pagefind names every file by a digest and lists all names in a file that each
search loads first: at 10,000 pages half of what a first search loads. Here
they are numbered, so the list holds lengths of pages and beginnings of words
only. What tells one index from the next is the name of the folder around them.

Its own program and its scripts are left out: `search-index.js` reads the index.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodpractice.saying import said, said_number
from goodpractice.search.service import SearchIndexError

_SIGNATURE = b"pagefind_dcd"
#: Kinds of values in CBOR that Pagefind uses: numbers, texts and lists.
_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_META_PARTS = 6


@dataclass(frozen=True, slots=True)
class Bundle:
    """An index whose files are numbered.

    Attributes:
        order: For each number the place of its record in the given order.
        files: What is published, by path.
    """

    order: tuple[int, ...]
    files: Mapping[str, bytes]


def bundle_files(files: Mapping[str, bytes], urls: Sequence[str]) -> Bundle:
    """Number the files of an index.

    Args:
        files: What Pagefind made, by path.
        urls: Addresses of the records, in the order in which they were handed to Pagefind.

    Raises:
        SearchIndexError: A record is missing, or the files are not those of a Pagefind that we know.
    """
    if not urls:
        return Bundle((), {"index.json": _dump({"lengths": [], "from": [], "fields": []})})
    pages, chunks, fields = _read_meta(files)
    places = {url: place for place, url in enumerate(urls)}
    order = []
    published: dict[str, bytes] = {}
    for number, (name, _) in enumerate(pages):
        content = _find(files, f"fragment/{name}.pf_fragment")
        order.append(_find_place(places, content, name))
        published[f"fragment/{number}.pf_fragment"] = content
    missing = [url for place, url in enumerate(urls) if place not in set(order)] if len(order) < len(urls) else []
    if missing:
        if len(missing) == 1:
            raise SearchIndexError(said("Pagefind left out {page}.", page=missing[0]))
        more = len(missing) - 1
        raise SearchIndexError(
            said_number(
                "Pagefind left out {page} and {number} other.",
                "Pagefind left out {page} and {number} others.",
                more,
                page=missing[0],
            )
        )
    for number, (_, _, name) in enumerate(chunks):
        published[f"index/{number}.pf_index"] = _find(files, f"index/{name}.pf_index")
    published["index.json"] = _dump(
        {"lengths": [length for _, length in pages], "from": [chunk[0] for chunk in chunks], "fields": fields}
    )
    return Bundle(tuple(order), published)


def _read_meta(files: Mapping[str, bytes]) -> tuple[list[Any], list[Any], list[Any]]:
    names = [name for name in files if name.endswith(".pf_meta")]
    if len(names) != 1:
        raise SearchIndexError(said("Pagefind made {number} lists of files; one is expected.", number=len(names)))
    try:
        meta = decode_cbor(unpack(files[names[0]]))
        if len(meta) != _META_PARTS:
            raise ValueError
        _, pages, chunks, _, _, fields = meta
        return list(pages), list(chunks), list(fields)
    except (OSError, EOFError, ValueError, TypeError, IndexError) as error:
        raise SearchIndexError(said("Pagefind made {path}, which cannot be read.", path=names[0])) from error


def _find(files: Mapping[str, bytes], path: str) -> bytes:
    try:
        return files[path]
    except KeyError:
        raise SearchIndexError(said("Pagefind did not make {path}, which it lists.", path=path)) from None


def _find_place(places: Mapping[str, int], content: bytes, name: str) -> int:
    try:
        return places[str(json.loads(unpack(content))["url"])]
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise SearchIndexError(
            said("Pagefind made {path}, which cannot be read.", path=f"fragment/{name}.pf_fragment")
        ) from error


def unpack(content: bytes) -> bytes:
    """What Pagefind packed: its files are gzipped, and begin with a word of its own."""
    return gzip.decompress(content).removeprefix(_SIGNATURE)


def decode_cbor(content: bytes) -> Any:
    """The value of a piece of CBOR made of whole numbers, texts and lists of known length.

    Raises:
        ValueError: It holds something else.
        IndexError: It ends too early.
    """
    at = 0

    def read() -> Any:
        nonlocal at
        first = content[at]
        at += 1
        value = first & 31
        if value > 27:
            raise ValueError(f"a length of kind {value}")
        if value > 23:
            size = 1 << (value - 24)
            value = int.from_bytes(content[at : at + size])
            at += size
        kind = first >> 5
        if kind == _NUMBER:
            return value
        if kind == _NEGATIVE:
            return -1 - value
        if kind == _TEXT:
            at += value
            return content[at - value : at].decode()
        if kind == _LIST:
            return [read() for _ in range(value)]
        raise ValueError(f"a value of kind {kind}")

    return read()


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
