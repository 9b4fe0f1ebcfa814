"""A table that shows who looks into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class ClosedTable(Mapping[str, Any]):
    """A table that nobody may look into."""

    def __getitem__(self, key: str) -> Any:
        raise AssertionError(key)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError

    def __len__(self) -> int:
        raise AssertionError
