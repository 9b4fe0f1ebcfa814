"""The verb of a function says what comes back: `list_` a list, an iterator or a set of what it names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.helpers.projects import REPOSITORY

#: Annotations of what counts as a list; a `View` is a tuple of blocks.
LISTS = frozenset(("Iterable", "Iterator", "Sequence", "View", "frozenset", "list", "set", "tuple"))


def list_misnamed(name: str, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef) or not node.name.lstrip("_").startswith("list_"):
            continue
        given = node.returns and ast.unparse(node.returns).removesuffix(" | None")
        # A pair of lists is no list.
        several = given and given.startswith("tuple[") and not given.endswith(", ...]")
        if not given or several or given.partition("[")[0] not in LISTS:
            yield f"{name}: {node.name} gives {given}"


def test_what_is_called_a_list_is_one() -> None:
    files = sorted((REPOSITORY / "src/goodpractice").rglob("*.py"))
    found = [list_misnamed(file.relative_to(REPOSITORY).as_posix(), file.read_text(encoding="utf-8")) for file in files]
    assert [text for texts in found for text in texts] == []


def test_a_list_that_is_none_is_named() -> None:
    for given in ("dict[str, int]", "str", "None", "tuple[list[int], list[str]]", "Facts"):
        assert list(list_misnamed("a.py", f"def _list_names() -> {given}: ...")) == [f"a.py: _list_names gives {given}"]
    for given in ("list[str]", "tuple[str, ...]", "Iterator[str]", "set[str] | None", "View"):
        assert list(list_misnamed("a.py", f"def list_names() -> {given}: ...")) == []
