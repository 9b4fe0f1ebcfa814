"""The map of partners and case studies: pictures whose marks are links, and a list that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import SOURCE
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import CASE_STUDY, PARTNER, PROGRAMME
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.views.links import locate_record
from goodpractice.kinds.views.lists import say_cases
from goodpractice.render.environment import page_href, render_component
from goodpractice.render.links import link, record_url
from goodpractice.render.places import (
    HOME,
    Mark,
    Place,
    PlaceIndex,
    View,
    cluster_places,
    load_views,
    place_labels,
)

#: Beyond so many entries the list counts case studies beside their lead partner, whose profile lists them.
MOST_NAMED = 600
#: Beyond so many places marks stand further apart: the map stays legible, and its weight within bounds.
CROWDED = 150
#: With so many marks the key is brief.
MANY_MARKS = 30
#: Places named in the key to a mark; a mark of more is described by nations and countries.
MOST_IN_KEY = 8


class Scale(NamedTuple):
    """How large marks are, in units of a view 1,000 wide, so that none is smaller than 24 px on screen."""

    name: str
    radius: int
    text: int


#: The first is for a map at least 440 px wide, the second for a telephone: 280 px and more.
SCALES = (Scale("wide", 29, 26), Scale("narrow", 46, 40))

TITLES = {"uk": N_("The United Kingdom"), "world": N_("The world")}


def draw_map(kb: KnowledgeBase, place_index: PlaceIndex) -> Markup:
    """Maps of the places in a directory, with the same as a list."""
    named = _count_entries(place_index) <= MOST_NAMED
    layers = [_Layer(view, scale, marks) for view, scale, marks in _draw(place_index)]
    programmes = _list_programmes(kb, place_index)
    numbers = {programme["id"]: str(programme["number"]) for programme in programmes}
    return render_component(
        "map",
        language=kb.language,
        views=[
            {
                "view": view,
                "title": kb.gettext(TITLES[view.id]),
                "layers": [_describe_layer(kb, layer) for layer in layers if layer.view is view],
            }
            for view in dict.fromkeys(layer.view for layer in layers)
        ],
        counts=count_words(
            kb,
            sum(len(place.partners) for place in place_index.places),
            sum(len(place.cases) for place in place_index.places),
        ),
        programmes=programmes,
        numbers=lambda entry: " ".join(numbers[id] for id in entry.programmes if id in numbers),
        groups=_list_groups(kb, place_index, layers),
        without=place_index,
        without_count=count_words(kb, len(place_index.partners), len(place_index.cases)),
        named=named,
        all_cases=link(COLLECTIONS[CASE_STUDY].url, kb.gettext("all case studies")),
        url=lambda kind, entry: page_href(locate_record(kb, kind, entry.id)),
        cases=lambda number: say_cases(kb, number),
    )


@dataclass(frozen=True)
class _Layer:
    view: View
    scale: Scale
    marks: list[Mark]

    @property
    def prefix(self) -> str:
        return f"{self.view.id}-{self.scale.name}"


def _draw(place_index: PlaceIndex) -> Iterable[tuple[View, Scale, list[Mark]]]:
    """The views that have something to show; the UK first, the world only when somebody is elsewhere."""
    views = load_views()
    home = [place for place in place_index.places if place.country == HOME]
    shown = [(views["uk"], home)] if home else []
    if len(home) < len(place_index.places):
        shown.append((views["world"], list(place_index.places)))
    for view, places in shown:
        for scale in SCALES:
            yield view, scale, cluster_places(view, places, scale.radius, 3 if len(places) > CROWDED else 2)


def _count_entries(place_index: PlaceIndex) -> int:
    placed = sum(place.total for place in place_index.places)
    return placed + len(place_index.partners) + len(place_index.cases)


def count_words(kb: KnowledgeBase, partners: int, cases: int) -> str:
    """Numbers in words, nothing for a kind that is not there: `9 partners, 1 case study`."""
    parts = [kb.language.ngettext("{number} partner", "{number} partners", partners)] if partners else []
    return ", ".join([*parts, say_cases(kb, cases)] if cases else parts)


def name_places(kb: KnowledgeBase, mark: Mark) -> str:
    """What a mark stands for, in words: up to three towns, nations and countries beyond that."""
    names = [place.name for place in mark.places]
    if len(names) <= 3:
        return kb.language.join(names)
    groups = list(dict.fromkeys(place.group for place in mark.places))
    if len(names) > MOST_IN_KEY and len(groups) <= 3:
        return kb.gettext(_MANY_IN, number=len(names), names=kb.language.join(groups))
    countries = sorted({place.country for place in mark.places if place.country})
    if len(names) > MOST_IN_KEY and len(countries) <= 3:
        within = kb.language.join([_article(kb, country) for country in countries])
        return kb.gettext(_MANY_IN, number=len(names), names=within)
    near = len(names) - 1
    return kb.language.ngettext(
        "{name} and {number} place near it", "{name} and {number} places near it", near, name=names[0]
    )


_MANY_IN = N_("{number} places in {names}")


def _article(kb: KnowledgeBase, country: str) -> str:
    # Names of countries are written by the community: only of English is it known which take an article.
    return f"the {country}" if kb.own_language.code == SOURCE and country.startswith("United ") else country


def _describe_layer(kb: KnowledgeBase, layer: _Layer) -> dict[str, Any]:
    labels = place_labels(layer.view, layer.marks, layer.scale.radius, layer.scale.text)
    marks = [
        {**_describe_mark(kb, layer, number, mark), "label": label}
        for number, (mark, label) in enumerate(zip(layer.marks, labels, strict=True))
    ]
    several = [
        _describe_key(kb, layer, number, mark) for number, mark in enumerate(layer.marks) if len(mark.places) > 1
    ]
    return {"id": layer.prefix, "scale": layer.scale, "marks": marks, "several": several}


def _describe_mark(kb: KnowledgeBase, layer: _Layer, number: int, mark: Mark) -> dict[str, Any]:
    total = mark.partners + mark.cases
    name = name_places(kb, mark)
    if total == 1:
        # A lead partner stands with its case studies, so one entry alone is a partner.
        partner = mark.places[0].partners[0]
        # The name of a science centre often names the town already.
        title = partner.name if name in partner.name else f"{partner.name}, {name}"
        href = page_href(locate_record(kb, PARTNER, partner.id))
    else:
        title = f"{name}: {count_words(kb, mark.partners, mark.cases)}"
        href = f"#{layer.prefix}-{number}" if len(mark.places) > 1 else f"#{mark.places[0].id}"
    return {
        "x": mark.x,
        "y": mark.y,
        "href": href,
        "title": title,
        "total": total,
        "partners": mark.partners,
        "cases": mark.cases,
        "size": _size(layer.scale.radius, total),
    }


def _size(radius: int, total: int) -> int:
    """Radius of the visible dot: larger for more, never beyond the area that can be pressed."""
    share = 0.55 if total == 1 else 0.72 if total < 5 else 0.86 if total < 20 else 1.0
    return round(radius * share)


def _describe_key(kb: KnowledgeBase, layer: _Layer, number: int, mark: Mark) -> dict[str, Any]:
    if len(mark.places) <= (MOST_IN_KEY if len(layer.marks) < MANY_MARKS else MOST_IN_KEY // 2):
        links = [{"href": f"#{place.id}", "text": place.name} for place in mark.places]
    else:
        groups = {place.group_id: place.group for place in sorted(mark.places, key=lambda place: place.group)}
        links = [{"href": f"#{anchor}", "text": group} for anchor, group in groups.items()]
    return {
        "id": f"{layer.prefix}-{number}",
        "name": name_places(kb, mark),
        "count": count_words(kb, mark.partners, mark.cases),
        "links": links,
    }


def _list_groups(kb: KnowledgeBase, place_index: PlaceIndex, layers: Sequence[_Layer]) -> list[dict[str, Any]]:
    """Places by nation or country, each with the number of its mark in every layer, for the script."""
    numbers: dict[str, list[str]] = {place.id: ["-"] * len(layers) for place in place_index.places}
    for at, layer in enumerate(layers):
        for number, drawn in enumerate(layer.marks):
            for place in drawn.places:
                numbers[place.id][at] = str(number)
    groups: dict[str, list[Place]] = {}
    for place in place_index.places:
        groups.setdefault(place.group, []).append(place)
    return [
        {
            "id": places[0].group_id,
            "name": group,
            "count": count_words(kb, sum(len(p.partners) for p in places), sum(len(p.cases) for p in places)),
            "places": [{"place": place, "marks": " ".join(numbers[place.id])} for place in places],
        }
        for group, places in groups.items()
    ]


def _list_programmes(kb: KnowledgeBase, place_index: PlaceIndex) -> list[dict[str, Any]]:
    """Programmes of partners or case studies on the map, in the order of their file."""
    used = {
        programme
        for place in place_index.places
        for entry in (*place.partners, *place.cases)
        for programme in entry.programmes
    }
    return [
        {
            "id": id,
            # Stands for the id in the list, where it is written a thousand times.
            "number": number,
            "name": kb.record_name(PROGRAMME, id),
            "href": page_href(record_url(PROGRAMME, id)),
        }
        for number, id in enumerate(id for id in kb.programmes if id in used)
    ]
