"""Dates that cannot be true."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from goodpractice.content.document import Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.base import FIRST_DAYS, find_days

#: For contributors east of the machine that checks.
_GRACE = datetime.timedelta(days=1)
#: Nobody approved, wrote or reviewed a text of ours earlier: the year has two digits, or a typing mistake.
_FIRST_YEAR = 1950


def check_dates(kb: KnowledgeBase, today: datetime.date, keys: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Days that lie in the future, and a change before there was anything to change.

    Args:
        kb: The knowledge base.
        today: The day of the check.
        keys: The records to look at, by kind and id.
    """
    for kind, record_id in keys:
        record, origin = kb.table(kind).raw[record_id], kb.origins[kind, record_id]
        if isinstance(record, CaseStudy) and (record.first_year or 0) > (today + _GRACE).year:
            name = "year" if record.year is not None else "period"
            message = _("`{field}` lies in the future: {date}", field=name, date=record.when)
            yield origin.diagnose((name,), rules.FUTURE_DATE, message, _("Write when it took place."))
        for field in ("reviewed_on", "updated_on", *FIRST_DAYS):
            yield from check_day(origin, field, getattr(record, field, None), today)
        first, last = find_days(record)
        if first and last and last < first:
            message = _("`updated_on` is before the day on which it was new: {date}", date=first.isoformat())
            hint = _("Write the day of the last change that matters to readers, or delete the line.")
            yield origin.diagnose(("updated_on",), rules.CHANGED_TOO_EARLY, message, hint)


def check_day(origin: Origin, field: str, day: datetime.date | None, today: datetime.date) -> Iterator[Diagnostic]:
    """Report the value of a field, if it has one, that lies in the future, or before there were such stories."""
    if day is not None and day.year < _FIRST_YEAR:
        message = _("`{field}` lies long ago: {date}", field=field, date=day.isoformat())
        # Two digits are read as a year of the first century.
        hint = _("Write all four digits of the year.") if day.year < 1000 else _("Check the year.")
        yield origin.diagnose((field,), rules.WRONG_DATE, message, hint)
    if day is not None and day > today + _GRACE:
        message = _("`{field}` lies in the future: {date}", field=field, date=day.isoformat())
        yield origin.diagnose((field,), rules.FUTURE_DATE, message, _("Check the year."))
