"""Organisations that work with people who seek safety are on no map, in no export."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from tests.helpers.built_pages import BuiltSite
from tests.helpers.facts import fact

SEEK_SAFETY = re.compile(
    r"\b(?:sanctuary|refugees?|asylum|fled|trafficking|domestic (?:abuse|violence))\b", re.IGNORECASE
)
COMMUNITY = {"community-organisation", "charity", "social-enterprise", "community-partner"}
POSITION = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{1,7}\s*[,;/ ]\s*-?\d{1,3}\.\d{1,7}(?![\d.])")
COORDINATES = re.compile(r"\b(?:lat|lon|lng|latitude|longitude|geo|coordinates|position)\b", re.IGNORECASE)
EXPORTS = (".json", ".geojson", ".csv", ".ics", ".kml", ".gpx", ".xml", ".js", ".txt", ".yml", ".yaml", ".jsonl")


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    return open_project(project_root).kb


def list_withheld(kb: KnowledgeBase) -> dict[str, str]:
    placed = {**kb.partners, **kb.networks, **kb.events}
    return {record_id: record.name for record_id, record in placed.items() if record.map == "withheld"}


def test_those_known_to_need_it_are_withheld(kb: KnowledgeBase) -> None:
    assert set(fact("safety", "withheld")) - list_withheld(kb).keys() == set()


def test_whoever_works_with_people_who_seek_safety_is_withheld(kb: KnowledgeBase) -> None:
    shown = [
        partner.id
        for partner in kb.partners.values()
        if partner.kind in COMMUNITY
        and SEEK_SAFETY.search(
            f"{partner.name} {partner.about or ''} {' '.join(asset.what for asset in partner.brings)}"
        )
        and partner.map != "withheld"
    ]
    assert shown == []


def test_withheld_places_have_no_position(kb: KnowledgeBase, project_root: Path) -> None:
    placed = {**kb.partners, **kb.networks, **kb.events}
    assert [record_id for record_id in list_withheld(kb) if placed[record_id].lat or placed[record_id].lon] == []
    # Nor in the file itself, whatever the loader made of it.
    entries = yaml.safe_load((project_root / "partners.yml").read_text(encoding="utf-8"))["partners"]
    assert [e["id"] for e in entries if e.get("map") == "withheld" and {"lat", "lon"} & e.keys()] == []


def test_their_pages_hold_no_coordinates(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    for partner_id in list_withheld(kb).keys() & kb.partners.keys():
        url = f"partners/{partner_id}/"
        page = built_site.pages.get(url) or built_site.moved[url]
        main = page.html.partition("<main")[2].partition("</main>")[0]
        assert "<h1" in main
        assert not POSITION.search(re.sub(r'\bd="[^"]*"', "", main)), partner_id
        assert not re.search(r"data-(?:lat|lon|lng|geo)|openstreetmap|google\.[a-z.]+/maps|[?&]mlat=|geo:", main), (
            partner_id
        )


def list_objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON document, the smallest last."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from list_objects(inner)


def list_leaks(name: str, text: str, withheld: dict[str, str]) -> list[str]:
    """Places in a file where a withheld organisation stands beside a position."""
    if not withheld:
        return []
    wanted = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in (*withheld.keys(), *withheld.values())))
    if not wanted.search(text):
        return []
    if name.endswith((".json", ".geojson")):
        leaks = []
        for found in list_objects(json.loads(text)):
            own = json.dumps({k: v for k, v in found.items() if not isinstance(v, list)}, ensure_ascii=False)
            if wanted.search(own) and any(COORDINATES.search(key) for entry in list_objects(found) for key in entry):
                leaks.append(f"{name}: {own[:120]}")
        return leaks
    return [f"{name}: {line[:120]}" for line in text.splitlines() if wanted.search(line) and POSITION.search(line)]


def test_no_export_places_them(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    withheld = list_withheld(kb)
    files = [file for file in built_site.folder.rglob("*") if file.suffix in EXPORTS]
    assert files
    leaks = [
        leak
        for file in files
        for leak in list_leaks(
            file.relative_to(built_site.folder).as_posix(), file.read_text(encoding="utf-8"), withheld
        )
    ]
    assert leaks == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("map.geojson", '{"features": [{"properties": {"id": "mcfb"}, "geometry": {"coordinates": [1.5, 2.5]}}]}'),
        ("map.json", '[{"id": "mcfb", "lat": 55.95, "lon": -3.19}]'),
        ("map.csv", "id,lat,lon\nmcfb,55.95,-3.19\n"),
    ],
)
def test_a_leak_is_recognised(name: str, text: str) -> None:
    assert list_leaks(name, text, {"mcfb": "Multi-Cultural Family Base"})
    assert not list_leaks(name, text.replace("mcfb", "kew"), {"mcfb": "Multi-Cultural Family Base"})


#: A building, street or part of a town with its name.
NAMED_PLACE = re.compile(
    r"\b(?:[A-Z][\w'’]+ )+(?:Hub|Hall|Street|Road|Lane|Church|Mosque|School|College|Library|House|Estate|Park)\b"
)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")


@pytest.mark.parametrize("case_id", fact("safety", "stories"))
def test_no_page_says_where_people_who_seek_safety_meet(kb: KnowledgeBase, project_root: Path, case_id: str) -> None:
    text = (project_root / f"case_studies/{case_id}.md").read_text(encoding="utf-8")
    assert re.findall(fact("safety", "never"), text) == []
    for partner in kb.partners.values():
        text = text.replace(partner.name, "")
    assert NAMED_PLACE.findall(text) == []
    assert WEEKDAY.findall(text) == []
    assert kb.case_studies[case_id].place in fact("safety", "places")


@pytest.mark.parametrize("partner_id", fact("safety", "apart"))
def test_no_page_ties_a_group_that_seeks_safety_to_its_sessions(
    kb: KnowledgeBase, built_site: BuiltSite, partner_id: str
) -> None:
    partner = kb.partners[partner_id]
    assert list(kb.select_case_studies(partner=partner_id)) == []
    page = built_site.pages[f"programmes/{partner.listed_in}/"].html
    entry = page.partition(f'id="partner-{partner_id}"')[2].partition("</li>")[0]
    assert partner.name in entry
    assert not re.search(fact("safety", "apart_from"), entry)
