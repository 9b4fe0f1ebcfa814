"""The files that pages fetch by name: scripts, one custom element a file, and the styles that few pages use."""

from __future__ import annotations

from importlib.resources import files

from goodpractice.render.stylesheet import build_lone_styles

FOLDER = "assets/scripts"


def script_path(name: str) -> str:
    """Path in the site of a script, by the name of its file without `.js`."""
    return f"{FOLDER}/{name}.js"


def read_scripts() -> dict[str, str]:
    """Every script as it is, and every style that few pages use, by its path in the site."""
    folder = files("goodpractice") / "scripts"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".js")), key=lambda entry: entry.name)
    return {f"{FOLDER}/{entry.name}": entry.read_text(encoding="utf-8") for entry in found} | build_lone_styles()
