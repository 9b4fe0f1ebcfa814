"""The files that pages fetch by name: scripts, one custom element a file, and the styles that few pages use."""

from __future__ import annotations

import re
from importlib.resources import files

from goodpractice.render.stylesheet import build_lone_styles

FOLDER = "assets/scripts"

_NOTES = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[^\0])*\*/[ \t]*)\n|^[ \t]+", re.MULTILINE)


def script_path(name: str) -> str:
    """Path in the site of a script, by the name of its file without `.js`."""
    return f"{FOLDER}/{name}.js"


def read_scripts() -> dict[str, str]:
    """Every script, and every style that few pages use, by its path in the site."""
    folder = files("goodpractice") / "scripts"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".js")), key=lambda entry: entry.name)
    scripts = {f"{FOLDER}/{entry.name}": compact(entry.read_text(encoding="utf-8")) for entry in found}
    return scripts | build_lone_styles()


def compact(script: str) -> str:
    """Take out lines that are comments, and indentation: a fifth of what travels.

    Names and line breaks stay, so that a browser's report of an error can be read. A text in backticks may not run over
    several lines.
    """
    return _NOTES.sub("", script)
