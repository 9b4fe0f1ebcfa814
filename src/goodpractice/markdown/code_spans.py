"""Code within a line of Markdown, between backticks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUN = re.compile("`+")


def split_code(line: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a line in order, each with whether it is code, its backticks included.

    A run of backticks opens code that the next run of the same length closes; without one it is text (CommonMark 6.1).
    Costs as much as the line is long.
    """
    runs = [found.span() for found in _RUN.finditer(line)]
    closing: dict[int, int] = {}
    pairs: list[int | None] = [None] * len(runs)
    for place in range(len(runs) - 1, -1, -1):
        start, end = runs[place]
        pairs[place] = closing.get(end - start)
        closing[end - start] = place
    done = place = 0
    while place < len(runs):
        other = pairs[place]
        if other is not None:
            start, end = runs[place][0], runs[other][1]
            yield line[done:start], False
            yield line[start:end], True
            done = end
            place = other
        place += 1
    yield line[done:], False
