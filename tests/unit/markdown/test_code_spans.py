from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.markdown.code_spans import split_code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("say `a` and ``b ` c``", ["`a`", "``b ` c``"]),
        ("no ` end", []),
        ("`` not ` closed", []),
        ("`a``b`", ["`a``b`"]),
        ("``` a ``` `b`", ["``` a ```", "`b`"]),
    ],
)
def test_code_lies_between_runs_of_one_length(line: str, code: list[str]) -> None:
    assert [piece for piece, is_code in split_code(line) if is_code] == code


@given(st.text(alphabet="`ab ", max_size=60))
def test_nothing_is_lost_and_the_rule_is_that_of_the_pattern(line: str) -> None:
    pieces = list(split_code(line))
    assert "".join(piece for piece, _ in pieces) == line
    # The same as a pattern, which is too slow for long lines.
    assert [piece for piece, is_code in pieces if is_code] == [
        found[0] for found in re.finditer(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", line)
    ]
