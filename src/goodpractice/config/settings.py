"""What the checks need to know of `mkdocs.yml`: the Markdown extensions and the repository.

The checks run without MkDocs. They read the same file, so that an anchor that
is found here is the anchor that the site has.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from goodpractice.i18n.messages import gettext_lazy as _

CONFIG_FILE = "mkdocs.yml"
#: Where a project keeps what builds have learned; and the variable that names another folder for that.
CACHE = ".cache/goodpractice"
CACHE_VARIABLE = "GOODPRACTICE_CACHE"
#: Extensions that MkDocs always adds (mkdocs/config/defaults.py).
ALWAYS = ("toc", "tables", "fenced_code")
#: Share of its pages that must carry a value before a filter or a question of the finder is shown.
MIN_SHARE = 1 / 3
#: Plugins that do not look at single pages once they are rendered.
FAST_BUILD_PLUGINS = frozenset({"goodpractice", "macros", "search", "material/search"})


@dataclass(frozen=True)
class Settings:
    """Settings of a site.

    Attributes:
        extensions: Names of Python-Markdown extensions.
        configs: Their settings, by name.
        variables: Names that pages may print besides macros: the keys of `extra`.
        site_dir: Folder for the site, relative to the project.
        unframed: Plugins and hooks that may look at every page, so that no
            frame may stand for several, and settings that bring in files which
            a fast build does not watch.
        allowed_contacts: Public addresses and numbers of organisations that texts may hold.
        values: Everything that the file says.
    """

    extensions: tuple[str, ...] = ALWAYS
    configs: dict[str, Any] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()
    site_dir: str = "site"
    fast_build_blockers: tuple[str, ...] = ()
    allowed_contacts: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


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


def compose_config(root: Path) -> yaml.Node | None:
    """`mkdocs.yml` with the place of every value; nothing when there is none.

    Raises:
        yaml.YAMLError: The file cannot be read.
    """
    file = root / CONFIG_FILE
    if not file.is_file():
        return None
    return yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)


def read_config(root: Path) -> dict[str, Any]:
    """The values of `mkdocs.yml`, tags left out; empty when there is no such file.

    Raises:
        yaml.YAMLError: The file cannot be read; MkDocs would not start either.
        SettingsError: It does not hold settings.
    """
    file = root / CONFIG_FILE
    if not file.is_file():
        return {}
    values = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a subclass of SafeLoader
    if values is not None and not isinstance(values, dict):
        raise SettingsError(_("The file mkdocs.yml does not begin with the name of a setting and a colon"))
    return values or {}


def find_cache(root: Path) -> Path:
    """The folder for what builds of a project have learned: in the project, where it can be written.

    Otherwise every project has a folder of its own below the one that GOODPRACTICE_CACHE names, or that the system
    has for the caches of this user.
    """
    named = os.environ.get(CACHE_VARIABLE, "")
    own = root / CACHE
    if not named and os.access(next(folder for folder in (own, *own.parents) if folder.exists()), os.W_OK):
        return own
    above = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "goodpractice")
    digest = hashlib.blake2b(os.fsencode(os.path.realpath(root)), digest_size=6).hexdigest()
    return Path(os.path.realpath(above)) / digest


def load_settings(root: Path) -> Settings:
    """Read the settings of a project; one without `mkdocs.yml` has those that MkDocs starts with.

    Raises:
        yaml.YAMLError: The file cannot be read; MkDocs would not start either.
        SettingsError: A setting is not of the right kind.
    """
    values = read_config(root)
    names = list(ALWAYS)
    configs: dict[str, Any] = {}
    for name, config in _list_entries(values, "markdown_extensions"):
        if name not in names:
            names.append(name)
        if config:
            _reject_unread(config)
            configs[name] = config
    if values.get("use_directory_urls") is False:
        raise SettingsError(
            _("`use_directory_urls: false` in mkdocs.yml: the addresses of this site end in a slash. Delete the line")
        )
    extra = values.get("extra") or {}
    if not isinstance(extra, dict):
        raise SettingsError(_("The setting `extra` in mkdocs.yml is not a group of `name: value` lines"))
    return Settings(
        tuple(names),
        configs,
        frozenset(extra),
        str(values.get("site_dir") or "site"),
        tuple(_list_fast_build_blockers(values)),
        tuple(_list_allowed_contacts(values)),
        values,
    )


def _reject_unread(value: Any) -> None:
    """Refuse a tag that an extension would not understand.

    Raises:
        SettingsError: There is one.
    """
    if isinstance(value, Unread):
        raise SettingsError(
            _(
                "mkdocs.yml, line {line}: `{tag}` is not known here. Delete the line, or name a function of the usual "
                "recipes, such as `{example}`",
                line=value.line,
                tag=value.tag,
                example="!!python/name:pymdownx.superfences.fence_code_format",
            )
        )
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _reject_unread(inner)


def guess_site_dir(root: Path) -> str:
    """Where the site of a project lies, also while `mkdocs.yml` cannot be read."""
    try:
        given = read_config(root).get("site_dir")
    except (ValueError, OSError, yaml.YAMLError):
        file = root / CONFIG_FILE
        text = file.read_bytes().decode(errors="replace") if file.is_file() else ""
        found = re.search(r"^site_dir:[ \t]*[\"']?([^\"'#\s]+)", text, re.MULTILINE)
        given = found[1] if found else None
    return str(given or "site")


def _list_entries(values: dict[str, Any], setting: str) -> Iterator[tuple[str, Any]]:
    """Names and options of plugins or extensions, which MkDocs takes as a list, or as names with their options."""
    given = values.get(setting) or []
    entries = [{name: options} for name, options in given.items()] if isinstance(given, dict) else given
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, dict) and len(entry) == 1:
            yield from entry.items()
        elif isinstance(entries, list) and isinstance(entry, str):
            yield entry, None
        else:
            message = _("The setting `{setting}` in mkdocs.yml is not a list of names with hyphens", setting=setting)
            raise SettingsError(message)


def list_plugins(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The plugins in the values of `mkdocs.yml`, with their options.

    Raises:
        SettingsError: The setting is no list.
    """
    return _list_entries(values, "plugins")


def _list_allowed_contacts(values: dict[str, Any]) -> Iterator[str]:
    extra = values.get("extra")
    own = extra.get("goodpractice") if isinstance(extra, dict) else None
    listed = own.get("allowed_contacts") if isinstance(own, dict) else None
    if isinstance(listed, list):
        yield from map(str, listed)


def _list_fast_build_blockers(values: dict[str, Any]) -> Iterator[str]:
    for name, __ in list_plugins(values):
        if name not in FAST_BUILD_PLUGINS:
            yield name
    yield from (name for name, __ in _list_entries(values, "hooks"))
    yield from _list_unwatched(values)


def _list_unwatched(values: dict[str, Any]) -> Iterator[str]:
    """Settings that name other folders and files than those of every project."""
    theme = values.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    for name, value, usual in (
        ("INHERIT", values.get("INHERIT"), (None,)),
        ("docs_dir", values.get("docs_dir"), (None, "docs")),
        ("custom_dir", custom, (None, "overrides")),
    ):
        if value not in usual:
            yield name
    for plugin, options in list_plugins(values):
        if plugin != "macros" or not isinstance(options, dict):
            continue
        yield from (f"macros: {name}" for name in ("include_dir", "include_yaml", "modules") if options.get(name))
        if options.get("module_name") not in (None, "macros"):
            yield "macros: module_name"


def read_min_share(extra: Any) -> float:
    """The setting `search.min_share` from the value of `extra` in `mkdocs.yml`.

    Raises:
        ValueError: A setting of the search is not known or does not fit.
    """
    own = extra.get("goodpractice") if isinstance(extra, dict) else None
    given = own.get("search") if isinstance(own, dict) else None
    if given is None:
        return MIN_SHARE
    if not isinstance(given, dict) or set(given) - {"min_share"}:
        raise ValueError(_("extra.goodpractice.search in mkdocs.yml knows one setting, `min_share`"))
    share = given.get("min_share", MIN_SHARE)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise ValueError(_("extra.goodpractice.search.min_share in mkdocs.yml is not a number from 0 to 1"))
    return float(share)
