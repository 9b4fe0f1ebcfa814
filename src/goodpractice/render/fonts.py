"""The fonts of a site: the one of the package for headings, unless a community sets others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote

from goodpractice.config.look import DEVICE, FontSettings
from goodpractice.config.site_folders import ASSETS

#: The font of the package that is fetched before the style sheet asks for it.
_PRELOADED = f"{ASSETS}/fonts/bricolage-grotesque-latin.woff2"
_DISPLAY = re.compile(r"--gp-display: [^;]+;")
_SANS = "--gp-sans: "
#: Family, weight and style, by what a font is for.
_FACES = {
    "headings": ("Headings", 700, "normal"),
    "text": ("Text", 400, "normal"),
    "bold": ("Text", 700, "normal"),
    "italic": ("Text", 400, "italic"),
}


def list_preloads(fonts: FontSettings) -> tuple[str, ...]:
    """Paths of the files that every page needs before its first line is painted."""
    paths = [fonts.headings or _PRELOADED, fonts.text]
    return tuple(dict.fromkeys(path for path in paths if path and path != DEVICE))


def set_fonts(faces: str, tokens: str, fonts: FontSettings) -> tuple[str, str]:
    """The style sheets of the fonts and of the tokens, with the fonts of a community."""
    if fonts.headings:
        family = "var(--gp-sans)" if fonts.headings == DEVICE else '"Headings", var(--gp-sans)'
        faces, tokens = "", _DISPLAY.sub(f"--gp-display: {family};", tokens, count=1)
    if fonts.text:
        tokens = tokens.replace(_SANS, f'{_SANS}"Text", ', 1)
    return faces + "".join(list_faces(fonts)), tokens


def list_faces(fonts: FontSettings) -> Iterator[str]:
    """The rules of the fonts that a community sets, for a style sheet beside the others of the site."""
    for use, (family, weight, style) in _FACES.items():
        path = fonts.given.get(use, DEVICE)
        if path != DEVICE:
            address = quote(posixpath.relpath(path, ASSETS))
            yield (
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
                f'font-display: swap; src: url("{address}") format("woff2"); }}\n'
            )
