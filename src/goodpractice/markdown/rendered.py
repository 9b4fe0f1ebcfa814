"""What a piece of Markdown became."""

from __future__ import annotations

import html as html_module
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from goodpractice.markdown.passages import Passage

#: Turns the target of a link, as written, into what the rendered link holds.
RewriteLink = Callable[[str], str]

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


def list_headings(passages: Iterable[Passage]) -> list[Heading]:
    """The headings that have an anchor, in order."""
    return [
        Heading(passage.level, passage.id, html_module.escape(passage.text).replace("&#x27;", "&#39;"))
        for passage in passages
        if passage.level and passage.id
    ]


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
