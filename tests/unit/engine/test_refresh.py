"""What is known to be the same without asking."""

from __future__ import annotations

from typing import Any

import pytest

from goodpractice.content.related import CaseSummary
from goodpractice.engine.refresh import Difference
from goodpractice.kinds import CASE_STUDY
from goodpractice.outputs.pages import TEXT


class Unasked:
    """A knowledge base that nobody may ask."""

    def __getattr__(self, name: str) -> Any:
        pytest.fail(f"asked for {name}")


@pytest.mark.parametrize("number", [1, 3, 1000])
def test_where_only_texts_differ_nothing_is_related_anew(number: int) -> None:
    moved = {f"case-{one}": CaseSummary(2020, f"Title {one}", "", {}) for one in range(number)}
    difference = Difference(
        stories=frozenset(moved),
        fields={(CASE_STUDY, case_id): frozenset({TEXT}) for case_id in moved},
        moved=moved,
    )
    kb: Any = Unasked()
    assert difference.find_doubtful(kb) == {}
