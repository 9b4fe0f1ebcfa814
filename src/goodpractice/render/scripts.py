"""The custom elements of the site: one file each, no build step, sent only to the pages that use them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from markupsafe import Markup

from goodpractice.render.environment import page_href

FOLDER = "assets/scripts"


def list_scripts() -> dict[str, str]:
    """Every script by its address in the site."""
    folder = files("goodpractice") / "scripts"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".js")), key=lambda file: file.name)
    return {f"{FOLDER}/{file.name}": file.read_text(encoding="utf-8") for file in found}


def script_tags(names: Iterable[str]) -> Markup:
    """Elements that load the scripts of a page, for the end of its content."""
    tag = Markup('<script type="module" src="{}"></script>')
    return Markup("").join(tag.format(page_href(f"{FOLDER}/{name}.js")) for name in names)
