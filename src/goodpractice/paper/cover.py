"""The picture of a book on the shelf of a reader: its title on the colour of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont, features

from goodpractice.paper.manuscript import Manuscript
from goodpractice.render.stylesheet import list_tokens

_SIZE = (1200, 1800)
_MARGIN = 110
_WIDTH = _SIZE[0] - 2 * _MARGIN
_JOINED = "paper/fonts/vazirmatn-arabic-700-normal.woff2"
#: For headings first; each holds the letters that those before it lack.
_FONTS = (
    "templates/assets/fonts/bricolage-grotesque-latin.woff2",
    "templates/assets/fonts/bricolage-grotesque-latin-ext.woff2",
    _JOINED,
)
#: No font has a letter here: what is drawn for it is drawn for every letter that is missing.
_NO_LETTER = "\U0010fffe"


def draw_cover(manuscript: Manuscript) -> bytes:
    """The cover of a book as PNG. Costs a tenth of a second; the same words and colours give the same bytes."""
    colours = {name: light for name, light, __ in list_tokens(manuscript.kb.settings.look)}
    image = Image.new("RGB", _SIZE, colours["--gp-brand"])
    draw = ImageDraw.Draw(image)
    is_rtl = manuscript.kb.language.direction == "rtl"
    height = _MARGIN + 60
    for text, most, gap in ((manuscript.site_name, 60, 420), (manuscript.title, 150, 90)):
        # Where no font here can write it, the shelf says the title itself.
        written = text if _can_write(text, is_rtl) else ""
        size = _fit(written, most)
        for line in _break_lines(written, size):
            height += size
            _draw_line(draw, line, height, size, is_rtl, colours["--gp-on-brand"])
            height += size // 4
        height += gap
    draw.rectangle((_MARGIN, height, _SIZE[0] - _MARGIN, height + 24), colours["--gp-sun"])
    packed = BytesIO()
    image.save(packed, "PNG", optimize=True)
    return packed.getvalue()


@cache
def _load(name: str, size: int) -> ImageFont.FreeTypeFont:
    # Letters that join need FriBiDi, which a computer may lack; all others are set without it everywhere.
    engine = ImageFont.Layout.RAQM if name == _JOINED else ImageFont.Layout.BASIC
    return ImageFont.truetype(BytesIO((files("goodpractice") / name).read_bytes()), size, layout_engine=engine)


@cache
def _has(name: str, letter: str) -> bool:
    font = _load(name, 40)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))


def _can_write(text: str, is_rtl: bool) -> bool:
    if is_rtl and not features.check("fribidi"):
        return False
    return all(any(_has(name, letter) for name in _FONTS) for letter in text)


def _part(text: str, size: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """A text in pieces, each with a font that has its letters: that of the piece before, as long as it has them."""
    fonts: list[str] = []
    for letter in text:
        fonts.append(next(name for name in (*fonts[-1:], *_FONTS) if _has(name, letter)))
    at = 0
    for name, group in groupby(fonts):
        length = len(list(group))
        yield text[at : at + length], _load(name, size)
        at += length


def _measure(text: str, size: int) -> float:
    return sum(font.getlength(piece) for piece, font in _part(text, size))


def _fit(text: str, size: int) -> int:
    """The largest size up to this one in which each word fits on a line."""
    longest = max((_measure(word, size) for word in text.split()), default=0.0)
    return min(size, int(size * _WIDTH / longest)) if longest else size


def _break_lines(text: str, size: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _measure(longer, size) > _WIDTH:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _draw_line(draw: ImageDraw.ImageDraw, line: str, height: int, size: int, is_rtl: bool, colour: str) -> None:
    at: float = _SIZE[0] - _MARGIN if is_rtl else _MARGIN
    for piece, font in _part(line, size):
        length = font.getlength(piece)
        left = at - length if is_rtl else at
        draw.text((left, height), piece, colour, font, anchor="ls")
        at = left if is_rtl else at + length
