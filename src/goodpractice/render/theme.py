"""The theme that `mkdocs.yml` names: where its templates lie, its settings, and its files that are no templates."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import Any

import yaml

from goodpractice.config.project_folders import DOCS
from goodpractice.config.settings import Settings
from goodpractice.content.walking import Entry, walk
from goodpractice.diagnostics.errors import SetupError
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_or

CONFIG = "mkdocs_theme.yml"
#: The theme in this package, and those before which it stands: our blocks have the names of theirs.
OURS, MATERIAL = "goodpractice", ("material", "materialx")
#: Its templates and files.
TEMPLATES = Path(__file__).parents[1] / "templates"
MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")

#: Scripts and styles of Material (3 MB), of which our frame uses none.
UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
#: A folder that MkDocs leaves out.
_EXCLUDED = ("templates/",)
#: What in the folder of a theme is no part of a site, by its path in small letters.
_NO_ASSETS = ("*.py", "*.pyc", "*.html", "*readme*", CONFIG, "locales/*", *(f"*{ending}" for ending in MARKDOWN))


@dataclass(frozen=True)
class SiteTheme:
    """A theme, ready for use.

    Attributes:
        folders: Folders of its templates and files: that of the project first, then the installed one and those that
            it extends. Before those of Material stand ours.
        own: Whether the first of them is the project's.
        values: Its settings: those of `mkdocs.yml` before its own.
        static_templates: Templates that make a page each, such as the one for missing addresses.
    """

    folders: tuple[Path, ...]
    own: bool
    values: Mapping[str, Any]
    static_templates: frozenset[str]


def load_theme(root: Path, settings: Settings) -> SiteTheme:
    """Find the theme of a project: ours, where `mkdocs.yml` names none.

    Raises:
        SetupError: It is not installed, or its folder in the project is not there.
    """
    given = settings.file.get("theme")
    given = {"name": given} if isinstance(given, str) else given if isinstance(given, dict) else {"name": OURS}
    name, custom = given.get("name"), given.get("custom_dir")
    folders: list[Path] = []
    if custom:
        folders.append(root / custom)
        if not folders[0].is_dir():
            raise _fail(settings, "custom_dir", _("there is no folder `{folder}`", folder=custom))
    values: dict[str, Any] = {}
    static: set[str] = set()
    waiting = [OURS, name] if name in MATERIAL else [name]
    while waiting and (name := waiting.pop(0)):
        folder = _find_folder(str(name))
        if folder is None:
            installed = join_lazy_or([f"`{theme}`" for theme in _find_installed()])
            what = _("there is no theme `{name}`; installed are {themes}", name=name, themes=installed)
            raise _fail(settings, "name", what)
        folders.append(folder)
        config = yaml.safe_load((folder / CONFIG).read_bytes()) or {}
        waiting.append(config.pop("extends", None))
        static.update(config.pop("static_templates", ()))
        values = config | values
    if not folders:
        raise _fail(settings, "theme", _("the theme has neither a name nor a folder"))
    static.update(given.get("static_templates") or ())
    given = {setting: value for setting, value in given.items() if value is not None}
    return SiteTheme(tuple(folders), bool(custom), {"locale": "en"} | values | given, frozenset(static))


def _fail(settings: Settings, name: str, what: str) -> SetupError:
    line = settings.file.find_line("theme", name) or settings.file.find_line("theme")
    error = SetupError(_("mkdocs.yml, line {line}: {what}", line=line, what=what))
    error.path, error.line = "mkdocs.yml", line
    return error


def _find_folder(name: str) -> Path | None:
    """The folder of an installed theme, without running anything of it."""
    # Most packages have the name of their theme. Reading what all packages declare takes a tenth of a second.
    return _locate(f"{name}.templates") or _locate(_find_installed().get(name, ""))


def _locate(module: str) -> Path | None:
    package, *inner = module.split(".")
    spec = importlib.util.find_spec(package) if package.isidentifier() else None
    folders = (Path(place, *inner) for place in (spec.submodule_search_locations or ())) if spec else ()
    return next((folder for folder in folders if (folder / CONFIG).is_file()), None)


def _find_installed() -> dict[str, str]:
    """The themes that installed packages declare, and their modules."""
    from importlib.metadata import entry_points

    return {entry.name: entry.value for entry in entry_points(group="mkdocs.themes")}


def collect_static_files(root: Path, theme: SiteTheme) -> dict[str, Path]:
    """Files of `docs/` and of the theme that become part of the site as they are, by their path in it.

    A file in `docs/` comes before one of the theme, and one of the project before one of the installed theme.
    """
    found = {path: file for path, file in _list_files(root / DOCS, follow=True) if not path.endswith(MARKDOWN)}
    no_asset = re.compile("|".join(translate(pattern) for pattern in (*_NO_ASSETS, *theme.static_templates)))
    for number, folder in enumerate(theme.folders):
        for path, file in _list_files(folder, () if theme.own and number == 0 else UNUSED):
            if not no_asset.match(path.lower()):
                found.setdefault(path, file)
    return found


def _list_files(folder: Path, left_out: Iterable[str] = (), follow: bool = False) -> Iterator[tuple[str, Path]]:
    """The files below a folder, with their paths: nothing hidden, and nothing that programs leave behind."""

    def enter(path: str, entry: Entry) -> bool:
        return not entry.name.startswith(".") and f"{path}/" not in (*_EXCLUDED, *left_out)

    for path, entry, __ in walk(folder, enter=enter, follow=follow):
        if not entry.name.startswith(".") and not os.path.isdir(entry.path):  # noqa: PTH112 - a link that loops is a file
            yield path, Path(entry.path)
