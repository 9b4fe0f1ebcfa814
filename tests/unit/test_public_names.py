"""What others may import, and what importing costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import goodpractice

PUBLIC = {"KnowledgeBase", "Project", "__version__", "bind_macros", "open_project"}


def test_the_public_names_are_these_and_each_is_there() -> None:
    assert set(goodpractice.__all__) == PUBLIC == set(dir(goodpractice)), "a name that goes is announced a year before"
    assert all(getattr(goodpractice, name) is not None for name in goodpractice.__all__)
    with pytest.raises(AttributeError, match="no attribute 'open_projet'"):
        goodpractice.open_projet  # noqa: B018


def test_the_package_is_imported_without_what_its_names_need() -> None:
    code = "import goodpractice, sys; print(sorted({'pydantic', 'yaml', 'jinja2', 'mkdocs'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_build_that_finds_nothing_changed_loads_no_kind() -> None:
    code = (
        "import sys; from pathlib import Path; import goodpractice.engine.service\n"
        "from goodpractice.content.unread_files import list_strays\n"
        "list(list_strays(Path()))\n"
        "print([name for name in sys.modules if name.startswith('goodpractice.kinds')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout == "[]\n"


def test_macros_py_uses_public_names_only() -> None:
    tree = ast.parse((Path(__file__).parents[2] / "macros.py").read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imported if (node.module or "").startswith("goodpractice")]
    assert [node.module for node in ours] == ["goodpractice"]
    assert {alias.name for node in ours for alias in node.names} <= PUBLIC
