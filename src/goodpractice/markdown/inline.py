"""Small rules of GitHub for Python-Markdown.

A backslash at the end of a line and before any sign, and no heading without a
space behind its signs.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

if TYPE_CHECKING:
    from markdown import Markdown

#: As Python-Markdown's own, but for the space.
_HEADING = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\n]|$)(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")
#: That of Python-Markdown's own, whose place it takes.
_HEADING_PRIORITY = 70
#: Before escapes (180), which would take the backslash away.
_BREAK_PRIORITY = 185


class AsGitHub(Extension):
    """Adds the patterns to a parser."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown calls it so
        """Register the patterns; Python-Markdown calls it."""
        md.ESCAPED_CHARS = list(dict.fromkeys([*md.ESCAPED_CHARS, *string.punctuation]))
        md.parser.blockprocessors.register(_Heading(md.parser), "hashheader", _HEADING_PRIORITY)
        md.inlinePatterns.register(_Break(r"\\\n", md), "github_break", _BREAK_PRIORITY)


class _Heading(HashHeaderProcessor):
    RE = _HEADING


class _Break(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown calls it so
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element, int, int]:
        return ElementTree.Element("br"), m.start(0), m.end(0)
