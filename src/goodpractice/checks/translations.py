"""Approvals of translations, without which readers do not get to see them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from goodpractice.checks.dates import check_day
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.translating import find_approval_gap
from goodpractice.kinds import TRANSLATION


def check_translations(kb: KnowledgeBase, today: datetime.date) -> Iterator[Diagnostic]:
    """Approvals that lack the name or the day, name no person, or lie in the future."""
    for key, translation in kb.translations.raw.items():
        origin = kb.origins[TRANSLATION, key]
        found = find_approval_gap(translation.approved_by, translation.approved_on)
        if found is not None:
            field, message, hint = found
            yield origin.diagnose((field,), rules.APPROVAL_INCOMPLETE, message, hint)
        for field in ("translated_on", "approved_on"):
            yield from check_day(origin, field, getattr(translation, field), today)
