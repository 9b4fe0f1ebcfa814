"""Places as GeoJSON (RFC 7946): one point for each record that has one, of a town and never of an address."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import FOLDER, PAGE, Dataset, describe_site, list_kinds
from goodpractice.kinds.base import Placed

#: Address of the file, relative to the site.
PLACES = f"{FOLDER}places.geojson"
_print = json.JSONEncoder(ensure_ascii=False).encode
_SHOWN = ("town", "region", "country")


class Position(NamedTuple):
    """Where a record stands, in degrees."""

    lat: float
    lon: float


def write_places(kb: KnowledgeBase, more: Iterable[tuple[str, str, str, Position, str]]) -> str:
    """Every place that may be shown.

    Args:
        kb: The knowledge base.
        more: Records that stand where others do: kind, id, name, position and town of each.
    """
    about = describe_site(kb)
    features = [feature for kind in list_kinds(kb) for feature in _list_features(Dataset(kb, kind, about))]
    for kind, record_id, name, position, town in more:
        url = about.site_url + kb.collection(kind).record_url(record_id)
        features.append(_describe(kind, record_id, position, url, name, {"town": town}))
    lines = ",\n".join(map(_print, features))
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def _list_features(dataset: Dataset) -> Iterator[dict[str, Any]]:
    kind = dataset.kind
    if not issubclass(kind.model, Placed):
        return
    for record in dataset.list_records():
        if "lat" in record and "lon" in record:
            shown = {name: record[name] for name in _SHOWN if name in record}
            name = next(record[field] for field in kind.naming_fields if field in record)
            yield _describe(kind.id, record["id"], Position(record["lat"], record["lon"]), record[PAGE], name, shown)


def _describe(
    kind: str, record_id: str, position: Position, url: str, name: str, shown: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": url,
        "geometry": {"type": "Point", "coordinates": [position.lon, position.lat]},
        "properties": {"kind": kind, "id": record_id, PAGE: url, "name": name, **shown},
    }
