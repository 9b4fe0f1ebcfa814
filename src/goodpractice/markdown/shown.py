r"""A text as readers see it: its words without markup, the targets of its links, and where both stand in the source.

Rules about words and links look here, not at the source: `jane&#64;example.org`
and `jane\@example.org` are one address for everybody who reads the page.
"""

from __future__ import annotations

import html as html_module
import re
from bisect import bisect_right
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple


class Shown(NamedTuple):
    """Something that readers see.

    Attributes:
        text: Its words; of a link, those that are clicked on.
        target: Where a link leads; empty for words.
        first: Line of the source on which it begins, from 1; 0 when unknown.
        last: Line on which it ends.
        column: Column at which a link begins, from 1.
    """

    text: str
    target: str
    first: int
    last: int
    column: int


#: Elements that stand among words.
_AMONG_WORDS = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input"),
        "ins",
        *("kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_TAG_AMONG_WORDS = re.compile(rf"</?(?:{'|'.join(sorted(_AMONG_WORDS))})\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(?:alt|title)="([^"]*)"')
_LINK = re.compile(r'<a [^>]*?href="([^"#][^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_PLACE = re.compile(r"(\d+):(\d+)-(\d+):(\d+)")
#: Characters of a part that are walked through beside the source, one after the other.
_MOST_ALIGNED = 5_000


def extract_words(html: str) -> str:
    """All words of a rendered text at once, a line for each part: to see quickly whether anything is worth a look."""
    words = html
    parts = [""]
    if "<!--" in html:
        parts += _COMMENT.findall(html)
        words = _COMMENT.sub("", html)
    if ' alt="' in html or ' title="' in html:
        parts += _ATTRIBUTE.findall(html)
    words = _TAG.sub("\n", _TAG_AMONG_WORDS.sub("", words)) + "\n".join(parts)
    return html_module.unescape(words) if "&" in words else words


def list_links(html: str) -> list[tuple[str, str]]:
    """Where the links of a rendered text lead, and their words; links within the page are left out."""
    unescape = html_module.unescape
    return [(unescape(target), unescape(_TAG.sub("", words))) for target, words in _LINK.findall(html)]


def list_shown(html: str) -> list[Shown]:
    """The parts of a rendered text and its links, with their places where the text was rendered with `sourcepos`."""
    parser = _Parts()
    parser.feed(html)
    parser.close()
    parser.end_part()
    return parser.found


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Shown] = []
        self._words: list[str] = []
        self._places: list[tuple[int, int, int]] = []
        self._links: list[tuple[str, list[str], tuple[int, int, int]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        place = _PLACE.match(values.get("data-sourcepos") or "")
        where = (int(place[1]), int(place[3]), int(place[2])) if place else self._here()
        if tag not in _AMONG_WORDS and tag != "br":
            self.end_part()
            # Raw HTML has no place: it is looked for in the whole text.
            self._places = [where] if place else []
        elif tag == "br":
            self._words.append("\n")
        for name in ("alt", "title"):
            if values.get(name):
                self.found.append(Shown(values[name] or "", "", *where))
        target = values.get("href") or ""
        if tag == "a" and target and not target.startswith("#"):
            self._links.append((target, [], where))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            target, words, where = self._links.pop()
            self.found.append(Shown("".join(words), target, *where))
        elif tag not in _AMONG_WORDS:
            self.end_part()

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        for _, words, _ in self._links:
            words.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read what begins with `<![` as browsers do: a comment up to the next `>`. Python stops at most of them."""
        return self.parse_bogus_comment(i, report)

    def handle_comment(self, data: str) -> None:
        self.found.append(Shown(data, "", 0, 0, 1))

    def end_part(self) -> None:
        words = "".join(self._words)
        self._words = []
        if words.strip():
            self.found.append(Shown(words, "", *self._here()))

    def _here(self) -> tuple[int, int, int]:
        return self._places[-1] if self._places else (0, 0, 1)


class Source:
    """The source of a rendered text, in which the places of what readers see are found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def find(self, shown: Shown, at: int, written: str) -> int:
        """Where something that readers see stands in the source, from 0.

        Args:
            shown: The part that holds it.
            at: Where it begins in the words of the part.
            written: It.
        """
        begin, end = self._span(shown)
        # Where it stands as it is shown, the place is sure.
        nth = shown.text.count(written, 0, at) if written else 0
        place = begin - 1
        for _ in range(nth + 1):
            place = self.text.find(written, place + 1, end)
            if place < 0:
                return self._align(shown.text, at, begin, end)
        return place

    def find_target(self, shown: Shown, written: str) -> int:
        """Where a part of the address of a link stands in the source, or else where the link begins, from 0."""
        begin, end = self._span(shown)
        if shown.first:
            begin = min(begin + shown.column - 1, end)
        place = self.text.find(written, begin, end) if written else -1
        if place < 0 and not shown.first:
            place = self.text.find(shown.text, begin, end) if shown.text else begin
        return place if place >= 0 else begin

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    def _span(self, shown: Shown) -> tuple[int, int]:
        if not shown.first or shown.first > len(self._starts):
            return 0, len(self.text)
        last = max(shown.first, shown.last)
        return self._starts[shown.first - 1], self._starts[last] if last < len(self._starts) else len(self.text)

    def _align(self, words: str, at: int, begin: int, end: int) -> int:
        """Walk through words and source side by side, up to a character of the words; markup is passed over.

        In a very long part, where the part begins is place enough.
        """
        place = found = begin
        if at > _MOST_ALIGNED:
            return begin
        for character in words[: at + 1]:
            if character.isspace():
                continue
            for start, length, letters in _read_source(self.text, place, end):
                if letters[:1] == character:
                    found, place = start, start + length
                    break
        return found


_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _read_source(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Characters of a source from a place on, as a renderer reads them: where, how long, what is shown."""
    at = begin
    while at < end:
        reference = _REFERENCE.match(text, at, end) if text[at] == "&" else None
        if reference is not None:
            yield at, len(reference[0]), html_module.unescape(reference[0])
            at = reference.end()
        elif text[at] == "\\" and at + 1 < end:
            yield at, 2, text[at + 1]
            at += 2
        else:
            yield at, 1, text[at]
            at += 1
