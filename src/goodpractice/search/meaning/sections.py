"""The vector of a section: the weighted sum of its words, in four bits a number."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import isqrt
from typing import NewType

from goodpractice.search.meaning.table import DIMENSIONS, WordTable, load_table

#: `DIMENSIONS` numbers from -7 to 7, two a byte: the first in the lower half, each with 8 added.
SectionVector = NewType("SectionVector", bytes)
#: Bytes of one number in the sum of many vectors: they are added all at once, as one long whole number.
_LANE = 4
_LANES = struct.Struct(f"<{DIMENSIONS}I")
#: What makes a signed byte a positive number.
_OFFSET = 128
_MOST = 7
#: The length of a vector before it is rounded.
_LENGTH = 1 << 20


def measure_section(texts: Iterable[Iterable[str]]) -> SectionVector | None:
    """The vector of a section whose texts count alike, however long each of them is.

    Args:
        texts: The folded words of each text: what the section says, what readers say who need it.

    Returns:
        None where no text has a word of the table.
    """
    sums = [found for words in texts if (found := _add_words(words, load_table()))]
    if not sums:
        return None
    numbers = [sum(column) for column in zip(*map(_scale, sums), strict=True)]
    most = max(map(abs, numbers)) or 1
    # Rounded to the nearest, halves up: whole numbers only.
    steps = [(2 * _MOST * number + most) // (2 * most) + 8 for number in numbers]
    return SectionVector(bytes(low | high << 4 for low, high in zip(steps[::2], steps[1::2], strict=True)))


def _add_words(words: Iterable[str], table: WordTable) -> list[int]:
    """The weighted sum of the words that the table has; empty when it has none."""
    total = weight = 0
    for word, times in Counter(words).items():
        place = table.places.get(word)
        if place is not None:
            weight += times * table.weights[place]
            total += times * table.weights[place] * _widen(word)
    if not weight:
        return []
    lanes = _LANES.unpack(total.to_bytes(_LANES.size, "little"))
    return [lane - _OFFSET * weight for lane in lanes]


@cache
def _widen(word: str) -> int:
    """The vector of a word as one number, with four bytes for each of its own."""
    wide = bytearray(_LANES.size)
    wide[::_LANE] = bytes((number + _OFFSET) & 0xFF for number in load_table().vector(word))
    return int.from_bytes(wide, "little")


def _scale(numbers: Sequence[int]) -> list[int]:
    """The vector with the same direction and one length for all, in whole numbers."""
    length = max(1, isqrt(sum(number * number for number in numbers)))
    return [number * _LENGTH // length for number in numbers]
