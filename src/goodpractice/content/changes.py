"""What is new and what has changed, by the days that the records themselves name.

Nothing is taken from git: a shallow clone and a copy without a history give the same list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    """

    updated: str
    url: str
    kind: str
    title: str
    summary: str
    published: str
    themes: tuple[str, ...]
    licence: str

    @property
    def is_new(self) -> bool:
        """Whether it has not changed since it was new."""
        return self.published == self.updated


#: Kinds that are listed: their records can say when they were new, and have an address.
LISTED = tuple(kind for kind in KINDS.values() if kind.collection and "published_on" in kind.model.model_fields)


def group_changes(kb: KnowledgeBase) -> Mapping[str, list[Change]]:
    """Everything that is dated, the newest first and then by address, under each of its themes and under nothing."""
    found = [change for kind in LISTED for change in _list_dated(kb, kind) if change.updated]
    found.sort(key=lambda change: change.url)
    found.sort(key=lambda change: change.updated, reverse=True)
    groups: dict[str, list[Change]] = {"": found}
    for change in found:
        for theme in change.themes:
            groups.setdefault(theme, []).append(change)
    return groups


def _list_dated(kb: KnowledgeBase, kind: Kind[Any]) -> Iterator[Change]:
    url_of = kind.collection.record_url if kind.collection else str
    if kind.id == CASE_STUDY:
        # Their records are made only of those that somebody reads.
        for case_id, case in kb._entries.items():
            themes = tuple(case.named.get(THEME, ()))
            yield Change(
                case.updated, url_of(case_id), kind.id, case.title, case.summary, case.published, themes, case.licence
            )
        return
    for record_id, record in kb.table(kind.id).raw.items():
        published, updated = (day.isoformat() if day else "" for day in find_days(record))
        themes = tuple(group_references(record, kind.model).get(THEME, ()))
        title = kind.name_record(record, record_id)
        yield Change(updated, url_of(record_id), kind.id, title, _describe(kb, kind, record), published, themes, "")


def _describe(kb: KnowledgeBase, kind: Kind[Any], record: Any) -> str:
    if kind.collection and kind.collection.describe:
        return kind.collection.describe(record, kb)
    return kind.search.entry(record, kb).description if kind.search and kind.search.entry else ""
