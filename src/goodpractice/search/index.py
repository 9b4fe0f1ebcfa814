"""The inverted index of one language: made from nothing, or renewed where the words of changed pages stand."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from goodpractice.search.postings import SCALE, list_groups
from goodpractice.search.shards import (
    SLOTS,
    PostingsWriter,
    divide,
    measure,
    name_shard,
    pack_shard,
    place_word,
    splice_postings,
    unpack_shard,
)

#: Version of the format, which `search-index.js` compares.
FORMAT = 1
#: The one file of an index whose address stays while its content changes without a sign in the address.
INDEX = "index.json"


class Change(NamedTuple):
    """A page whose number or words are others.

    Attributes:
        old: Its number and packed postings so far; nothing for a new one.
        new: Those that it has now; nothing for one that is gone.
    """

    old: tuple[int, bytes] | None
    new: tuple[int, bytes] | None


@dataclass(frozen=True)
class Index:
    """An index: what has to be known of it to renew it, and its new shards.

    Attributes:
        sizes: All words in their order, with the bytes that each takes in a shard.
        shards: Start and name of each shard.
        files: Content of the shards that are new, by name.
    """

    sizes: Mapping[str, int] = field(default_factory=dict)
    shards: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    def dump(self) -> bytes:
        """What has to be known of it, for `load`."""
        return zlib.compress(json.dumps([[*self.sizes], [*self.sizes.values()], self.shards]).encode(), 1)

    @classmethod
    def load(cls, data: bytes) -> Index:
        """What `dump` gave."""
        words, sizes, shards = json.loads(zlib.decompress(data))
        return cls(dict(zip(words, sizes, strict=True)), tuple((start, name) for start, name in shards))

    def describe(self, pages: int, bits: int, algorithm: str) -> dict[str, Any]:
        """What `index.json` says of it."""
        return {
            "format": FORMAT,
            "pages": pages,
            "bits": bits,
            "scale": SCALE,
            "stemmer": algorithm,
            "shards": self.shards,
        }


def make_index(pages: Iterable[tuple[int, bytes]]) -> Index:
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
    return _divide(sizes, finished.__getitem__, {})


def renew_index(index: Index, changes: Iterable[Change], read_shard: Callable[[str], bytes]) -> Index:
    """An index after some pages have changed: only the shards in which their words stand are read and written.

    Args:
        index: The index so far.
        changes: What is different.
        read_shard: Reads one of its shards, by name.

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
    reader = _Shards(index.shards, read_shard)
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
    touched = {place_word(reader.starts, word) for word in fresh} if index.shards else set()
    whole = {(start, ends[start]): name for place, (start, name) in enumerate(index.shards) if place not in touched}
    return _divide(sizes, find, whole)


def _divide(sizes: Mapping[str, int], find: Callable[[str], bytes], whole: Mapping[tuple[str, str], str]) -> Index:
    """Divide words into shards, and pack those that are not there.

    Args:
        sizes: All words in their order.
        find: Gives the postings of a word.
        whole: Names of shards that are there, by their start and that of the next one.
    """
    words = list(sizes)
    divisions = divide(words, list(sizes.values()))
    shards, files = [], {}
    for division, after in zip(divisions, [*(part.start for part in divisions[1:]), ""], strict=False):
        name = whole.get((division.start, after))
        if name is None:
            shard = {word: find(word) for word in words[division.first : division.end]}
            name = name_shard(shard)
            files[name] = pack_shard(shard)
        shards.append((division.start, name))
    return Index(sizes, tuple(shards), files)


def _list_words(id: int, packed: bytes) -> Iterator[tuple[str, tuple[int, bytes, bytes]]]:
    for slots, words, impacts in list_groups(packed):
        size = len(slots)
        for place, word in enumerate(words):
            yield word, (id, SLOTS[slots], impacts[place * size : place * size + size])


class _Shards:
    """Reads shards, each once."""

    def __init__(self, shards: tuple[tuple[str, str], ...], read: Callable[[str], bytes]) -> None:
        self.starts = [start for start, __ in shards]
        self._names = [name for __, name in shards]
        self._read = read
        self._known: dict[str, dict[str, bytes]] = {}

    def find(self, word: str) -> bytes:
        """The postings of a word; nothing where no page has it."""
        if not self._names:
            return b""
        name = self._names[place_word(self.starts, word)]
        if name not in self._known:
            self._known[name] = unpack_shard(self._read(name))
        return self._known[name].get(word, b"")


def print_json(value: object) -> str:
    """A value as JSON without white space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
