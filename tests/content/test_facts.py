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

#: Kinds whose texts are our own choice of words, or that are sources themselves.
#: A translation has the sources of its page.
NEEDS_NO_SOURCE = {"Choice", "Publication", "Translation"}

# No source that we read confirms a town or a website of these.
NO_TOWN = [
    "stfc",
    "bsa",
    "young-foundation",
    "wellcome",
    "paul-hamlyn-foundation",
    "nccpe",
    "euans-guide",
    "youthlink-scotland",
]
NO_WEBSITE = [
    "dundee-science-centre",
    "national-space-centre",
    "winchester-science-centre",
    "royal-observatory-greenwich",
    "woolsthorpe-manor",
    "fersands-fountain",
    "euans-guide",
    "care-for-carers",
    "ace-cardiff",
    "women-seeking-sanctuary",
    "shiloh-fellowship",
    "mda-belfast",
    "more-than-words",
    "middletown-centre",
    "knowle-west",
    "stac-nottingham",
    "nottingham-city-council",
    "nottingham-trent",
    "nottingham-college",
    "mide",
]
#: Words that would state something of section 11.
FORBIDDEN = {
    r"UNCONFIRMED|\bTBC\b|\bTBD\b|\bTODO\b|\bFIXME\b|[Ll]orem ipsum": "something that is not confirmed or not finished",
    r"\b[Tt]hree pillars\b": "a label that no source uses",
    r"\bLundy\b|\bEDGE [Tt]ool|\binvolve\.org\b": "tools that were not found",
    r"nottinghamstemworks\.co\.uk": "an address that may not answer",
    r"South African (?:Association|Network) of Science": "a name that SAASTEC does not use itself",
    r"Royal Society for Chemistry": "a slip of the plan: it is the Royal Society of Chemistry",
}


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    project = open_project(project_root)
    assert project.diagnostics == ()
    return project.kb


def list_texts(project_root: Path) -> list[Path]:
    folders = ("docs", "handbook", "case_studies", "data")
    found = [file for folder in folders for file in sorted((project_root / folder).rglob("*")) if file.is_file()]
    return [project_root / "partners.yml", *(file for file in found if file.suffix in (".md", ".yml"))]


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
    assert seen > 150
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
    brought = [asset for partner in kb.partners.values() for asset in partner.brings]
    assert len(brought) > 20
    assert all(asset.source for asset in brought)


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


@pytest.mark.parametrize(
    "model", [Asset, *(kind.model for kind in KINDS.values() if _needs_source(kind.model))], ids=lambda m: m.__name__
)
def test_a_record_without_a_source_is_refused(model: type[Record], kb: KnowledgeBase) -> None:
    field = "source" if "source" in model.model_fields else "sources"
    example = next(
        inner for top, record in list_records(kb) for _, inner in walk(record, top) if isinstance(inner, model)
    )
    facts = example.model_dump()
    model(**facts)
    with pytest.raises(ValidationError, match=field):
        model(**{key: value for key, value in facts.items() if key != field})
    with pytest.raises(ValidationError, match=field):
        model(**{**facts, field: "" if field == "source" else []})


def test_a_case_study_without_provenance_is_refused(kb: KnowledgeBase) -> None:
    facts = next(iter(kb.case_studies.values())).model_dump()
    with pytest.raises(ValidationError, match="sources"):
        CaseStudy(**{**facts, "sources": [], "partner_approved_on": None})


def test_unconfirmed_towns_are_left_out(kb: KnowledgeBase) -> None:
    stated = [
        partner_id
        for partner_id in NO_TOWN
        if kb.partners[partner_id].town or (kb.partners[partner_id].lat and partner_id != "observatory-science-centre")
    ]
    assert stated == []


def test_unconfirmed_websites_are_left_out(kb: KnowledgeBase) -> None:
    assert {partner_id: kb.partners[partner_id].url for partner_id in NO_WEBSITE if kb.partners[partner_id].url} == {}


def test_the_nine_museums_are_not_named(kb: KnowledgeBase) -> None:
    assert [partner.id for partner in kb.partners_with("siyw", "programmes", "listed_in")] == ["science-museum-group"]
    programme = kb.programmes["siyw"]
    assert programme.other_members == ()
    assert programme.period == "From November 2023"
    assert not any("£" in text or "budget" in text.lower() for text in (programme.summary, programme.about or ""))


def test_networks_state_only_what_is_confirmed(kb: KnowledgeBase) -> None:
    assert [network for network in ("aspac", "redpop", "saastec") if kb.networks[network].seat] == []
    assert kb.networks["saastec"].founded is None
    # The present number of members is not known: only that of the founding may be told.
    told = [kb.networks[network].members for network in ("names", "redpop")]
    assert [members for members in told if members and "founding" not in members] == []


@pytest.mark.parametrize("case_id", ["cambridge-eyu4", "dynamic-earth-bus"])
def test_partners_that_no_source_names_are_not_named(kb: KnowledgeBase, case_id: str) -> None:
    involved = kb.case_studies[case_id].partners
    assert any(entry.partner == "not named" for entry in involved)
    assert [entry.name for entry in involved if entry.name] == []


def test_the_known_closing_is_told(kb: KnowledgeBase) -> None:
    assert "2024" in (kb.partners["people-know-how"].status or "")


@pytest.mark.parametrize(("pattern", "what"), FORBIDDEN.items(), ids=FORBIDDEN.values())
def test_nothing_states(project_root: Path, pattern: str, what: str) -> None:
    found = [
        f"{file.relative_to(project_root)}:{number}: {line.strip()[:120]}"
        for file in list_texts(project_root)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == [], what


def test_figures_that_sources_differ_on_are_given_twice(project_root: Path) -> None:
    # The fact sheet, section 10: one of two numbers never stands alone in a line.
    pairs = [("464", "443"), (r"\b600\+|more than 600", "500"), ("67 institutions", "290")]
    alone = []
    for file in list_texts(project_root):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            text = re.sub(r"https?://\S+", "", line)
            for one, other in pairs:
                if bool(re.search(one, text)) and not re.search(other, text):
                    alone.append(f"{file.name}:{number}: {text.strip()[:120]}")
    assert alone == []


def test_a_partner_needs_a_source_for_what_it_brings() -> None:
    facts = {"id": "a", "name": "A", "kind": "charity", "sources": ["https://example.org"]}
    Partner(**facts)
    with pytest.raises(ValidationError, match="source"):
        Partner(**facts, brings=[{"what": "a room"}])
