"""The text of an issue without HTML: for mail programs that show none, and as Markdown."""

from __future__ import annotations

import re
import textwrap
from html.parser import HTMLParser
from typing import NamedTuple

#: Columns of a plain text (RFC 3676 asks for at most 78).
COLUMNS = 72
_BLOCKS = frozenset({"p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "tr", "table", "hr", "div"})
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~]")


class PlainBlock(NamedTuple):
    """A paragraph, a heading or an entry of a list.

    Attributes:
        tag: `p`, `li`, or a heading such as `h2`.
        depth: Lists around it.
        sign: What an entry of a list begins with.
        text: Its words on one line.
        links: Addresses in it, each once.
    """

    tag: str
    depth: int
    sign: str
    text: str
    links: tuple[str, ...]


class _Reader(HTMLParser):
    """Reads HTML that was cleaned: a few elements, and no attribute but the address of a link."""

    def __init__(self, is_markdown: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[PlainBlock] = []
        self._is_markdown = is_markdown
        self._words: list[str] = []
        self._links: dict[str, None] = {}
        self._lists: list[int | None] = []
        self._tag, self._sign, self._href = "p", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._begin(tag)
        elif tag in ("td", "th") and self._words:
            self._words.append(" | ")
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""
            if self._href:
                self._links[self._href] = None
                self._say("[")
        elif tag == "br":
            self._words.append(" ")
        self._say(_MARKS.get(tag, ""))

    def _begin(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            count = self._lists[-1] if self._lists else None
            self._sign = "- "
            if count is not None:
                self._lists[-1] = count + 1
                self._sign = f"{count + 1}. "
            self._tag = tag
        # A paragraph inside of an entry is the entry.
        elif not (tag == "p" and self._sign):
            self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        self._say(_MARKS.get(tag, ""))
        if tag == "a" and self._href:
            self._say(f"]({self._href})")
            self._href = ""
        if tag in _BLOCKS:
            self.end_block()
            self._tag = "p"
            if tag == "li":
                self._sign = ""
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        self._words.append(_SPECIAL.sub(r"\\\g<0>", data) if self._is_markdown else data)

    def _say(self, sign: str) -> None:
        if self._is_markdown and sign:
            self._words.append(sign)

    def end_block(self) -> None:
        """Keep what was said since the last block ended."""
        text = " ".join("".join(self._words).split())
        if text:
            depth = len(self._lists)
            self.blocks.append(PlainBlock(self._tag, depth, self._sign, text, tuple(self._links)))
            # What follows inside of the same entry stands below it.
            self._sign = " " * len(self._sign)
        self._words, self._links = [], {}


def read_blocks(html: str, is_markdown: bool = False) -> list[PlainBlock]:
    """The blocks of cleaned HTML.

    Args:
        html: The HTML.
        is_markdown: Whether their words are Markdown.
    """
    reader = _Reader(is_markdown)
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


def write_plain(html: str) -> str:
    """Cleaned HTML as plain text, of which no line is longer than a mail program likes, but for addresses.

    An address stands on a line of its own below the words that it belongs to.
    """
    lines: list[str] = []
    before = ""
    for block in read_blocks(html):
        indent = "  " * max(block.depth - 1, 0)
        first, rest = indent + block.sign, indent + " " * len(block.sign)
        lines += [""] if (before, block.tag) != ("li", "li") else []
        before = block.tag
        wrapped = textwrap.wrap(
            block.text,
            COLUMNS,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += wrapped
        if block.tag in ("h1", "h2"):
            lines.append(("=" if block.tag == "h1" else "-") * max(map(len, wrapped)))
        lines += [f"{rest or '  '}{link}" for link in block.links if link not in block.text]
    return "\n".join(lines).strip("\n") + "\n"


def write_markdown(html: str) -> str:
    """Cleaned HTML as Markdown."""
    lines: list[str] = []
    before = ""
    for block in read_blocks(html, is_markdown=True):
        lines += [""] if (before, block.tag) != ("li", "li") or not block.sign.strip() else []
        before = block.tag
        heading = "#" * int(block.tag[1]) + " " if re.fullmatch(r"h\d", block.tag) else ""
        lines.append("   " * max(block.depth - 1, 0) + block.sign + heading + block.text)
    return "\n".join(lines).strip("\n") + "\n"
