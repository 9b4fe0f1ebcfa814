"""How a site looks, as `mkdocs.yml` says below `theme`: colours that cannot be read, fonts that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic_core import ErrorDetails

from goodpractice.config.look import DEVICE, Colours, ThemeSettings
from goodpractice.config.mkdocs_file import CONFIG_FILE
from goodpractice.config.project_folders import DOCS
from goodpractice.config.settings import Settings
from goodpractice.content.document import Origin
from goodpractice.content.fields import ValuePath
from goodpractice.content.text import suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.errors import SetupError
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.render.palette import Fault, make_palette
from goodpractice.render.theme import OURS, TEMPLATES, load_theme

_COLOURS = ("theme", "colours")
_SCHEMES = {"light": N_("in light colours"), "dark": N_("in dark colours")}
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")
_EXAMPLE = "#1d4e5f"
_WOFF2 = b"wOF2"
#: Settings of other themes that do nothing here, and what to write instead.
_FOREIGN = {"palette": ("colours", f'brand: "{_EXAMPLE}"'), "font": ("fonts", "text: assets/fonts/our-font.woff2")}
#: Settings of other themes that are no slips for ours.
_NO_SLIPS = frozenset({"features", "icon", "direction", "locale", "highlightjs", "nav_style", "analytics", "shortcuts"})


def check_look(root: Path, settings: Settings, origin: Origin) -> Iterator[Diagnostic]:
    """Colours, fonts and names of settings below `theme`.

    Args:
        root: Folder of the project.
        settings: What the file says.
        origin: Where each setting stands.
    """
    theme = settings.file.get("theme")
    yield from _check_kind(root, theme, settings, origin)
    if not isinstance(theme, dict):
        return
    if "name" not in theme:
        hint = _("Add a line `{line}` below it.", line="name: goodpractice")
        yield origin.diagnose(("theme",), rules.MISSING_FIELD, _("`theme` does not say which theme it means"), hint)
    yield from _check_names(theme, origin)
    yield from _check_empty(root, settings.file.get(*_COLOURS), _COLOURS, origin)
    for fault in make_palette(settings.look.colours).faults:
        yield _explain_fault(fault, settings.look, origin)
    yield from _check_fonts(root, settings.look, origin)


def _check_kind(root: Path, theme: Any, settings: Settings, origin: Origin) -> Iterator[Diagnostic]:
    """A theme that knows nothing of our pages; templates of the project may still make one of it."""
    name = theme.get("name") if isinstance(theme, dict) else theme
    if not isinstance(name, str) or settings.look.custom_dir:
        return
    try:
        fits = TEMPLATES in load_theme(root, settings).folders
    except SetupError:
        fits = False
    if not fits:
        message = _("the theme `{name}` is not made for these pages, or not installed", name=name)
        hint = _("Write `{line}` below `theme:`.", line=f"name: {OURS}")
        yield origin.diagnose(("theme", "name"), rules.WRONG_VALUE, message, hint)


def _check_names(theme: Mapping[str, Any], origin: Origin) -> Iterator[Diagnostic]:
    for name, value in theme.items():
        if name in _FOREIGN and value and value != "false":
            group, line = _FOREIGN[name]
            message = _("`{name}` is a setting of Material and does nothing here", name=name)
            hint = _("Write `{group}:` instead, and below it `{line}`.", group=group, line=line)
            yield origin.diagnose(("theme", name), rules.UNKNOWN_FIELD, message, hint)
    others = {name: value for name, value in theme.items() if name not in _NO_SLIPS and name not in _FOREIGN}
    yield from check_names(others, ThemeSettings.model_fields, ("theme",), origin)


def check_names(given: Any, known: Collection[str], where: ValuePath, origin: Origin) -> Iterator[Diagnostic]:
    """Names of settings with a slip in them, in a group that may hold settings of others."""
    for name in given if isinstance(given, dict) else ():
        close = suggest(str(name), known) if name not in known else None
        if close:
            message = _("`{name}` is not the name of a setting", name=name)
            hint = _("Did you mean `{close}`?", close=close)
            yield origin.diagnose((*where, name), rules.UNKNOWN_FIELD, message, hint)


def _check_empty(root: Path, given: Any, where: ValuePath, origin: Origin) -> Iterator[Diagnostic]:
    """Colours without quotation marks: YAML takes what stands behind `#` for a comment."""
    for name, value in given.items() if isinstance(given, dict) else ():
        if isinstance(value, dict):
            yield from _check_empty(root, value, (*where, name), origin)
        elif value is None and name in Colours.model_fields:
            line = origin.find((*where, name))[0]
            found = _HEX.search((root / CONFIG_FILE).read_text(encoding="utf-8").splitlines()[line - 1])
            message = _("`{name}` has no colour: without quotation marks, what follows `#` is a comment", name=name)
            hint = _("Write `{line}`.", line=f'{name}: "{found[0] if found else _EXAMPLE}"')
            yield origin.diagnose((*where, name), rules.MISSING_FIELD, message, hint)


def explain_colour(found: Diagnostic, detail: ErrorDetails) -> Diagnostic:
    """The same, where a value is no colour, with what to write."""
    where, given = tuple(detail["loc"]), detail["input"]
    if where[:2] != _COLOURS or detail["type"] not in ("colour", "string_type"):
        return found
    name, shown = where[-1], str(given).lstrip("#")
    meant = f"#{shown}" if _HEX.fullmatch(f"#{shown}") else _suggest_colour(shown) or _EXAMPLE
    message = _("`{name}` is not a colour: `{value}`", name=name, value=given)
    return replace(found, message=message, hint=_("Write `{line}`.", line=f'{name}: "{meant}"'))


def _suggest_colour(given: str) -> str:
    from PIL.ImageColor import colormap

    return suggest(given, colormap) or ""


def _explain_fault(fault: Fault, look: ThemeSettings, origin: Origin) -> Diagnostic:
    group: Colours = look.colours.dark if fault.scheme == "dark" else look.colours
    where = (*_COLOURS, "dark", fault.name) if fault.scheme == "dark" else (*_COLOURS, fault.name)
    message = _(
        "`{name}` {colour} is hard to read {scheme}: its contrast with `{other}` is {contrast} to 1, and {needed} is "
        "needed",
        name=fault.name,
        colour=group.given[fault.name],
        scheme=_(_SCHEMES[fault.scheme]),
        other=fault.other,
        # Rounded down: 4.49 must not read as 4.5.
        contrast=f"{int(fault.contrast * 100) / 100:.2f}",
        needed=f"{fault.needed:g}",
    )
    hint = _("Nothing lighter or darker goes with the other colours. Leave one of them out: it then follows.")
    if fault.nearest:
        hint = _("The nearest colour that is read well: `{line}`.", line=f'{fault.name}: "{fault.nearest}"')
    return origin.diagnose(where, rules.LOW_CONTRAST, message, hint)


def _check_fonts(root: Path, look: ThemeSettings, origin: Origin) -> Iterator[Diagnostic]:
    for name, path in look.fonts.given.items():
        where = ("theme", "fonts", name)
        line = f"{name}: assets/fonts/{path.rstrip('/').rpartition('/')[2].partition('.')[0] or 'our-font'}.woff2"
        if path == DEVICE:
            continue
        if urlsplit(path).netloc:
            message = _("the font `{path}` would be fetched from another website", path=path)
            hint = _("Put its file into {folder}, and write `{line}`.", folder="docs/assets/fonts/", line=line)
            yield origin.diagnose(where, rules.WRONG_VALUE, message, hint)
        elif not path.endswith(".woff2") or not _is_woff2(root, look, path):
            message = _("`{path}` is not a font that every browser reads", path=path)
            hint = _("Take the file of the font that ends in .woff2: `{line}`.", line=line)
            yield origin.diagnose(where, rules.WRONG_VALUE, message, hint)
        elif name in ("bold", "italic") and not look.fonts.text:
            message = _("there is a font for `{name}`, and none for the text around it", name=name)
            hint = _("Add a line `text: …` with the file for plain text.")
            yield origin.diagnose(where, rules.MISSING_FIELD, message, hint)


def _is_woff2(root: Path, look: ThemeSettings, path: str) -> bool:
    """Whether a file is such a font; one that is not there is told elsewhere."""
    folders = (folder for folder in (DOCS, look.custom_dir) if folder)
    file = next((file for folder in folders if (file := root / folder / path).is_file()), None)
    if file is None:
        return True
    with file.open("rb") as stream:
        return stream.read(len(_WOFF2)) == _WOFF2
