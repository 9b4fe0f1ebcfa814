"""Checked in several processes, a project has the problems that it has in one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.checks.links import FindAnchors
from goodpractice.diagnostics import budget
from goodpractice.diagnostics.rules import SITUATION_TWICE, Diagnostic
from goodpractice.engine import options, pool, whole_check
from goodpractice.engine.pool import WorkerError
from goodpractice.engine.whole_check import check_side_by_side
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.markdown.rendered import Rendered
from goodpractice.render.registration import read_macros
from tests.helpers.building import build_site
from tests.helpers.projects import load_folder


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every project is worth two processes."""
    monkeypatch.setattr(whole_check, "PARALLEL_FROM", 2)
    monkeypatch.setattr(whole_check, "count_workers", lambda: 2)
    monkeypatch.setattr(pool.threading, "active_count", lambda: 1)


@pytest.fixture
def broken(project_copy: Path) -> Path:
    """A project with mistakes in its stories, chapters and lists."""
    stories = project_copy / "case_studies"
    for number in range(3):
        text = (stories / "supper.md").read_text(encoding="utf-8")
        text = text.replace("place: ", "situations: [We met at the gate]\nplace: ")
        text += "\nWrite to jane@example.org, or [look here](nowhere.md).\n"
        (stories / f"supper-{number}.md").write_text(text, encoding="utf-8")
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
    assert [diagnostic.path for diagnostic in found if diagnostic.code == SITUATION_TWICE] == [
        f"case_studies/supper-{n}.md" for n in (1, 2)
    ]


def test_links_between_texts_of_two_processes(project_copy: Path) -> None:
    docs = project_copy / "docs"
    for number in range(5):
        (docs / f"p{number}.md").write_text(
            f"# Page {number}\n\n## Part {number}\n\n{'Words. ' * number}\n\n"
            + "".join(f"[part](p{other}.md#part-{other}), [none](p{other}.md#not-there)\n" for other in range(5))
            + "\n[story](../case_studies/supper.md#gp-title), [chapter](../handbook/money.md#nowhere)\n"
        )
    project = load_folder(project_copy)
    found = check_side_by_side(project, read_macros)
    assert found == check_project(project)
    assert len([diagnostic for diagnostic in found if "there is no heading" in diagnostic.message]) > 5 * 5


def test_a_link_to_a_text_of_another_process_is_looked_up_there(
    project_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one process knows, no other works out once more."""
    for number in range(5):
        links = "".join(f"[part](p{other}.md#part-{other})\n" for other in range(5))
        (project_copy / f"docs/p{number}.md").write_text(f"# Page {number}\n\n## Part {number}\n\n{links}")
    again: list[object] = []
    here, check = os.getpid(), ProjectCheck.check_editors_pages

    def note(
        self: ProjectCheck, keys: Iterable[tuple[str, str]] | None = None, find_anchors: FindAnchors | None = None
    ) -> Iterator[Diagnostic]:
        if os.getpid() == here:
            again.extend(keys or ())
        return check(self, keys, find_anchors)

    monkeypatch.setattr(ProjectCheck, "check_editors_pages", note)
    assert check_side_by_side(load_folder(project_copy), read_macros) == []
    assert again == []


def test_a_build_finds_them_too_and_makes_no_text_of_another_process(
    project_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "PARALLEL_FROM", 2)
    docs = project_copy / "docs"
    for number in range(5):
        links = "".join(f"[part](p{other}.md#part-{other}), [none](p{other}.md#none)\n" for other in range(5))
        (docs / f"p{number}.md").write_text(f"# Page {number}\n\n## Part {number}\n\n{links}")
    wrong = check_project(load_folder(project_copy))
    assert len(wrong) == 5 * 5
    assert list(build_site(project_copy, project_copy / "site", jobs=2, search=False).diagnostics) == wrong
    for number in range(5):
        text = (docs / f"p{number}.md").read_text()
        (docs / f"p{number}.md").write_text(re.sub(r", \[none\].*", "", text))
    converted, convert = project_copy / "converted", EditorsMarkdown.render

    def note(self: EditorsMarkdown, text: str, *arguments: Any) -> Rendered:
        with converted.open("a", encoding="utf-8") as stream:
            stream.write(f"{os.getpid()} {text.splitlines()[0]}\n")
        return convert(self, text, *arguments)

    monkeypatch.setattr(EditorsMarkdown, "render", note)
    assert build_site(project_copy, project_copy / "site", jobs=2, search=False).diagnostics == []
    made = [line for line in set(converted.read_text(encoding="utf-8").split("\n")) if " # Page" in line]
    assert len(made) == 5


def test_more_problems_than_a_file_tells(project_copy: Path) -> None:
    """A text that is read twice, for its links into texts of another process, tells no more than once."""
    for number in range(4):
        wrong = (f"[a](p{other}.md#none-{n}), [b](gone-{n}.md)\n" for n in range(14) for other in range(4))
        (project_copy / f"docs/p{number}.md").write_text(f"# Page {number}\n\n{''.join(wrong)}")
    project = load_folder(project_copy)
    assert check_side_by_side(project, read_macros) == check_project(project)


def test_more_problems_than_a_run_tells(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "PROBLEMS", 100)
    for number in range(8):
        wrong = "".join(f"[b](gone-{n}.md)\n" for n in range(18))
        (project_copy / f"docs/p{number}.md").write_text(f"# Page {number}\n\n{wrong}")
    project = load_folder(project_copy)
    assert check_side_by_side(project, read_macros) == check_project(project)


def test_a_process_that_cannot_fork_checks_everything(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool.threading, "active_count", lambda: 2)
    (project_copy / "docs/p.md").write_text("# Page\n\n[a](#none), [b](../handbook/money.md#none), [c](gone.md)\n")
    project = load_folder(project_copy)
    found = check_side_by_side(project, read_macros)
    assert found == check_project(project)
    assert len(found) == 3


def test_the_stories_are_checked_elsewhere(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProjectCheck, "check_case_studies", lambda *_: os._exit(3))
    with pytest.raises(WorkerError, match="broke down"):
        check_side_by_side(load_folder(broken), read_macros)
