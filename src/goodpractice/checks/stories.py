"""The stories themselves: the parts they need, and what would be lost on the site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from goodpractice.checks.tags import say_without_html
from goodpractice.content.document import Document, InvalidRecord
from goodpractice.content.text import suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.case_study.model import HAPPENED, LEARNED
from goodpractice.kinds.case_study.skeleton import list_explanations
from goodpractice.kinds.case_study.words import STORY_FACTS, SURE_FACTS
from goodpractice.markdown.contributed import drops_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_REQUIRED = (HAPPENED, LEARNED)
#: Lines that people write instead of a heading that is required.
_NEARLY = {
    HAPPENED: frozenset({HAPPENED.casefold(), "what has happened", "what we did", "our story", "the story"}),
    LEARNED: frozenset(
        {
            *(f"what {who} {learned}" for who in ("we", "we've", "we have", "i") for learned in ("learned", "learnt")),
            *("lessons learned", "lessons learnt", "lessons", "learning", "what we take away"),
        }
    ),
}
#: The word by which a heading is known, whatever stands around it.
_STEM = {HAPPENED: "happened", LEARNED: "learn"}
#: So alike is a mistyped heading to the one that was meant.
_CLOSE = 0.85
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}+(?!.*`)|~{3,})")
#: The name of a fact, and the headings of the two parts of a story.
_FACT = re.compile(r"([a-z_]+)[ \t]*:")
_PART = re.compile(r"#{1,3}[ \t]+(what happened|what we learn(?:ed|t))\b", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)


@lru_cache(maxsize=2)
def list_markdown_lines(body: str) -> Sequence[tuple[int, str]]:
    """Lines of a Markdown text outside of fenced code, with their number from 0.

    Several rules look at the lines of a text one after the other: they are kept until the next but one.
    """
    lines = body.split("\n")
    if "```" not in body and "~~~" not in body:
        return tuple(enumerate(lines))
    found = []
    fence = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            continue
        if match:
            fence = match[1]
            continue
        found.append((number, line))
    return tuple(found)


def holds_story(text: str) -> bool:
    """Whether a file is a case study, wherever it lies: it has the facts of one, or both of its parts."""
    lines = [line for __, line in list_markdown_lines(text.lstrip("\ufeff"))]
    facts = {fact[1] for fact in map(_FACT.match, lines) if fact}
    parts = {part[1].casefold()[:13] for part in map(_PART.match, lines) if part}
    return bool(facts & SURE_FACTS) or len(facts & STORY_FACTS) >= 3 or len(parts) > 1


def is_contributed(case: CaseStudy | InvalidRecord | None) -> bool:
    """Whether the partners tell a case study themselves, as far as its facts can be read."""
    if isinstance(case, InvalidRecord):
        return bool(case.values.get("partner_approved_on"))
    return case is not None and case.contributed


def check_story(document: Document, contributed: bool) -> Iterator[Diagnostic]:
    """One case study's text.

    Args:
        document: The text.
        contributed: Whether its partners tell it: then both parts of the story are required.
    """
    lines = list_markdown_lines(document.body)
    if not document.body.strip():
        hint = _("Write it below `## {happened}`.", happened=HAPPENED)
        yield document.diagnose(0, rules.EMPTY_BODY, _("there is no story below the facts"), hint)
        return
    headings: list[tuple[int, int, str]] = []
    for number, line in lines:
        heading = _HEADING.fullmatch(line) if line.startswith("#") else None
        if heading:
            name = heading[2].rstrip(" \t").rstrip("#").strip()
            headings.append((number, len(heading[1]), name))
        if "[" in line:
            yield from _find_explanation(document, number, line.strip())
    yield from _check_headings(document, lines, headings, contributed)
    if drops_html(document.body):
        yield from _find_html(document)


def _find_explanation(document: Document, number: int, line: str) -> Iterator[Diagnostic]:
    explanation = next((text for text in list_explanations() if text in line), None)
    if explanation == line:
        message = _("the explanation of the form is still here")
        hint = _("Replace the whole line, brackets included, or delete it with its heading.")
        yield document.diagnose(number, rules.SKELETON_TEXT, message, hint)
    elif explanation is not None:
        message = _("the explanation of the form is still here, beside your text")
        hint = _("Delete it, brackets included: {explanation}", explanation=explanation)
        yield document.diagnose(number, rules.SKELETON_TEXT, message, hint)


def _check_headings(
    document: Document,
    lines: Sequence[tuple[int, str]],
    headings: list[tuple[int, int, str]],
    contributed: bool,
) -> Iterator[Diagnostic]:
    named = {number for number, *__ in headings}
    text_lines = [number for number, line in lines if line.strip() and number not in named]
    for place, (number, level, name) in enumerate(headings):
        if level == 1:
            message = _("the heading `# {name}` is on the level of the title", name=name)
            hint = _("Write `## {name}`, or delete it if it repeats the title.", name=name)
            yield document.diagnose(number, rules.SECOND_TITLE, message, hint)
        end = headings[place + 1][0] if place + 1 < len(headings) else len(document.body)
        deeper = place + 1 < len(headings) and headings[place + 1][1] > level
        first = bisect_right(text_lines, number)
        has_text = first < len(text_lines) and text_lines[first] < end
        if not deeper and not has_text and not _has_fence(document, number, end):
            message = _("there is no text below `{name}`", name=name)
            yield document.diagnose(number, rules.EMPTY_SECTION, message, _("Write it, or delete the heading."))
    if not contributed:
        return
    names = {_plain(name) for __, level, name in headings if level <= 2}  # of the first level: reported above
    for required in _REQUIRED:
        if required.casefold() in names:
            continue
        near = next((number for number, line in lines if _plain(line) in _NEARLY[required]), None)
        if near is None:
            mistyped = suggest(required.casefold(), names, _CLOSE)
            near = next((number for number, __, name in headings if mistyped and _plain(name) == mistyped), None)
        if near is None:
            near = next((number for number, __, name in headings if _STEM[required] in _plain(name)), None)
        if near is None:
            message = _("the part `## {required}` is missing", required=required)
            hint = _("Add a line `## {required}` and tell it below.", required=required)
        else:
            message = _("this line should be the heading `## {required}`", required=required)
            hint = _("Write the line as it is here, with two signs and a space: `## {required}`.", required=required)
        yield document.diagnose(near or 0, rules.MISSING_SECTION, message, hint)


def _plain(line: str) -> str:
    """The words of a heading, however it is marked."""
    return " ".join(line.strip(" \t#*_:.?!-=").replace("\u2019", "'").casefold().split())


def _has_fence(document: Document, start: int, end: int) -> bool:
    return any(_FENCE.match(line) for line in document.body.split("\n")[start:end])


@cache
def _parser() -> MarkdownIt:
    # Imported for the few texts that hold HTML: it takes longer than checking a hundred others.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _find_html(document: Document) -> Iterator[Diagnostic]:
    """Once for each line or block with HTML in it, with the line as it would be in Markdown."""
    lines = document.body.split("\n")
    told: set[int] = set()
    for token in _parser().parse(document.body):
        if token.type == "html_block" and token.map and not _COMMENT.fullmatch(token.content):
            yield _html_diagnostic(document, token.map[0], token.content, token.content)
        for child in token.children or ():
            if child.type == "html_inline" and token.map and not _COMMENT.fullmatch(child.content):
                first = child.content.split("\n")[0]
                inside = range(token.map[0], min(token.map[1], len(lines)))
                number = next((n for n in inside if first in lines[n] and n not in told), None)
                if number is not None:
                    told.add(number)
                    yield _html_diagnostic(document, number, child.content, lines[number])


def _html_diagnostic(document: Document, number: int, content: str, text: str) -> Diagnostic:
    shown = shorten(content.strip().split("\n")[0], 40)
    line = document.body.split("\n")[number]
    column = line.find(shown.rstrip("…")) + 1
    message = _("`{shown}` would be dropped", shown=shown)
    return document.diagnose(number, rules.RAW_HTML, message, say_without_html(text), max(column, 1))
