"""What a piece of Markdown became."""

from __future__ import annotations

import html as html_module
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: Turns the target of a link, as written, into what the rendered link holds.
RewriteLink = Callable[[str], str]

_HEADING = re.compile(r'<h([1-6])\b[^>]*?\bid="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_PERMALINK = re.compile(r'<a\b[^>]*class="(?:anchor|headerlink)"[^>]*>.*?</a>', re.DOTALL)
_QUOTES = re.compile("[\"'>]")
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: level 1 to 6, anchor, and text as escaped HTML."""

    level: int
    id: str
    name: str


@dataclass(slots=True)
class Rendered:
    """HTML with the links that were found in it.

    Attributes:
        html: The HTML.
        links: Targets of links and pictures, as written, in order.
    """

    html: str
    links: list[str] = field(default_factory=list)


def list_headings(html: str) -> list[Heading]:
    """The headings that have an anchor, in order."""
    found = []
    # A pattern that looks for headings in a whole page takes ten times as long as looking for their first letters.
    at = html.find("<h")
    while at >= 0:
        match = _HEADING.match(html, at)
        if match is not None:
            found.append(Heading(int(match[1]), html_module.unescape(match[2]), _plain(match[3])))
        at = html.find("<h", match.end() if match is not None else at + 2)
    return found


def _plain(inner: str) -> str:
    """The text of a heading, escaped so that it may stand in an attribute too."""
    text = _PERMALINK.sub("", inner) if "<" in inner else inner
    if "<" not in text and "&" not in text and not _QUOTES.search(text):
        return text.strip()
    return html_module.escape(html_module.unescape(_TAG.sub("", text).strip())).replace("&#x27;", "&#39;")


def list_anchors(html: str) -> frozenset[str]:
    """Everything that a link to this page can lead to."""
    return frozenset(html_module.unescape(anchor) for anchor in _ID.findall(html))


def nest_headings(headings: list[Heading]) -> list[dict[str, Any]]:
    """Headings below the title as a tree, in the form of Python-Markdown's `toc_tokens`."""
    root: list[dict[str, Any]] = []
    stack: list[tuple[int, list[dict[str, Any]]]] = [(0, root)]
    for heading in headings:
        if heading.level == 1:
            continue
        while stack[-1][0] >= heading.level:
            stack.pop()
        children: list[dict[str, Any]] = []
        stack[-1][1].append({"level": heading.level, "id": heading.id, "name": heading.name, "children": children})
        stack.append((heading.level, children))
    return root
