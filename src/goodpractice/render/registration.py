"""Macros as a project's `macros.py` registers them, without any site generator."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import jinja2

from goodpractice.content import Project, lend_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.query.tracking import Memo
from goodpractice.render.declarations import MACROS_FILE, Declarations, list_lost_imports, read_declarations
from goodpractice.render.macros import Macro, bind_macros
from goodpractice.render.page import Inputs
from goodpractice.render.sandbox import PageError, PageSandbox, expand_apart, is_plain

#: What begins a call, a statement or a comment, or a line in another way than ours: without it, a page stays as it is.
MAY_CALL = re.compile(r"\{[{%#]|\r")
#: So many pages may take too much; then no page is tried any more that might.
MOST_STOPPED = 2


class Unknown(jinja2.ChainableUndefined):
    """A value that only a run of `macros.py` or the generator would give: it prints nothing, whatever is done to it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What it would return is not known either."""
        return self

    def __iter__(self) -> Iterator[Any]:
        """Nothing, as far as is known."""
        return iter(())


class MacroCollector:
    """Stands in for the plugin that `define_env` expects: it collects what is registered.

    Attributes:
        macros: Macros by name.
        filters: Filters by name.
        variables: Values that a page can print, by name.
        is_complete: Whether there are no others.
    """

    is_complete = True

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

    def expand(self, markdown: str, values: Mapping[str, Any] = MappingProxyType({})) -> str:
        """Run the macro calls in an editors' page.

        A page that a check has expanded is not expanded again to be rendered: what its macros read comes with it.

        Args:
            markdown: The page.
            values: What it can print besides (`collect_page_values`). Those of `macros.py` go before them.

        Raises:
            jinja2.TemplateError: A call cannot be read, or names something unknown.
        """
        if not MAY_CALL.search(markdown):
            return markdown.removesuffix("\n")  # as Jinja does
        # Two pages with one text differ in what they say of themselves.
        key = (markdown, values["page"]["url"] if "page" in values else None)
        return self._expanded.take(key, lambda: self._expand(markdown, {**values, **self.variables}))

    def _expand(self, markdown: str, values: Mapping[str, Any]) -> str:
        return self._run(self._parse(markdown), values)

    def _parse(self, markdown: str) -> jinja2.nodes.Template:
        environment = PageSandbox(jinja2.StrictUndefined if self.is_complete else Unknown)
        environment.globals.update(self.macros)
        environment.filters.update(self.filters)
        return environment.parse(markdown)

    def _run(self, parsed: jinja2.nodes.Template, values: Mapping[str, Any]) -> str:
        return cast("PageSandbox", parsed.environment).from_string(parsed).render(values)


class MacroReader(MacroCollector):
    """Knows the macros of a project without having run its `macros.py`, and runs no page that might take too much."""

    def __init__(self, declared: Declarations) -> None:
        super().__init__()
        self.is_complete = declared.is_complete
        self._failed: dict[str, PageError] = {}

    def _expand(self, markdown: str, values: Mapping[str, Any]) -> str:
        parsed = self._parse(markdown)
        if is_plain(parsed, lambda name: name in self.macros):
            return self._run(parsed, values)
        if markdown in self._failed:
            raise self._failed[markdown]
        if sum(error.is_stopped for error in self._failed.values()) >= MOST_STOPPED:
            raise PageError(_("other pages have taken so long that this one was not tried"))
        try:
            return expand_apart(lambda: self._run(parsed, values))
        except PageError as error:
            self._failed[markdown] = error
            raise


Collect = Callable[[Path, KnowledgeBase], MacroCollector]


def speak(
    project: Project, inputs: Inputs, language: str, collect: Collect | None = None
) -> tuple[Inputs, MacroCollector]:
    """The inputs of pages in another language: macros that speak it, collected once more.

    Args:
        project: The project.
        inputs: What pages in its own language are made from.
        language: The code of the other.
        collect: How macros are collected; by running `macros.py` when not given.

    Raises:
        Exception: Whatever `macros.py` raises.
    """
    kb = inputs.kb.speak(language)
    with lend_project(replace(project, kb=kb)):
        collected = (collect or collect_macros)(project.root, kb)
    return replace(inputs, kb=kb, macros=collected.macros), collected


def read_macros(root: Path, kb: KnowledgeBase) -> MacroReader:
    """The macros of a project, found without running its `macros.py`: what those of its own give is not known.

    Raises:
        SyntaxError: The file is not Python.
        ImportError: It cannot be read, or has no `define_env`.
    """
    declared = read_declarations(root)
    reader = MacroReader(declared)
    reader.macros.update(bind_macros(kb))
    reader.macros.update(dict.fromkeys(declared.macros, _print_nothing))
    reader.filters.update(dict.fromkeys(declared.filters, _pass))
    reader.variables.update({name: Unknown(name=name) for name in declared.variables})
    return reader


def _print_nothing(*args: Any, **kwargs: Any) -> Any:
    return Unknown()


def _pass(value: Any, *args: Any, **kwargs: Any) -> Any:
    return value


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
        for lost in list_lost_imports(root):
            what = _(
                "{file}, line {line}: the package has no `{name}`", file=MACROS_FILE, line=lost.line, name=lost.name
            )
            if lost.instead:
                what = _("{what}. Write `{line}`", what=what, line=lost.instead)
            raise ImportError(what, path=str(file))
        spec = importlib.util.spec_from_file_location("goodpractice_project_macros", file)
        if spec is None or spec.loader is None:
            raise ImportError(_("{file} cannot be loaded", file=file))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if not hasattr(module, "define_env"):
            raise ImportError(_("{file} has no function `define_env(env)`", file=MACROS_FILE), path=str(file))
        module.define_env(collector)
    return collector
