"""Whether a translation that is shown to everybody was approved by somebody."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.translating import find_approval_gap


def check_translations(kb: KnowledgeBase, today: datetime.date) -> Iterator[Diagnostic]:
    """Approvals with half of what they need, by nobody, or of a day that has not come."""
    for key, translation in kb.translations.raw.items():
        origin = kb.origins["translation", key]
        found = find_approval_gap(translation.approved_by, translation.approved_on)
        if found is not None:
            field, message, hint = found
            yield origin.diagnose((field,), rules.APPROVAL_INCOMPLETE, message, hint)
        for field in ("translated_on", "approved_on"):
            date = getattr(translation, field)
            if date is not None and date > today + datetime.timedelta(days=1):
                message = _("`{field}` lies in the future: {date}", field=field, date=date.isoformat())
                yield origin.diagnose((field,), rules.FUTURE_DATE, message, _("Check the year."))
