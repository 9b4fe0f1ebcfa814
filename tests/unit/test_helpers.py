"""What tests share stands in `tests/helpers`: a test module can be read, moved and deleted on its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.projects import REPOSITORY

TESTS = REPOSITORY / "tests"
#: Programs with a test of their own beside them.
PROGRAMS = ("fuzz",)
FILES = sorted(TESTS.rglob("*.py"))
#: A statement of its own line, as ruff formats them: to parse every module takes half a second.
IMPORT = re.compile(r"^ *(from [\w.]+ import (?:\([^)]*\)|[^\n(]+)|import \w[^\n]*)", re.MULTILINE)


def list_imports(file: Path) -> Iterator[str]:
    """Dotted names that a module imports, `from a import b` as `a.b`."""
    for statement in IMPORT.findall(file.read_text(encoding="utf-8")):
        (node,) = ast.parse(statement).body
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def belongs(name: str, file: Path) -> bool:
    """Whether a module below `tests` may import a name."""
    room = file.relative_to(TESTS).parts[0]
    first, _, rest = name.partition(".")
    if first == "tests":
        return rest.split(".")[0] == "helpers" or rest.split(".")[0] == room in PROGRAMS
    # A test module by a shorter name is the same rule broken, and a second copy of the module.
    return first not in ("conftest", "helpers") and not first.startswith("test_")


def test_no_test_module_imports_another() -> None:
    found = [f"{file.relative_to(TESTS)}: {name}" for file in FILES for name in list_imports(file)]
    assert any(": tests.helpers." in line for line in found)
    assert [line for line in found if not belongs(line.split(": ")[1], TESTS / line.split(": ")[0])] == []


def test_what_is_no_test_stands_among_the_helpers() -> None:
    others = [
        file.relative_to(TESTS) for file in FILES if not file.name.startswith(("test_", "conftest.", "__init__."))
    ]
    assert [str(file) for file in others if file.parts[0] not in ("helpers", *PROGRAMS)] == []


@pytest.mark.parametrize("name", ["tests.unit.test_prose.main", "conftest.BASE", "test_prose", "tests.fuzz.budget"])
def test_other_imports_are_refused(name: str) -> None:
    assert not belongs(name, TESTS / "unit/test_x.py")
    assert belongs("tests.fuzz.budget", TESTS / "fuzz/readers.py")
