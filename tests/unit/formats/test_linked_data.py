"""Linked data that expands with what is in the file: known types, and a full address for everything that is named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import Dataset, describe_site
from goodpractice.formats.registry import write_files
from goodpractice.kinds.kind import LINKED_TYPES, Kind
from goodpractice.kinds.registry import KINDS
from tests.helpers.full_records import fill_kinds
from tests.helpers.projects import load_folder, read_repository

#: Parts of what is described.
PARTS = {"Person", "Place", "PostalAddress", "Schedule"}
ADDRESS = re.compile(r"https?://\S+")


def list_nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from list_nodes(inner)


@cache
def fill_repository() -> KnowledgeBase:
    return fill_kinds(read_repository().kb)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.file], ids=lambda kind: kind.id)
def test_everything_has_a_known_type_and_a_full_address(kind: Kind[Any]) -> None:
    kb = fill_repository()
    if not kb.table(kind.id):
        pytest.skip("no record")
    made = json.loads(dict(write_files(Dataset(kb, kind, describe_site(kb)), ["jsonld"]))["jsonld"].text)
    assert made["@context"]["@vocab"] == "https://schema.org/"
    assert len(made["@graph"]) == len(kb.table(kind.id))
    assert len({node["@id"] for node in made["@graph"]}) == len(made["@graph"])
    for node in list_nodes(made["@graph"]):
        assert node.get("@type", "Person") in {*LINKED_TYPES, *PARTS}
        assert ADDRESS.fullmatch(node.get("@id", "https://example.org/"))
        assert re.fullmatch(r"[a-zA-Z@]+", "".join(node))
        assert all(value not in (None, "", [], {}) for value in node.values())
    assert all(node["name"] for node in made["@graph"])


def test_the_dates_of_an_event_are_those_of_its_page(tmp_path: Path) -> None:
    event = {
        "id": "a",
        "name": "A",
        "status": "moved",
        "start": "2026-03-31 14:00",
        "zone": "Europe/London",
        "moved_from": "2026-03-01",
        "town": "Cardiff",
        "map": "withheld",
        "sources": ["https://example.org/"],
    }
    (tmp_path / "data").mkdir()
    (tmp_path / "data/events.yml").write_text(json.dumps({"events": [event]}), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nsite_url: https://example.org/\n", encoding="utf-8")
    kb = load_folder(tmp_path).kb
    (node,) = json.loads(dict(write_files(Dataset(kb, KINDS["event"], describe_site(kb)), ["jsonld"]))["jsonld"].text)[
        "@graph"
    ]
    assert node["startDate"] == "2026-03-31T14:00:00+01:00"
    assert node["previousStartDate"] == "2026-03-01"
    assert node["eventStatus"] == "https://schema.org/EventRescheduled"
    assert "Cardiff" not in json.dumps(node)
