"""The scripts of the site: one custom element a file, copied as they are."""

from __future__ import annotations

from importlib.resources import files

FOLDER = "assets/scripts"


def script_path(name: str) -> str:
    """Path in the site of a script, by the name of its file without `.js`."""
    return f"{FOLDER}/{name}.js"


def read_scripts() -> dict[str, str]:
    """Every script by its path in the site."""
    folder = files("goodpractice") / "scripts"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".js")), key=lambda entry: entry.name)
    return {f"{FOLDER}/{entry.name}": entry.read_text(encoding="utf-8") for entry in found}
