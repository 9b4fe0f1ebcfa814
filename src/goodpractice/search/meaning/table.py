"""The table of word vectors, and its shards for the browser."""

from __future__ import annotations

import struct
import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: Numbers of a vector.
DIMENSIONS = 128
#: Files in which the words lie for the browser: a question loads those of its words, of about 21 words each.
SHARDS = 1024
_HEAD = struct.Struct("<III")


@dataclass(frozen=True, slots=True)
class WordTable:
    """Vectors of English words.

    Attributes:
        places: The place of each word.
        weights: One byte a word: the rarer, the more it says, from 1 to 255.
        vectors: `DIMENSIONS` signed bytes a word.
    """

    places: dict[str, int]
    weights: bytes
    vectors: bytes

    def vector(self, word: str) -> bytes:
        """The signed bytes of a word.

        Raises:
            KeyError: The table has no such word.
        """
        first = self.places[word] * DIMENSIONS
        return self.vectors[first : first + DIMENSIONS]

    def make_shards(self) -> list[bytes]:
        """What each of the files for the browser holds.

        For each word, in alphabetical order: one byte with its length, its letters, its weight, its vector.
        """
        shards: dict[int, list[bytes]] = defaultdict(list)
        for word, place in self.places.items():
            entry = (bytes([len(word)]), word.encode(), self.weights[place : place + 1], self.vector(word))
            shards[find_shard(word)].extend(entry)
        return [b"".join(shards[number]) for number in range(SHARDS)]


def find_shard(word: str) -> int:
    """The number of the file that a word lies in: FNV-1a of 32 bits, of which the lowest ten count."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value % SHARDS


@cache
def load_table() -> WordTable:
    """The table that the package brings; read once, in about ten milliseconds."""
    data = (files(__package__) / "words.bin").read_bytes()
    number, dimensions, size = _HEAD.unpack_from(data)
    if dimensions != DIMENSIONS:
        raise ValueError(dimensions)
    words = zlib.decompress(data[_HEAD.size : _HEAD.size + size]).decode().split("\n")
    weights = _HEAD.size + size
    return WordTable(
        dict(zip(words, range(number), strict=True)),
        data[weights : weights + number],
        data[weights + number :],
    )
