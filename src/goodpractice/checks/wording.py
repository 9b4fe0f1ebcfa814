"""The wording of facts: signs of Markdown and HTML that readers would see, and capitals throughout."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.written_values import quote, show
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CASE_STUDY

#: Facts are shown as they are typed: what only a text in Markdown or HTML may hold.
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((?:[^\s()]{1,500})\)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
#: Characters of which one stands in each of them.
_SIGNS = re.compile(r"[<&*_\[]")
#: Fields of a case study that people write in words.
_WORDED = ("title", "summary", "place", "region", "staff_time", "how_contact_began", "how_it_ended", "safeguarding")
#: The same within groups and the entries of lists.
_WORDED_BELOW = (
    ("partners", ("name", "role")),
    ("power", ("who_decided", "who_held_the_money", "who_was_paid", "how_partners_were_represented")),
    ("documents", ("title",)),
    ("contributors", ("name", "role")),
)
#: Words of people who have nothing to say yet.
_NOTHING = frozenset({"n/a", "na", "none", "tbc", "tba", "tbd", "todo", "to do", "unknown", "xxx", "xx"})
#: Fields of which "none" is an answer: that nobody was paid is a fact that must not get lost.
_NOBODY = ("who_held_the_money", "who_was_paid")
#: Shorter words and names are often abbreviations.
_FEWEST_CAPITALS = 12


def check_wording(kb: KnowledgeBase, ids: Iterable[str]) -> Iterator[Diagnostic]:
    """The facts of case studies, as readers will see them."""
    for case_id in ids:
        case = kb.case_studies.raw.get(case_id)
        if case is None:
            continue
        origin = kb.origins[CASE_STUDY, case_id]
        values: list[tuple[tuple[str | int, ...], str | None]] = [((name,), getattr(case, name)) for name in _WORDED]
        for field, names in _WORDED_BELOW:
            below = getattr(case, field) or ()
            for at, part in enumerate(below) if isinstance(below, tuple) else [(None, below)]:
                inside: tuple[str | int, ...] = (field,) if at is None else (field, at)
                values += [((*inside, name), getattr(part, name)) for name in names]
        for where, text in values:
            found = _explain(where, text) if text else None
            if found is not None:
                yield origin.diagnose(where, *found)


def _explain(where: tuple[str | int, ...], text: str) -> tuple[str, str, str] | None:
    name = str(where[-1])
    word = text.strip(" .").casefold()
    if (word in _NOTHING and not (word == "none" and name in _NOBODY)) or not any(map(_says_something, text)):
        message = _("`{name}` does not say anything yet: `{text}`", name=name, text=text)
        needed = name in ("title", "summary", "place", "name", "role")
        hint = _("Write `{line}`.", line=f'{name}: "…"') if needed else _("Write it, or delete the line.")
        return rules.MISSING_FIELD, message, hint
    if _SIGNS.search(text):
        plain = strip_markup(text)
        if plain != text:
            plain = plain or text.strip("<>")
            message = _("`{name}` is shown as it is typed, with the signs of Markdown or HTML in it", name=name)
            line = show(f"{name}: {quote(plain)}")
            return rules.MARKUP_IN_FACT, message, _("Write `{line}`.", line=line)
    # Names and titles of documents are written as their bearers write them.
    as_written = name == "name" or where[0] == "documents"
    if (
        not as_written
        and text.isupper()
        and " " in text
        and sum(letter.isupper() for letter in text) >= _FEWEST_CAPITALS
    ):
        message = _("`{name}` is written in capitals throughout", name=name)
        hint = _("Write it as in a sentence: `{line}`.", line=show(f"{name}: {quote(_lower(text))}"))
        return rules.ALL_CAPITALS, message, hint
    return None


def _says_something(letter: str) -> bool:
    """Whether a character is a letter, a digit or a picture, and no mere sign."""
    return letter.isalnum() or unicodedata.category(letter) == "So"


def strip_markup(text: str) -> str:
    """A text without the signs of Markdown and HTML."""
    plain = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _TAG.sub(" " if "<br" in text.lower() else "", text)))
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\u00a0", " "), plain)
    return " ".join(plain.split()) if plain != text else text


def _lower(text: str) -> str:
    """A text in small letters but for the first of each sentence."""
    return re.sub(r"(^|[.!?] )(\w)", lambda found: found[1] + found[2].upper(), text.lower())
