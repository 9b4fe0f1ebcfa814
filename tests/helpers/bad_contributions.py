"""Reads the bad contributions, and puts one into a copy of the small project."""

from __future__ import annotations

import ast
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.helpers.projects import REPOSITORY, SMALL

BAD = REPOSITORY / "tests/contributions/bad"
STORY = "case_studies/bad.md"
GOOD_FACTS = """\
title: A new story
summary: Somebody tells what happened.
partners:
  - partner: hill-museum
    role: Museum
place: Uphill
year: 2021
themes: [trust]
partner_approved_on: 2022-01-31
"""
GOOD_BODY = """\
## What happened

People met.

## What we learned

Meet again.
"""


@dataclass(frozen=True)
class Bad:
    file: str
    name: str
    diagnostics: str = ""
    facts: str | None = None
    replace: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    partner: dict[str, str] | None = None
    write: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    fifo: list[str] = field(default_factory=list)
    repeat: dict[str, list[str | int]] = field(default_factory=dict)

    @property
    def tells_a_story(self) -> bool:
        return self.facts is not None or self.body is not None or bool(self.replace)


def read_contributions() -> list[Bad]:
    return [
        Bad(file.stem, **entry)
        for file in sorted(BAD.glob("*.yml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def write_story(root: Path, facts: str = "", body: str | None = None, replace: dict[str, str] | None = None) -> None:
    known = GOOD_FACTS
    for old, new in (replace or {}).items():
        assert known.count(old) == 1, old
        known = known.replace(old, new)
    text = f"---\n{known}{facts}---\n{GOOD_BODY if body is None else body}"
    (root / STORY).write_text(text, encoding="utf-8", newline="")


def contribute(bad: Bad, root: Path) -> Path:
    shutil.copytree(SMALL, root, dirs_exist_ok=True)
    if bad.tells_a_story:
        write_story(root, bad.facts or "", bad.body, bad.replace)
    if bad.partner is not None:
        values = {"id": "bad", "name": "Bad", "kind": "museum", "sources": ["https://example.org/"], **bad.partner}
        partners = root / "partners.yml"
        before, after = partners.read_text(encoding="utf-8").split("\nnetworks:", 1)
        lines = [f"{name}: {_dump_value(value)}\n" for name, value in values.items()]
        entry = "  - " + "    ".join(lines)
        partners.write_text(f"{before}\n{entry}\nnetworks:{after}", encoding="utf-8")
    for path, text in bad.write.items():
        _make_room(root / path).write_text(text, encoding="utf-8", newline="")
    for path, escaped in bad.bytes.items():
        literal = escaped.replace("\n", "\\n").replace('"', '\\"')
        _make_room(root / path).write_bytes(ast.literal_eval(f'b"{literal}"'))
    for path, (text, times, *around) in bad.repeat.items():
        before, after = (str(part) for part in around or ("", ""))
        _make_room(root / path).write_text(before + str(text) * int(times) + after, encoding="utf-8")
    for path, target in bad.links.items():
        _make_room(root / path).symlink_to(target)
    for path in bad.fifo:
        os.mkfifo(_make_room(root / path))
    return root


def _dump_value(value: object) -> str:
    """A value as YAML on one line."""
    return yaml.dump(value, default_flow_style=True, width=9999).replace("\n...", "").rstrip()


def _make_room(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    elif file.exists() or file.is_symlink():
        file.unlink()
    return file
