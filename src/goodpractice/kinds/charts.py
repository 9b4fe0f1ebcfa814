"""What the charts of a page show, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


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


Chart: TypeAlias = Bars | Columns | Matrix | World
