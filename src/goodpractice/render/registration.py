"""Macros as a project's `macros.py` registers them, without any site generator."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2

from goodpractice.knowledge_base import KnowledgeBase
from goodpractice.load import Project, lend_project
from goodpractice.render.macros import Macro, bind_macros
from goodpractice.render.page import Inputs
from goodpractice.saying import said
from goodpractice.tracking import Memo

MACROS_FILE = "macros.py"


class MacroCollector:
    """Stands in for the plugin that `define_env` expects: it collects what is registered."""

    def __init__(self) -> None:
        self._expanded = Memo()
        self.macros: dict[str, Macro] = {}
        self.filters: dict[str, Any] = {}
        self.variables: dict[str, Any] = {}

    def macro(self, function: Macro, name: str = "") -> Macro:
        """Register a macro; usable as a decorator."""
        self.macros[name or function.__name__] = function
        return function

    def filter(self, function: Any, name: str = "") -> Any:
        """Register a filter; usable as a decorator."""
        self.filters[name or function.__name__] = function
        return function

    def expand(self, markdown: str, lenient: bool = False) -> str:
        """Run the macro calls in an editors' page.

        A page that a check has expanded is not expanded again to be rendered: what its macros read comes with it.

        Args:
            markdown: The page.
            lenient: Whether names that only the generator knows (`config`, keys of `extra`) print nothing.

        Raises:
            jinja2.TemplateError: A call cannot be read, or names something unknown.
        """
        try:
            return self._expanded.take((markdown,), lambda: self._expand(markdown, jinja2.StrictUndefined))
        except jinja2.UndefinedError:
            if lenient:
                return self._expand(markdown, jinja2.ChainableUndefined)
            raise

    def _expand(self, markdown: str, undefined: type[jinja2.Undefined]) -> str:
        environment = jinja2.Environment(undefined=undefined, autoescape=False)  # noqa: S701 - Markdown
        environment.globals.update(self.macros)
        environment.filters.update(self.filters)
        return environment.from_string(markdown).render(self.variables)


def speak(project: Project, inputs: Inputs, language: str) -> tuple[Inputs, MacroCollector]:
    """The inputs of pages in another language: macros that speak it, made by running `macros.py` once more.

    Raises:
        Exception: Whatever `macros.py` raises.
    """
    kb = inputs.kb.speak(language)
    with lend_project(replace(project, kb=kb)):
        collected = collect_macros(project.root, kb)
    return replace(inputs, kb=kb, macros=collected.macros), collected


def collect_macros(root: Path, kb: KnowledgeBase) -> MacroCollector:
    """Run the project's `macros.py` and return the macros, filters and variables that it registers.

    A project without the file has the built-in macros.

    Raises:
        Exception: Whatever the file raises; it is the editors' own code.
    """
    collector = MacroCollector()
    collector.macros.update(bind_macros(kb))
    file = root / MACROS_FILE
    if file.is_file():
        spec = importlib.util.spec_from_file_location("goodpractice_project_macros", file)
        if spec is None or spec.loader is None:
            raise ImportError(said("{file} cannot be loaded", file=file))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if not hasattr(module, "define_env"):
            raise ImportError(said("{file} has no function `define_env(env)`", file=MACROS_FILE), path=str(file))
        module.define_env(collector)
    return collector
