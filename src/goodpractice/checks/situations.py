"""Situations: enough for each section of a chapter, no phrase twice, and each as somebody would say or type it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
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
    """A phrase and where it stands."""

    text: str
    path: str
    line: int
    column: int

    def diagnose(self, rule: str, message: str, hint: str) -> Diagnostic:
        """A problem with it."""
        return Diagnostic(self.path, self.line, self.column, rule, message, hint)


def check_situations(kb: KnowledgeBase, case_ids: Collection[str] | None = None) -> Iterator[Diagnostic]:
    """The phrases of editors' pages, and sections of chapters that lack them; or the phrases of some case studies.

    Args:
        kb: The knowledge base.
        case_ids: The case studies. What they have in common with a page of the editors is told of them.
    """
    if case_ids is None:
        checked = list(_list_editors_phrases(kb))
        known: list[_Phrase] = []
        for kind, chapter_id in kb.list_editors_documents():
            if kind == CHAPTER:
                yield from _find_gaps(kb.documents[kind, chapter_id])
    else:
        checked = list(_list_phrases_of_cases(kb, case_ids))
        known = list(_list_editors_phrases(kb)) if checked else []
    seen = {_fold(phrase.text): phrase for phrase in known}
    for phrase in checked:
        yield from _check_wording(phrase)
        first = seen.setdefault(_fold(phrase.text), phrase)
        if first is not phrase:
            message = _("this phrase stands on line {line} of {path} already", line=first.line, path=first.path)
            hint = _("Keep it where it fits best, and put the other situation in other words.")
            yield phrase.diagnose(rules.SITUATION_TWICE, message, hint)


def _list_editors_phrases(kb: KnowledgeBase) -> Iterator[_Phrase]:
    for key in kb.list_editors_documents():
        document = kb.documents[key]
        for situation in document.written_situations:
            yield _Phrase(situation.text, document.path, document.body_line + situation.line, 1)


def _list_phrases_of_cases(kb: KnowledgeBase, case_ids: Collection[str]) -> Iterator[_Phrase]:
    for case_id in case_ids:
        case = kb.case_studies.raw.get(case_id)
        for number, text in enumerate(case.situations if case is not None else ()):
            origin = kb.origins[CASE_STUDY, case_id]
            yield _Phrase(text, origin.path, *origin.find(("situations", number)))


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
