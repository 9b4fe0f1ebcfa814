from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.content.front_matter import read_text, split_front_matter


def test_facts_and_body_are_split_with_their_lines() -> None:
    file = split_front_matter("\n---\ntitle: A\n---\n\n## B\n", "x.md")
    assert file.readable
    assert file.values == {"title": "A"}
    assert file.positions[("title",)] == (3, 1)
    assert (file.body, file.body_line) == ("\n## B\n", 5)


def test_a_line_of_hyphens_in_the_body_belongs_to_the_body() -> None:
    file = split_front_matter("---\na: b\n---\nText\n\n---\n\nMore", "x.md")
    assert file.body == "Text\n\n---\n\nMore"


def test_empty_facts_are_no_list_of_names_and_values() -> None:
    file = split_front_matter("---\n---\nText", "x.md")
    assert [diagnostic.code for diagnostic in file.diagnostics] == ["GP105"]
    assert not file.readable


@pytest.mark.parametrize("story", ["## What happened", "We met: at noon, in the hall\n\n…", "# Title", "We met."])
def test_facts_without_an_end_stop_where_the_story_begins(story: str) -> None:
    file = split_front_matter(f"---\ntitle: A\nplace: B\n\n{story}\n", "x.md")
    assert [diagnostic.code for diagnostic in file.diagnostics][:1] == ["GP104"]
    assert file.values["title"] == "A"


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(tmp_path / "x.md", "x.md") == ("a\nb\nc\n", [])


def test_the_place_of_a_wrong_byte_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"one\ntw\xff\n")
    text, diagnostics = read_text(tmp_path / "x.md", "x.md")
    assert text is None
    assert [(diagnostic.line, diagnostic.column, diagnostic.code) for diagnostic in diagnostics] == [(2, 3, "GP101")]


def test_a_missing_file_is_an_issue(tmp_path: Path) -> None:
    text, diagnostics = read_text(tmp_path / "x.md", "x.md")
    assert text is None
    assert diagnostics[0].code == "GP111"
    assert "No such file" in diagnostics[0].message


LINES = st.lists(st.sampled_from(["---", "a: b", "## c", "", "- d", "e:f", "\t", "é", "'", "[", "---  "]), max_size=12)


@given(st.text(max_size=80) | LINES.map("\n".join))
@example("---")
@example("---\n")
@example("\n\n")
@example("---\n\x00\n---\n")
def test_no_text_makes_the_splitter_raise(text: str) -> None:
    file = split_front_matter(text, "x.md")
    lines = text.split("\n")
    assert 1 <= file.body_line <= len(lines) + 1
    assert file.body == "\n".join(lines[file.body_line - 1 :])
    assert file.readable or file.diagnostics
