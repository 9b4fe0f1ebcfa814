"""What a text says, as data: its headings with their anchors, and its paragraphs.

The Markdown step gives them of what it has just rendered, and `render.passages`
of the blocks of a page. From both search makes its index and a page the table
of its headings, so neither needs to know what a page looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
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
    line = "".join(pieces)
    return _SPACE.sub(" ", line).strip(" ") if "\xa0" in line else " ".join(line.split())


#: A text and the tag after it: whether it closes, its name and its attributes.
_TAG = re.compile(
    r"([^<]*+)(?:<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>|<|\Z)", re.DOTALL
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
        *("span", "strong", "sub", "sup", "u", "wbr"),
    )
)


def read_passages(html: str) -> list[Passage]:
    """The passages of a text that was just rendered; of what is left out, only headings.

    Args:
        html: The text, well-formed. Costs about 0.1 ms for a story of 600 words.
    """
    found: list[Passage] = []
    pieces: list[Piece] = []
    level, anchor = 0, ""
    # The element that is left out, how deep its name stands in itself, and what was being read before it.
    skipped, depth, before = "", 0, (pieces, level, anchor)
    for text, closes, name, attributes in _TAG.findall(html):
        if text and (level or not skipped):
            words = unescape(text) if "&" in text else text
            # What begins a passage says something.
            if pieces or not words.isspace() or "\xa0" in words:
                pieces.append(words)
        tag = name.lower()
        if skipped:
            if tag == skipped:
                depth += -1 if closes else 1
                if not depth:
                    skipped = ""
                    pieces, level, anchor = before
                continue
            if tag not in _HEADINGS:
                continue
        elif not closes and tag not in _VOID and _is_left_out(tag, attributes):
            skipped, depth, before = tag, 1, (pieces, level, anchor)
            pieces, level, anchor = [], 0, ""
            continue
        elif tag == "img":
            values = dict(_ATTRIBUTE.findall(attributes))
            pieces.append(Picture(*(unescape(values.get(key, "")) for key in ("src", "alt"))))
            continue
        elif tag == "dt" and closes:
            pieces.append(": ")
            continue
        elif not tag or tag in _INLINE or (tag == "dd" and not closes):
            continue
        if pieces:
            found.append(Passage(level, anchor, tuple(pieces), not skipped))
            pieces = []
        level = int(tag[1]) if tag in _HEADINGS and not closes else 0
        anchor = unescape(dict(_ATTRIBUTE.findall(attributes)).get("id", "")) if level else ""
    if pieces:
        found.append(Passage(level, anchor, tuple(pieces), not skipped))
    return found


#: A comment, or a heading as a whole.
_HEADING = re.compile(r"<(?:!--.*?--|[hH]([1-6])\b(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>.*?</[hH]\1\s*)>", re.DOTALL)


def take_headings(html: str) -> str:
    """The headings of a text that was just rendered, without what stands between them."""
    return "".join([found[0] for found in _HEADING.finditer(html) if found[1]])


def _is_left_out(tag: str, attributes: str) -> bool:
    # A word that opens its meaning is a button, and part of its sentence all the same.
    if tag in _SILENT and "popovertarget=" not in attributes:
        return True
    if not attributes:
        return False
    classes = dict(_ATTRIBUTE.findall(attributes)).get("class", "") if "class=" in attributes else ""
    return UNSEARCHED in attributes or not _MARKS.isdisjoint(classes.split())
