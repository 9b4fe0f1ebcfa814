"""What is new and what has changed, by the days that the records themselves name.

Nothing is taken from git: a shallow clone and a copy without a history give the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from goodpractice.kinds import CASE_STUDY, THEME
from goodpractice.kinds.base import find_days
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.marks import group_references
from goodpractice.kinds.registry import KINDS

if TYPE_CHECKING:
    from goodpractice.content.knowledge_base import KnowledgeBase

#: Entries of one feed.
MOST_CHANGES = 50
#: What a list of changes is about, as a kind and the id of a record: all of them; those of a kind; those that name a
#: theme.
Subject = tuple[str, str]
EVERYTHING: Subject = ("", "")


class Change(NamedTuple):
    """A record that is new or has changed.

    Attributes:
        updated: The day of the last change, as `2026-03-31`; for what never changed, the day on which it was new.
        url: Its address, relative to the site.
        kind: Its kind.
        title: Its name.
        summary: What it is, in a sentence or two.
        published: The day on which it was new; empty where it does not say.
        themes: Ids of its themes.
        licence: Its licence, where that is not the one of the site.
        id: Its id.
    """

    updated: str
    url: str
    kind: str
    title: str
    summary: str
    published: str
    themes: tuple[str, ...]
    licence: str
    id: str

    @property
    def is_new(self) -> bool:
        """Whether it has not changed since it was new."""
        return self.published == self.updated


#: Kinds that are listed: their records can say when they were new, and have an address.
LISTED = tuple(kind for kind in KINDS.values() if kind.collection and "published_on" in kind.model.model_fields)


def group_changes(kb: KnowledgeBase) -> Mapping[Subject, list[tuple[str, str]]]:
    """Kinds and ids of what is dated, the newest first and then by address, under each subject.

    Each list ends where a feed ends, so that what is asked of ten thousand stories is only their days.
    """
    dated = [found for kind in LISTED for found in _list_dated(kb, kind) if found[0]]
    dated.sort(key=itemgetter(1))
    dated.sort(key=itemgetter(0), reverse=True)
    groups: dict[Subject, list[tuple[str, str]]] = {}
    for _, _, kind_id, record_id, themes in dated:
        for subject in (EVERYTHING, (kind_id, ""), *((THEME, theme) for theme in themes)):
            group = groups.setdefault(subject, [])
            if len(group) < MOST_CHANGES:
                group.append((kind_id, record_id))
    return groups


def _list_dated(kb: KnowledgeBase, kind: Kind[Any]) -> Iterator[tuple[str, str, str, str, Iterable[str]]]:
    """The day of the last change of each record, something to order it by as by its address, and its themes."""
    place = kind.collection.url if kind.collection else ""
    if kind.id == CASE_STUDY:
        # Their records are made only of those that somebody reads.
        for case_id, case in kb.indexes.case_summaries.items():
            yield case.updated, place + case_id, kind.id, case_id, case.named.get(THEME, ())
    else:
        for record_id, record in kb.table(kind.id).raw.items():
            themes = group_references(record, kind.model).get(THEME, ())
            yield _say_days(record)[1], place + record_id, kind.id, record_id, themes


def describe_change(kb: KnowledgeBase, kind_id: str, record_id: str) -> Change:
    """What lists say of a dated record."""
    kind = KINDS[kind_id]
    url = kind.collection.record_url(record_id) if kind.collection else ""
    if kind_id == CASE_STUDY:
        case = kb.indexes.case_summaries[record_id]
        themes = tuple(case.named.get(THEME, ()))
        return Change(
            case.updated, url, kind_id, case.title, case.summary, case.published, themes, case.licence, record_id
        )
    record = kb.table(kind_id).raw[record_id]
    published, updated = _say_days(record)
    themes = tuple(group_references(record, kind.model).get(THEME, ()))
    title = kind.name_record(record, record_id)
    return Change(updated, url, kind_id, title, summarise(kb, kind, record), published, themes, "", record_id)


def _say_days(record: Any) -> tuple[str, str]:
    published, updated = (day.isoformat() if day else "" for day in find_days(record))
    return published, updated


def summarise(kb: KnowledgeBase, kind: Kind[Any], record: Any) -> str:
    """What a record is, in a sentence or two; empty where its kind says nothing."""
    if kind.collection and kind.collection.describe:
        return kind.collection.describe(record, kb)
    return kind.search.entry(record, kb).description if kind.search and kind.search.entry else ""
