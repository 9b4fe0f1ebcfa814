"""Shards: the inverted index, divided by the beginnings of words into files of a few kilobytes.

Which words share a shard follows from the words and the sizes of their postings alone, so an index that was renewed
edit by edit is the same as one from nothing. See docs/reference/search-index.md for every byte.
"""

from __future__ import annotations

import zlib
from array import array
from base64 import b32encode
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, chain
from operator import sub
from typing import NamedTuple

#: Bytes of a shard before it is packed, at most; a word whose postings are more has a shard of its own.
LIMIT = 8_000
_FORMS = tuple(bytes((value,)) if value < 128 else bytes((value & 127 | 128, value >> 7)) for value in range(1 << 14))


class DamagedIndexError(ValueError):
    """A file of the index is not what it should be."""


def deflate(data: bytes) -> bytes:
    """Pack a file as browsers unpack it, whatever the server sends along."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def inflate(data: bytes) -> bytes:
    """Unpack a file: see `deflate`.

    Raises:
        DamagedIndexError: It was not packed so, or is cut off.
    """
    try:
        return zlib.decompress(data, -15)
    except zlib.error as error:
        raise DamagedIndexError from error


class Division(NamedTuple):
    """A shard as it is divided off: its first word, or what that begins with, and the places of its words."""

    start: str
    first: int
    end: int


def encode_number(number: int) -> bytes:
    """A number, seven bits a byte, the lowest first; the highest bit says that more follows."""
    if number < len(_FORMS):
        return _FORMS[number]
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


class _Slots(dict[str, bytes]):
    """The slots of a posting: each doubled, and one more where another slot of the page follows."""

    def __missing__(self, pairs: str) -> bytes:
        slots = [ord(slot) * 2 for slot in pairs[::2]]
        self[pairs] = found = b"".join(encode_number(slot + 1) for slot in slots[:-1]) + encode_number(slots[-1])
        return found


_SLOTS = _Slots()


def encode_postings(ids: Sequence[int], pairs: Sequence[str]) -> bytes:
    """The postings of a word: how many pages, the steps between their numbers, their slots, their impacts.

    Args:
        ids: Numbers of the pages, ascending.
        pairs: Slots and impacts of each.
    """
    steps = chain(ids[:1], map(sub, ids[1:], ids))
    columns = (
        encode_number(len(ids)),
        *map(encode_number, steps),
        *map(_SLOTS.__getitem__, pairs),
        "".join([text[1::2] for text in pairs]).encode("latin-1"),
    )
    return b"".join(columns)


def decode_postings(data: bytes) -> tuple[list[int], list[str]]:
    """Numbers of pages, and slots and impacts of each: see `encode_postings`.

    Raises:
        DamagedIndexError: It is something else.
    """
    try:
        numbers = _read_numbers(data)
        count = next(numbers)[0]
        ids = list(accumulate(next(numbers)[0] for __ in range(count)))
        slots: list[list[int]] = []
        at = 0
        for __ in ids:
            own: list[int] = []
            while True:
                slot, at = next(numbers)
                own.append(slot >> 1)
                if not slot & 1:
                    break
            slots.append(own)
        if not ids:
            raise DamagedIndexError
        impacts = iter(data[at:].decode("latin-1"))
        pairs = ["".join(chr(slot) + next(impacts) for slot in own) for own in slots]
        if next(impacts, None) is not None:
            raise DamagedIndexError
    except (StopIteration, RuntimeError, IndexError) as error:
        raise DamagedIndexError from error
    return ids, pairs


def _read_numbers(data: bytes, at: int = 0) -> Iterator[tuple[int, int]]:
    """Numbers, each with the place behind it."""
    while at < len(data):
        value = shift = 0
        while True:
            byte = data[at]
            value |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
            if byte < 128:
                break
        yield value, at


def measure(word: str, postings: int) -> int:
    """Bytes that a word takes in a shard, by the size of its postings."""
    name = len(word) if word.isascii() else len(word.encode())
    return len(encode_number(name)) + name + len(encode_number(postings)) + postings


def pack_shard(words: Mapping[str, bytes]) -> bytes:
    """A shard: its words in their order, each with its encoded postings."""
    found = bytearray()
    for word, postings in words.items():
        name = word.encode()
        found += encode_number(len(name)) + name + encode_number(len(postings)) + postings
    return deflate(bytes(found))


def unpack_shard(data: bytes) -> dict[str, bytes]:
    """The words of a shard with their encoded postings.

    Raises:
        DamagedIndexError: It is something else.
    """
    text = inflate(data)
    try:
        words, at = {}, 0
        while at < len(text):
            size, at = next(_read_numbers(text, at))
            word = text[at : at + size].decode()
            length, at = next(_read_numbers(text, at + size))
            words[word] = text[at : at + length]
            if len(words[word]) < length:
                raise DamagedIndexError
            at += length
    except (StopIteration, IndexError, UnicodeDecodeError) as error:
        raise DamagedIndexError from error
    return words


def name_shard(words: Mapping[str, bytes]) -> str:
    """The name of a shard: a digest of what it says, whatever packs it."""
    digest = blake2b(digest_size=5)
    for word, postings in words.items():
        digest.update(b"%d %s %d " % (len(word), word.encode(), len(postings)))
        digest.update(postings)
    return b32encode(digest.digest()).decode().lower()


def divide(words: Sequence[str], sizes: Sequence[int]) -> list[Division]:
    """Divide words into shards.

    All words that begin alike share a shard as far as they fit. Where they do not, they are divided by the next letter,
    and neighbours among these are put together again as far as they fit.

    Args:
        words: All words, in their order.
        sizes: What each takes in a shard.
    """
    ends = array("q", accumulate(sizes, initial=0))
    found: list[Division] = []

    def split(first: int, end: int, depth: int) -> None:
        if ends[end] - ends[first] <= LIMIT or end - first == 1:
            found.append(Division(words[first][:depth], first, end))
            return
        opened: Division | None = None
        at = first
        while at < end:
            start = words[at][: depth + 1]
            # The word that all others begin with stands first, and alone.
            after = at + 1 if len(start) == depth else bisect_left(words, _follow(start), at, end)
            if ends[after] - ends[at] > LIMIT and after - at > 1:
                opened = None
                split(at, after, depth + 1)
            elif opened is not None and ends[after] - ends[opened.first] <= LIMIT:
                opened = found[-1] = opened._replace(end=after)
            else:
                opened = Division(start, at, after)
                found.append(opened)
            at = after

    if words:
        split(0, len(words), 0)
    return found


def _follow(start: str) -> str:
    """The least text behind all that begin so. Letters go up to the last but one of all numbers."""
    return start[:-1] + chr(ord(start[-1]) + 1)


def place_word(starts: Sequence[str], word: str) -> int:
    """The shard in which a word stands if it stands anywhere: the last one that does not begin behind it."""
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= word else (low, middle)
    return low
