"""Registers the macros of Good Practice with mkdocs-macros-plugin."""

from pathlib import Path
from typing import Any

from goodpractice.load import open_project

from goodpractice.render import bind_macros


def define_env(env: Any) -> None:
    """Called by mkdocs-macros-plugin. A community adds its own macros here."""
    for name, macro in bind_macros(open_project(Path(__file__).parent).kb).items():
        env.macro(macro, name)
