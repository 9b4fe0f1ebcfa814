"""A docstring names the arguments and attributes that there are: a name that has changed misleads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import goodpractice
from tests.helpers.syntax import list_nodes

PACKAGE = Path(goodpractice.__file__).parent
_LISTED = re.compile(r"^(?:Args|Attributes):\n((?:    .*\n?|\n)+)", re.MULTILINE)
_NAME = re.compile(r"^    \*{0,2}(\w+):", re.MULTILINE)


def list_there(node: ast.AST) -> set[str]:
    """The arguments of a function, or all names that a class or its methods define."""
    there = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    if isinstance(node, ast.ClassDef):
        there |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        there |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
        there |= {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    return there


def list_misnamed(source: str) -> Iterator[tuple[int, str]]:
    """Names that a docstring explains and its function or class does not have, with the line of these."""
    for node in list_nodes(source):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            named = [
                name for listed in _LISTED.findall(ast.get_docstring(node) or "") for name in _NAME.findall(listed)
            ]
            there = list_there(node) if named else set()
            yield from ((node.lineno, name) for name in named if name not in there)


def test_a_name_that_is_not_there_is_seen() -> None:
    source = """class A:
    '''One.

    Attributes:
        there: Given.
        made: Set.
        gone: Not there.
    '''

    there: int

    def f(self, known: int, *more: int) -> None:
        '''Two.

        Args:
            known: Given: more about it.
            *more: Others.
            forgotten: Not there.
        '''
        self.made = 1
"""
    assert list(list_misnamed(source)) == [(1, "gone"), (12, "forgotten")]


@pytest.mark.parametrize("room", sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()))
def test_every_name_in_a_docstring_is_there(room: str) -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}: {name}"
        for file in sorted((PACKAGE / room).rglob("*.py"))
        for line, name in list_misnamed(file.read_text(encoding="utf-8"))
    ]
    assert found == []
