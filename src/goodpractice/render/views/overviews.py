"""The pages of the search and of the map."""

from __future__ import annotations

from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import list_kinds
from goodpractice.kinds.blocks import MapBlock, View, Widget
from goodpractice.kinds.kind import Collection
from goodpractice.kinds.overviews import OVERVIEWS, Overview, overview_is_shown
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.views.lists import overview_head
from goodpractice.pages.plan import section_is_shown


def search_page(kb: KnowledgeBase) -> View:
    """The search, and links to every list, which is all there is without a script."""
    shown: list[Collection[Any] | Overview] = [
        collection for kind, collection in COLLECTIONS.items() if section_is_shown(kb, kind)
    ]
    shown += [other for other in OVERVIEWS.values() if other.id != "search" and overview_is_shown(kb, other)]
    doors = [
        {"url": door.url, "title": kb.gettext(door.title), "about": kb.gettext(door.description)} for door in shown
    ]
    files = " ".join(f"{kind.id}={kind.data_name}" for kind in list_kinds(kb))
    return (overview_head(kb, "search", kb.gettext("Find")), Widget("search", {"doors": doors, "files": files}))


def map_page(kb: KnowledgeBase) -> View:
    """Where partners are and where case studies began: maps, filters and the same as a list."""
    return (overview_head(kb, "map", kb.gettext("Overview")), MapBlock())
