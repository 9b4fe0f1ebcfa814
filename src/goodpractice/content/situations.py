"""Situations: the words in which readers put what a section answers, in comments that no page shows.

A comment stands directly under a heading, or above every heading for the whole page:

    ## When nobody answers

    <!-- situations
    - They never reply to my emails
    -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from goodpractice.content.document import Document, Situation
from goodpractice.content.text import make_anchor
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

#: The word with which the comment begins.
SITUATIONS = "situations"
#: So alike is a mistyped one.
_CLOSE = 0.8
_OPENING = re.compile(r"\s*<!--+\s*(?P<word>[^\W\d_]+)\s*:?\s*(?P<rest>.*)")
_ENTRY = re.compile(r"\s*[-*+•–]\s+(?P<text>\S.*)")
_HEADING = re.compile(r"(?P<signs>#{1,6})\s+(?P<text>.*)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_OWN_ANCHOR = re.compile(r"\{:?[^{}]*#(?P<id>[^\s{}]+)[^{}]*\}\s*$")
_TAG = re.compile(r"<[^<>]*>")


def find_heading(line: str) -> tuple[int, str] | None:
    """The level of a heading and its anchor; nothing for any other line."""
    heading = _HEADING.fullmatch(line.rstrip())
    if heading is None:
        return None
    own = _OWN_ANCHOR.search(heading["text"])
    anchor = own["id"] if own else make_anchor(_TAG.sub("", heading["text"]).rstrip("# "), "-")
    return len(heading["signs"]), anchor


def take_situations(document: Document) -> tuple[Document, list[Diagnostic]]:
    """A text without its comments of situations, each of which leaves its empty lines, and with what they say.

    Args:
        document: The text as it stands in the file.
    """
    if "<!--" not in document.body:
        return document, []
    lines = document.body.split("\n")
    situations: list[Situation] = []
    found: list[Diagnostic] = []
    for first, anchor in _find_comments(lines):
        for number, text in _take_comment(document, lines, first, found):
            entry = _ENTRY.fullmatch(text)
            if entry is None:
                message = _("a phrase of readers stands on a line of its own, after a hyphen")
                found.append(document.diagnose(number, rules.SITUATION_WORDING, message, _("Begin it with `- `.")))
            elif anchor is not None:
                situations.append(Situation(anchor, number, " ".join(entry["text"].split())))
        if anchor is None:
            message = _("this comment does not stand directly under a heading: nobody knows what its phrases belong to")
            hint = _("Move it to the line below a heading, or above the first one for the whole page.")
            found.append(document.diagnose(first, rules.SITUATION_PLACE, message, hint))
    return replace(document, body="\n".join(lines), written_situations=tuple(situations)), found


def _find_comments(lines: list[str]) -> Iterator[tuple[int, str | None]]:
    """Lines on which comments of situations begin, each with its anchor; the lines are emptied in between."""
    anchor: str | None = ""
    fence = ""
    for number in range(len(lines)):
        line = lines[number]
        fenced = _FENCE.match(line)
        if fenced and (not fence or (fenced["fence"].startswith(fence) and not line.strip(" `~"))):
            fence, anchor = "" if fence else fenced["fence"], None
        elif fence or not line.strip():
            continue
        elif _is_opening(line):
            yield number, anchor
        else:
            heading = find_heading(line)
            anchor = None if heading is None else "" if heading[0] == 1 else heading[1]


def _is_opening(line: str) -> bool:
    opening = _OPENING.match(line)
    return opening is not None and SequenceMatcher(None, opening["word"].lower(), SITUATIONS).ratio() >= _CLOSE


def _take_comment(document: Document, lines: list[str], first: int, found: list[Diagnostic]) -> list[tuple[int, str]]:
    """Empty the lines of a comment and give what stands on them, but for the word that opens it."""
    opening = _OPENING.fullmatch(lines[first])
    word, rest = (opening["word"], opening["rest"]) if opening else ("", "")
    if word != SITUATIONS:
        message = _("`{word}` is not the word with which such a comment begins", word=word)
        found.append(document.diagnose(first, rules.SITUATION_WORDING, message, _("Write `<!-- situations`.")))
    texts = [rest]
    while "-->" not in texts[-1]:
        below = lines[first + len(texts) : first + len(texts) + 1]
        if not below or find_heading(below[0]):
            message = _("the comment has no end: the line `-->` below its last phrase is missing")
            found.append(document.diagnose(first, rules.SITUATION_WORDING, message, _("Add it below the last phrase.")))
            # What follows the phrases is text that somebody may be waiting for.
            more = next(
                (at for at, text in enumerate(texts) if at and text.strip() and not _ENTRY.fullmatch(text)), None
            )
            texts = texts[:more]
            break
        texts += below
    after = "" if "-->" not in texts[-1] else texts[-1].partition("-->")[2]
    texts[-1] = texts[-1].partition("-->")[0]
    lines[first : first + len(texts)] = [*[""] * (len(texts) - 1), after]
    return [(first + at, text) for at, text in enumerate(texts) if text.strip()]
