"""Dates as readers write them."""

from __future__ import annotations

import datetime
import re

from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.i18n.languages import gettext_noop as N_

_FILED = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-2]\d|3[01]))?", re.ASCII)
_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)


def format_date(date: datetime.date, language: Language = ENGLISH) -> str:
    """A date as readers of British English write it: 21 November 2026; with the name of the month in a language."""
    return f"{date.day} {language.gettext(_MONTHS[date.month - 1])} {date.year}"


def spell_date(written: str, language: Language = ENGLISH) -> str:
    """A date as readers write it, where it is written as in a file: `2014-12` is December 2014. Other words stay."""
    found = _FILED.fullmatch(written)
    if found is None:
        return written
    month = f"{language.gettext(_MONTHS[int(found['month']) - 1])} {found['year']}"
    return f"{int(found['day'])} {month}" if found["day"] else month
