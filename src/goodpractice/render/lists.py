"""Lists of case studies by who took part, by setting and by region: the way through the site without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from goodpractice.knowledge_base import KnowledgeBase
from goodpractice.models import CaseStudy
from goodpractice.pages.plan import (
    OVERVIEWS,
    count_pages,
    lower_first,
    name_area,
    name_setting,
    overview_is_shown,
)
from goodpractice.related import Area
from goodpractice.render import boxes, cards
from goodpractice.render.arguments import AudienceId, SettingId
from goodpractice.render.environment import Html, page_href, render_component, render_template
from goodpractice.render.layouts import head, pagination, slice_page
from goodpractice.render.references import area_url, audience_url, join_links, link, setting_url

#: A group of links on the index of a list: `id`, `name`, and `entries` with `href`, `title` and `note`.
_Group = Mapping[str, Any]
#: Themes by which chapters are chosen for a list, and chapters shown below it.
THEMES = 3
CHAPTERS = 3


def say_number(number: int, one: str, many: str = "") -> str:
    """A number with its word: `1 case study`, `2 case studies`."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def say_cases(number: int) -> str:
    """A number of case studies in words."""
    return say_number(number, "case study", "case studies") if number else "no case study yet"


def audience_index(kb: KnowledgeBase, id: str = "audiences", number: int = 1) -> Markup:
    """Everybody with whom case studies are told, with numbers.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    return _index_page(id, [_list_choices(kb, "audience", "Who took part", audience_url)])


def setting_index(kb: KnowledgeBase, id: str = "settings", number: int = 1) -> Markup:
    """Every setting in which people meet, with numbers.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    return _index_page(id, [_list_choices(kb, "setting", "Where people met", setting_url)])


def _list_choices(kb: KnowledgeBase, kind: str, name: str, url: Callable[[str], str]) -> _Group:
    entries = [
        {
            "href": page_href(url(choice.id)),
            "title": choice.name,
            "note": say_cases(len(kb.select_case_studies(**{kind: choice.id}))),
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
        title = f"All of {area.name}" if any(other.within == area.name for other in kb.areas) else area.name
        entry = {"href": page_href(area_url(area.id)), "title": title, "note": say_cases(area.number)}
        groups.setdefault(area.within or area.name, []).append(entry)
    shown = [{"id": f"country-{at}", "name": name, "entries": groups[name]} for at, name in enumerate(groups, start=1)]
    return _index_page(id, shown)


def _index_page(id: str, groups: Sequence[_Group]) -> Markup:
    overview = OVERVIEWS[id]
    body = render_component("index", groups=groups, jump="Jump to a country")
    if not any(group["entries"] for group in groups):
        body = Markup('<p class="gp-cards__none">Nothing is listed here yet.</p>')
    return render_template(
        "list_page.html",
        head=head("index", "All entries", overview.title, overview.description),
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
    title = f"Case studies with {name}"
    url = audience_url(id)
    return _list_page(kb, "audiences", title, choice.description, url, cases, number, f"with {name}")


def setting_page(kb: KnowledgeBase, id: SettingId, number: int = 1) -> Markup:
    """The case studies in a setting.

    Args:
        id: The setting.
        number: Page of the list.
    """
    choice = kb.table("setting")[id]
    cases = kb.select_case_studies(setting=id)
    title = name_setting(choice.name)
    about = f"in the setting ‘{lower_first(choice.name)}’"
    return _list_page(kb, "settings", title, choice.description, setting_url(id), cases, number, about)


def region_page(kb: KnowledgeBase, id: str, number: int = 1) -> Markup:
    """The case studies from a country or region.

    Args:
        id: Id of the area.
        number: Page of the list.
    """
    area = kb.find_area(id)
    name = area.name if area else id
    cases = kb.select_case_studies(region=id)
    title = name_area(kb, area) if area else f"Case studies: {name}"
    summary = _tell_apart(kb, area) if area and area.among else None
    return _list_page(kb, "regions", title, summary, area_url(id), cases, number, f"from {name}")


def _tell_apart(kb: KnowledgeBase, area: Area) -> Markup:
    pages = [link(area_url(kb.area_of(area.name, country)), country) for country in area.among]
    return Html("{} is the name of regions in several countries: {}.").format(area.name, join_links(pages))


def _list_page(
    kb: KnowledgeBase,
    index: str,
    title: str,
    summary: str | Markup | None,
    url: str,
    cases: Sequence[tuple[str, CaseStudy]],
    number: int,
    about: str,
) -> Markup:
    of = count_pages(len(cases))
    listed = slice_page(cases, number)
    body = _cases(kb, [case_id for case_id, _ in listed], about)
    if number == 1:
        body += _chapters(kb, listed)
    return render_template(
        "list_page.html",
        head=head(
            "index",
            Html("{}, {}").format(
                link(OVERVIEWS[index].url, OVERVIEWS[index].title),
                say_cases(len(cases)) if of == 1 else f"page {number} of {of}",
            ),
            title if number == 1 else f"{title}, page {number} of {of}",
            summary,
        ),
        before="",
        body=body,
        pagination=pagination(kb, url, number, of) + _leads_on(kb),
    )


def _cases(kb: KnowledgeBase, ids: Sequence[str], about: str) -> Markup:
    if ids:
        return render_component("cards", cards=[cards.case_study(kb, case_id) for case_id in ids], empty="")
    return Html("<p>No case study {} has been told here yet. If you know one, tell it.</p>{}").format(
        about, boxes.share_button(kb)
    )


def _chapters(kb: KnowledgeBase, listed: Sequence[tuple[str, CaseStudy]]) -> Markup:
    """Chapters on what these case studies are about; those that help at the very start when there are none."""
    counted = Counter(theme for _, case in listed for theme in case.themes)
    themes = [theme for theme, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:THEMES]]
    start = [] if themes else [choice.id for choice in kb.list_choices("moment")[:1]]
    found = [chapter_id for chapter_id, _ in kb.chapters_about(themes, start, CHAPTERS)]
    found = found or [chapter_id for chapter_id, _ in kb.ordered_chapters[:CHAPTERS]]
    if not found:
        return Markup("")
    shown = render_component("cards", cards=[cards.chapter(kb, chapter_id) for chapter_id in found], empty="")
    return Html(
        '<section class="gp-part" aria-labelledby="gp-chapters"><h2 id="gp-chapters">{}</h2>{}</section>'
    ).format("What the handbook says about their themes" if themes else "Where to begin", shown)


def _leads_on(kb: KnowledgeBase) -> Markup:
    return Html('<p class="gp-leads-on">{}</p>').format(list_ways(kb))


def list_ways(kb: KnowledgeBase) -> Markup:
    """Links to every list of case studies, as a sentence."""
    ways = [("audiences", "who took part"), ("settings", "setting"), ("regions", "region"), ("map", "place on the map")]
    shown = [link("themes/", "theme")] if kb.has_any("theme") else []
    shown += [link(OVERVIEWS[id].url, text) for id, text in ways if overview_is_shown(kb, OVERVIEWS[id])]
    lists = Html("See all case studies by {}.").format(Markup(", by ").join(shown))
    if not overview_is_shown(kb, OVERVIEWS["find"]):
        return lists
    return Html("Start from your situation: {}. {}").format(link(OVERVIEWS["find"].url, "find what fits"), lists)
