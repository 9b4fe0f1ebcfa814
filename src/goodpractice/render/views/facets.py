"""Lists of case studies by who took part, by setting and by region: the way through the site without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import Area
from goodpractice.kinds import AUDIENCE, CASE_STUDY, CHAPTER, MOMENT, SETTING, CaseStudy, Ref
from goodpractice.kinds.blocks import (
    Block,
    Cards,
    Head,
    Index,
    IndexEntry,
    IndexGroup,
    Pagination,
    Paragraph,
    Paragraphs,
    Section,
    Share,
    View,
)
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.paging import count_pages, slice_page
from goodpractice.kinds.registry import FILTERS, KINDS
from goodpractice.kinds.texts import Joined, PageLink, Sentence, Text, join
from goodpractice.kinds.views.links import link_overview, lower_first
from goodpractice.kinds.views.lists import lead_on, number_title, overview_head, say_cases, section_of_cards, show_cards
from goodpractice.pages.plan import title_area, title_setting

#: Themes by which chapters are chosen for a list, and chapters shown below it.
THEMES = 3
CHAPTERS = 3


def audience_index(kb: KnowledgeBase) -> View:
    """Everybody with whom case studies are told, with numbers."""
    return _index_choices(kb, "audiences", kb.gettext("With whom"))


def setting_index(kb: KnowledgeBase) -> View:
    """Every setting in which people meet, with numbers."""
    return _index_choices(kb, "settings", kb.gettext("Where people met"))


def _index_choices(kb: KnowledgeBase, id: str, name: str) -> View:
    overview = OVERVIEWS[id]
    entries = []
    for choice in kb.list_choices(overview.of):
        told = len(kb.select_case_studies(**{overview.of: choice.id}))
        entries.append(IndexEntry(PageLink(overview.url_of(choice.id), choice.name), say_cases(kb, told)))
    return _index(kb, id, [IndexGroup(f"gp-{overview.of}s", name, tuple(entries))])


def region_index(kb: KnowledgeBase) -> View:
    """Countries with their regions, with numbers."""
    groups: dict[str, list[IndexEntry]] = {}
    for area in kb.areas:
        if area.among:
            continue
        parted = any(other.within == area.name for other in kb.areas)
        title = kb.gettext("All of {name}", name=area.name) if parted else area.name
        entry = IndexEntry(PageLink(OVERVIEWS["regions"].url_of(area.id), title), say_cases(kb, area.number))
        groups.setdefault(area.within or area.name, []).append(entry)
    return _index(
        kb,
        "regions",
        [IndexGroup(f"country-{at}", name, tuple(groups[name])) for at, name in enumerate(groups, start=1)],
    )


def _index(kb: KnowledgeBase, id: str, groups: Sequence[IndexGroup]) -> View:
    shown: Block = show_cards(kb, CASE_STUDY, ())
    if any(group.entries for group in groups):
        shown = Index(tuple(groups), kb.gettext("Jump to a country"))
    return (overview_head(kb, id, kb.gettext("All entries")), shown)


def audience_page(kb: KnowledgeBase, id: Annotated[str, Ref(AUDIENCE)], number: int = 1) -> View:
    """The case studies in which an audience took part.

    Args:
        id: The audience.
        number: Page of the list.
    """
    choice = kb.table(AUDIENCE)[id]
    name = lower_first(choice.name)
    title = kb.gettext("Case studies with {name}", name=name)
    none = kb.gettext("No case study with {name} has been told here yet. If you know one, tell it.", name=name)
    return _list_page(kb, "audiences", id, title, choice.description, number, none)


def setting_page(kb: KnowledgeBase, id: Annotated[str, Ref(SETTING)], number: int = 1) -> View:
    """The case studies in a setting.

    Args:
        id: The setting.
        number: Page of the list.
    """
    choice = kb.table(SETTING)[id]
    title = title_setting(kb, choice.name)
    none = kb.gettext(
        "No case study in the setting ‘{name}’ has been told here yet. If you know one, tell it.",
        name=lower_first(choice.name),
    )
    return _list_page(kb, "settings", id, title, choice.description, number, none)


def region_page(kb: KnowledgeBase, id: str, number: int = 1) -> View:
    """The case studies from a country or region.

    Args:
        id: Id of the area.
        number: Page of the list.
    """
    area = kb.find_area(id)
    name = area.name if area else id
    title = title_area(kb, area) if area else kb.gettext("Case studies: {name}", name=name)
    summary = _tell_apart(kb, area) if area and area.among else None
    none = kb.gettext("No case study from {name} has been told here yet. If you know one, tell it.", name=name)
    return _list_page(kb, "regions", id, title, summary, number, none)


def _tell_apart(kb: KnowledgeBase, area: Area) -> Sentence:
    pages = join(
        PageLink(OVERVIEWS["regions"].url_of(kb.area_of(area.name, country)), country) for country in area.among
    )
    said = kb.gettext("{name} is the name of regions in several countries: {countries}.")
    return Sentence(said, {"name": area.name, "countries": pages})


def _list_page(
    kb: KnowledgeBase, index: str, id: str, title: str, summary: Text | None, number: int, none: str
) -> View:
    overview = OVERVIEWS[index]
    cases = kb.select_case_studies(**{overview.of: id})
    of = count_pages(len(cases))
    listed = slice_page(cases, number)
    part = say_cases(kb, len(cases)) if of == 1 else kb.gettext("page {number} of {of}", number=number, of=of)
    kicker = Joined((link_overview(kb, index), part))
    shown: tuple[Block, ...] = (Cards(CASE_STUDY, tuple(case_id for case_id, _ in listed)),)
    if not listed:
        shown = (Paragraphs(none, role=""), Share())
    return (
        Head("index", kicker, number_title(kb, title, number, of), summary),
        *shown,
        *(_list_chapters(kb, listed) if number == 1 else ()),
        Pagination(overview.url_of(id), number, of),
        *(_lead_to_search(kb, overview.of, id) if listed else ()),
        lead_on(kb),
    )


def _lead_to_search(kb: KnowledgeBase, facet: str, id: str) -> tuple[Paragraph, ...]:
    """A link to the same list in the search, where it can be narrowed and saved for a spreadsheet."""
    if facet not in FILTERS or facet not in KINDS:
        return ()
    url = f"{OVERVIEWS['search'].url}?kind={CASE_STUDY}&{facet}={id}"
    return (Paragraph("leads-on", PageLink(url, kb.gettext("Narrow this list, or save it as CSV for a spreadsheet"))),)


def _list_chapters(kb: KnowledgeBase, listed: Sequence[tuple[str, CaseStudy]]) -> tuple[Section, ...]:
    """Chapters on what these case studies are about; those that help at the very start when there are none."""
    counted = Counter(theme for _, case in listed for theme in case.themes)
    themes = [theme for theme, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:THEMES]]
    found = about = [chapter_id for chapter_id, _ in kb.chapters_about(themes, (), CHAPTERS)]
    if not about:
        start = [choice.id for choice in kb.list_choices(MOMENT)[:1]]
        found = [chapter_id for chapter_id, _ in kb.chapters_about((), start, CHAPTERS)]
        found = found or [chapter_id for chapter_id, _ in kb.ordered_chapters[:CHAPTERS]]
    title = kb.gettext("What the handbook says about their themes") if about else kb.gettext("Where to begin")
    return section_of_cards("gp-chapters", title, CHAPTER, found)
