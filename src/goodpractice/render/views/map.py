"""The page of the map."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import MapBlock, View
from goodpractice.render.views.shared import overview_head


def map_page(kb: KnowledgeBase) -> View:
    """Where partners are and where case studies began: maps, filters and the same as a list."""
    return (overview_head(kb, "map", kb.gettext("Overview")), MapBlock())
