"""Checked in several processes, a project has the problems that it has in one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.engine import pool, whole_check
from goodpractice.engine.pool import WorkerError
from goodpractice.engine.whole_check import check_side_by_side
from goodpractice.render.registration import read_macros
from tests.helpers.projects import load_folder


@pytest.fixture
def broken(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with mistakes in its stories, chapters and lists, which is worth two processes."""
    monkeypatch.setattr(whole_check, "PARALLEL_FROM", 2)
    monkeypatch.setattr(whole_check, "count_workers", lambda: 2)
    monkeypatch.setattr(pool.threading, "active_count", lambda: 1)
    stories = project_copy / "case_studies"
    for number in range(3):
        story = shutil.copy(stories / "supper.md", stories / f"supper-{number}.md")
        with Path(story).open("a", encoding="utf-8") as stream:
            stream.write("\nWrite to jane@example.org, or [look here](nowhere.md).\n")
    with (project_copy / "handbook/money.md").open("a", encoding="utf-8") as stream:
        stream.write("\n{{ partnr('a') }}\n")
    with (project_copy / "partners.yml").open("a", encoding="utf-8") as stream:
        stream.write("\n- id: a-b\n  name: Call 020 7946 0000\n")
    return project_copy


def test_the_problems_are_the_same(broken: Path) -> None:
    project = load_folder(broken)
    found = check_side_by_side(project, read_macros)
    assert found == check_project(project)
    assert {"handbook/money.md", "partners.yml", *(f"case_studies/supper-{n}.md" for n in range(3))} <= {
        diagnostic.path for diagnostic in found
    }


def test_the_stories_are_checked_elsewhere(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProjectCheck, "check_case_studies", lambda *_: os._exit(3))
    with pytest.raises(WorkerError, match="broke down"):
        check_side_by_side(load_folder(broken), read_macros)
