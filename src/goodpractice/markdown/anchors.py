"""Anchors of headings in editors' Markdown: the letters of every script, and those that were published before.

Until 2026 anchors kept ASCII letters only: `## Łódź` had the anchor `odz`, and
a heading in Arabic a number. What was published goes on leading there.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markdown.extensions.toc import slugify, unique
from markdown.treeprocessors import Treeprocessor

from goodpractice.content.text import RESERVED_ANCHORS, make_anchor

if TYPE_CHECKING:
    from markdown import Markdown

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class KeepAnchors(Treeprocessor):
    """Gives headings the anchor that they had before as a second one, where it differs."""

    md: Markdown

    def run(self, root: ElementTree.Element) -> None:
        """Add the second anchors; Python-Markdown calls it after `toc` has given the first ones."""
        tokens = {token["id"]: html.unescape(token["name"]) for token in _flatten(getattr(self.md, "toc_tokens", []))}
        present = {element.get("id", "") for element in root.iter()}
        made = {token for token, name in tokens.items() if token.startswith(make_anchor(name, "-"))}
        used = present - made
        for element in root.iter():
            anchor = element.get("id", "")
            if element.tag not in _HEADINGS or anchor not in made:
                continue
            before = unique(slugify(tokens[anchor], "-"), used)
            if before == anchor or before in present or before.startswith(RESERVED_ANCHORS):
                continue
            target = ElementTree.Element("span", {"id": before})
            target.tail, element.text = element.text, None
            element.insert(0, target)


def _flatten(tokens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [inner for token in tokens for inner in (token, *_flatten(token["children"]))]
