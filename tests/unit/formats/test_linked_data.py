"""Linked data that expands with what is in the file: known types, and a full address for everything that is named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import Dataset, describe_site
from goodpractice.formats.registry import write_files
from goodpractice.kinds.kind import LINKED_TYPES, Kind
from goodpractice.kinds.registry import KINDS
from tests.helpers.full_records import fill_kinds
from tests.helpers.projects import REPOSITORY, load_folder

#: Parts of what is described.
PARTS = {"Person", "Place", "PostalAddress"}
ADDRESS = re.compile(r"https?://\S+")


def list_nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from list_nodes(inner)


@cache
def fill_repository() -> KnowledgeBase:
    return fill_kinds(load_folder(REPOSITORY).kb)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.file], ids=lambda kind: kind.id)
def test_everything_has_a_known_type_and_a_full_address(kind: Kind[Any]) -> None:
    kb = fill_repository()
    if not kb.table(kind.id):
        pytest.skip("no record")
    made = json.loads(write_files(Dataset(kb, kind, describe_site(kb)), ["jsonld"])["jsonld"])
    assert made["@context"]["@vocab"] == "https://schema.org/"
    assert len(made["@graph"]) == len(kb.table(kind.id))
    assert len({node["@id"] for node in made["@graph"]}) == len(made["@graph"])
    for node in list_nodes(made["@graph"]):
        assert node.get("@type", "Person") in {*LINKED_TYPES, *PARTS}
        assert ADDRESS.fullmatch(node.get("@id", "https://example.org/"))
        assert re.fullmatch(r"[a-zA-Z@]+", "".join(node))
        assert all(value not in (None, "", [], {}) for value in node.values())
    assert all(node["name"] for node in made["@graph"])
