"""Parts of list pages as HTML, for lists whose pages are not made of blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.kinds.blocks import Pagination
from goodpractice.render.blocks import render_blocks, render_text
from goodpractice.render.environment import render_component
from goodpractice.render.views import shared
from goodpractice.render.views.shared import slice_page

__all__ = ["facts", "head", "link_website", "overview_head", "pagination", "slice_page"]


def head(
    modifier: str, kicker: str | Markup, title: str, summary: str | Markup | None = None, language: Language = ENGLISH
) -> Markup:
    """The head of a list."""
    return render_component(
        "chapter-head",
        language=language,
        modifier=modifier,
        kicker=kicker,
        title=title,
        summary=summary,
        facts=(),
        motif=None,
    )


def overview_head(kb: KnowledgeBase, id: str, kicker: str) -> Markup:
    """The head of an overview: what kind of page it is, its title and what it shows."""
    return render_blocks(kb, [shared.overview_head(kb, id, kicker)])


def facts(entries: Iterable[dict[str, Any]], title: str = "") -> Markup | str:
    """Facts as a list of names and values; empty facts are left out, an empty list is nothing."""
    shown = [{"entries": (), **entry} for entry in entries if entry["value"]]
    return render_component("facts", facts=shown, title=title) if shown else ""


def pagination(kb: KnowledgeBase, url: str, number: int, of: int) -> Markup | str:
    """Links to the other pages of a list; nothing when there is only one."""
    return render_blocks(kb, [Pagination(url, number, of)])


def link_website(url: str | None) -> Markup | str:
    """A link that shows an address as people write it, without what they leave out."""
    return render_text(KnowledgeBase(), shared.link_website(url))
