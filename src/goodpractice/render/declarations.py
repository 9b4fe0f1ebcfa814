"""What a project's `macros.py` registers, found by reading it. Nothing of it is run.

A check looks at branches that nobody has read yet, so it may not run them. It
finds the names of macros, filters and variables where they stand as text; what
they give is not known, and stands as nothing.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import goodpractice
from goodpractice.i18n.messages import gettext_lazy as _

MACROS_FILE = "macros.py"
_PACKAGE = goodpractice.__name__


@dataclass
class Declarations:
    """Names that `macros.py` registers.

    Attributes:
        macros: Names of macros, besides those of the package.
        filters: Names of filters.
        variables: Names of variables.
        is_complete: Whether these are all: some names may be made while it runs.
    """

    macros: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    is_complete: bool = True

    def __bool__(self) -> bool:
        """Whether a project registers anything of its own."""
        return bool(self.macros or self.filters or self.variables) or not self.is_complete


def read_declarations(root: Path) -> Declarations:
    """The names that the `macros.py` of a project registers; nothing where there is none.

    Raises:
        SyntaxError: It is not Python.
        ImportError: It cannot be read, or has no `define_env`.
    """
    file = root / MACROS_FILE
    if not file.is_file():
        return Declarations()
    tree = _parse(file)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "define_env" and node.args.args:
            return _read_function(node)
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign) and "define_env" in ast.dump(node):
            return Declarations(is_complete=False)
    raise ImportError(_("{file} has no function `define_env(env)`", file=MACROS_FILE), path=str(file))


def _parse(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes(), filename=str(file))
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise ImportError(_("{file} cannot be read: {error}", file=MACROS_FILE, error=error), path=str(file)) from error


class LostImport(NamedTuple):
    """What `macros.py` imports from this package and does not find there: the line, its name, and what to write."""

    line: int
    name: str
    instead: str = ""


def list_lost_imports(root: Path) -> Iterator[LostImport]:
    """Imports from this package that fail; those of a file that cannot be read are told with the rest of it."""
    try:
        tree = _parse(root / MACROS_FILE)
    except (SyntaxError, ImportError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and _is_ours(node.module or ""):
            yield from _find_lost(node, node.module or "")
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if _is_ours(alias.name)]
            yield from (LostImport(node.lineno, name) for name in names if not _has_module(name))


def _find_lost(node: ast.ImportFrom, module: str) -> Iterator[LostImport]:
    has_module = _has_module(module)
    names = [alias.name for alias in node.names]
    lost = [name for name in names if not has_module or not _has_name(module, name)]
    if lost:
        public = set(names) <= set(goodpractice.__all__)
        instead = ast.unparse(ast.ImportFrom(_PACKAGE, node.names, 0)) if public else ""
        yield LostImport(node.lineno, f"{module}.{lost[0]}" if has_module else module, instead)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == _PACKAGE


def _has_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _has_name(module: str, name: str) -> bool:
    return name == "*" or hasattr(importlib.import_module(module), name) or _has_module(f"{module}.{name}")


def _read_function(function: ast.FunctionDef) -> Declarations:
    found = Declarations()
    environment = function.args.args[0].arg
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == environment:
            used = parents[node]
            attribute = used.attr if isinstance(used, ast.Attribute) else ""
            if attribute in ("macro", "filter"):
                name = _find_name(used, parents)
                if name:
                    (found.macros if attribute == "macro" else found.filters).add(name)
                elif name is None:
                    found.is_complete = False
            elif attribute == "variables":
                names = _list_variables(parents[used], parents)
                found.variables.update(names or ())
                found.is_complete &= names is not None
            else:
                found.is_complete = False
    return found


def _find_name(registers: ast.AST, parents: dict[ast.AST, ast.AST]) -> str | None:
    """The name that `env.macro` gives: empty for the macros of the package, nothing where it is made while it runs."""
    around = parents[registers]
    if isinstance(around, ast.FunctionDef):  # @env.macro
        return around.name
    if not isinstance(around, ast.Call) or around.func is not registers:
        return None
    if isinstance(parents[around], ast.FunctionDef) and not around.args:  # @env.macro()
        return str(getattr(parents[around], "name", ""))
    given = {"name": around.args[1]} if len(around.args) > 1 else {word.arg: word.value for word in around.keywords}
    name = given.get("name") or given.get("")
    if isinstance(name, ast.Constant):
        return str(name.value)
    loop = parents.get(parents[around])
    if name is not None and isinstance(loop, ast.For) and "'bind_macros'" in ast.dump(loop.iter):
        return ""
    function = around.args[0] if around.args else None
    if name is None and isinstance(function, ast.Name | ast.Attribute):
        return function.id if isinstance(function, ast.Name) else function.attr
    return None


def _list_variables(used: ast.AST, parents: dict[ast.AST, ast.AST]) -> list[str] | None:
    """Names in `env.variables[…] = …`, `env.variables.name = …` and `env.variables.update(…)`."""
    if isinstance(used, ast.Subscript):
        if not isinstance(used.ctx, ast.Store):
            return []
        return [str(used.slice.value)] if isinstance(used.slice, ast.Constant) else None
    if isinstance(used, ast.Attribute):
        if used.attr != "update":
            return [used.attr] if isinstance(used.ctx, ast.Store) else []
        call = parents[used]
        if not isinstance(call, ast.Call):
            return None
        names: list[str] = []
        for given in call.args:
            if not isinstance(given, ast.Dict) or not all(isinstance(key, ast.Constant) for key in given.keys):
                return None
            names += [str(key.value) for key in given.keys if isinstance(key, ast.Constant)]
        if any(word.arg is None for word in call.keywords):
            return None
        return [*names, *(str(word.arg) for word in call.keywords)]
    return None
