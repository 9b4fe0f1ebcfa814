"""Where files belong."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.checks.stories import holds_story
from goodpractice.config.project_folders import DATA, PARTNERS_FILE
from goodpractice.content import unread_files
from goodpractice.content.meant_places import DATA_NAMES
from goodpractice.content.project_files import place_file
from goodpractice.content.unread_files import list_strays
from goodpractice.kinds.registry import DATA_FILES


def test_the_lists_are_those_that_are_loaded() -> None:
    assert {PARTNERS_FILE, *(f"{DATA}/{name}" for name in DATA_NAMES)} == set(DATA_FILES)


def test_nothing_that_is_loaded_lies_in_a_wrong_place(project_root: Path) -> None:
    assert list(list_strays(project_root)) == []
    for path in (
        *DATA_FILES,
        "case_studies/tea.md",
        "handbook/tea.cy.md",
        "docs/a/tea.md",
        "case_studies/tea/tent.jpg",
    ):
        assert place_file(path) is None, path


def test_a_folder_without_end_is_looked_at_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread_files, "_MOST_LOOKED_AT", 100)
    for number in range(4):
        folder = tmp_path / "stories" / f"{number}"
        folder.mkdir(parents=True)
        for other in range(30):
            (folder / f"{other}.md").touch()
    assert len(list(list_strays(tmp_path))) == 50


def test_what_a_story_is() -> None:
    assert holds_story("---\ntitle: x\npartners:\n  - partner: x\n---\nText")
    assert holds_story("\ufeff---\npartner_approved_on: 2024-01-01\n---\n")
    assert holds_story("## What happened\n\nTea.\n\n## What we learnt\n\nCake.\n")
    assert holds_story("place: Leith\nyear: 2020\nthemes: [trust]\n")
    assert not holds_story("---\ntitle: Trust\nthemes: [trust]\n---\n## What happened next\n")
    assert not holds_story("```yaml\npartners:\n```\n\n    partners:\n\nThe partners: all of them.\n")
