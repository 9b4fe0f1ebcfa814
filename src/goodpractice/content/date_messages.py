"""Messages about days and years that are none, with the one that was meant."""

from __future__ import annotations

import re
import unicodedata

from goodpractice.content.dates import guess_date, say_day
from goodpractice.content.rejected_value import RejectedValue, show_value
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.case_study.model import YEAR

#: What pydantic calls the mistakes of a year.
KINDS_OF_YEAR = frozenset(
    {"int_type", "int_parsing", "int_parsing_size", "int_from_float", "greater_than_equal", "less_than_equal"}
)
_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:-|\u2013|\u2014|/|to|and|until|till|,|&)\s*((?:19|20)?\d\d)")


def explain_date(rejected: RejectedValue) -> Diagnostic:
    """Say what is wrong with a day, and how to write the one that was meant."""
    approval = rejected.last == "partner_approved_on"
    if isinstance(rejected.value, str) and not rejected.value.strip():
        hint = _("Write the day, the year first, for example 2026-03-31.")
        if approval:
            hint = _("Write the day on which your partner said yes, or ask them first.")
        return rejected.diagnose(rules.WRONG_DATE, _("`{name}` is empty", name=rejected.name), hint)
    hint = _("Write the year first, for example 2026-03-31.")
    guess = guess_date(str(rejected.value))
    text = str(rejected.value).strip()[:60]
    if re.fullmatch(r"(?:[^\W\d]+\.? )?(?:\d\d?[./-])?\d{4}(?:[./-]\d\d?)?", text):
        hint = _("Write the day, too, for example 2026-03-31.")
        if rejected.context.get("may_be_partial"):
            hint = _("Write the year first, and as much as is known: 2026-03-31, or 2026-03.")
    elif guess is not None:
        date, unclear = guess
        line = f'{rejected.last}: "{date.isoformat()}"'
        hint = _("Write `{line}`.", line=line)
        if unclear:
            hint = _("For {day} write `{line}`.", day=say_day(date), line=line)
    elif re.search(r"(?<!\d)(?:0|[3-9])\d{3}(?!\d)", text):
        hint = _("Check the year.")
    elif re.fullmatch(r"\d+\D\d+\D\d+", text):
        hint = _("The calendar has no such day.")
    elif approval and not re.search(r"\d", str(rejected.value)):
        hint = _("Write the day on which your partner said yes, the year first: 2026-03-31.")
    message = _("`{name}` is not a date: {value}", name=rejected.name, value=rejected.shown)
    return rejected.diagnose(rules.WRONG_DATE, message, hint)


def explain_year(rejected: RejectedValue) -> Diagnostic:
    """Say what is wrong with a year that is not one year in four digits."""
    text = _as_text(rejected.value)
    if not text:
        return rejected.diagnose(
            rules.MISSING_FIELD,
            _("`year` is empty"),
            _("Write the four digits, for example year: 2019."),
        )
    if re.fullmatch(r"[-+]?[0-9]+", text) and not YEAR.fullmatch(text):
        hint = _("Write all four digits, for example year: 2019.")
        if len(text) >= 4:
            hint = _("Write a year from 1900 to 2100, for example year: 2019.")
        return rejected.diagnose(rules.WRONG_VALUE, _("`year` is {text}", text=show_value(text)), hint)
    message = _("`year` holds one year, in four digits, not {text}", text=rejected.shown)
    digits = "".join(text.split()).translate(str.maketrans("OoIl", "0011")) if len(text) < 8 else ""
    if re.fullmatch(r"(?:19|20)\d\d", digits):
        return rejected.diagnose(rules.WRONG_VALUE, message, _("Write `{line}`.", line=f'year: "{digits}"'))
    alone = re.fullmatch(r"[^\w]*((?:19|20)\d\d)(?:[^\w]|\s?(?:AD|CE|A\.D\.))*", text)
    if alone:
        return rejected.diagnose(rules.WRONG_VALUE, message, _("Write `{line}`.", line=f'year: "{alone[1]}"'))
    years = _find_span(text)
    if years:
        hint = _(
            'For several years write period: "{span} to {last}" instead of this line.', span=years[0], last=years[1]
        )
    elif YEAR.search(text) and len(text) <= 60:
        plain = text.replace('"', "'")
        hint = _(
            'Write year: {year}, or period: "{plain}" instead of this line.', year=YEAR.findall(text)[0], plain=plain
        )
    else:
        hint = _(
            'Write for example year: 2019. If you do not know it: period: "about 2019", or period: not documented, '
            "instead of this line."
        )
    return rejected.diagnose(rules.WRONG_VALUE, message, hint)


def _as_text(value: object) -> str:
    """What was given as a year, in one line and in the digits of this form, whatever alphabet it was typed in."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    text = " to ".join(str(part).strip() for part in parts)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _find_span(text: str) -> tuple[str, str] | None:
    """The first and the last of several years; nothing where there is one, as in a month: `2024-05`."""
    found = [(span[1], span[2] if len(span[2]) == 4 else span[1][:2] + span[2]) for span in _SPAN.finditer(text)]
    years = sorted({*YEAR.findall(text), *(year for span in found if span[0] < span[1] for year in span)})
    return (years[0], years[-1]) if len(years) > 1 else None
