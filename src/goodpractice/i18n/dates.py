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
#: Names of the days of a week, the first as ISO 8601 has it.
WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)


def format_date(date: datetime.date, language: Language = ENGLISH) -> str:
    """A date as readers of British English write it: 21 November 2026; with the name of the month in a language."""
    return f"{date.day} {language.gettext(_MONTHS[date.month - 1])} {date.year}"


def format_period(first: datetime.date, last: datetime.date, language: Language = ENGLISH) -> str:
    """The days from one to another, both included, without saying month and year twice: 30 March to 2 April 2014."""
    if first == last:
        return format_date(first, language)
    begin = format_date(first, language)
    if first.year == last.year:
        begin = str(first.day) if first.month == last.month else begin.removesuffix(f" {first.year}")
    return language.gettext("{first} to {last}", first=begin, last=format_date(last, language))


def format_month(year: int, month: int, language: Language = ENGLISH) -> str:
    """A month as readers write it: March 2014."""
    return f"{language.gettext(_MONTHS[month - 1])} {year}"


def spell_date(written: str, language: Language = ENGLISH) -> str:
    """A date as readers write it, where it is written as in a file: `2014-12` is December 2014. Other words stay."""
    found = _FILED.fullmatch(written)
    if found is None:
        return written
    month = format_month(int(found["year"]), int(found["month"]), language)
    return f"{int(found['day'])} {month}" if found["day"] else month
