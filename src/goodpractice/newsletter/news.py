"""What a period brought: new and changed records, what is coming, and what waits for somebody."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from goodpractice.content import load_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.base import find_days
from goodpractice.kinds.event.model import EVENT, Event
from goodpractice.kinds.newsletter import NEWSLETTER
from goodpractice.kinds.registry import KINDS
from goodpractice.newsletter.history import History

#: What is due so soon after the period is told in it.
LOOK_AHEAD = datetime.timedelta(days=31)


class Named(NamedTuple):
    """A record by its kind and id."""

    kind: str
    id: str


class Due(NamedTuple):
    """A record that somebody is to check, and by when."""

    day: datetime.date
    record: Named


@dataclass(frozen=True)
class News:
    """What a period brought.

    Attributes:
        since: Its first day.
        until: Its last day.
        new: Records that were new in it, kind by kind.
        changed: Records that changed in it, as far as they say so, the latest first.
        coming: Events after it, as far as they are announced.
        due: Records to be checked within a month of its end, the earliest first.
        unchecked: Number of texts of which nobody has checked the facts yet, by kind; with the number of all.
        drafts: Number of translations that no native reader has approved.
    """

    since: datetime.date
    until: datetime.date
    new: Mapping[str, list[str]] = field(default_factory=dict)
    changed: list[Named] = field(default_factory=list)
    coming: list[Named] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    unchecked: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    drafts: int = 0


def collect_news(kb: KnowledgeBase, since: datetime.date, until: datetime.date, history: History | None) -> News:
    """Find what a period brought.

    Days that records name count. Of a record that names none, git says whether it was there before; without a history
    it is left out.

    Args:
        kb: The knowledge base as it is now.
        since: The first day.
        until: The last day.
        history: The commits of the project, where git knows them.
    """
    undated = _list_undated(kb, since, until, history) if history else frozenset()
    new: dict[str, list[str]] = {}
    changed: list[tuple[datetime.date, Named]] = []
    for record, (first, last) in _list_dated(kb):
        if (first is not None and since <= first <= until) or (last is None and record in undated):
            new.setdefault(record.kind, []).append(record.id)
        elif last is not None and since <= last <= until:
            changed.append((last, record))
    changed.sort(key=lambda found: found[0], reverse=True)
    events = sorted(kb.table(EVENT).raw.items(), key=lambda entry: (entry[1].first_day or datetime.date.max, entry[0]))
    return News(
        since,
        until,
        new,
        [record for __, record in changed],
        [Named(EVENT, event_id) for event_id, event in events if _is_coming(event, until)],
        sorted(_list_due(kb, until)),
        dict(_count_unchecked(kb)),
        sum(not translation.is_approved for translation in kb.translations.raw.values()),
    )


def _list_dated(kb: KnowledgeBase) -> Iterator[tuple[Named, tuple[datetime.date | None, datetime.date | None]]]:
    """Records with a page or a place on a list, and their days. Issues do not tell of issues."""
    for kind in KINDS.values():
        if kind.collection and kind.id != NEWSLETTER:
            for record_id, record in kb.table(kind.id).raw.items():
                yield Named(kind.id, record_id), find_days(record)


def _list_undated(
    kb: KnowledgeBase, since: datetime.date, until: datetime.date, history: History
) -> frozenset[tuple[str, str]]:
    """Records that were there at the end of a period and not before it."""
    before = _list_known(kb, history, history.find_last(since))
    after = _list_known(kb, history, history.find_last(until + datetime.timedelta(days=1)))
    return after - before


def _list_known(kb: KnowledgeBase, history: History, commit: str) -> frozenset[tuple[str, str]]:
    """Kinds and ids of the records of a commit: of entries too that are no records by the rules of today."""
    if not commit:
        return frozenset()
    with tempfile.TemporaryDirectory() as folder:
        history.restore(commit, Path(folder))
        old, __ = load_project(Path(folder), settings=kb.settings)
    known = {(table.kind, record_id) for table in old.tables.values() for record_id in table.raw}
    return frozenset(known | set(old.invalid_records))


def _is_coming(event: Event, until: datetime.date) -> bool:
    """Whether an event takes place later; of one without a day, whether it is announced."""
    return event.last_day > until if event.last_day else event.status == "planned"


def _list_due(kb: KnowledgeBase, until: datetime.date) -> Iterator[Due]:
    for record, reviewed in _list_reviewed(kb):
        if reviewed.review_due <= until + LOOK_AHEAD:
            yield Due(reviewed.review_due, record)


def _count_unchecked(kb: KnowledgeBase) -> Iterator[tuple[str, tuple[int, int]]]:
    counted: dict[str, list[bool]] = {}
    for record, reviewed in _list_reviewed(kb):
        counted.setdefault(record.kind, []).append(reviewed.reviewed_by is None)
    for kind, unchecked in counted.items():
        yield kind, (sum(unchecked), len(unchecked))


def _list_reviewed(kb: KnowledgeBase) -> Iterator[tuple[Named, Any]]:
    """Records that are to be checked again and again."""
    for kind in KINDS.values():
        if hasattr(kind.model, "review_due"):
            yield from ((Named(kind.id, record_id), record) for record_id, record in kb.table(kind.id).raw.items())
