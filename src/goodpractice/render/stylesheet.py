"""The stylesheet of the site, put together from the style block of each component.

What few pages use has a file of its own (`LONE`): the template of the component
names it, so that no other page fetches it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

STYLESHEET = "assets/goodpractice.css"
FOLDER = "assets/styles"

_FIRST = ("fonts.css", "tokens.css", "base.css", "text.css", "frame.css")
_LAST = ("print.css",)
#: Components whose style is sent only with the pages that show them.
LONE = frozenset({"compare", "figure", "find", "map", "tokens"})

_PIECE = re.compile(
    r"""(?P<keep>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^"'][^)]*\))|/\*.*?\*/|(?P<rest>[^"'/u]+|.)""", re.DOTALL
)
_TOKEN = re.compile(r"(--gp-[\w-]+): ([^;]+);\n")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r" ?([{};]) ?|(,) ")
_VALUE = re.compile(r"([{;][a-z-]+): ")


def _blocks() -> list[Traversable]:
    folders = (files("goodpractice") / "components").iterdir()
    return sorted((folder for folder in folders if (folder / "style.css").is_file()), key=lambda folder: folder.name)


@cache
def build_stylesheet() -> str:
    """Tokens and frame first, then the components by name, then print."""
    base = files("goodpractice") / "components" / "_base"
    parts = [base / name for name in _FIRST]
    parts += [folder / "style.css" for folder in _blocks() if folder.name not in LONE]
    parts += [base / name for name in _LAST]
    return compact("".join(part.read_text(encoding="utf-8") for part in parts))


def build_lone_styles() -> dict[str, str]:
    """The styles that few pages use, by path in the site."""
    return {
        style_path(folder.name): compact((folder / "style.css").read_text(encoding="utf-8"))
        for folder in _blocks()
        if folder.name in LONE
    }


@cache
def list_tokens() -> tuple[tuple[str, str, str], ...]:
    """Every token: its name, its value, and its value in dark colours where it has one."""
    css = (files("goodpractice") / "components" / "_base" / "tokens.css").read_text(encoding="utf-8")
    before, dark = css.split('[data-md-color-scheme="slate"] {', 1)
    light = dict(_TOKEN.findall(before))
    return tuple(
        (name, value, dict(_TOKEN.findall(dark.split("}", 1)[0])).get(name, "")) for name, value in light.items()
    )


def style_path(component: str) -> str:
    """Path in the site of the style of a component in `LONE`."""
    return f"{FOLDER}/{component}.css"


def compact(css: str) -> str:
    """Take comments and indentation out; strings and addresses stay as they are."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if found["keep"] is not None:
            kept.append(found["keep"])
            return "\0"
        return found["rest"] or ""

    text = _SPACE.sub(" ", _PIECE.sub(keep, css))
    text = _MARKS.sub(lambda found: found[1] or found[2], text)
    text = _VALUE.sub(r"\1:", text).replace(";}", "}")
    values = iter(kept)
    return re.sub("\0", lambda _: next(values), text).strip() + "\n"
