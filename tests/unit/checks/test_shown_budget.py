"""Thousands of the same finding cost little: after a hundred nobody reads on."""

from __future__ import annotations

import pytest

from goodpractice.checks import privacy
from goodpractice.checks.privacy import check_shown_story
from goodpractice.content.document import Document
from goodpractice.markdown import shown
from goodpractice.markdown.contributed import read_contributed


@pytest.mark.parametrize(
    "text", ["a\u202eb " * 4000, "jane&#64;example.org " * 2500, "x &#x202E; " * 3000, "07700&#32;900123\n\n" * 2000]
)
def test_places_are_worked_out_for_few_findings(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    find = shown.Source.find

    def count(self: shown.Source, *where: object) -> int:
        nonlocal asked
        asked += 1
        return find(self, *where)  # type: ignore[arg-type]

    monkeypatch.setattr(shown.Source, "find", count)
    document = Document("case_studies/a.md", text)
    list(check_shown_story(document, read_contributed(text), frozenset()))
    assert asked <= 2 * privacy.MOST_PLACED + 2
