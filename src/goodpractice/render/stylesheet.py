"""The stylesheets of the site, put together from the style block of each component.

What most kinds of pages show stands in one sheet that every page links. What
few kinds show stands in sheets of their own (`SHEETS`), which a page links when
one of their components is on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rcssmin import cssmin

from goodpractice.config.look import ThemeSettings
from goodpractice.render.fonts import list_faces, set_fonts
from goodpractice.render.palette import make_palette, paint, read_tokens

STYLESHEET = "assets/goodpractice.css"
FOLDER = "assets/styles"

_FIRST = ("base.css", "text.css", "frame.css")
_LAST = ("print.css",)
#: The components of each sheet that is sent only with the pages that show one of them, in the order in which a page
#: links them: its components are seen together, so that a page rarely links more than one.
SHEETS: Mapping[str, tuple[str, ...]] = {
    "chapter": ("quote", "reflect", "superpowers", "term", "tip", "voice", "wider"),
    "story": ("photo", "story"),
    "home": ("coming", "doors", "hero"),
    "list": ("replies", "index", "jump", "pagination"),
    "glossary": ("glossary",),
    "calendar": ("calendar", "events", "when"),
    "programme": ("asked", "chain", "plan", "strand", "timeline"),
    "search": ("search",),
    "find": ("find",),
    "compare": ("compare",),
    "map": ("map",),
    "paper": ("shelf", "offline"),
    "figure": ("figure",),
    "sheet": ("sheet",),
    "reflection": ("reflection",),
    "tokens": ("tokens",),
    "pack": ("schedule",),
    "kept": ("kept",),
    "translation": ("translation",),
}
_SHEET_OF = {component: sheet for sheet, components in SHEETS.items() for component in components}

_TOKEN = re.compile(r"(--gp-[\w-]+): ([^;]+);\n")
_SIGN = re.compile(r"(--gp-icon-[\w-]+):url[^;}]+;?")


def _blocks() -> list[Traversable]:
    folders = (files("goodpractice") / "components").iterdir()
    return sorted((folder for folder in folders if (folder / "style.css").is_file()), key=lambda folder: folder.name)


def build_stylesheets(look: ThemeSettings | None = None) -> dict[str, str]:
    """Every sheet of the site, by path.

    The one of every page has the fonts, the tokens and the frame first, then its components by name, then print. A sign
    that only components of other sheets use is defined there.

    Args:
        look: The colours and fonts that a community sets.
    """
    base = files("goodpractice") / "components" / "_base"
    parts: dict[str, list[Traversable]] = {"": [base / name for name in _FIRST], **{sheet: [] for sheet in SHEETS}}
    for folder in _blocks():
        parts[_SHEET_OF.get(folder.name, "")].append(folder / "style.css")
    parts[""] += [base / name for name in _LAST]
    texts = {sheet: "".join(part.read_text(encoding="utf-8") for part in listed) for sheet, listed in parts.items()}
    texts[""] = "".join(_begin(look or ThemeSettings())) + texts[""]
    sheets = {sheet: cssmin(text) for sheet, text in texts.items()}
    common = sheets.pop("")
    signs = {found[1]: found[0].rstrip(";") for found in _SIGN.finditer(common)}
    away = {name for name in signs if f"var({name})" not in common}
    built = {STYLESHEET: _SIGN.sub(lambda found: "" if found[1] in away else found[0], common)}
    for sheet, css in sheets.items():
        used = ";".join(signs[name] for name in sorted(away) if f"var({name})" in css)
        built[sheet_path(sheet)] = f":root{{{used}}}{css}" if used else css
    return built


def build_paper_stylesheet(look: ThemeSettings) -> str:
    """The sheet of printed papers, for WeasyPrint and no browser.

    The tokens of the site in light colours come first, then what every paper and each component has in its `paper.css`.

    Args:
        look: The colours and fonts that a community sets.
    """
    faces = "".join(list_faces(look.fonts))
    folder = files("goodpractice") / "components"
    tokens = "".join(f"{name}:{light};" for name, light, __ in list_tokens(look) if "url(" not in light)
    parts = sorted((part / "paper.css" for part in folder.iterdir()), key=str)
    return f"{faces}:root{{{tokens}}}" + "".join(part.read_text(encoding="utf-8") for part in parts if part.is_file())


def _begin(look: ThemeSettings) -> tuple[str, str]:
    """The sheets of the fonts and the tokens, with what a community sets."""
    faces = (files("goodpractice") / "components" / "_base" / "fonts.css").read_text(encoding="utf-8")
    colours = look.colours
    tokens = paint(read_tokens(), make_palette(colours)) if colours.given or colours.dark.given else read_tokens()
    return set_fonts(faces, tokens, look.fonts)


def list_tokens(look: ThemeSettings | None = None) -> tuple[tuple[str, str, str], ...]:
    """Every token: its name, its value, and its value in dark colours where it has one."""
    __, css = _begin(look or ThemeSettings())
    before, after = css.split('[data-md-color-scheme="slate"] {', 1)
    dark = dict(_TOKEN.findall(after.split("}", 1)[0]))
    return tuple((name, value, dark.get(name, "")) for name, value in dict(_TOKEN.findall(before)).items())


def sheet_path(sheet: str) -> str:
    """Path in the site of one of `SHEETS`."""
    return f"{FOLDER}/{sheet}.css"


def choose_sheets(components: Iterable[str]) -> tuple[str, ...]:
    """The sheets of some components."""
    shown = {_SHEET_OF.get(component) for component in components}
    return tuple(sheet for sheet in SHEETS if sheet in shown)


def find_components(html: str) -> set[str]:
    """The components in a text of editors, who write some by hand: the first word of the name of each element."""
    names = (piece[: piece.find('"')] for piece in html.split('class="gp-')[1:])
    return {name.replace("_", "-").partition("-")[0] for name in names}


def link_sheets(sheets: Iterable[str], url: str) -> str:
    """The elements that fetch sheets, for the head of the page at an address."""
    return _link(tuple(sheets), url.count("/"))


@cache
def _link(sheets: tuple[str, ...], depth: int) -> str:
    return "".join(f'<link rel="stylesheet" href="{"../" * depth}{sheet_path(sheet)}">' for sheet in sheets)
