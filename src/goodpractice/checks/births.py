"""Dates of birth in a text, with the words that tell them from other dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ ./-](?:\d{{1,2}}|(?:{_MONTHS})[a-z]*),?[ ./-]\d{{2,4}}|"
    rf"\d{{4}}-\d\d-\d\d|(?:{_MONTHS})[a-z]* \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_BIRTH = re.compile(
    rf"\b(?:d\.?o\.?b\b\.?|(?:date of birth|birth ?date|birthday|born(?: on)?|geboren(?: am)?"
    rf"|née? le|ganwyd(?: ar)?)\b)[ :,(]*(?:is |was |the )?(?P<date>{_DATE})",
    re.IGNORECASE,
)
#: Letters of which some stand in every way to say "born", small.
_BORN = ("bor", "rth", "ob", "o.b", "né", "wyd")
#: Subjects of "born" that are not people.
_BORN_OTHERWISE = re.compile(
    r"\b(?:project|idea|museum|club|group|programme|partnership|cent(?:re|er)|network|festival|collaboration|charity"
    r"|plan|event|team|friendship|initiative|concept)\w*(?: itself)? (?:was|is|were|had been|has been) $",
    re.IGNORECASE,
)
#: People born before that year are no longer harmed by it.
_LONG_AGO = 1910


def find_births(text: str) -> Iterator[tuple[int, int]]:
    """Where a text says when somebody was born; `contacts` says what else is private."""
    small = text.lower()
    if not any(letters in small for letters in _BORN):
        return
    for match in _BIRTH.finditer(text):
        year = re.search(r"\d{4}", match["date"])
        if year and int(year[0]) < _LONG_AGO:
            continue
        if not _BORN_OTHERWISE.search(text[max(0, match.start() - 40) : match.start()]):
            yield match.span()
