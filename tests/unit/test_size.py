"""What does not fit on a few screens is two things: modules and functions stay short."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.helpers.projects import REPOSITORY
from tests.helpers.syntax import list_nodes

MOST_LINES, MOST_LINES_OF_FUNCTION = 400, 60


def list_long(name: str, source: str) -> Iterator[str]:
    lines = source.count("\n")
    if lines > MOST_LINES:
        yield f"{name}: {lines} lines"
    for node in list_nodes(source):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > MOST_LINES_OF_FUNCTION:
                yield f"{name}: {node.name}, {lines} lines"


def test_no_module_and_no_function_is_long() -> None:
    files = sorted((REPOSITORY / "src/goodpractice").rglob("*.py"))
    found = [list_long(file.relative_to(REPOSITORY).as_posix(), file.read_text(encoding="utf-8")) for file in files]
    assert [text for texts in found for text in texts] == []


def test_what_is_long_is_named() -> None:
    body = "    pass\n" * MOST_LINES_OF_FUNCTION
    assert list(list_long("a.py", f"def f():\n{body}")) == ["a.py: f, 61 lines"]
    assert list(list_long("a.py", "\n" * 401)) == ["a.py: 401 lines"]
