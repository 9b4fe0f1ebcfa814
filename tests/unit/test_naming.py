"""One word for one thing: what is called a list is one, and no two classes share a name."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from tests.helpers.projects import REPOSITORY
from tests.helpers.syntax import list_nodes

#: Annotations of what counts as a list; a `View` is a tuple of blocks.
LISTS = frozenset(("Iterable", "Iterator", "Sequence", "View", "frozenset", "list", "set", "tuple"))
#: Names of models, which people read in schemas, that something of the program has as well.
SHARED = {"Document", "Row", "Step", "Trace"}


def list_misnamed(name: str, source: str) -> Iterator[str]:
    for node in list_nodes(source):
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


def test_no_two_classes_share_a_name() -> None:
    files = sorted((REPOSITORY / "src/goodpractice").rglob("*.py"))
    names = Counter(name for file in files for name in list_classes(file.read_text(encoding="utf-8")))
    # An allowance that nothing needs any more is deleted.
    assert {name for name, number in names.items() if number > 1} == SHARED


def test_public_classes_are_counted() -> None:
    assert list(list_classes("class A: ...\nclass _B: ...\ndef f():\n    class C: ...")) == ["A"]


def list_classes(source: str) -> Iterator[str]:
    (module,) = (node for node in list_nodes(source) if isinstance(node, ast.Module))
    nodes = module.body
    yield from (node.name for node in nodes if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))
