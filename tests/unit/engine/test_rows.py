"""What comes back of a row."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from goodpractice.content.related import CaseSummary
from goodpractice.engine import rows
from goodpractice.engine.rows import read_entry
from goodpractice.engine.state import CachedCase


class Later(NamedTuple):
    """What lists may need to know one day: a field more, or another order."""

    names: tuple[str, ...]
    named: dict[str, tuple[str, ...]]
    more: Any


@pytest.mark.parametrize(
    "entry",
    [
        CaseSummary(2020, "One", "", {}),
        CaseSummary(2020, "One", "", {"theme": ("a", "b"), "partner": ()}, names=("Ann", "Ben")),
        Later((), {}, "a word"),
        Later(("Ann",), {"theme": ("a",)}, (("a", "b"), ("c",))),
        Later(("Ann",), {"theme": ("a",)}, None),
    ],
)
def test_an_entry_comes_back_as_it_was(entry: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "CaseSummary", type(entry))
    row = CachedCase("one", "{}", json.dumps(entry), "[]", "{}", "", 1)
    assert read_entry(row) == entry
