"""Whether a translation that is shown to everybody was approved by somebody."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.translation import MACHINE

#: Answers to "who approved it" that name nobody.
_NOBODY = frozenset({MACHINE, "ai", "editor", "editors", "nobody", "none", "unknown", "todo", "tbc", "me"})


def check_translations(kb: KnowledgeBase, today: datetime.date) -> Iterator[Diagnostic]:
    """Approvals with half of what they need, by nobody, or of a day that has not come."""
    for key, translation in kb.translations.raw.items():
        origin = kb.origins["translation", key]
        by, on = translation.approved_by, translation.approved_on
        found = None
        if by is not None and by.strip(" .").casefold() in _NOBODY:
            found = (
                "approved_by",
                _("`approved_by: {by}` names nobody", by=by),
                _("Write the name of the reader who approved it."),
            )
        elif by is not None and on is None:
            found = (
                "approved_by",
                _("the day of the approval is missing"),
                _("Add `approved_on:`, year first: 2026-03-31."),
            )
        elif on is not None and by is None:
            hint = _("Add `approved_by:` with the name of the reader who approved it.")
            found = "approved_on", _("it is not said who approved the translation"), hint
        if found is not None:
            field, message, hint = found
            yield origin.diagnose((field,), rules.APPROVAL_INCOMPLETE, message, hint)
        for field, date in (("translated_on", translation.translated_on), ("approved_on", on)):
            if date is not None and date > today + datetime.timedelta(days=1):
                message = _("`{field}` lies in the future: {date}", field=field, date=date.isoformat())
                yield origin.diagnose((field,), rules.FUTURE_DATE, message, _("Check the year."))
