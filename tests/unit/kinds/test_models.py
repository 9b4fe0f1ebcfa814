from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from goodpractice.content.fields import list_parts
from goodpractice.kinds import CaseStudy, Consent, Partner, Record, Ref
from goodpractice.kinds.base import URL_PATTERN
from goodpractice.kinds.case_study.model import GAPS, Power, list_gaps
from goodpractice.kinds.marks import list_reference_fields
from goodpractice.kinds.registry import HOME_OF_KIND, KINDS


def walk(annotation: Any) -> Iterator[type[BaseModel]]:
    for model in list_parts(annotation):
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield model
            for field in model.model_fields.values():
                yield from walk(field.annotation)


EVERY_MODEL = sorted(
    {inner for model in (Consent, *(kind.model for kind in KINDS.values())) for inner in walk(model)},
    key=lambda model: model.__name__,
)

CASE: dict[str, Any] = {
    "title": "Supper",
    "summary": "We ate.",
    "partners": [{"partner": "hill", "role": "Host"}],
    "place": "Uphill",
    "year": 2019,
    "themes": ["trust"],
    "sources": ["https://example.org"],
}


def test_every_model_is_a_record() -> None:
    # So it is frozen and refuses fields that it does not know.
    assert [model for model in EVERY_MODEL if not issubclass(model, Record)] == []


def test_every_field_is_described_in_words() -> None:
    fields = {f"{model.__name__}.{name}": f for model in EVERY_MODEL for name, f in model.model_fields.items()}
    assert [name for name, field in fields.items() if not (field.description or "").endswith((".", "?"))] == []
    assert [model for model in EVERY_MODEL if not model.__doc__] == []


def test_every_reference_leads_to_a_table_with_a_home() -> None:
    marks = [mark for model in EVERY_MODEL for _, mark in list_reference_fields(model)]
    assert {mark.kind for mark in marks if isinstance(mark, Ref)} - HOME_OF_KIND.keys() == set()


def test_a_record_cannot_be_changed() -> None:
    case = CaseStudy.model_validate(CASE)
    with pytest.raises(ValidationError, match="frozen"):
        case.title = "Other"
    with pytest.raises(ValidationError, match="Extra inputs"):
        CaseStudy.model_validate(CASE | {"mood": "good"})


def test_a_case_study_needs_no_more_than_the_seven_facts() -> None:
    needed = {name for name, field in CaseStudy.model_fields.items() if field.is_required()}
    assert needed == {"title", "summary", "partners", "place", "themes"}
    for missing in ("year", "sources"):
        with pytest.raises(ValidationError, match=r"the year is missing|where the story comes from"):
            CaseStudy.model_validate({key: value for key, value in CASE.items() if key != missing})


@pytest.mark.parametrize(
    ("fields", "when", "first"),
    [
        ({"year": 2019}, "2019", 2019),
        ({"year": 2019, "period": "May 2018 to 2019"}, "May 2018 to 2019", 2019),
        ({"year": None, "period": "2017 to 2018"}, "2017 to 2018", 2017),
        ({"year": None, "period": "summer of 1998"}, "summer of 1998", 1998),
        ({"year": None, "period": "not documented"}, "", None),
        ({"year": None, "period": "Not documented"}, "", None),
        ({"year": "not documented"}, "", None),
        ({"year": "not documented", "period": "spring 2019"}, "spring 2019", 2019),
        ({"year": 2019, "period": "not documented"}, "2019", 2019),
    ],
)
def test_when(fields: dict[str, Any], when: str, first: int | None) -> None:
    case = CaseStudy.model_validate(CASE | fields)
    assert (case.when, case.first_year) == (when, first)


@pytest.mark.parametrize("period", ["12019", "year 20199", "'17 to '18", "1799", "", "unknown", "undocumented"])
def test_a_period_needs_a_year_with_four_digits(period: str) -> None:
    with pytest.raises(ValidationError):
        CaseStudy.model_validate(CASE | {"year": None, "period": period})


@pytest.mark.parametrize(
    "fields", [{"reviewed_on": datetime.date(2026, 1, 31)}, {"reviewed_by": "Ann Editor"}], ids=["day", "name"]
)
def test_a_review_has_a_day_and_a_name(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"the day of a review|the name of a reviewer"):
        CaseStudy.model_validate(CASE | fields)
    whole = {"reviewed_on": datetime.date(2026, 1, 31), "reviewed_by": "Ann Editor"}
    assert CaseStudy.model_validate(CASE | whole).reviewed_by == "Ann Editor"


def test_contributed_means_approved_by_the_partner() -> None:
    assert not CaseStudy.model_validate(CASE).contributed
    approved = CASE | {"sources": (), "partner_approved_on": datetime.date(2020, 1, 31)}
    assert CaseStudy.model_validate(approved).contributed


def test_gaps_are_what_is_not_documented() -> None:
    assert list_gaps(CaseStudy.model_validate(CASE)) == tuple(GAPS.values())
    told = CASE | {"power": {"who_decided": "All"}, "money": "under-1000", "access_costs": ["travel"]}
    gaps = list_gaps(CaseStudy.model_validate(told))
    assert set(GAPS.values()) - set(gaps) == {GAPS["who_decided"], GAPS["money"], GAPS["access_costs"]}


@pytest.mark.parametrize("field", GAPS)
def test_every_gap_is_a_field(field: str) -> None:
    assert field in CaseStudy.model_fields or field in Power.model_fields


@pytest.mark.parametrize(
    "place", [{"lat": 51.5}, {"lon": 3.2}, {"lat": 51.5, "lon": 3.2, "map": "withheld"}, {"lat": 91, "lon": 0}]
)
def test_half_a_position_and_a_withheld_position_are_refused(place: dict[str, Any]) -> None:
    partner = {"id": "a", "name": "A", "kind": "museum", "sources": ["https://example.org"]}
    assert Partner.model_validate(partner | {"lat": 51.5, "lon": 3.2}).lat == 51.5
    assert Partner.model_validate(partner | {"map": "withheld"}).lat is None
    with pytest.raises(ValidationError):
        Partner.model_validate(partner | place)


@pytest.mark.parametrize("wrong", ["A", "a b", "-a", "a-", "a--b", "é", "a_b", "", "x" * 61, "a\n"])
def test_ids(wrong: str) -> None:
    partner = {"name": "A", "kind": "museum", "sources": ["https://example.org"]}
    assert Partner.model_validate(partner | {"id": "a1-b2"}).id == "a1-b2"
    if wrong.strip() != "a":
        with pytest.raises(ValidationError):
            Partner.model_validate(partner | {"id": wrong})


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("https://example.org", True),
        ("HTTP://example.org/a?b#c", True),
        ("https://", False),
        ("https:// example.org", False),
        ("javascript:alert(1)", False),
        ("www.example.org", False),
        ("https://example.org/a b", False),
        ("ftp://example.org", False),
        ("HTTPS://EXAMPLE.ORG:8443/A", True),
        ("https://amgueddfa.cymru/tŷ?a=[1]", True),
        ("https://someone@example.org/", True),
        ("https://[::1", False),
        ("https://[zz]/", False),
        ("http://[::1]:80/x", False),
        ("https://example.org:99999/", False),
        ("https://ex..org/", False),
        ("https://.example.org/", False),
        ("https://example/menu", False),
        ("https://example.org\\menu", False),
        ("https://<example>.org/", False),
        ("https://example.org:65535/", True),
        ("https://example.org:65536/", False),
        ("https://exa\uff1ample.org/a", False),
        ("https://ex\uff0fample.org/", False),
        ("https://a]b@example.org/", False),
        ("https://a\uff20b@example.org/", False),
    ],
)
def test_whole_web_addresses(address: str, whole: bool) -> None:
    assert bool(URL_PATTERN.fullmatch(address)) is whole
