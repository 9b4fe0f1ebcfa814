"""Dates that cannot be true yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from goodpractice.content.document import Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CaseStudy

#: For contributors east of the machine that checks.
_GRACE = datetime.timedelta(days=1)


def check_dates(kb: KnowledgeBase, today: datetime.date, keys: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Approvals, texts and reviews that lie in the future.

    Args:
        kb: The knowledge base.
        today: The day of the check.
        keys: The records to look at, by kind and id.
    """
    for kind, record_id in keys:
        record = kb.table(kind).raw[record_id]
        if isinstance(record, CaseStudy) and (record.first_year or 0) > (today + _GRACE).year:
            name = "year" if record.year is not None else "period"
            origin = kb.origins[kind, record_id]
            message = _("`{field}` lies in the future: {date}", field=name, date=record.when)
            yield origin.diagnose((name,), rules.FUTURE_DATE, message, _("Write when it took place."))
        for field in ("partner_approved_on", "written_on", "reviewed_on"):
            yield from check_day(kb.origins[kind, record_id], field, getattr(record, field, None), today)


def check_day(origin: Origin, field: str, day: datetime.date | None, today: datetime.date) -> Iterator[Diagnostic]:
    """Report the value of a field, if it has one, that lies in the future."""
    if day is not None and day > today + _GRACE:
        message = _("`{field}` lies in the future: {date}", field=field, date=day.isoformat())
        yield origin.diagnose((field,), rules.FUTURE_DATE, message, _("Check the year."))
