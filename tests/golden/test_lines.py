"""Legitimate lines beside hostile ones: what readers see is checked, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.checks.privacy import check_shown_story
from goodpractice.content.deceptive import find_odd_characters
from goodpractice.content.document import Document
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.markdown.contributed import read_contributed, render_contributed
from tests.helpers.yaml_files import read_yaml

LINES = read_yaml(Path(__file__).with_name("legitimate_and_hostile.yml").read_text(encoding="utf-8"))
LEGITIMATE = [line for lines in LINES["legitimate"].values() for line in lines]
HOSTILE = [(code, line) for code, lines in LINES["hostile"].items() for line in lines]


def check_line(line: str) -> list[Diagnostic]:
    """Everything that is said of a line in a story, between two others."""
    body = f"Before.\n\n{line}\n\nAfter.\n"
    found = find_odd_characters(body, "a.md")
    found += check_shown_story(Document("a.md", body), read_contributed(body), frozenset())
    return found


def test_a_legitimate_line_is_left_alone() -> None:
    assert {line: found for line in LEGITIMATE if (found := check_line(line))} == {}


@pytest.mark.parametrize("code", LINES["hostile"])
def test_a_hostile_line_is_found_where_it_stands(code: str) -> None:
    for line in LINES["hostile"][code]:
        found = check_line(line)
        assert {diagnostic.code for diagnostic in found} == {code}, line
        last = 3 + line.count("\n") + line.count("\u2028")
        assert all(3 <= diagnostic.line <= last for diagnostic in found), (line, found)
        places = {(diagnostic.line, diagnostic.column) for diagnostic in found}
        assert len(places) == len(found), f"each place is told once: {line!r}"


def test_both_sides_grow() -> None:
    assert min(len(LEGITIMATE), len(HOSTILE)) >= 170
    assert len(set(LEGITIMATE)) == len(LEGITIMATE)


def test_nothing_invisible_reaches_a_page() -> None:
    hidden = "".join(f"&#{code};" for code in (1, 2, 7, 8, 11, 27, 31, 127, 0x202E, 0x200B, 0xE000, 0xE0041, 0x2066))
    html = render_contributed(f"a{hidden}b\n\n# c&#x202E;d\n\n[e&#2;f](https://example.org/%00)", str).html
    assert "ab</p>" in html
    assert ">cd<" in html
    assert ">ef</a>" in html
    assert all(c.isprintable() or c == "\n" for c in html)
