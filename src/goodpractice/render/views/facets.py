"""Lists of case studies by who took part, by setting and by region: the way through the site without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import Area
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.blocks import (
    Block,
    Cards,
    Head,
    Index,
    IndexEntry,
    IndexGroup,
    Joined,
    PageLink,
    Pagination,
    Prose,
    Section,
    Sentence,
    Share,
    Text,
    View,
    join,
)
from goodpractice.pages.plan import count_pages, lower_first, number_title, title_area, title_setting
from goodpractice.render.arguments import AudienceId, SettingId
from goodpractice.render.links import area_url, audience_url, setting_url
from goodpractice.render.views.listing import lead_on, list_cards, say_cases
from goodpractice.render.views.shared import link_overview, overview_head, section_of_cards, slice_page

#: Themes by which chapters are chosen for a list, and chapters shown below it.
THEMES = 3
CHAPTERS = 3


def audience_index(kb: KnowledgeBase) -> View:
    """Everybody with whom case studies are told, with numbers."""
    return _index(kb, "audiences", [_list_choices(kb, "audience", kb.gettext("Who took part"), audience_url)])


def setting_index(kb: KnowledgeBase) -> View:
    """Every setting in which people meet, with numbers."""
    return _index(kb, "settings", [_list_choices(kb, "setting", kb.gettext("Where people met"), setting_url)])


def _list_choices(kb: KnowledgeBase, kind: str, name: str, url: Callable[[str], str]) -> IndexGroup:
    entries = (
        IndexEntry(
            PageLink(url(choice.id), choice.name), say_cases(kb, len(kb.select_case_studies(**{kind: choice.id})))
        )
        for choice in kb.list_choices(kind)
    )
    return IndexGroup(f"gp-{kind}s", name, tuple(entries))


def region_index(kb: KnowledgeBase) -> View:
    """Countries with their regions, with numbers."""
    groups: dict[str, list[IndexEntry]] = {}
    for area in kb.areas:
        if area.among:
            continue
        parted = any(other.within == area.name for other in kb.areas)
        title = kb.gettext("All of {name}", name=area.name) if parted else area.name
        entry = IndexEntry(PageLink(area_url(area.id), title), say_cases(kb, area.number))
        groups.setdefault(area.within or area.name, []).append(entry)
    return _index(
        kb,
        "regions",
        [IndexGroup(f"country-{at}", name, tuple(groups[name])) for at, name in enumerate(groups, start=1)],
    )


def _index(kb: KnowledgeBase, id: str, groups: Sequence[IndexGroup]) -> View:
    shown: Block = list_cards(kb, "case_study", ())
    if any(group.entries for group in groups):
        shown = Index(tuple(groups), kb.gettext("Jump to a country"))
    return (overview_head(kb, id, kb.gettext("All entries")), shown)


def audience_page(kb: KnowledgeBase, id: AudienceId, number: int = 1) -> View:
    """The case studies in which an audience took part.

    Args:
        id: The audience.
        number: Page of the list.
    """
    choice = kb.table("audience")[id]
    name = lower_first(choice.name)
    cases = kb.select_case_studies(audience=id)
    title = kb.gettext("Case studies with {name}", name=name)
    none = kb.gettext("No case study with {name} has been told here yet. If you know one, tell it.", name=name)
    return _list_page(kb, "audiences", title, choice.description, audience_url(id), cases, number, none)


def setting_page(kb: KnowledgeBase, id: SettingId, number: int = 1) -> View:
    """The case studies in a setting.

    Args:
        id: The setting.
        number: Page of the list.
    """
    choice = kb.table("setting")[id]
    cases = kb.select_case_studies(setting=id)
    title = title_setting(kb, choice.name)
    none = kb.gettext(
        "No case study in the setting ‘{name}’ has been told here yet. If you know one, tell it.",
        name=lower_first(choice.name),
    )
    return _list_page(kb, "settings", title, choice.description, setting_url(id), cases, number, none)


def region_page(kb: KnowledgeBase, id: str, number: int = 1) -> View:
    """The case studies from a country or region.

    Args:
        id: Id of the area.
        number: Page of the list.
    """
    area = kb.find_area(id)
    name = area.name if area else id
    cases = kb.select_case_studies(region=id)
    title = title_area(kb, area) if area else kb.gettext("Case studies: {name}", name=name)
    summary = _tell_apart(kb, area) if area and area.among else None
    none = kb.gettext("No case study from {name} has been told here yet. If you know one, tell it.", name=name)
    return _list_page(kb, "regions", title, summary, area_url(id), cases, number, none)


def _tell_apart(kb: KnowledgeBase, area: Area) -> Sentence:
    pages = join(PageLink(area_url(kb.area_of(area.name, country)), country) for country in area.among)
    said = kb.gettext("{name} is the name of regions in several countries: {countries}.")
    return Sentence(said, {"name": area.name, "countries": pages})


def _list_page(
    kb: KnowledgeBase,
    index: str,
    title: str,
    summary: Text | None,
    url: str,
    cases: Sequence[tuple[str, CaseStudy]],
    number: int,
    none: str,
) -> View:
    of = count_pages(len(cases))
    listed = slice_page(cases, number)
    part = say_cases(kb, len(cases)) if of == 1 else kb.gettext("page {number} of {of}", number=number, of=of)
    kicker = Joined((link_overview(kb, index), part))
    shown: tuple[Block, ...] = (Cards("case_study", tuple(case_id for case_id, _ in listed)),)
    if not listed:
        shown = (Prose(none, role=""), Share())
    return (
        Head("index", kicker, number_title(kb, title, number, of), summary),
        *shown,
        *(_list_chapters(kb, listed) if number == 1 else ()),
        Pagination(url, number, of),
        lead_on(kb),
    )


def _list_chapters(kb: KnowledgeBase, listed: Sequence[tuple[str, CaseStudy]]) -> tuple[Section, ...]:
    """Chapters on what these case studies are about; those that help at the very start when there are none."""
    counted = Counter(theme for _, case in listed for theme in case.themes)
    themes = [theme for theme, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:THEMES]]
    found = about = [chapter_id for chapter_id, _ in kb.chapters_about(themes, (), CHAPTERS)]
    if not about:
        start = [choice.id for choice in kb.list_choices("moment")[:1]]
        found = [chapter_id for chapter_id, _ in kb.chapters_about((), start, CHAPTERS)]
        found = found or [chapter_id for chapter_id, _ in kb.ordered_chapters[:CHAPTERS]]
    title = kb.gettext("What the handbook says about their themes") if about else kb.gettext("Where to begin")
    return section_of_cards("gp-chapters", title, "chapter", found)
