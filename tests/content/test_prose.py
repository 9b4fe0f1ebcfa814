"""Chapters read well: sentences of a good length, plain words, and each story told in one place."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.helpers.facts import rule
from tools.prose import measure

REPOSITORY = Path(__file__).parents[2]
CHAPTERS = sorted(file for file in (REPOSITORY / "handbook").glob("*.md") if "." not in file.stem)
#: The card of a case study stands where its story is told; elsewhere a link inside a sentence points there.
CARD = re.compile(r"\{\{-?\s*case_study\(\s*[\"']([\w-]+)[\"']\s*\)")


@rule("chapters read well")
@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)
def test_a_chapter_reads_well(file: Path) -> None:
    prose = measure(file.read_text(encoding="utf-8"))
    assert 13 <= prose.mean <= 19, "words a sentence, on average"
    assert prose.short_share < 12, "percent of the sentences have fewer than seven words: join some, with the reason"
    assert prose.lix <= 36, "words a sentence, and the percentage of long words"


@rule("a story is told in one chapter")
def test_a_story_is_told_in_one_chapter() -> None:
    told: dict[str, list[str]] = defaultdict(list)
    for file in CHAPTERS:
        for case_id in CARD.findall(file.read_text(encoding="utf-8")):
            told[case_id].append(file.stem)
    assert {case_id: chapters for case_id, chapters in told.items() if len(chapters) > 1} == {}


@pytest.mark.parametrize("name", ["templates", "packs"])
def test_what_is_filled_in_counts_no_columns(name: str) -> None:
    """On a telephone each cell stands below the name of its column, and there is no third one and no left one."""
    file = REPOSITORY / f"data/{name}.yml"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert (
        re.findall(r"\b(?:first|second|third|fourth|last|left|right)(?:-hand)? columns?\b|column on the \w+", text)
        == []
    )
