"""A document for word processors, as plain data: `office_pages` makes it of blocks, `word` and `opendocument` write it.

All texts are plain. Whoever makes a document need not care what a text holds: `clean` leaves out what no file may hold.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, TypeAlias

#: What a paragraph is: running text, the lines below a title, a question, an explanation, words of an example, small
#: print, the gap below a table.
Role = Literal["body", "lead", "strong", "help", "example", "small", "gap"]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class OfficeHeading:
    """A heading of a level from 1; on a page of its own if it begins what is handed out alone."""

    text: str
    level: int = 1
    own_page: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    entries: tuple[str, ...]


Cell: TypeAlias = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table.

    Attributes:
        cells: What stands in each column; may be empty.
        height: How high it is at least, in millimetres.
        is_total: Whether it sums the rows above it.
    """

    cells: tuple[Cell, ...]
    height: int = 9
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        name: What it holds, for those who do not see it.
        head: The heads of its columns, repeated on every page; none for cards.
        rows: Its rows, none of which is torn at the end of a page.
        widths: Shares of the width of the page.
        is_cut: Whether its borders are lines to cut along.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[GridRow, ...]
    widths: tuple[int, ...]
    is_cut: bool = False


Node: TypeAlias = Words | OfficeHeading | Points | Grid


@dataclass(frozen=True, slots=True)
class OfficeDocument:
    """A document with what its file says of it.

    Attributes:
        title: Its title, which also stands above its text.
        summary: What it is for.
        language: Code of its language.
        is_rtl: Whether that is written from right to left.
        author: Who made it: the name of the community.
        day: The last day on which anything in it changed; the same sources then give the same bytes.
        address: Where it is found on the web.
        foot: What stands at the foot of every page before its number.
        brand: The colour of headings, as `#4a1942`.
        line: The colour of lines.
        nodes: What it says, in order.
    """

    title: str
    summary: str
    language: str
    is_rtl: bool
    author: str
    day: datetime.date
    address: str
    foot: str
    brand: str
    line: str
    nodes: tuple[Node, ...]
