"""The page of a theme."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import Head, Pagination, Prose, Sources, View
from goodpractice.pages.plan import count_pages
from goodpractice.render.arguments import ThemeId
from goodpractice.render.links import record_url
from goodpractice.render.views.listing import list_cards, listing
from goodpractice.render.views.shared import link_section, section_of_cards, section_of_cases


def theme_page(kb: KnowledgeBase, id: ThemeId, number: int = 1) -> View:
    """The page of a theme: chapters, case studies, tools.

    Args:
        id: The theme.
        number: Page of the list of case studies.
    """
    theme = kb.themes[id]
    cases = kb.select_case_studies(theme=id)
    chapters = [chapter for chapter, _ in kb.select_chapters([id])] if number == 1 else []
    tools = [resource.id for resource in kb.resources.values() if id in resource.themes] if number == 1 else []
    return (
        Head("theme", link_section(kb, "theme"), theme.name, theme.question, motif=id),
        Prose(theme.summary),
        *section_of_cards("gp-chapters", kb.gettext("In the handbook"), "chapter", chapters),
        *section_of_cases(kb, cases, number),
        *section_of_cards("gp-resources", kb.gettext("Tools and funders"), "resource", tools, False),
        Pagination(record_url("theme", id), number, count_pages(len(cases))),
        Sources(theme.sources),
    )


def theme_index(kb: KnowledgeBase) -> View:
    """All themes."""
    return listing(kb, "theme", list_cards(kb, "theme", kb.themes, kb.gettext("No theme is listed here yet.")))
