"""Golden cases: a small project, a change to it, and the exact issues that follow.

A case is an entry of a YAML file in `cases/`:

    name: what the person did
    change: {file: {text in the file: other text}}     the text must stand there exactly once
    write: {file: text}                                 a file with this text
    bytes: {file: text}                                 as `write`, with Python's escapes such as \\xff
    pictures: {file: name}                              a picture of `tests/helpers/pictures.py`
    links: {file: target}                               a symbolic link
    folder: [path]                                      a folder with this name
    delete: [file]
    values: {"case_study supper country": value}        what was read, where a value must survive
    issues: exactly what `goodpractice check` prints; nothing when the change is fine

In all of it, `<digest:name>` stands for the digest of a picture.
"""

from __future__ import annotations

import ast
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goodpractice.checks import check_project
from goodpractice.content import Project, load_project
from goodpractice.diagnostics.rules import Diagnostic
from tests.helpers.pictures import PICTURES, digest
from tests.helpers.projects import REPOSITORY, SMALL
from tests.helpers.yaml_files import read_yaml

CASES = REPOSITORY / "tests/golden/cases"


@dataclass(frozen=True)
class Case:
    file: str
    name: str
    diagnostics: str = ""
    change: dict[str, dict[str, str]] = field(default_factory=dict)
    write: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    folder: list[str] = field(default_factory=list)
    delete: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


def read_cases() -> list[Case]:
    return [
        Case(file.stem, **entry)
        for file in sorted(CASES.glob("*.yml"))
        for entry in read_yaml(fill_digests(file.read_text(encoding="utf-8")))
    ]


def fill_digests(text: str) -> str:
    """A text with the digests of the pictures that it names."""
    return re.sub(r"<digest:([^>]+)>", lambda found: digest(PICTURES[found[1]]()), text)


def make_project(case: Case, root: Path) -> Path:
    return change_project(case, Path(shutil.copytree(SMALL, root, dirs_exist_ok=True)))


def change_project(case: Case, root: Path) -> Path:
    """Make of a copy of the small project what a case says."""
    for path, changes in case.change.items():
        text = (root / path).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, f"{case.name}: {old!r} stands {text.count(old)} times in {path}"
            text = text.replace(old, new)
        (root / path).write_text(text, encoding="utf-8", newline="")
    for path, text in case.write.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    for path, escaped in case.bytes.items():
        literal = escaped.replace("\n", "\\n").replace('"', '\\"')
        (root / path).write_bytes(ast.literal_eval(f'b"{literal}"'))
    for path, name in case.pictures.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(PICTURES[name]())
    for path, target in case.links.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)
    for path in case.folder:
        (root / path).mkdir()
    for path in case.delete:
        (root / path).unlink()
    return root


def put_back(case: Case, root: Path) -> None:
    """Make a copy of the small project again of what a case made of it: quicker than another copy."""
    changed = (case.change, case.write, case.bytes, case.pictures, case.links, case.folder, case.delete)
    for name in {name for names in changed for name in names}:
        new = next((part for part in [*reversed(Path(name).parents), Path(name)] if not (SMALL / part).exists()), name)
        if (root / new).is_dir() and not (root / new).is_symlink():
            shutil.rmtree(root / new)
        else:
            (root / new).unlink(missing_ok=True)
        if (SMALL / name).is_file():
            shutil.copyfile(SMALL / name, root / name)


def check_folder(root: Path) -> tuple[Project, list[Diagnostic]]:
    kb, diagnostics = load_project(root)
    project = Project(root, kb, tuple(diagnostics))
    return project, check_project(project)
