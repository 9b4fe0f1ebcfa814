"""Reads an index, as `search-index.js` does in the browser: the same hits with the same scores."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from goodpractice.search.analysis import Analyzer, find_analyzer
from goodpractice.search.index import FORMAT, INDEX, shard_list_path, shard_path
from goodpractice.search.shards import (
    DamagedIndexError,
    decode_postings,
    inflate,
    place_word,
    read_number,
    unpack_shard,
)

#: A beginning of a word is looked for in so many shards.
SHARDS = 2


class Found(NamedTuple):
    """A word of the index.

    Attributes:
        word: The word.
        df: How many pages have it.
        pages: For each of them, the slots in which it stands, with the impact.
    """

    word: str
    df: int
    pages: Mapping[int, Mapping[int, int]]


class Hit(NamedTuple):
    """A page that was found: its number, its score, and the slot that gave it."""

    id: int
    score: float
    slot: int


class SearchIndex:
    """The index of one language."""

    def __init__(self, read: Callable[[str], bytes], language: str) -> None:
        """Open it.

        Args:
            read: Reads a file by its path in the folder of the index.
            language: Code of its language.

        Raises:
            ValueError: It is of another format.
        """
        self._read = read
        self._shards: dict[str, dict[str, bytes]] = {}
        self.head: dict[str, Any] = json.loads(read(INDEX))
        if self.head["format"] != FORMAT:
            raise ValueError(self.head["format"])
        self.size: int = self.head["pages"]
        self.analyzer: Analyzer = find_analyzer(language)

    def lookup(self, word: str) -> Found | None:
        """Exactly this word, as the index has it: its stem."""
        for name in self._find(word, 1):
            postings = self._load(name).get(word)
            return _decode(word, postings) if postings is not None else None
        return None

    def beginning(self, prefix: str) -> list[Found]:
        """Words that begin so."""
        return [
            _decode(word, postings)
            for name in self._find(prefix, SHARDS)
            for word, postings in self._load(name).items()
            if word.startswith(prefix)
        ]

    def score(self, asked: Iterable[tuple[Found, float]]) -> list[Hit]:
        """Pages that have any of these words, the best first.

        Args:
            asked: The words, each with its weight.
        """
        pages: dict[int, list[tuple[float, Mapping[int, int]]]] = {}
        for found, weight in asked:
            rarity = weight * math.log(1 + (self.size - found.df + 0.5) / (found.df + 0.5))
            for id, slots in found.pages.items():
                pages.setdefault(id, []).append((rarity, slots))
        hits = []
        for id, words in pages.items():
            best = Hit(id, -1.0, 0)
            for slot in sorted({slot for __, slots in words for slot in slots}):
                score = sum(rarity * slots.get(slot, slots.get(0, 0)) for rarity, slots in words)
                if score > best.score:
                    best = Hit(id, score, slot)
            hits.append(best._replace(score=best.score / self.head["scale"]))
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))

    def record(self, id: int) -> dict[str, Any]:
        """What a result shows of a page, with the anchors and headings of its sections and the text of the first.

        Raises:
            DamagedIndexError: It is not there, or another page is in its place.
        """
        shown = _read_text(id, self._read(f"texts/{self.head['bits']}/{id}.bin"))
        parts = [dict(zip(("anchor", "heading"), part, strict=True)) for part in shown["sections"]]
        return {**shown, "sections": parts}

    def texts(self, id: int) -> list[str]:
        """The texts of the sections of a page that has more than one, the first left out.

        Raises:
            DamagedIndexError: They are not there, or those of another page are.
        """
        return list(_read_text(id, self._read(f"texts/{self.head['bits']}/{id}s.bin")))

    def _find(self, prefix: str, most: int) -> list[str]:
        """Names of shards whose words begin so: that in which the beginning itself would stand, and some behind it."""
        found: list[str] = []
        lists = self.head["lists"]
        first = place_word(lists, prefix)
        for at, (start, listed) in enumerate(lists[first:], first):
            if at > first and not start.startswith(prefix):
                break
            shards = self._read_list(listed) if isinstance(listed, str) else listed
            for start, name in shards[place_word(shards, prefix) if at == first else 0 :]:
                if len(found) == most or (found and not start.startswith(prefix)):
                    return found
                found.append(name)
        return found

    def _read_list(self, name: str) -> list[tuple[str, str]]:
        try:
            return [(start, shard) for start, shard in json.loads(self._read(shard_list_path(name)))]
        except ValueError as error:
            raise DamagedIndexError(name) from error

    def _load(self, name: str) -> dict[str, bytes]:
        if name not in self._shards:
            self._shards[name] = unpack_shard(self._read(shard_path(name)))
        return self._shards[name]


def _decode(word: str, postings: bytes) -> Found:
    pages = decode_postings(postings)
    return Found(word, len(pages), pages)


def _read_text(id: int, data: bytes) -> Any:
    """What `number_texts` gave, unpacked.

    Raises:
        DamagedIndexError: It is not there, or another page is in its place.
    """
    number, at = read_number(data)
    if number != id:
        raise DamagedIndexError(id)
    return json.loads(inflate(data[at:]))
