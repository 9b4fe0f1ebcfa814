"""Templates of a project: what is named in them and has no effect, or is not there."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import jinja2
from jinja2 import nodes

from goodpractice.config.settings import Settings
from goodpractice.config.site_model import KNOWN_SETTINGS
from goodpractice.content.text import suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.errors import SetupError
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.render.navigation import Navigation, NavPage
from goodpractice.render.template_values import collect_config
from goodpractice.render.theme import SiteTheme, load_theme

PARTIALS, MAIN = "partials/", "main.html"
#: What a page and the menu have for the renderer alone.
_OURS = frozenset({"find_parent", "planned", "in_menu"})


def check_templates(root: Path, settings: Settings) -> Iterator[Diagnostic]:
    """What stands in templates of a project and has no effect, each at its file and line.

    Args:
        root: Folder of the project.
        settings: What `mkdocs.yml` says.
    """
    try:
        theme = load_theme(root, settings)
    except SetupError:
        return  # told when the site is built
    if theme.own:
        yield from _TemplateCheck(theme, settings).check()


class _TemplateCheck:
    """The templates of a project, beside those of the theme below them."""

    def __init__(self, theme: SiteTheme, settings: Settings) -> None:
        self._theme, self._name = theme, settings.file.get("theme", "custom_dir")
        self._loader = jinja2.FileSystemLoader(theme.folders)
        self._env = jinja2.Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - nothing is filled
        self._known = {
            "page": _list_names(NavPage, *(field.name for field in dataclasses.fields(NavPage))),
            "nav": _list_names(Navigation, *vars(Navigation([]))),
            "config": _list_names(dict, *KNOWN_SETTINGS, *collect_config(settings, theme.values)),
        }
        self._find_tree = cache(self._parse)

    def _parse(self, name: str) -> nodes.Template | None:
        """A template of the project or of the theme; nothing where there is none, or it cannot be read."""
        try:
            return self._env.parse(self._loader.get_source(self._env, name)[0])
        except (jinja2.TemplateError, UnicodeDecodeError):
            return None

    def check(self) -> Iterator[Diagnostic]:
        """The problems of each template of the project."""
        folder = self._theme.folders[0]
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
        used = self._list_used([name for name in names if not name.startswith(PARTIALS)])
        for name in names:
            path = posixpath.normpath(f"{self._name}/{name}")
            try:
                tree = self._env.parse((folder / name).read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue  # told where the bytes are
            except jinja2.TemplateSyntaxError as error:
                yield _tell(path, error.lineno, _("a template does not work: {what}", what=error.message), "")
                continue
            for line, message, hint in (*self._check_names(tree), *self._check_blocks(tree), *self._check_named(tree)):
                yield _tell(path, line, message, hint)
            if used is not None and name.startswith(PARTIALS) and name not in used:
                message = _("no template includes this one")
                yield _tell(path, 1, message, _("Delete it, or write the name of a template that it should replace."))

    def _list_used(self, names: Collection[str]) -> set[str] | None:
        """The templates that a page may be made of; nothing where a template names another by a value."""
        waiting, used = [*names, MAIN, *self._theme.static_templates], set[str]()
        while waiting:
            name = waiting.pop()
            tree = None if name in used else self._find_tree(name)
            used.add(name)
            for __, other, __ in _list_named(tree) if tree else ():
                if not isinstance(other, nodes.Const):
                    return None
                waiting.append(other.value)
        return used

    def _check_names(self, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        """What is asked of `page`, `nav` and `config`, where the template gives these names no other meaning."""
        own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        for node in tree.find_all(nodes.Getattr):
            holder = node.node.name if isinstance(node.node, nodes.Name) else ""
            if holder in self._known.keys() - own and node.attr not in self._known[holder]:
                message = _("`{name}` is not known in templates here", name=f"{holder}.{node.attr}")
                yield node.lineno, message, _hint(node.attr, self._known[holder], f"{holder}.")

    def _check_blocks(self, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        """Blocks that the template below does not have: nothing of them is shown."""
        known = self._list_blocks(tree)
        if known is None:
            return
        blocks = list(tree.find_all(nodes.Block))
        inner = {id(inside) for block in blocks for inside in block.find_all(nodes.Block)}
        for block in blocks:
            if id(block) not in inner and block.name not in known:
                message = _("the template that this one extends has no block `{name}`", name=block.name)
                yield block.lineno, message, _hint(block.name, known)

    def _list_blocks(self, tree: nodes.Template) -> set[str] | None:
        """Names of the blocks of the templates that this one extends; nothing where they are not known."""
        below = tree.find(nodes.Extends)
        parent = self._find_tree(below.template.value) if below and isinstance(below.template, nodes.Const) else None
        if parent is None:
            return None
        return {block.name for block in parent.find_all(nodes.Block)} | (self._list_blocks(parent) or set())

    def _check_named(self, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        """Templates that are named and are not there."""
        for line, named, is_needed in _list_named(tree):
            name = named.value if isinstance(named, nodes.Const) and is_needed else None
            if isinstance(name, str) and not any((folder / name).is_file() for folder in self._theme.folders):
                # Below these lies Material, with thousands of icons.
                folders = self._theme.folders[:2]
                near = [file.relative_to(folder).as_posix() for folder in folders for file in folder.rglob("*.html")]
                yield line, _("there is no template `{name}`", name=name), _hint(name, near)


def _list_named(tree: nodes.Template) -> Iterator[tuple[int, nodes.Node, bool]]:
    """What names another template: its line, the name, and whether it has to be there."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield node.lineno, node.template, not getattr(node, "ignore_missing", False)  # type: ignore[attr-defined]
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "include_cached" and call.args:
            yield call.lineno, call.args[0], True


def _list_names(kind: type, *more: str) -> frozenset[str]:
    return frozenset(name for name in (*dir(kind), *more) if not name.startswith("_")) - _OURS


def _hint(name: str, known: Collection[str], before: str = "") -> str:
    close = suggest(name, known)
    if close:
        return _("Did you mean `{close}`?", close=f"{before}{close}")
    return _("Delete it: it has no effect.")


def _tell(path: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic(path, line, 1, rules.TEMPLATE_WITHOUT_EFFECT, message, hint)
