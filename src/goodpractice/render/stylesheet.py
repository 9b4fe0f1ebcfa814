"""The one stylesheet of the site, put together from the style block of each component."""

from __future__ import annotations

from importlib.resources import files

STYLESHEET = "assets/goodpractice.css"

_FIRST = ("tokens.css", "base.css", "theme.css")
_LAST = ("print.css",)


def build_stylesheet() -> str:
    """Tokens and base first, then the components by name, then print."""
    components = files("goodpractice") / "components"
    base = components / "_base"
    blocks = sorted((folder for folder in components.iterdir() if folder.name != "_base"), key=lambda f: f.name)
    parts = [base / name for name in _FIRST]
    parts += [folder / "style.css" for folder in blocks if (folder / "style.css").is_file()]
    parts += [base / name for name in _LAST]
    return "".join(part.read_text(encoding="utf-8") for part in parts)
