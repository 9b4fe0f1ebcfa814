"""The syntax of modules: parsed once for all tests that look at the source of the package."""

from __future__ import annotations

import ast
from functools import cache


@cache
def list_nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of a module, as `ast.walk` gives them; no test may change one."""
    return tuple(ast.walk(ast.parse(source)))
