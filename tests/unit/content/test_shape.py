"""What a story has too much of is found, however quickly most stories are let pass."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.config.limits import Limits
from goodpractice.content import input_guards, records, shape
from goodpractice.content.input_guards import find_excess
from goodpractice.kinds.case_study.skeleton import list_explanations

SMALL = Limits(headings=2, links=2, html=2, emphasis=2, table_columns=2, table_cells=20, nesting=2)
#: Pieces of stories that come near the limits, for each of the ways to do so.
SIGNS = ("# a", "\n", "===", "---", "[", "://", "www.", "@", "<", "**", "_", "`", "|", "a", " ")
TABLES = ("|--|\n", "|a|\n", "--|--|--\n", "a\n", "\n", "|")
LISTS = ("> ", "- ", "1. ", "  ", "\t", "\n", "a")
BODIES = st.sampled_from([SIGNS, TABLES, LISTS]).flatmap(
    lambda pieces: st.lists(st.sampled_from(pieces), max_size=40).map("".join)
)


@example(">>>a")
@example("|-|-|-|")
@example("|--|\n" + 8 * "a\n")
@given(BODIES)
def test_counting_lets_nothing_pass_that_searching_finds(body: str) -> None:
    quick = find_excess(body, "a.md", SMALL)
    with (
        patch.object(shape, "_PARTS", [part._replace(signs=("", "")) for part in shape._PARTS]),
        patch.object(shape, "_may_hold_large_table", lambda body, limits: "|" in body),
        patch.object(input_guards, "_find_deep_start", lambda most: bool),
    ):
        # The empty text stands before and behind every character, so that nothing is few enough.
        assert find_excess(f"{body}{' ' * 9}", "a.md", SMALL) == quick


@pytest.mark.parametrize("part", shape._PARTS, ids=lambda part: part.limit)
def test_each_part_holds_one_of_its_signs(part: shape._Part) -> None:
    text = "# a\n\nb\n===\n[c](https://d.org) www.e.org f@g.org <i> *j* _k_ ~~l~~ `m`"
    found = [match[0] for match in part.pattern.finditer(text)]
    assert found
    assert all(any(sign in piece for sign in part.signs) for piece in found)


@pytest.mark.parametrize("explanation", list_explanations())
def test_a_list_that_was_an_explanation_is_known_by_its_first_piece(explanation: str) -> None:
    pieces = explanation[1:-1].split(", ")
    assert records._find_explanation(pieces) == explanation
    assert records._find_explanation(["families", *pieces]) is None
