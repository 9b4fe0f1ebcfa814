"""What the charts of a page show, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that lie, each below its name, with its number at the end."""

    name: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns that stand, each with its number above and a label below."""

    name: str
    columns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Dots where rows and columns meet, with a number where it is more than one: numbers by row and column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A name on a map of the world: `lat` and `lon` in degrees."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class World:
    """Names on a map of the world."""

    name: str
    spots: tuple[Spot, ...]


class Tile(NamedTuple):
    """One thing in a row of tiles.

    Attributes:
        label: What stands on it, in a few letters.
        look: `full`, `half`, `crossed`, or `none` for something of which nothing is known.
        dot: Whether it has a dot in its corner.
    """

    label: str
    look: str
    dot: bool = False


@dataclass(frozen=True, slots=True)
class Tiles:
    """Rows of tiles, each row below its name.

    Attributes:
        name: What the picture shows, in one sentence.
        rows: Names with their tiles.
        legend: What each look means, and `dot`.
    """

    name: str
    rows: tuple[tuple[str, tuple[Tile, ...]], ...]
    legend: tuple[tuple[str, str], ...]


Chart: TypeAlias = Bars | Columns | Matrix | World | Tiles
