"""The page of everything that can be taken along."""

from __future__ import annotations

from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds.blocks import Paragraph, View, Widget
from goodpractice.kinds.paging import PAGE_SIZE
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.texts import RecordLink
from goodpractice.kinds.views.lists import overview_head
from goodpractice.pages.papers import INDEX


def paper_page(kb: KnowledgeBase) -> View:
    """Every paper of the site with its size, kind by kind, and a way to print several pages together."""
    words = kb.gettext(
        "Tick the pages that you need and print them together, or take a file: it is laid out for paper, can be heard "
        "with a screen reader, and holds the address of every link. A page may be newer than your copy."
    )
    words += " " + kb.gettext("An e-book (EPUB) adapts to your screen, with letters as large as you want.")
    groups = [
        _collect_group(kb, kind)
        for kind, collection in COLLECTIONS.items()
        if (collection.papers or collection.books) and kb.has_any(kind)
    ]
    head = overview_head(kb, "on-paper", kb.gettext("Take it along"))
    return (head, Paragraph("about", words), Widget("shelf", {"index": INDEX, "groups": groups}))


def _collect_group(kb: KnowledgeBase, kind: str) -> dict[str, Any]:
    """The records of a kind in their order; not those of a kind that has more than a page of them."""
    table, collection = kb.table(kind), COLLECTIONS[kind]
    ids = list(table) if collection.papers and len(table) <= PAGE_SIZE else []
    names = {id: kb.record_name(kind, id) for id in ids}
    ids.sort(key=lambda id: (getattr(table[id], "order", 0), sort_key(names[id])))
    return {
        "id": kind.replace("_", "-"),
        "kind": kind,
        "title": kb.gettext(collection.title),
        "entries": [{"link": RecordLink(kind, id), "id": id} for id in ids],
        "said": "" if ids or not collection.papers else kb.gettext("Each page offers its own file."),
    }
