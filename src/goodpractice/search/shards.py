"""Shards: the inverted index, divided by the beginnings of words into files of a few kilobytes.

Which words share a shard follows from the words and the sizes of their postings alone, so an index that was renewed
edit by edit is the same as one from nothing. See docs/reference/search-index.md for every byte.
"""

from __future__ import annotations

import re
import zlib
from array import array
from base64 import b32encode
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, islice
from operator import itemgetter
from typing import NamedTuple

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
    """A part that was divided off: its first word, or what that begins with, and the places of its words."""

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
    """Slots as they are stored: each doubled, and one more where another slot of the page follows."""

    def __missing__(self, text: str) -> bytes:
        slots = [ord(slot) * 2 for slot in text]
        self[text] = found = b"".join(encode_number(slot + 1) for slot in slots[:-1]) + encode_number(slots[-1])
        return found


SLOTS: Mapping[str, bytes] = _Slots()


class PostingsWriter:
    """Writes the postings of a word: how many pages, the steps between their numbers, their slots, their impacts."""

    __slots__ = ("_count", "_impacts", "_last", "_slots", "_steps")

    def __init__(self) -> None:
        self._count = self._last = 0
        self._steps, self._slots, self._impacts = bytearray(), bytearray(), bytearray()

    def add(self, id: int, slots: bytes, impacts: bytes) -> None:
        """Add a page; its number is larger than those before.

        Args:
            id: Number of the page.
            slots: As `SLOTS` gives them.
            impacts: A byte for each slot.
        """
        step, self._last = id - self._last, id
        self._count += 1
        self._steps += _FORMS[step] if step < len(_FORMS) else encode_number(step)
        self._slots += slots
        self._impacts += impacts

    def finish(self) -> bytes:
        """The postings."""
        return b"".join((encode_number(self._count), self._steps, self._slots, self._impacts))


def splice_postings(data: bytes, gone: Iterable[int], new: Iterable[tuple[int, bytes, bytes]]) -> bytes:
    """Take pages out of the postings of a word and add others; nothing is left where no page has it.

    Args:
        data: The postings; may be empty.
        gone: Numbers of the pages to take out.
        new: Pages to add, as `PostingsWriter.add` takes them.

    Raises:
        DamagedIndexError: These are no postings.
    """
    steps, slots, impacts = _read_postings(data) if data else ([], [], b"")
    ids = list(accumulate([_NUMBERS[step] for step in steps]))
    sizes = [_SIZES[text] for text in slots]

    def write_steps(place: int) -> None:
        """The steps to the page at a place, and to the one behind it."""
        for at in range(place, min(place + 2, len(ids))):
            steps[at] = encode_number(ids[at] - (ids[at - 1] if at else 0))

    # A common word stands in most pages: what stays is moved as a whole, and not page by page.
    for id in gone:
        place = bisect_left(ids, id)
        if ids[place : place + 1] == [id]:
            at = sum(sizes[:place])
            impacts = impacts[:at] + impacts[at + sizes[place] :]
            del ids[place], steps[place], slots[place], sizes[place]
            write_steps(place)
    for id, own_slots, own_impacts in new:
        place = bisect_left(ids, id)
        at = sum(sizes[:place])
        impacts = impacts[:at] + own_impacts + impacts[at:]
        ids.insert(place, id)
        steps.insert(place, b"")
        slots.insert(place, own_slots)
        sizes.insert(place, len(own_impacts))
        write_steps(place)
    return b"".join((encode_number(len(ids)), *steps, *slots, impacts)) if ids else b""


#: A number, and the slots of a page: numbers of which the first of each byte says whether more follow.
_NUMBER = re.compile(rb"[\x80-\xff]*[\x00-\x7f]", re.DOTALL)
_ODD, _EVEN = (bytes(range(first, 128, 2)) for first in (1, 0))
_LARGE_ODD, _LARGE_EVEN = (bytes(range(128 + first, 256, 2)) for first in (1, 0))
_PAGE_SLOTS = re.compile(
    b"(?:[%b]|[%b]%b)*+(?:[%b]|[%b]%b)"
    % (*map(re.escape, (_ODD, _LARGE_ODD)), _NUMBER.pattern, *map(re.escape, (_EVEN, _LARGE_EVEN)), _NUMBER.pattern),
    re.DOTALL,
)


class _Numbers(dict[bytes, int]):
    def __missing__(self, data: bytes) -> int:
        value = sum((byte & 127) << (7 * place) for place, byte in enumerate(data))
        if len(data) < 3:
            self[data] = value
        return value


_NUMBERS = _Numbers()


def _read_postings(data: bytes) -> tuple[list[bytes], list[bytes], bytes]:
    """The pages of a word: the step to the number of each and its slots, as they are stored, and all impacts.

    Raises:
        DamagedIndexError: These are no postings.
    """
    count, at = read_number(data)
    steps = [found[0] for found in islice(_NUMBER.finditer(data, at), count)]
    at += sum(map(len, steps))
    slots = [found[0] for found in islice(_PAGE_SLOTS.finditer(data, at), count)]
    impacts = data[at + sum(map(len, slots)) :]
    whole = len(steps) == len(slots) == count and sum([_SIZES[text] for text in slots]) == len(impacts)
    if not count or not whole:
        raise DamagedIndexError
    return steps, slots, impacts


class _Sizes(dict[bytes, int]):
    """How many slots these are."""

    def __missing__(self, slots: bytes) -> int:
        self[slots] = size = len(_NUMBER.findall(slots))
        return size


_SIZES = _Sizes()


def decode_postings(data: bytes) -> dict[int, dict[int, int]]:
    """The pages of a word, each with the impact by slot.

    Raises:
        DamagedIndexError: These are no postings.
    """
    steps, slots, impacts = _read_postings(data)
    rest, ids = iter(impacts), accumulate([_NUMBERS[step] for step in steps])
    return {
        id: {_NUMBERS[slot] >> 1: impact for slot, impact in zip(_NUMBER.findall(text), rest, strict=False)}
        for id, text in zip(ids, slots, strict=True)
    }


def read_number(data: bytes, at: int = 0) -> tuple[int, int]:
    """A number, and the place behind it.

    Raises:
        DamagedIndexError: The data end too early.
    """
    found = _NUMBER.match(data, at)
    if found is None:
        raise DamagedIndexError
    return _NUMBERS[found[0]], found.end()


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
            size, at = read_number(text, at)
            word = text[at : at + size].decode()
            length, at = read_number(text, at + size)
            words[word] = text[at : at + length]
            if len(words[word]) < length:
                raise DamagedIndexError
            at += length
    except UnicodeDecodeError as error:
        raise DamagedIndexError from error
    return words


def name_shard(words: Mapping[str, bytes]) -> str:
    """The name of a shard: a digest of what it says, whatever packs it."""
    parts: list[bytes] = []
    for word, postings in words.items():
        parts += (b"%d %s %d " % (len(word), word.encode(), len(postings)), postings)
    return name_content(*parts)


def name_content(*parts: bytes) -> str:
    """A name for a file that says this, one part after the other."""
    digest = blake2b(digest_size=5)
    for part in parts:
        digest.update(part)
    return b32encode(digest.digest()).decode().lower()


def divide(words: Sequence[str], sizes: Sequence[int], limit: int) -> list[Division]:
    """Divide words into parts.

    All words that begin alike share a part as far as they fit. Where they do not, they are divided by the next letter,
    and neighbours among these are put together again as far as they fit.

    Args:
        words: All words, in their order.
        sizes: What each takes.
        limit: What a part takes at most; a word that takes more has a part of its own.
    """
    ends = array("q", accumulate(sizes, initial=0))
    found: list[Division] = []

    def split(first: int, end: int, depth: int) -> None:
        if ends[end] - ends[first] <= limit or end - first == 1:
            found.append(Division(words[first][:depth], first, end))
            return
        opened: Division | None = None
        at = first
        while at < end:
            start = words[at][: depth + 1]
            # The word that all others begin with stands first, and alone.
            after = at + 1 if len(start) == depth else bisect_left(words, _follow(start), at, end)
            if ends[after] - ends[at] > limit and after - at > 1:
                opened = None
                split(at, after, depth + 1)
            elif opened is not None and ends[after] - ends[opened.first] <= limit:
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


def place_word(parts: Sequence[tuple[str, object]], word: str) -> int:
    """The part in which a word stands if it stands anywhere: the last one that does not begin behind it.

    Args:
        parts: In their order, each after its start.
        word: The word.
    """
    return max(0, bisect_right(parts, word, key=itemgetter(0)) - 1)
