"""The page of the search."""

from __future__ import annotations

from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import View, Widget
from goodpractice.kinds.kind import Collection
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages.plan import OVERVIEWS, Overview, overview_is_shown, section_is_shown
from goodpractice.render.views.shared import overview_head


def search_page(kb: KnowledgeBase) -> View:
    """The search, and links to every list, which is all there is without a script."""
    shown: list[Collection[Any] | Overview] = [
        collection for kind, collection in COLLECTIONS.items() if section_is_shown(kb, kind)
    ]
    shown += [other for other in OVERVIEWS.values() if other.id != "search" and overview_is_shown(kb, other)]
    doors = [
        {"url": door.url, "title": kb.gettext(door.title), "about": kb.gettext(door.description)} for door in shown
    ]
    return (overview_head(kb, "search", kb.gettext("Find")), Widget("search", {"doors": doors}))
