"""Registers the macros of Good Practice with mkdocs-macros-plugin.

Take what you need from `goodpractice` itself: the names in `goodpractice.__all__`
keep working. docs/reference/macros.md says what a macro may use, and what it
must not: no clock, no network, no file outside of the project.
"""

from pathlib import Path
from typing import Any

from goodpractice import bind_macros, open_project


def define_env(env: Any) -> None:
    """Called by mkdocs-macros-plugin. A community adds its own macros here."""
    for name, macro in bind_macros(open_project(Path(__file__).parent).kb).items():
        env.macro(macro, name)
