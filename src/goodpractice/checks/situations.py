"""Situations: enough for each section of a chapter, no phrase twice, and each as somebody would say or type it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from goodpractice.checks.stories import list_markdown_lines
from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.situations import find_heading
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CASE_STUDY, CHAPTER

#: Phrases of a section of a chapter.
FEWEST = 10
FEWEST_WORDS, MOST_WORDS = 2, 20
#: Longer phrases are cut in messages.
_MOST_SHOWN = 60
_ADDRESS = re.compile(r"\S@\S|\w://|\bwww\.", re.IGNORECASE)
_SIGNS = re.compile(r"[`*<>]|\{[{%]|\]\(|__")
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile("['\u2018\u2019]")


class _Phrase(NamedTuple):
    """A phrase, and what says where it stands: to know it of a case study, its file may have to be read again."""

    text: str
    find: Callable[[], tuple[str, int, int]]

    def diagnose(self, rule: str, message: str, hint: str) -> Diagnostic:
        """A problem with it."""
        return Diagnostic(*self.find(), rule, message, hint)


def check_situations(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The phrases of editors' pages and of case studies, and sections of chapters that lack them.

    What a case study has in common with a page of the editors, or with a case study before it, is told of it.
    """
    for kind, chapter_id in kb.list_editors_documents():
        if kind == CHAPTER:
            yield from _find_gaps(kb.documents[kind, chapter_id])
    seen: dict[str, _Phrase] = {}
    for phrase in (*_list_editors_phrases(kb), *_list_phrases_of_cases(kb)):
        yield from _check_wording(phrase)
        first = seen.setdefault(_fold(phrase.text), phrase)
        if first is not phrase:
            path, line, __ = first.find()
            message = _("this phrase stands on line {line} of {path} already", line=line, path=path)
            hint = _("Keep it where it fits best, and put the other situation in other words.")
            yield phrase.diagnose(rules.SITUATION_TWICE, message, hint)


def _list_editors_phrases(kb: KnowledgeBase) -> Iterator[_Phrase]:
    for key in kb.list_editors_documents():
        document = kb.documents[key]
        for situation in document.written_situations:
            yield _Phrase(situation.text, partial(_find_in_document, document, situation.line))


def _list_phrases_of_cases(kb: KnowledgeBase) -> Iterator[_Phrase]:
    for case_id, phrases in sorted(_read_cases(kb)):
        for number, text in enumerate(phrases):
            yield _Phrase(text, partial(_find_in_case, kb, case_id, number))


def _read_cases(kb: KnowledgeBase) -> Iterator[tuple[str, Sequence[str]]]:
    """The phrases of each case study that has any; of ten thousand, the others are not even parsed."""
    if kb.case_texts is None:
        yield from ((case_id, case.situations) for case_id, case in kb.case_studies.raw.items())
        return
    for case_id, text in kb.case_texts.items():
        if '"situations"' in text:
            yield case_id, json.loads(text).get("situations", ())


def _find_in_document(document: Document, line: int) -> tuple[str, int, int]:
    return document.path, document.body_line + line, 1


def _find_in_case(kb: KnowledgeBase, case_id: str, number: int) -> tuple[str, int, int]:
    origin = kb.origins[CASE_STUDY, case_id]
    line, column = origin.find(("situations", number))
    return origin.path, line, column


def _check_wording(phrase: _Phrase) -> Iterator[Diagnostic]:
    shown = shorten(phrase.text, _MOST_SHOWN)
    words = len(phrase.text.split())
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        message = _("`{phrase}` is too short", phrase=shown)
        if words > MOST_WORDS:
            message = _("`{phrase}` is too long", phrase=shown)
        hint = _("Write {fewest} to {most} words, as somebody would type them.", fewest=FEWEST_WORDS, most=MOST_WORDS)
        yield phrase.diagnose(rules.SITUATION_WORDING, message, hint)
    elif _ADDRESS.search(phrase.text):
        message = _("`{phrase}` holds an address", phrase=shown)
        yield phrase.diagnose(rules.SITUATION_WORDING, message, _("Say it without a web or e-mail address."))
    elif _SIGNS.search(phrase.text):
        message = _("`{phrase}` holds signs of Markdown, HTML or a macro", phrase=shown)
        yield phrase.diagnose(rules.SITUATION_WORDING, message, _("Write plain words: nothing is set in a phrase."))


def _find_gaps(document: Document) -> Iterator[Diagnostic]:
    """Sections of a chapter with too few phrases, in a chapter that has any."""
    if not document.written_situations:
        return
    given = Counter(situation.anchor for situation in document.written_situations)
    for number, line in list_markdown_lines(document.body):
        level, anchor = find_heading(line) or (0, "")
        if level == 2 and given[anchor] < FEWEST:
            message = _(
                "this section needs {fewest} phrases of readers, and has {number}", fewest=FEWEST, number=given[anchor]
            )
            hint = _(
                "Add them in a comment `<!-- situations` below the heading: how would a volunteer or a trustee ask?"
            )
            yield document.diagnose(number, rules.FEW_SITUATIONS, message, hint)


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", text.casefold())))
