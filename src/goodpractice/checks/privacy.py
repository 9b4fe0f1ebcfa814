"""Private data in contributed texts: e-mail addresses, telephone numbers, postcodes, dates of birth.

The rules look for forms, not for people: they miss what is written in words,
and a public address of an organisation has to be allowed by an editor, in
`mkdocs.yml` under `extra`, `goodpractice`, `allowed_contacts`: a file that a
contribution cannot change unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from goodpractice import issues
from goodpractice.budget import keep_first_of_each
from goodpractice.issues import Issue
from goodpractice.knowledge_base import Document, KnowledgeBase
from goodpractice.saying import said

_HINT = said("Name the organisation instead. An editor can allow its public address in mkdocs.yml.")

_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|www\.\S+", re.IGNORECASE)
_AT = re.compile(r"[@%\[({](?:(?<=@)|(?<=%)40|(?<=[\[({])\s?[aA][tT]\s?[\])}])")
_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?:@|\s?[\[({]\s?at\s?[\])}]\s?|%40)"
    r"[\w-]+(?:(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)[\w-]+)+",
    re.IGNORECASE,
)
#: Digits with the separators that people write between them.
_DIGITS = r"(?:[ \u00a0.\-\u2010-\u2013/]?(?:\(\d{1,5}\)|\d))"
_PHONE = re.compile(
    # With an international prefix, or as written in the United Kingdom: a nought and nine or ten digits.
    rf"(?<![\w+./-])(?:(?:\+|00)[1-9](?:{_DIGITS}){{7,14}}"
    r"|\(?0(?![0.])[1-37-9](?:[ \u00a0\-\u2010-\u2013)]{0,2}\d){8,9})(?![\w/]|[.,-]\d)"
)
_POSTCODE = re.compile(
    r"(?<![\w/-])(?:GIR ?0AA|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])"
    r"|[0-9][A-HJKPS-UW]))[ \u00a0]?[0-9][ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./-](?:\d{{1,2}}|(?:{_MONTHS})[a-z]*)[ ./-]\d{{2,4}}|"
    rf"\d{{4}}-\d\d-\d\d|(?:{_MONTHS})[a-z]* \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_BIRTH = re.compile(
    rf"\b(?:d\.?o\.?b\b\.?|(?:date of birth|birth ?date|birthday|born(?: on)?|geboren(?: am)?"
    rf"|née? le|ganwyd(?: ar)?)\b)[ :,(]*(?:is |was |the )?{_DATE}",
    re.IGNORECASE,
)

#: Letters of which some stand in every way to say "born", small.
_BORN = ("bor", "rth", "ob", "o.b", "né", "wyd")


def _may_tell_birth(text: str) -> bool:
    small = text.lower()
    return any(letters in small for letters in _BORN)


#: For each rule its code, what a text must hold to be worth the time that the rule takes, the rule, and what it finds.
_RULES: tuple[tuple[str, Callable[[str], object], re.Pattern[str], str], ...] = (
    (issues.EMAIL_ADDRESS, _AT.search, _EMAIL, said("the e-mail address")),
    (issues.PHONE_NUMBER, re.compile(r"(?:\D*\d){8}").match, _PHONE, said("the telephone number")),
    (issues.POSTCODE, re.compile(r"[0-9][A-Z]{2}").search, _POSTCODE, said("the postcode")),
    (issues.DATE_OF_BIRTH, _may_tell_birth, _BIRTH, said("the date of birth")),
)
#: A text without any of these holds nothing that the rules look for.
#: Each begins with one character of a set, which is found faster than one of several beginnings.
_WORTH_A_LOOK = re.compile(r"[@%\[({\d](?:(?<=@)|(?<=%)40|(?<=[\[({])\s?[aA][tT]\s?[\])}]|(?<=\d)(?:\d|[A-Za-z]{2}))")
#: Fields that hold an address of the web, an id or a date; what they may hold is said by their type.
_SKIPPED = frozenset(
    {"id", "url", "sources", "source", "lat", "lon", "written_on", "reviewed_on", "partner_approved_on"}
)


def check_privacy(kb: KnowledgeBase, allowed: Collection[str], keys: Iterable[tuple[str, str]]) -> Iterator[Issue]:
    """Private data in stories and records that anybody may have written.

    Args:
        kb: The knowledge base.
        allowed: Contacts that an editor has allowed, as they are written.
        keys: The records and stories to look at, by kind and id.
    """
    known = {_plain(entry) for entry in allowed}
    yield from keep_first_of_each((_find_path(kb, key), _check_record(kb, key, known)) for key in keys)


def _find_path(kb: KnowledgeBase, key: tuple[str, str]) -> str:
    return kb.documents[key].path if key in kb.documents else kb.origins[key].path


def _check_record(kb: KnowledgeBase, key: tuple[str, str], known: Collection[str]) -> Iterator[Issue]:
    kind, record_id = key
    if kind == "case_study":
        yield from _check_story(kb.documents[key], known)
    record = kb.table(kind).raw.get(record_id)
    if record is not None and kind != "chapter":
        for where, text in _walk(record, ()):
            for _, code, message in find_private(text, known) if _WORTH_A_LOOK.search(text) else ():
                origin = kb.origins[key]
                line, column = origin.find(where)
                yield Issue(origin.path, line, column, code, message, _hint(code))


def _check_story(document: Document, known: Collection[str]) -> Iterator[Issue]:
    text = document.body
    number = start = 0
    found = _WORTH_A_LOOK.search(text)
    while found is not None:
        number += text.count("\n", start, found.start())
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        end = len(text) if end < 0 else end
        for column, code, message in find_private(text[start:end], known):
            yield Issue(document.path, document.body_line + number, column, code, message, _hint(code))
        start = end
        found = _WORTH_A_LOOK.search(text, end)


def _hint(code: str) -> str:
    return said("Say how old people were in words, for example `teenagers`.") if code == issues.DATE_OF_BIRTH else _HINT


def find_private(text: str, known: Collection[str] = ()) -> Iterator[tuple[int, str, str]]:
    """Column (from 1), code and message for everything in a line that looks private.

    Args:
        text: A line or a value.
        known: Allowed contacts, without white space and in small letters.
    """
    if _WORTH_A_LOOK.search(text) is None:
        return
    # Web addresses hold numbers of all kinds; one that holds an e-mail address is still found.
    masked = text
    if "://" in text or "www." in text.lower():
        masked = _ADDRESS.sub(lambda found: found[0] if "@" in found[0] else " " * len(found[0]), text)
    for code, is_worth_it, pattern, what in _RULES:
        if not is_worth_it(masked):
            continue
        for match in pattern.finditer(masked):
            written = match[0].strip(" .,;:!?\"'*_`/")
            if _plain(written) not in known:
                yield (
                    match.start() + 1,
                    code,
                    said("{what} `{shorten}` would be published", what=what, shorten=_shorten(written)),
                )


def _shorten(written: str) -> str:
    """Enough to find it, and not all of it: messages are kept in logs that everybody can read."""
    keep = max(2, len(written) // 3)
    return f"{written[:keep]}…"


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _walk(value: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, (list, tuple)):
        for number, entry in enumerate(value):
            yield from _walk(entry, (*where, number))
    elif isinstance(value, BaseModel):
        for name, below in value.__dict__.items():
            if below and name not in _SKIPPED:
                yield from _walk(below, (*where, name))
