"""What a text says, as data: its headings with their anchors, and its paragraphs.

The Markdown step gives them of what it has just rendered, and `render.passages`
of the blocks of a page. From both search makes its index and a page the table
of its headings, so neither needs to know what a page looks like.
"""

from __future__ import annotations

import html as html_module
import re
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

#: Says of an element that it repeats another page or names a box: nobody searches for that. Components carry it only
#: as far as the Markdown step; no page is sent with it.
UNSEARCHED = ' data-searched="no"'


class Picture(NamedTuple):
    """A picture inside a passage.

    Attributes:
        source: Its address, or a token of a photo.
        text: What it shows, in words; may be empty.
    """

    source: str
    text: str


#: A stretch of text as it stands between two elements, or a picture.
Piece: TypeAlias = str | Picture


_SPACE = re.compile(r"[^\S\xa0]+")


class Passage(NamedTuple):
    """A heading or a paragraph.

    Attributes:
        level: 1 to 6 for a heading, 0 for a paragraph.
        id: Anchor of a heading; may be empty.
        pieces: What it says, in order.
        is_searched: Whether it belongs to the page alone, rather than repeating another one or naming a box.
    """

    level: int
    id: str
    pieces: tuple[Piece, ...]
    is_searched: bool = True

    @property
    def text(self) -> str:
        """What it says, without its pictures."""
        return join_words(piece for piece in self.pieces if isinstance(piece, str))


def join_words(pieces: Iterable[str]) -> str:
    """A line of pieces, with one space where any white space but a fixed one stands."""
    return _SPACE.sub(" ", "".join(pieces)).strip(" ")


_PIECE = re.compile(
    r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>|([^<]++)|<", re.DOTALL
)
_ATTRIBUTE = re.compile(r'\b(id|class|src|alt)="([^"]*)"')
#: The marks that the two dialects set themselves: links beside headings, and titles of alerts.
_MARKS = frozenset({"anchor", "headerlink", "markdown-alert-title"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SILENT = frozenset({"button", "nav", "script", "style", "svg", "template"})
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "button", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small"),
        *("span", "strong", "sub", "sup", "u"),
    )
)


def read_passages(html: str) -> list[Passage]:
    """The passages of a text that was just rendered.

    Args:
        html: The text, well-formed. Costs about 0.4 ms for a story of 600 words.
    """
    reader = _Reader()
    for match in _PIECE.finditer(html):
        if match[4] is not None:
            reader.read_text(match[4])
        elif match[2]:
            reader.read_tag(match[2].lower(), match[1] == "/", match[3])
    reader.flush()
    return reader.found


class _Reader:
    """Collects passages; of what is left out, only headings."""

    def __init__(self) -> None:
        self.found: list[Passage] = []
        self._pieces: list[Piece] = []
        self._level, self._id = 0, ""
        #: The element that is left out, how deep its name stands in itself, and what was being read before it.
        self._skipping, self._depth = "", 0
        self._before: tuple[list[Piece], int, str] = ([], 0, "")

    def read_text(self, text: str) -> None:
        """Take in what stands between two tags."""
        if self._level or not self._skipping:
            self._pieces.append(html_module.unescape(text))

    def read_tag(self, tag: str, closes: bool, attributes: str) -> None:
        """Take in a tag."""
        level = int(tag[1]) if tag in _HEADINGS else 0
        if self._skipping:
            if tag == self._skipping:
                self._depth += -1 if closes else 1
                if not self._depth:
                    self._skipping = ""
                    self._pieces, self._level, self._id = self._before
            elif level:
                self._begin(0 if closes else level, attributes)
        elif not closes and tag not in _VOID and _is_left_out(tag, attributes):
            self._skipping, self._depth = tag, 1
            self._before = (self._pieces, self._level, self._id)
            self._pieces, self._level, self._id = [], 0, ""
        elif tag == "img":
            found = dict(_ATTRIBUTE.findall(attributes))
            self._pieces.append(Picture(*(html_module.unescape(found.get(name, "")) for name in ("src", "alt"))))
        elif tag == "dt" and closes:
            self._pieces.append(": ")
        elif tag not in _INLINE and (tag != "dd" or closes):
            self._begin(0 if closes else level, attributes)

    def _begin(self, level: int, attributes: str) -> None:
        self.flush()
        self._level = level
        self._id = html_module.unescape(dict(_ATTRIBUTE.findall(attributes)).get("id", "")) if level else ""

    def flush(self) -> None:
        """End a passage."""
        if any(map(_says_something, self._pieces)):
            self.found.append(Passage(self._level, self._id, tuple(self._pieces), not self._skipping))
        self._pieces = []


def _says_something(piece: Piece) -> bool:
    return isinstance(piece, Picture) or (bool(piece) and (not piece.isspace() or "\xa0" in piece))


def _is_left_out(tag: str, attributes: str) -> bool:
    # A word that opens its meaning is a button, and part of its sentence all the same.
    if tag in _SILENT and "popovertarget=" not in attributes:
        return True
    if not attributes:
        return False
    classes = dict(_ATTRIBUTE.findall(attributes)).get("class", "") if "class=" in attributes else ""
    return UNSEARCHED in attributes or not _MARKS.isdisjoint(classes.split())
