"""What comes back of a row, and which links lead to one."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import CaseSummary
from goodpractice.engine import rows
from goodpractice.engine.rows import is_linked, list_heading_links, read_entry
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


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (
            "See [one](../case_studies/case-1.md#cost), [two](case-2.md#a) and [again](case-1.md#b).",
            ["case-1", "case-2"],
        ),
        ("[A page](case-1.md) and [a heading](#cost)", []),
        ("[Odd](Größe-3.md#a)", ["e-3"]),
        (".md#", [""]),
    ],
)
def test_links_of_editors_to_headings_are_known(body: str, links: list[str]) -> None:
    documents = {("chapter", "one"): Document("handbook/one.md", body)}
    found = list_heading_links(KnowledgeBase(documents=documents))
    assert found == links
    for case_id in ("case-1", "case-2", "3"):
        assert is_linked([case_id], found) == (f"{case_id}.md#" in body)
    assert not is_linked([], found)
