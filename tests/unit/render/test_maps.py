"""The map: nobody is shown who may not be, marks never overlap, and the list says the same."""

from __future__ import annotations

import gzip
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CaseStudy, Partner
from goodpractice.kinds.programme import Programme
from goodpractice.kinds.views.links import locate_record
from goodpractice.query.tracking import Table
from goodpractice.render.macros import bind_macros
from goodpractice.render.maps import SCALES
from goodpractice.render.places import Place, cluster_places, index_places, load_views, place_labels
from tests.helpers.projects import load_folder
from tests.helpers.sites import write_small_site

SOURCES = ("https://example.org/source",)


def map_page(kb: KnowledgeBase) -> str:
    return str(bind_macros(kb)["map_page"]())


def make_partner(id: str, town: str | None = "Cardiff", **values: Any) -> Partner:
    position = {"lat": 51.48, "lon": -3.18} if town and values.get("map") != "withheld" else {}
    facts = {"name": f"Name of {id}", "kind": "museum", "town": town, "region": "Wales", "country": "United Kingdom"}
    return Partner.model_validate({"id": id, "sources": SOURCES, **facts, **position, **values})


def make_case(*partners: str, **values: Any) -> CaseStudy:
    facts: dict[str, Any] = {"title": "A story", "summary": "What happened.", "place": "Cardiff", "year": 2020}
    involved = [{"partner": id, "role": "Partner"} for id in partners]
    return CaseStudy.model_validate(
        {**facts, "partners": involved, "themes": ["trust"], "sources": SOURCES, **values},
    )


def make_kb(partners: list[Partner], cases: dict[str, CaseStudy] | None = None) -> KnowledgeBase:
    programme = Programme(id="eyu", name="Explore", summary="A programme.", sources=SOURCES)
    return KnowledgeBase().with_tables(
        Table("partner", {partner.id: partner for partner in partners}),
        Table("case_study", cases or {}),
        Table("programme", {"eyu": programme}),
    )


def marks_of(html: str) -> list[tuple[str, str]]:
    """Address and name of every mark."""
    found = re.findall(r'<a class="gp-map__mark[^"]*" href="([^"]*)"[^>]*><title>([^<]*)</title>', html)
    return [(unescape(href), unescape(title)) for href, title in found]


def test_a_withheld_partner_appears_nowhere() -> None:
    hidden = make_partner("refuge", name="Safe House", map="withheld")
    html = map_page(make_kb([hidden, make_partner("museum")], {"tea": make_case("refuge")}))
    assert "refuge" not in html
    assert "Safe House" not in html


@pytest.mark.parametrize(
    "case",
    [
        make_case("museum", "refuge"),
        make_case("refuge", "museum"),
        make_case("museum", partners=[{"partner": "museum", "role": "a"}, {"name": "safe HOUSE", "role": "b"}]),
    ],
)
def test_a_case_study_with_a_withheld_partner_has_no_place(case: CaseStudy) -> None:
    hidden = make_partner("refuge", name="Safe House", map="withheld")
    place_index = index_places(make_kb([hidden, make_partner("museum")], {"tea": case}))
    assert [entry.id for entry in place_index.cases] == ["tea"]
    assert all(not place.cases for place in place_index.places)
    assert [entry.id for place in place_index.places for entry in place.partners] == ["museum"]


def test_a_case_study_stands_with_its_lead_partner_only() -> None:
    kb = make_kb(
        [make_partner("first", town="Cardiff"), make_partner("second", town="Bangor", lat=53.23, lon=-4.13)],
        {"tea": make_case("not named", "second", "first")},
    )
    assert {place.name: [case.id for case in place.cases] for place in index_places(kb).places} == {
        "Bangor": ["tea"],
        "Cardiff": [],
    }


def test_a_lead_without_a_position_gives_none_away() -> None:
    kb = make_kb([make_partner("lead", town=None), make_partner("museum")], {"tea": make_case("lead", "museum")})
    place_index = index_places(kb)
    assert [entry.id for entry in place_index.partners] == ["lead"]
    assert [entry.id for entry in place_index.cases] == ["tea"]


def test_positions_are_of_towns() -> None:
    kb = make_kb([make_partner("a", lat=51.481234, lon=-3.179876), make_partner("b", lat=51.48, lon=-3.18)])
    (place,) = index_places(kb).places
    assert (place.lat, place.lon) == (51.48, -3.18)
    html = map_page(kb)
    assert not re.search(r"\d\.\d{3}", html)
    assert "51.48" not in html


@pytest.mark.parametrize("countries", [("United Kingdom",), ("Japan",), ("United Kingdom", "Japan")])
def test_only_the_views_with_something_to_show(countries: tuple[str, ...]) -> None:
    kb = make_kb([make_partner(f"p{i}", country=country, town=f"T{i}") for i, country in enumerate(countries)])
    html = map_page(kb)
    assert ('id="map-uk"' in html) == ("United Kingdom" in countries)
    assert ('id="map-world"' in html) == ("Japan" in countries)


def test_nobody_on_the_map() -> None:
    html = map_page(make_kb([make_partner("lead", town=None)]))
    assert "Without a place on the map" in html
    assert marks_of(html) == []


positions = st.tuples(st.floats(-56, 83), st.floats(-180, 180))
near_home = st.tuples(st.floats(49.9, 60.8), st.floats(-8, 1.7))


def make_places(points: list[tuple[float, float]]) -> list[Place]:
    partners = index_places(make_kb([make_partner("a")])).places[0].partners
    return [
        Place(f"place-{i}", f"T{i}", "G", "group-g", round(lat, 2), round(lon, 2), "", partners)
        for i, (lat, lon) in enumerate(points)
    ]


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
@pytest.mark.parametrize("name", ["uk", "world"])
@given(points=st.lists(st.one_of(near_home, positions), max_size=60))
def test_marks_never_overlap_and_none_is_lost(name: str, scale: Any, points: list[tuple[float, float]]) -> None:
    view, places = load_views()[name], make_places(points)
    marks = cluster_places(view, places, scale.radius)
    for i, a in enumerate(marks):
        assert scale.radius <= a.x <= view.width - scale.radius
        assert scale.radius <= a.y <= view.height - scale.radius
        for b in marks[:i]:
            assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (2 * scale.radius) ** 2
    shown = sorted(place.id for mark in marks for place in mark.places)
    assert shown == sorted(place.id for place in places if view.place(place.lat, place.lon))
    # The order of the files changes nothing.
    again = cluster_places(view, places[::-1], scale.radius)
    assert [(m.x, m.y, m.places) for m in again] == [(m.x, m.y, m.places) for m in marks]
    for mark, label in zip(marks, place_labels(view, marks, scale.radius, scale.text), strict=True):
        if label is not None:
            assert 0 <= mark.x + label.x <= view.width
            assert 0 <= mark.y + label.y <= view.height


def encloses(path: str, point: tuple[int, int]) -> bool:
    """Whether a point lies inside a path of `M`, `l` and `z` (even-odd rule)."""
    inside = False
    for ring in re.findall(r"M([^z]*)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x = y = 0
        corners = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (y1 > point[1]) != (y2 > point[1]) and point[0] < x1 + (point[1] - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("view", "lat", "lon", "land"),
    [
        pytest.param("uk", 51.53, -0.13, True, id="London"),
        pytest.param("uk", 54.6, -6.2, True, id="Lough Neagh's east shore"),
        pytest.param("uk", 60.3, -1.25, True, id="Shetland, in its box"),
        pytest.param("uk", 53.5, -4.9, False, id="the Irish Sea"),
        pytest.param("uk", 53.35, -6.5, False, id="Dublin, which is drawn as a neighbour"),
        pytest.param("world", 35.8, 139.3, True, id="Tokyo"),
        pytest.param("world", 66.5, -173.0, True, id="Chukotka, beyond the date line"),
        pytest.param("world", 0.0, -30.0, False, id="the Atlantic"),
        pytest.param("world", 51.0, 4.5, True, id="Mechelen"),
    ],
)
def test_outlines_and_marks_use_the_same_projection(view: str, lat: float, lon: float, land: bool) -> None:
    shown = load_views()[view]
    point = shown.place(lat, lon)
    assert point is not None
    inside = round(point[0] / shown.step), round(point[1] / shown.step)
    assert encloses(shown.land, inside) == land
    assert encloses(shown.near, inside) == ((lat, lon) == (53.35, -6.5))


def test_far_places_are_outside_the_view_of_the_kingdom() -> None:
    view = load_views()["uk"]
    assert [view.place(*at) for at in ((48.86, 2.35), (-51.7, -57.9), (64.1, -21.9), (35.6, 139.7))] == [None] * 4


def test_outlines_are_light() -> None:
    for view in load_views().values():
        assert len(gzip.compress((view.land + view.near).encode(), 9)) < 2_000


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Partners in two countries, in one town and without a place; one is withheld."""
    site = write_small_site(tmp_path_factory.mktemp("placed"))
    partners = site.entries("partners.yml", "partners")
    partners[0].update(country="France", region="Bretagne", lat=48.1, lon=-1.7)
    partners[1].update(lat=partners[2]["lat"], lon=partners[2]["lon"])
    partners[9].update(map="withheld")
    site.write_table("partners.yml")
    return load_folder(site.root)


def test_list_and_marks_agree(placed: Project) -> None:
    html = map_page(placed.kb)
    ids = set(re.findall(r'\bid="([^"]*)"', html))
    assert len(ids) == len(re.findall(r'\bid="([^"]*)"', html))
    place_index = index_places(placed.kb)
    expected = {
        "uk": [place for place in place_index.places if place.country == "United Kingdom"],
        "world": list(place_index.places),
    }
    layers = re.findall(r'gp-map__layer--(uk|world)"><svg.*?</svg>', html)
    assert layers == ["uk", "uk", "world", "world"]
    for view, layer in re.findall(r'gp-map__layer--(uk|world)">(<svg.*?</svg>)', html):
        partners = cases = 0
        for href, title in marks_of(layer):
            if href.startswith("#"):
                assert href[1:] in ids
                partners += int((re.search(r"(\d+) partners?\b", title) or [0, 0])[1])
                cases += int((re.search(r"(\d+) case stud", title) or [0, 0])[1])
            else:
                assert f'href="{href}"' in html.split('id="gp-places"')[1]
                partners += 1
        assert partners == sum(len(place.partners) for place in expected[view])
        assert cases == sum(len(place.cases) for place in expected[view])
    for target in re.findall(r'href="#([^"]*)"', html):
        assert target in ids


def test_everybody_who_may_be_shown_is_in_the_list_once(placed: Project) -> None:
    kb = placed.kb
    listed = str(map_page(kb)).split('id="gp-places"')[1]
    found = re.findall(r'href="gp:/((?:partners|case-studies)/[^/"]+/|programmes/[^/"]+/#partner-[^"]+)"', listed)
    shown = [locate_record(kb, "partner", partner.id) for partner in kb.partners.values() if partner.map != "withheld"]
    assert sorted(found) == sorted(shown + [f"case-studies/{id}/" for id in kb.case_studies])
    assert any(partner.map == "withheld" for partner in kb.partners.values())


def test_same_input_same_bytes(repository: Project) -> None:
    assert map_page(repository.kb) == map_page(repository.kb)


@pytest.fixture(scope="module")
def large() -> KnowledgeBase:
    """A thousand partners in five hundred towns, ten thousand case studies."""
    partners = []
    for i in range(1000):
        town = i * 7 % 500
        where: dict[str, Any] = {"lat": 50.3 + town * 53 % 500 / 62, "lon": -5 + town * 31 % 500 / 84}
        if town % 5 == 0:
            where = {"lat": -40 + town * 53 % 500 / 5, "lon": -120 + town * 31 % 500 / 2, "country": f"Land {town % 9}"}
        name = f"Science Centre {i} and Trust"
        partners.append(
            make_partner(f"science-centre-{i}", town=f"Newtown {town}", name=name, programmes=("eyu",), **where)
        )
    cases = {f"case-{i}": make_case(f"science-centre-{i % 1000}", programme="eyu") for i in range(10_000)}
    return make_kb(partners, cases)


def test_a_large_map_stays_light(large: KnowledgeBase) -> None:
    html = map_page(large)
    # The frame of the theme takes another 25 kB.
    assert len(html.encode()) < 275_000
    assert html.count("<dd ") == 1000
    assert sum(map(int, re.findall(r'data-c="(\d+)"', html))) == 10_000
