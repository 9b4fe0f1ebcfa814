"""Places as RFC 7946 asks for them, and nobody's who stays unseen."""

from __future__ import annotations

import json

from goodpractice.formats.geojson import Position, write_places
from tests.helpers.projects import read_repository


def test_places_are_points_with_the_longitude_first() -> None:
    kb = read_repository().kb
    case_id = next(iter(kb.case_studies))
    name = kb.record_name("case_study", case_id)
    made = json.loads(write_places(kb, [("case_study", case_id, name, Position(51.48, -3.18), "Cardiff")]))
    assert set(made) == {"type", "features"}
    assert made["type"] == "FeatureCollection"
    placed = {**kb.partners, **kb.networks, **kb.events}
    for feature in made["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Point")
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        facts = feature["properties"]
        if facts["kind"] != "case_study":
            record = placed[facts["id"]]
            assert (record.lat, record.lon, record.map) == (lat, lon, "shown")
            assert record.name in (facts["name"], record.name)
        assert feature["id"] == facts["page"]
    assert len({feature["id"] for feature in made["features"]}) == len(made["features"])
    last = made["features"][-1]
    assert last["geometry"]["coordinates"] == [-3.18, 51.48]
    assert last["properties"]["name"] == kb.case_studies[case_id].title
