"""Reading `mkdocs.yml` once, without running what its tags name: its values, and where each of them stands."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from goodpractice.i18n.messages import gettext_lazy as _

CONFIG_FILE = "mkdocs.yml"
#: How to get from the settings of MkDocs to ours.
OWN = ("extra", "goodpractice")


class SettingsError(ValueError):
    """A setting of `mkdocs.yml` is not of the right kind; the message says which."""


@dataclass(frozen=True)
class Unread:
    """What a tag of `mkdocs.yml` stands for that is not worked out here.

    Attributes:
        tag: The tag, as it is written.
        line: Where it stands.
    """

    tag: str
    line: int

    def __str__(self) -> str:
        return self.tag


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads `mkdocs.yml` without running what its tags name."""


#: Functions that settings of Markdown extensions may name: those of the usual recipes. None of them reads or writes.
NAMED_FUNCTIONS = frozenset(
    {
        *("markdown.extensions.toc.slugify", "markdown.extensions.toc.slugify_unicode"),
        *("pymdownx.slugs.slugify", "pymdownx.superfences.fence_code_format", "pymdownx.superfences.fence_div_format"),
        *("pymdownx.emoji.twemoji", "pymdownx.emoji.gemoji", "pymdownx.emoji.emojione"),
        *("pymdownx.emoji.to_alt", "pymdownx.emoji.to_png", "pymdownx.emoji.to_svg"),
        *("material.extensions.emoji.twemoji", "material.extensions.emoji.to_svg"),
    }
)
_RENAMED = {"materialx.emoji.": "material.extensions.emoji."}


def _ignore_tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    return None


def _read_environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """`!ENV NAME` and `!ENV [NAME, OTHER, default]`, as MkDocs reads them."""
    if isinstance(node, yaml.ScalarNode):
        return _read_variable(loader, [node], None)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return None
    if len(node.value) == 1:
        return _read_variable(loader, node.value, None)
    return _read_variable(loader, node.value[:-1], loader.construct_object(node.value[-1], deep=True))


def _read_variable(loader: yaml.SafeLoader, names: list[yaml.Node], default: Any) -> Any:
    for name in names:
        value = os.environ.get(str(name.value))
        if value is not None:
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call] # of PyYAML
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return default


def _read_function(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    """`!!python/name:…` and `!!python/object/apply:…` of functions that are known; the rest is left alone."""
    kind, __, name = suffix.partition(":")
    for old, new in _RENAMED.items():
        name = name.replace(old, new)
    function = _find_function(name) if kind in ("name", "object/apply") else None
    if function is None:
        return Unread(f"!!python/{suffix}", node.start_mark.line + 1)
    if kind == "name":
        return function
    given = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    listed = loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else []
    try:
        return function(*(given.get("args") or listed), **(given.get("kwds") or {}))
    except TypeError:
        return Unread(f"!!python/{suffix}", node.start_mark.line + 1)


def _find_function(name: str) -> Any:
    module, __, attribute = name.rpartition(".")
    if name not in NAMED_FUNCTIONS:
        return None
    try:
        return getattr(importlib.import_module(module), attribute, None)
    except ImportError:
        return None


_Loader.add_multi_constructor("!", _ignore_tag)
_Loader.add_constructor("!ENV", _read_environment)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _read_function)


@dataclass(frozen=True)
class ConfigFile:
    """What `mkdocs.yml` says.

    Attributes:
        values: Its settings. What a tag stands for that is not worked out here is nothing, or `Unread`.
        node: The same as YAML nodes, with the place of everything; nothing where there is no such file.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    node: yaml.Node | None = None

    def get(self, *path: str) -> Any:
        """The value at a path of names; nothing where a name is not there, or what is above it has no names."""
        value: Any = self.values
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def find_line(self, *path: str) -> int:
        """The line on which a setting begins; 0 where it is not there."""
        node, line = self.node, 0
        for name in path:
            entries = node.value if isinstance(node, yaml.MappingNode) else ()
            found = next(((key, value) for key, value in entries if key.value == name), None)
            if found is None:
                return 0
            line, node = found[0].start_mark.line + 1, found[1]
        return line

    def list_entries(self, setting: str) -> Iterator[tuple[str, Any]]:
        """Names and options of plugins or extensions, which MkDocs takes as a list, or as names with their options.

        Raises:
            SettingsError: The setting is no list.
        """
        given = self.values.get(setting) or []
        entries = [{name: options} for name, options in given.items()] if isinstance(given, dict) else given
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, dict) and len(entry) == 1:
                yield from entry.items()
            elif isinstance(entries, list) and isinstance(entry, str):
                yield entry, None
            else:
                message = _(
                    "The setting `{setting}` in mkdocs.yml is not a list of names with hyphens", setting=setting
                )
                raise SettingsError(message)


def read_config_file(root: Path) -> ConfigFile:
    """Parse `mkdocs.yml`: one without settings where there is no such file.

    Raises:
        yaml.YAMLError: The file cannot be read; MkDocs would not start either.
        SettingsError: It does not hold settings.
    """
    file = root / CONFIG_FILE
    if not file.is_file():
        return ConfigFile()
    loader = _Loader(file.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        circle = _find_circle(node, set(), set())
        if circle is not None:
            raise yaml.MarkedYAMLError(problem=_("this setting holds itself"), problem_mark=circle.start_mark)
        values = None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()
    if values is not None and not isinstance(values, dict):
        raise SettingsError(_("The file mkdocs.yml does not begin with the name of a setting and a colon"))
    return ConfigFile(values or {}, node)


def _find_circle(node: yaml.Node | None, above: set[int], known: set[int]) -> yaml.Node | None:
    """A setting that holds itself by its own anchor: to go through all of it would never end.

    Args:
        node: Where to look.
        above: What holds it.
        known: What was looked through; an anchor may be named in many places.
    """
    if not isinstance(node, yaml.CollectionNode) or id(node) in known:
        return None
    if id(node) in above:
        return node
    pairs = isinstance(node, yaml.MappingNode)
    inner = [part for pair in node.value for part in pair] if pairs else node.value
    above.add(id(node))
    found = next(filter(None, (_find_circle(part, above, known) for part in inner)), None)
    above.discard(id(node))
    known.add(id(node))
    return found
