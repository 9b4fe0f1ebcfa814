"""What the program needs to know of `mkdocs.yml`, read once a build and handed on with the knowledge base.

The checks run without MkDocs. They read the same file, so that an anchor that
is found here is the anchor that the site has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from goodpractice.config.fast_build import list_fast_build_blockers
from goodpractice.config.mkdocs_file import CONFIG_FILE, OWN, ConfigFile, SettingsError, Unread, read_config_file
from goodpractice.i18n.languages import KNOWN_NAMES, SOURCE, Language
from goodpractice.i18n.messages import gettext_lazy as _

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from goodpractice.config.look import ThemeSettings
    from goodpractice.config.model import CheckedSettings, GoodPracticeSettings

#: Extensions that MkDocs always adds (mkdocs/config/defaults.py).
ALWAYS = ("toc", "tables", "fenced_code")


@dataclass(frozen=True)
class Settings:
    """Settings of a site.

    What the models check is checked when it is asked for: a build without changes asks for none of it, and importing
    the models takes as long as the rest of such a build.

    Attributes:
        file: Everything that `mkdocs.yml` says, with its place.
        extensions: Names of Python-Markdown extensions.
        configs: Their settings, by name.
        site_dir: Folder for the site, relative to the project.
        fast_build_blockers: What keeps the site from being built fast.
        failure: Why nothing can be made of the project; see `require`.
    """

    file: ConfigFile = field(default_factory=ConfigFile)
    extensions: tuple[str, ...] = ALWAYS
    configs: Mapping[str, Any] = field(default_factory=dict)
    site_dir: str = "site"
    fast_build_blockers: tuple[str, ...] = ()
    failure: Exception | None = None

    @property
    def variables(self) -> frozenset[str]:
        """Names that pages may print besides macros: the keys of `extra`."""
        return frozenset(self.file.get("extra") or ())

    @property
    def own(self) -> GoodPracticeSettings:
        """What stands below `extra`, `goodpractice`, as far as it fits."""
        return self._checked.settings

    @property
    def mistakes(self) -> tuple[ErrorDetails, ...]:
        """What does not fit there."""
        return self._checked.mistakes

    @cached_property
    def _checked(self) -> CheckedSettings:
        from goodpractice.config.model import check_settings

        return check_settings(self.file.get(*OWN))

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """The languages of the site by code, its own first."""
        first = str(self.file.get("theme", "language") or SOURCE)
        languages = {first: Language(first, KNOWN_NAMES.get(first, first))}
        for code, facts in self.own.languages.items():
            languages[code] = Language(code, facts.name or KNOWN_NAMES.get(code, code), facts.direction)
        return languages

    @cached_property
    def look(self) -> ThemeSettings:
        """How the site looks, as far as what is set below `theme` fits."""
        from goodpractice.config.site_model import check_site

        return check_site(self.file.values)[0].theme

    def require(self) -> Settings:
        """The settings, where a site can be made with them.

        Raises:
            yaml.YAMLError: The file cannot be read; MkDocs would not start either.
            SettingsError: A setting of MkDocs is not of the right kind.
            OSError: The file cannot be opened.
        """
        if self.failure is not None:
            raise self.failure
        return self


def load_settings(root: Path) -> Settings:
    """Read the settings of a project; one without `mkdocs.yml` has those that MkDocs starts with.

    Where the file cannot be read, the defaults come back, and `require` says why.
    """
    try:
        file = read_config_file(root)
    except (ValueError, OSError, yaml.YAMLError) as error:
        return Settings(site_dir=_find_site_dir(root), failure=error)
    settings = Settings(file, site_dir=str(file.values.get("site_dir") or "site"))
    try:
        return _add_setup(settings)
    except SettingsError as error:
        return replace(settings, failure=error)


def _add_setup(settings: Settings) -> Settings:
    """The settings with those of MkDocs that a site cannot be made without.

    Raises:
        SettingsError: One of them is not of the right kind.
    """
    file = settings.file
    names = list(ALWAYS)
    configs: dict[str, Any] = {}
    for name, config in file.list_entries("markdown_extensions"):
        if name not in names:
            names.append(name)
        if config:
            _reject_unread(config)
            if not isinstance(config, dict):
                message = _("The options of `{name}` in mkdocs.yml are not a group of `name: value` lines", name=name)
                raise SettingsError(message)
            configs[name] = config
    if file.values.get("use_directory_urls") is False:
        raise SettingsError(
            _("`use_directory_urls: false` in mkdocs.yml: the addresses of this site end in a slash. Delete the line")
        )
    if not isinstance(file.values.get("INHERIT") or "", str):
        raise SettingsError(_("`INHERIT` in mkdocs.yml does not name a file"))
    if not isinstance(file.values.get("extra") or {}, dict):
        raise SettingsError(_("The setting `extra` in mkdocs.yml is not a group of `name: value` lines"))
    blockers = tuple(list_fast_build_blockers(file))
    return replace(settings, extensions=tuple(names), configs=configs, fast_build_blockers=blockers)


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


def _find_site_dir(root: Path) -> str:
    """Where the site of a project lies while `mkdocs.yml` cannot be read."""
    try:
        text = (root / CONFIG_FILE).read_bytes().decode(errors="replace")
    except OSError:
        return "site"
    found = re.search(r"^site_dir:[ \t]*[\"']?([^\"'#\s]+)", text, re.MULTILINE)
    return found[1] if found else "site"
