"""Dates that cannot be true yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CaseStudy


def check_dates(kb: KnowledgeBase, today: datetime.date, keys: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Approvals, texts and reviews that lie in the future.

    Args:
        kb: The knowledge base.
        today: The day of the check. A day's grace is given, for contributors east of the machine that checks.
        keys: The records to look at, by kind and id.
    """
    latest = today + datetime.timedelta(days=1)
    for kind, record_id in keys:
        record = kb.table(kind).raw[record_id]
        if isinstance(record, CaseStudy) and (record.first_year or 0) > latest.year:
            name = "year" if record.year is not None else "period"
            origin = kb.origins[kind, record_id]
            message = _("`{field}` lies in the future: {date}", field=name, date=record.when)
            yield origin.diagnose((name,), rules.FUTURE_DATE, message, _("Write when it took place."))
        for field in ("partner_approved_on", "written_on", "reviewed_on"):
            date = getattr(record, field, None)
            if date is not None and date > latest:
                origin = kb.origins[kind, record_id]
                line, column = origin.find((field,))
                message = _("`{field}` lies in the future: {date}", field=field, date=date.isoformat())
                yield Diagnostic(origin.path, line, column, rules.FUTURE_DATE, message, _("Check the year."))
