"""Decisions that have been superseded say so and by which; the later one says it too, and so does the list of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.projects import REPOSITORY

FOLDER = REPOSITORY / "docs/decisions"
RECORDS = {int(file.name[:4]): file for file in sorted(FOLDER.glob("[0-9]*.md"))}
_TITLE = re.compile(r"^# (\d+)\. (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\| (\d+) \| \[([^\]]+)\]\(([^)]+)\)(.*)\|$", re.MULTILINE)
_LINK = re.compile(r"\]\((\d{4})-[a-z0-9-]+\.md\)")


def read_title(file: Path) -> re.Match[str]:
    title = _TITLE.search(file.read_text(encoding="utf-8"))
    assert title is not None, file.name
    return title


def read_status(file: Path) -> str:
    """What a record says of itself: all that stands between its title and the first heading."""
    return file.read_text(encoding="utf-8")[read_title(file).end() :].partition("\n## ")[0]


STATUS = {number: set(map(int, _LINK.findall(read_status(file)))) for number, file in RECORDS.items()}


@pytest.mark.parametrize("number", RECORDS)
def test_a_record_and_its_successor_name_each_other(number: int) -> None:
    assert "Decided in " in read_status(RECORDS[number])
    for other in STATUS[number]:
        assert other in RECORDS, f"record {number} names a record that is not there"
        assert number in STATUS[other], f"record {number} names record {other}, which does not name it"


def test_the_list_of_decisions_agrees_with_the_records() -> None:
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    rows = _ROW.findall(index)
    listed = {int(number): (title, name, set(map(int, re.findall(r"\d+", rest)))) for number, title, name, rest in rows}
    expected = {}
    for number, file in RECORDS.items():
        title = read_title(file)
        assert int(title[1]) == number, file.name
        expected[number] = (title[2], file.name, {other for other in STATUS[number] if other > number})
    assert listed == expected
    assert list(listed) == sorted(listed)
