"""Lists of case studies by who took part, by setting and by region: the way through the site without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import Area
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import CaseStudy
from goodpractice.pages.plan import (
    OVERVIEWS,
    SECTIONS,
    count_pages,
    lower_first,
    number_title,
    overview_is_shown,
    title_area,
    title_setting,
)
from goodpractice.render import boxes, cards
from goodpractice.render.arguments import AudienceId, SettingId
from goodpractice.render.environment import Html, fill, page_href, render_component, render_template
from goodpractice.render.layouts import head, overview_head, pagination, slice_page
from goodpractice.render.links import area_url, audience_url, join_links, link, setting_url

#: A group of links on the index of a list: `id`, `name`, and `entries` with `href`, `title` and `note`.
_Group = Mapping[str, Any]
#: Themes by which chapters are chosen for a list, and chapters shown below it.
THEMES = 3
CHAPTERS = 3


def say_cases(kb: KnowledgeBase, number: int) -> str:
    """A number of case studies in words."""
    if not number:
        return kb.gettext("no case study yet")
    return kb.language.ngettext("{number} case study", "{number} case studies", number)


def audience_index(kb: KnowledgeBase, id: str = "audiences", number: int = 1) -> Markup:
    """Everybody with whom case studies are told, with numbers.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    return _index_page(kb, id, [_list_choices(kb, "audience", kb.gettext("Who took part"), audience_url)])


def setting_index(kb: KnowledgeBase, id: str = "settings", number: int = 1) -> Markup:
    """Every setting in which people meet, with numbers.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    return _index_page(kb, id, [_list_choices(kb, "setting", kb.gettext("Where people met"), setting_url)])


def _list_choices(kb: KnowledgeBase, kind: str, name: str, url: Callable[[str], str]) -> _Group:
    entries = [
        {
            "href": page_href(url(choice.id)),
            "title": choice.name,
            "note": say_cases(kb, len(kb.select_case_studies(**{kind: choice.id}))),
        }
        for choice in kb.list_choices(kind)
    ]
    return {"id": f"gp-{kind}s", "name": name, "entries": entries}


def region_index(kb: KnowledgeBase, id: str = "regions", number: int = 1) -> Markup:
    """Countries with their regions, with numbers.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    groups: dict[str, list[dict[str, str]]] = {}
    for area in kb.areas:
        if area.among:
            continue
        parted = any(other.within == area.name for other in kb.areas)
        title = kb.gettext("All of {name}", name=area.name) if parted else area.name
        entry = {"href": page_href(area_url(area.id)), "title": title, "note": say_cases(kb, area.number)}
        groups.setdefault(area.within or area.name, []).append(entry)
    shown = [{"id": f"country-{at}", "name": name, "entries": groups[name]} for at, name in enumerate(groups, start=1)]
    return _index_page(kb, id, shown)


def _index_page(kb: KnowledgeBase, id: str, groups: Sequence[_Group]) -> Markup:
    body = render_component("index", groups=groups, jump=kb.gettext("Jump to a country"))
    if not any(group["entries"] for group in groups):
        body = Html('<p class="gp-cards__none">{}</p>').format(kb.gettext("Nothing is listed here yet."))
    return render_template(
        "list_page.html",
        head=overview_head(kb, id, kb.gettext("All entries")),
        before="",
        body=body,
        pagination="",
    )


def audience_page(kb: KnowledgeBase, id: AudienceId, number: int = 1) -> Markup:
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


def setting_page(kb: KnowledgeBase, id: SettingId, number: int = 1) -> Markup:
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


def region_page(kb: KnowledgeBase, id: str, number: int = 1) -> Markup:
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


def _tell_apart(kb: KnowledgeBase, area: Area) -> Markup:
    pages = [link(area_url(kb.area_of(area.name, country)), country) for country in area.among]
    said = kb.gettext("{name} is the name of regions in several countries: {countries}.")
    return fill(said, name=area.name, countries=join_links(pages))


def _list_page(
    kb: KnowledgeBase,
    index: str,
    title: str,
    summary: str | Markup | None,
    url: str,
    cases: Sequence[tuple[str, CaseStudy]],
    number: int,
    none: str,
) -> Markup:
    of = count_pages(len(cases))
    listed = slice_page(cases, number)
    body = _cases(kb, [case_id for case_id, _ in listed], none)
    part = say_cases(kb, len(cases)) if of == 1 else kb.gettext("page {number} of {of}", number=number, of=of)
    if number == 1:
        body += _chapters(kb, listed)
    return render_template(
        "list_page.html",
        head=head(
            "index",
            Html("{}, {}").format(
                link(OVERVIEWS[index].url, kb.gettext(OVERVIEWS[index].title)),
                part,
            ),
            number_title(kb, title, number, of),
            summary,
            language=kb.language,
        ),
        before="",
        body=body,
        pagination=pagination(kb, url, number, of) + _leads_on(kb),
    )


def _cases(kb: KnowledgeBase, ids: Sequence[str], none: str) -> Markup:
    if ids:
        return render_component("cards", cards=[cards.case_study(kb, case_id) for case_id in ids], empty="")
    return Html("<p>{}</p>{}").format(none, boxes.share_button(kb))


def _chapters(kb: KnowledgeBase, listed: Sequence[tuple[str, CaseStudy]]) -> Markup:
    """Chapters on what these case studies are about; those that help at the very start when there are none."""
    counted = Counter(theme for _, case in listed for theme in case.themes)
    themes = [theme for theme, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:THEMES]]
    found = about = [chapter_id for chapter_id, _ in kb.chapters_about(themes, (), CHAPTERS)]
    if not about:
        start = [choice.id for choice in kb.list_choices("moment")[:1]]
        found = [chapter_id for chapter_id, _ in kb.chapters_about((), start, CHAPTERS)]
        found = found or [chapter_id for chapter_id, _ in kb.ordered_chapters[:CHAPTERS]]
    if not found:
        return Markup("")
    shown = render_component("cards", cards=[cards.chapter(kb, chapter_id) for chapter_id in found], empty="")
    return Html(
        '<section class="gp-part" aria-labelledby="gp-chapters"><h2 id="gp-chapters">{}</h2>{}</section>'
    ).format(kb.gettext("What the handbook says about their themes") if about else kb.gettext("Where to begin"), shown)


def _leads_on(kb: KnowledgeBase) -> Markup:
    return Html('<p class="gp-leads-on">{}</p>').format(list_ways(kb))


_WAYS = (
    ("audiences", N_("who took part")),
    ("settings", N_("setting")),
    ("regions", N_("region")),
    ("map", N_("place on the map")),
)


def list_ways(kb: KnowledgeBase) -> Markup:
    """Links to every list of case studies, as a sentence."""
    shown = [link(SECTIONS["theme"].url, kb.gettext("theme"))] if kb.has_any("theme") else []
    shown += [link(OVERVIEWS[id].url, kb.gettext(text)) for id, text in _WAYS if overview_is_shown(kb, OVERVIEWS[id])]
    ways = join_links(fill(kb.gettext("by {way}"), way=way) for way in shown)
    lists = fill(kb.gettext("See all case studies {ways}."), ways=ways)
    if not overview_is_shown(kb, OVERVIEWS["find"]):
        return lists
    finder = link(OVERVIEWS["find"].url, kb.gettext("find what fits"))
    return fill(kb.gettext("Start from your situation: {finder}. {lists}"), finder=finder, lists=lists)
