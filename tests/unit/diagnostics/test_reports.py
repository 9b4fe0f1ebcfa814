from __future__ import annotations

import json
import re

import pytest

from goodpractice.diagnostics import rules
from goodpractice.diagnostics.reports import (
    count_problems,
    format_diagnostic,
    format_github,
    format_json,
    format_summary,
    format_text,
)
from goodpractice.diagnostics.rules import Diagnostic, load_rules

FIRST = Diagnostic("a.md", 2, 5, "GP301", "partner `x` is not in partners.yml", "Did you mean `y`?")
SECOND = Diagnostic("a.md", 10, 1, "GP401", "a part is missing")
THIRD = Diagnostic("b,c:d.md", 1, 1, "GP106", "100 % wrong,\nreally: yes", "Fix it.\r")


def test_text_says_where_what_and_what_to_do() -> None:
    assert format_diagnostic(FIRST) == ("a.md:2:5: GP301 partner `x` is not in partners.yml\n  hint: Did you mean `y`?")
    assert format_diagnostic(SECOND) == "a.md:10:1: GP401 a part is missing"


def test_issues_are_sorted_by_file_line_and_column() -> None:
    text = format_text([THIRD, SECOND, FIRST])
    assert [line.split(" ")[0] for line in text.split("\n") if line.startswith(("a.md", "b,"))] == [
        "a.md:2:5:",
        "a.md:10:1:",
        "b,c:d.md:1:1:",
    ]


def test_annotations_are_escaped_for_github() -> None:
    assert format_github([THIRD]) == (
        "::error file=b%2Cc%3Ad.md,line=1,col=1,title=GP106%3A The line cannot be read"
        "::100 %25 wrong,%0Areally: yes%0AFix it.%0D"
    )
    assert "\n" not in format_github([THIRD])
    lines = format_github([SECOND, FIRST]).split("\n")
    assert [line.split(",")[1] for line in lines] == ["line=2", "line=10"]


def test_nobody_writes_a_workflow_command_of_their_own() -> None:
    diagnostic = Diagnostic("a.md", 1, 1, "GP202", "`x\n::set-output name=a::b` is not known", "y\n::error::z")
    assert [line for line in format_github([diagnostic]).split("\n") if line.startswith("::")] == [
        format_github([diagnostic])
    ]


def test_the_summary_is_a_table_that_nothing_in_it_can_leave() -> None:
    hostile = Diagnostic("a|b.md", 1, 1, "GP301", "`x` | [y](https://e.example) <img> @you\n# z", "![](//e.example)")
    summary = format_summary([FIRST, hostile], "https://site.example/reference/errors/")
    head, empty, *table = summary.rstrip("\n").split("\n")
    assert head == "Nothing is lost. Mend these lines, and the check runs again by itself."
    assert (empty, len(table)) == ("", 4)
    assert all(line.count("|") == 4 for line in table)
    assert table[2].startswith("| a&#46;md, line 2 | partner &#96;x&#96; is not in partners&#46;yml ([GP301](https://")
    assert not any(mark in table[3] for mark in ("](https://e", "<", "@", "!["))
    assert format_summary([]) == "Nothing to mend. An editor reads it next.\n"
    assert format_summary([FIRST] * 501).endswith("\n… and 1 more.\n")


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(format_json([SECOND, FIRST])) == [
        {
            "path": "a.md",
            "line": 2,
            "column": 5,
            "code": "GP301",
            "message": "partner `x` is not in partners.yml",
            "hint": "Did you mean `y`?",
        },
        {"path": "a.md", "line": 10, "column": 1, "code": "GP401", "message": "a part is missing", "hint": ""},
    ]
    assert "ŷ" in format_json([Diagnostic("tŷ.md", 1, 1, "GP101", "")])
    assert json.loads(format_json([])) == []


@pytest.mark.parametrize(
    ("diagnostics", "words"),
    [
        ([], "0 problems in 0 files"),
        ([FIRST], "1 problem in 1 file"),
        ([FIRST, SECOND], "2 problems in 1 file"),
        ([FIRST, SECOND, THIRD], "3 problems in 2 files"),
    ],
)
def test_the_count_in_words(diagnostics: list[Diagnostic], words: str) -> None:
    assert count_problems(diagnostics) == words


def test_every_rule_has_one_name_and_one_explanation() -> None:
    codes = [value for value in vars(rules).values() if isinstance(value, str) and re.fullmatch(r"GP\d{3}", value)]
    assert sorted(codes) == sorted(load_rules())
    assert load_rules()[rules.NOT_UTF8].title == "The file is not UTF-8"
