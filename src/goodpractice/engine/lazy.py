"""Mappings of which nothing is read before somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S")


class Later(Mapping[K, V]):
    """A mapping of which some values may be known; all others are read when the first of them is asked for."""

    def __init__(
        self,
        read: Callable[[], Mapping[K, V]],
        known: Mapping[K, V] = MappingProxyType({}),
        is_elsewhere: Callable[[K], bool] = lambda key: False,
    ) -> None:
        """Take what is known, what reads the rest, and which keys the rest never holds: nothing is read for those."""
        self._read, self._known, self._is_elsewhere = read, known, is_elsewhere

    @cached_property
    def _all(self) -> Mapping[K, V]:
        return {**self._read(), **self._known}

    def __getitem__(self, key: K) -> V:
        if key in self._known or self._is_elsewhere(key):
            return self._known[key]
        return self._all[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class Derived(Mapping[str, V]):
    """What is made of each row, when it is asked for."""

    def __init__(self, rows: Mapping[str, S], make: Callable[[S], V], made: Mapping[str, V] | None = None) -> None:
        """Take the rows by id, what makes something of one, and what is made already."""
        self._rows: Mapping[str, S] = rows
        self._make: Callable[[S], V] = make
        self._made = dict(made or {})

    def __getitem__(self, record_id: str) -> V:
        made = self._made.get(record_id)
        if made is None:
            made = self._made[record_id] = self._make(self._rows[record_id])
        return made

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
