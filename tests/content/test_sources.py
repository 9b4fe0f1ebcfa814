"""Nothing is stated that no source confirms, and every record says where it comes from."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from goodpractice.content import open_project
from goodpractice.content.fields import list_parts
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CaseStudy, Partner, Record
from goodpractice.kinds.base import SourceRef
from goodpractice.kinds.partner import Asset
from goodpractice.kinds.registry import KINDS
from tests.helpers.full_records import fill_kinds

#: Kinds whose texts are our own choice of words, or that are sources themselves.
#: A translation has the sources of its page, and a pack those of its chapter. A post tells of its authors' own work,
#: and cites where it tells of more; an issue of the newsletter tells of records.
NEEDS_NO_SOURCE = {
    "Choice",
    "EquityDimension",
    "Feedback",
    "Issue",
    "Pack",
    "Post",
    "Publication",
    "Series",
    "Translation",
}


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    project = open_project(project_root)
    assert project.diagnostics == ()
    return project.kb


def walk(record: Record, path: str) -> Iterator[tuple[str, Record]]:
    """A record and every record inside it."""
    yield path, record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for number, inner in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(inner, Record):
                yield from walk(inner, f"{path}.{name}[{number}]")


def list_records(kb: KnowledgeBase) -> Iterator[tuple[str, Record]]:
    """Every record of every table, with its place; tables that are added later too."""
    for kind, table in kb.tables.items():
        for record_id, record in table.items():
            yield f"{kind}.{record_id}", record


def cited(record: Record) -> tuple[str, ...]:
    """What a record cites itself."""
    one = getattr(record, "source", None)
    return (*getattr(record, "sources", ()), *([one] if one else []))


def test_every_record_cites_a_source(kb: KnowledgeBase) -> None:
    unsourced = []
    seen = 0
    for path, record in list_records(kb):
        if type(record).__name__ in NEEDS_NO_SOURCE:
            continue
        seen += 1
        approved = isinstance(record, CaseStudy) and record.partner_approved_on is not None
        if not cited(record) and not approved:
            unsourced.append(path)
    assert seen
    assert unsourced == []


def test_everything_cited_exists(kb: KnowledgeBase) -> None:
    unknown = [
        f"{path}: {source}"
        for top, record in list_records(kb)
        for path, inner in walk(record, top)
        for source in cited(inner)
        if source not in kb.publications and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", source)
    ]
    assert unknown == []


def test_what_a_partner_brings_names_its_source(kb: KnowledgeBase) -> None:
    assert all(asset.source for partner in kb.partners.values() for asset in partner.brings)


def holds(annotation: object, wanted: object) -> bool:
    """Whether a marker or type occurs anywhere in an annotation."""
    kind = wanted if isinstance(wanted, type) else type(None)
    return any(part is wanted or isinstance(part, kind) for part in list_parts(annotation))


def _needs_source(model: type[Record]) -> bool:
    return "sources" in model.model_fields and model.model_fields["sources"].is_required()


def test_every_model_of_a_table_can_cite() -> None:
    # A kind added tomorrow must have room for its sources.
    lacking = []
    for kind in KINDS.values():
        hints = typing.get_type_hints(kind.model, include_extras=True)
        cites = any(holds(hint, SourceRef) for hint in hints.values())
        if "id" in hints and not cites and kind.model.__name__ not in NEEDS_NO_SOURCE:
            lacking.append(kind.id)
    assert lacking == []


@pytest.fixture(scope="module")
def examples(kb: KnowledgeBase) -> list[Record]:
    """Records with something in every field, and what they hold."""
    return [inner for top, record in list_records(fill_kinds(kb)) for _, inner in walk(record, top)]


@pytest.mark.parametrize(
    "model", [Asset, *(kind.model for kind in KINDS.values() if _needs_source(kind.model))], ids=lambda m: m.__name__
)
def test_a_record_without_a_source_is_refused(model: type[Record], examples: list[Record]) -> None:
    field = "source" if "source" in model.model_fields else "sources"
    example = next(record for record in examples if isinstance(record, model))
    facts = example.model_dump()
    model(**facts)
    with pytest.raises(ValidationError, match=field):
        model(**{key: value for key, value in facts.items() if key != field})
    with pytest.raises(ValidationError, match=field):
        model(**{**facts, field: "" if field == "source" else []})


def test_a_case_study_without_provenance_is_refused(kb: KnowledgeBase) -> None:
    facts = next(iter(kb.case_studies.values())).model_dump()
    with pytest.raises(ValidationError, match="where the story comes from"):
        CaseStudy(**{**facts, "sources": [], "partner_approved_on": None})


def test_a_partner_needs_a_source_for_what_it_brings() -> None:
    facts = {"id": "a", "name": "A", "kind": "charity", "sources": ["https://example.org"]}
    Partner(**facts)
    with pytest.raises(ValidationError, match="source"):
        Partner(**facts, brings=[{"what": "a room"}])
