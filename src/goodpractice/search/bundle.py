"""From the files that Pagefind makes to those that we publish.

Pagefind names every file by a digest and lists all names in a file that each
search loads first: at 10,000 pages half of what a first search loads. Here
they are numbered, so the list holds lengths of pages and beginnings of words
only. What tells one part of the index from another is the name of the folder
around them.

Its own program and its scripts are left out: `search-index.js` reads the index.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import ngettext_lazy
from goodpractice.search.service import SearchIndexError

_SIGNATURE = b"pagefind_dcd"
#: Kinds of values in CBOR that Pagefind uses: numbers, texts and lists.
_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_META_PARTS = 6
_URL = re.compile(rb'\{"url":("(?:[^"\\]|\\.)*")')
#: Bytes in which most addresses end.
_URL_ROOM = 400
#: What zlib calls a stream with the head and the end of a gzip file.
_GZIP = 31


@dataclass(frozen=True, slots=True)
class Bundle:
    """A part of the index whose files are numbered.

    Attributes:
        lengths: Number of words of each record, in the given order.
        beginnings: Of each piece of the index, the beginning of its first word.
        fields: Names of the fields that weigh more than the text.
        files: What is published, by path.
    """

    lengths: tuple[int, ...]
    beginnings: tuple[str, ...]
    fields: tuple[str, ...]
    files: Mapping[str, bytes]


def bundle_files(files: Mapping[str, bytes], urls: Sequence[str]) -> Bundle:
    """Number the files of an index.

    Args:
        files: What Pagefind made, by path.
        urls: Addresses of the records, in the order in which they were handed to Pagefind; at least one.

    Raises:
        SearchIndexError: A record is missing or out of order, or the files are not those of a Pagefind that we know.
    """
    pages, chunks, fields = _read_meta(files)
    published: dict[str, bytes] = {}
    found = []
    for number, (name, __) in enumerate(pages):
        content = _find(files, f"fragment/{name}.pf_fragment")
        found.append(_read_url(content, name))
        published[f"fragment/{number}.pf_fragment"] = content
    if found != list(urls):
        raise SearchIndexError(_explain_order(found, urls))
    for number, (__, __, name) in enumerate(chunks):
        published[f"index/{number}.pf_index"] = _find(files, f"index/{name}.pf_index")
    return Bundle(tuple(length for __, length in pages), tuple(chunk[0] for chunk in chunks), tuple(fields), published)


def _explain_order(found: Sequence[str], urls: Sequence[str]) -> str:
    known = frozenset(found)
    missing = [url for url in urls if url not in known]
    if not missing:
        return _("Pagefind numbers the pages in another order than they were handed to it.")
    if len(missing) == 1:
        return _("Pagefind left out {page}.", page=missing[0])
    return ngettext_lazy(
        "Pagefind left out {page} and {number} other.",
        "Pagefind left out {page} and {number} others.",
        len(missing) - 1,
        page=missing[0],
    )


def _read_meta(files: Mapping[str, bytes]) -> tuple[list[Any], list[Any], list[Any]]:
    names = [name for name in files if name.endswith(".pf_meta")]
    if len(names) != 1:
        raise SearchIndexError(_("Pagefind made {number} lists of files; one is expected.", number=len(names)))
    try:
        meta = decode_cbor(unpack(files[names[0]]))
        if len(meta) != _META_PARTS:
            raise ValueError
        __, pages, chunks, __, __, fields = meta
        return list(pages), list(chunks), list(fields)
    except (OSError, EOFError, ValueError, TypeError, IndexError) as error:
        raise SearchIndexError(_("Pagefind made {path}, which cannot be read.", path=names[0])) from error


def _find(files: Mapping[str, bytes], path: str) -> bytes:
    try:
        return files[path]
    except KeyError:
        raise SearchIndexError(_("Pagefind did not make {path}, which it lists.", path=path)) from None


def _read_url(content: bytes, name: str) -> str:
    """The address at the beginning of a text: unpacking all of it takes ten times as long."""
    try:
        start = zlib.decompressobj(_GZIP).decompress(content, _URL_ROOM).removeprefix(_SIGNATURE)
        match = _URL.match(start)
        url: str = json.loads(match[1]) if match else json.loads(unpack(content))["url"]
        return url
    except (OSError, EOFError, ValueError, KeyError, zlib.error) as error:
        raise SearchIndexError(
            _("Pagefind made {path}, which cannot be read.", path=f"fragment/{name}.pf_fragment")
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
            return [read() for __ in range(value)]
        raise ValueError(f"a value of kind {kind}")

    return read()
