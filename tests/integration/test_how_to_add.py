"""The walk-throughs of `docs/how-to-add.md`, carried out in a copy of the project exactly as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.corpus import copy_project

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs/how-to-add.md"
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    place: str
    text: str


def read_walks() -> dict[str, list[Step]]:
    text = PAGE.read_text(encoding="utf-8")
    _before, *parts = _SECTION.split(text)
    walks = dict(zip(parts[::2], parts[1::2], strict=True))
    return {name: [Step(*found) for found in _BLOCK.findall(part)] for name, part in walks.items()}


WALKS = read_walks()


def carry_out(step: Step, root: Path) -> None:
    """Put the text of a block where its title says: `FILE`, `FILE, at the end` or `FILE, after: LINE`."""
    path, _, place = step.place.partition(", ")
    file = root / path
    if not place:
        assert not file.exists(), f"{path} is there already"
        file.write_text(step.text, encoding="utf-8")
        return
    before = file.read_text(encoding="utf-8")
    if place == "at the end":
        file.write_text(before + step.text, encoding="utf-8")
        return
    line = place.removeprefix("after: ")
    lines = before.splitlines(keepends=True)
    found = [number for number, text in enumerate(lines) if text.strip() == line]
    assert len(found) == 1, f"{path} has {len(found)} lines {line!r}"
    file.write_text("".join([*lines[: found[0] + 1], step.text, *lines[found[0] + 1 :]]), encoding="utf-8")


def run(root: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "goodpractice", *arguments], cwd=root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(WALKS))
def test_a_walk_through_ends_in_a_built_page(name: str, tmp_path: Path) -> None:
    steps = WALKS[name]
    assert steps
    assert steps[-1].place.startswith("shows in ")
    root = tmp_path / "project"
    copy_project(REPOSITORY, root)
    shutil.copytree(REPOSITORY / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for step in steps:
        if not step.place.startswith("shows in "):
            carry_out(step, root)
    run(root, "build")
    for step in steps:
        if step.place.startswith("shows in "):
            assert step.text.strip() in (root / step.place.removeprefix("shows in ")).read_text(encoding="utf-8")


def test_a_kind_and_a_vocabulary_need_few_files() -> None:
    """A kind takes three files at most, a field with a vocabulary two; the page shows no more."""
    for name, most in (("A kind of record", 3), ("A field with a vocabulary", 2)):
        if name in WALKS:
            files = {step.place.partition(", ")[0] for step in WALKS[name] if not step.place.startswith("shows in ")}
            assert len(files) <= most, files
