"""The page of what is new and what has changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby

from goodpractice.content.changes import Change
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.dates import format_date
from goodpractice.kinds.blocks import Block, Index, IndexEntry, IndexGroup, Links, Paragraph, Paragraphs, Section, View
from goodpractice.kinds.registry import RESULT_LABELS
from goodpractice.kinds.texts import PageLink
from goodpractice.kinds.views.lists import overview_head
from goodpractice.render.feeds import feed_url, list_feeds, name_subject


def new_page(kb: KnowledgeBase) -> View:
    """What is new and what has changed, by day, and the feeds that say the same."""
    days = tuple(_list_days(kb))
    none = kb.gettext("Nothing is listed here yet: no case study, chapter, post or event says on which day it was new.")
    shown: Block = Index(days, kb.gettext("Jump to a day")) if days else Paragraphs(none, role="")
    return (overview_head(kb, "new", kb.gettext("By day")), shown, *_offer_feeds(kb))


def _list_days(kb: KnowledgeBase) -> Iterator[IndexGroup]:
    for day, changes in groupby(kb.list_changes(), key=lambda change: change.updated):
        entries = (IndexEntry(PageLink(change.url, change.title), _say_what(kb, change)) for change in changes)
        name = format_date(datetime.date.fromisoformat(day), kb.language)
        yield IndexGroup(f"day-{day}", name, tuple(entries))


def _say_what(kb: KnowledgeBase, change: Change) -> str:
    kind = kb.gettext(RESULT_LABELS[change.kind])
    if change.is_new:
        return kind
    said = getattr(kb.table(change.kind)[change.id], "what_changed", None)
    changed = kb.gettext("{kind}, changed", kind=kind)
    return kb.gettext("{kind}: {what}", kind=changed, what=said) if said else changed


def _offer_feeds(kb: KnowledgeBase) -> Iterator[Section]:
    feeds = tuple(PageLink(feed_url(subject), name_subject(kb, subject)) for subject in list_feeds(kb))
    if feeds:
        said = kb.gettext(
            "A feed is an address that you copy into a feed reader, an app or website of your choice: it then shows "
            "you what is new here, and nobody needs your e-mail address."
        )
        title = kb.gettext("Follow along with a feed")
        yield Section("gp-feeds", title, (Paragraph("about-feeds", said), Links(feeds)))
