"""The inverted index of one language: made from nothing, or renewed where the words of changed pages stand."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from goodpractice.search.postings import SCALE, list_groups
from goodpractice.search.shards import (
    SLOTS,
    PostingsWriter,
    divide,
    measure,
    name_content,
    name_shard,
    pack_shard,
    place_word,
    splice_postings,
    unpack_shard,
)

#: Version of the format, which `search-index.js` compares.
FORMAT = 2
#: Bytes of a shard before it is packed, at most; a word whose postings are more has a shard of its own.
LIMIT = 4_000
#: Shards in a list, at most. With more than one list, a search loads those that it needs.
LISTED = 200
#: The one file of an index whose address stays while its content changes without a sign in the address.
INDEX = "index.json"


#: What it begins with, and its name.
Shard = tuple[str, str]


class PageChange(NamedTuple):
    """A page whose number or words are others.

    Attributes:
        old: Its number and packed postings so far; nothing for a new one.
        new: Those that it has now; nothing for one that is gone.
    """

    old: tuple[int, bytes] | None
    new: tuple[int, bytes] | None


@dataclass(frozen=True)
class WordIndex:
    """An index: what has to be known of it to renew it, and its new shards.

    Attributes:
        sizes: All words in their order, with the bytes that each takes in a shard.
        shards: Start and name of each shard.
        files: Content of the files that are new, by path.
    """

    sizes: Mapping[str, int] = field(default_factory=dict)
    shards: tuple[Shard, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def lists(self) -> Mapping[str, bytes]:
        """The lists of shards that are files, by path; nothing where one is enough."""
        parts = map(_name_list, self._parts)
        return {} if len(self._parts) == 1 else {shard_list_path(name): data for __, name, data in parts}

    @property
    def paths(self) -> set[str]:
        """The paths of all files."""
        return {*(shard_path(name) for __, name in self.shards), *self.lists}

    @cached_property
    def _parts(self) -> list[tuple[str, tuple[Shard, ...]]]:
        starts = [start for start, __ in self.shards]
        parts = divide(starts, [1] * len(starts), LISTED)
        return [(part.start, self.shards[part.first : part.end]) for part in parts]

    def dump(self) -> bytes:
        """What has to be known of it, for `load`."""
        return zlib.compress(json.dumps([[*self.sizes], [*self.sizes.values()], self.shards]).encode(), 1)

    @classmethod
    def load(cls, data: bytes) -> WordIndex:
        """What `dump` gave."""
        words, sizes, shards = json.loads(zlib.decompress(data))
        return cls(dict(zip(words, sizes, strict=True)), tuple((start, name) for start, name in shards))

    def describe(self, pages: int, bits: int, algorithm: str) -> dict[str, Any]:
        """What `index.json` says of it."""
        named = [(start, name) for start, name, __ in map(_name_list, self._parts)]
        return {
            "format": FORMAT,
            "pages": pages,
            "bits": bits,
            "scale": SCALE,
            "stemmer": algorithm,
            "lists": self._parts if len(self._parts) == 1 else named,
        }


def _name_list(part: tuple[str, tuple[Shard, ...]]) -> tuple[str, str, bytes]:
    """The start of a list of shards, its name, and its content."""
    data = serialise_json(part[1]).encode()
    return part[0], name_content(data), data


def shard_path(name: str) -> str:
    """Where a shard lies."""
    return f"shards/{name}.bin"


def shard_list_path(name: str) -> str:
    """Where a list of shards lies."""
    return f"lists/{name}.json"


def make_index(pages: Iterable[tuple[int, bytes]]) -> WordIndex:
    """An index from nothing.

    Args:
        pages: Number and packed postings of each page, by ascending numbers.
    """
    found: dict[str, PostingsWriter] = {}
    get = found.get
    for id, packed in pages:
        for slots, words, impacts in list_groups(packed):
            stored, size, at = SLOTS[slots], len(slots), 0
            for word in words:
                writer = get(word)
                if writer is None:
                    writer = found[word] = PostingsWriter()
                writer.add(id, stored, impacts[at : at + size])
                at += size
    finished = {word: found[word].finish() for word in sorted(found)}
    found.clear()
    sizes = {word: measure(word, len(postings)) for word, postings in finished.items()}
    return _divide(sizes, finished.__getitem__, {}, {})


def renew_index(index: WordIndex, changes: Iterable[PageChange], read: Callable[[str], bytes]) -> WordIndex:
    """An index after some pages have changed: only the shards in which their words stand are read and written.

    Args:
        index: The index so far.
        changes: What is different.
        read: Reads one of its files, by path.

    Raises:
        DamagedIndexError: A shard is not what was written.
    """
    gone: dict[str, set[int]] = {}
    new: dict[str, list[tuple[int, bytes, bytes]]] = {}
    for change in changes:
        before = dict(_list_words(*change.old)) if change.old else {}
        after = dict(_list_words(*change.new)) if change.new else {}
        for word, posting in before.items():
            if after.get(word) != posting:
                gone.setdefault(word, set()).add(posting[0])
        for word, posting in after.items():
            if before.get(word) != posting:
                new.setdefault(word, []).append(posting)
    reader = _Shards(index.shards, read)
    fresh = {
        word: splice_postings(reader.find(word), gone.get(word, frozenset()), new.get(word, ()))
        for word in sorted(gone.keys() | new.keys())
    }
    sizes = {**index.sizes, **{word: measure(word, len(postings)) for word, postings in fresh.items()}}
    if not fresh.keys() <= index.sizes.keys() or not all(fresh.values()):
        sizes = {word: sizes[word] for word in sorted(sizes) if word not in fresh or fresh[word]}

    def find(word: str) -> bytes:
        return fresh[word] if word in fresh else reader.find(word)

    # A shard stays where neither its words nor its beginning have changed.
    ends = {start: end for (start, __), (end, __) in zip(index.shards, (*index.shards[1:], ("", "")), strict=False)}
    touched = {place_word(index.shards, word) for word in fresh} if index.shards else set()
    whole = {(start, ends[start]): name for place, (start, name) in enumerate(index.shards) if place not in touched}
    return _divide(sizes, find, whole, index.lists)


def _divide(
    sizes: Mapping[str, int],
    find: Callable[[str], bytes],
    whole: Mapping[tuple[str, str], str],
    lists: Container[str],
) -> WordIndex:
    """Divide words into shards, and make the files that are not there.

    Args:
        sizes: All words in their order.
        find: Gives the postings of a word.
        whole: Names of shards that are there, by their start and that of the next one.
        lists: Paths of lists that are there.
    """
    words = list(sizes)
    divisions = divide(words, list(sizes.values()), LIMIT)
    shards: list[Shard] = []
    files: dict[str, bytes] = {}
    for division, after in zip(divisions, [*(part.start for part in divisions[1:]), ""], strict=False):
        name = whole.get((division.start, after))
        if name is None:
            shard = {word: find(word) for word in words[division.first : division.end]}
            name = name_shard(shard)
            files[shard_path(name)] = pack_shard(shard)
        shards.append((division.start, name))
    index = WordIndex(sizes, tuple(shards), files)
    files |= {path: data for path, data in index.lists.items() if path not in lists}
    return index


def _list_words(id: int, packed: bytes) -> Iterator[tuple[str, tuple[int, bytes, bytes]]]:
    for slots, words, impacts in list_groups(packed):
        size = len(slots)
        for place, word in enumerate(words):
            yield word, (id, SLOTS[slots], impacts[place * size : place * size + size])


class _Shards:
    """Reads shards, each once."""

    def __init__(self, shards: tuple[Shard, ...], read: Callable[[str], bytes]) -> None:
        self._shards = shards
        self._read = read
        self._known: dict[str, dict[str, bytes]] = {}

    def find(self, word: str) -> bytes:
        """The postings of a word; nothing where no page has it."""
        if not self._shards:
            return b""
        __, name = self._shards[place_word(self._shards, word)]
        if name not in self._known:
            self._known[name] = unpack_shard(self._read(shard_path(name)))
        return self._known[name].get(word, b"")


def serialise_json(value: object) -> str:
    """A value as JSON without white space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
