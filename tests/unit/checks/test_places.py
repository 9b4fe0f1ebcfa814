"""Where people who seek safety meet is said no closer than the town."""

from __future__ import annotations

import pytest

from goodpractice.checks.places import check_places
from goodpractice.content.document import Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CaseStudy, Partner
from goodpractice.query.tracking import Table


def make(place: str, withheld: dict[str, str] | None = None, beside: dict[str, str] | None = None) -> KnowledgeBase:
    common = {"region": "Wales", "country": "United Kingdom", "sources": ["https://example.org"]}
    partners = {
        "refuge": Partner.model_validate(
            {"id": "refuge", "name": "A refuge", "map": "withheld", **common, **(withheld or {})}
        ),
        "museum": Partner.model_validate({"id": "museum", "name": "A museum", **common, **(beside or {})}),
    }
    case = CaseStudy.model_validate(
        {
            "title": "A story",
            "summary": "What happened.",
            "partners": [{"partner": partner_id, "role": "Took part"} for partner_id in partners],
            "place": place,
            "year": 2024,
            "themes": ["trust"],
            "sources": ["https://example.org"],
        }
    )
    return KnowledgeBase().with_tables(
        Table("partner", partners),
        Table("case_study", {"story": case}),
        origins={
            ("case_study", "story"): Origin("case_studies/story.md"),
            ("partner", "refuge"): Origin("partners.yml"),
        },
    )


def count(kb: KnowledgeBase) -> int:
    return len(list(check_places(kb, [("case_study", "story"), ("partner", "refuge")])))


@pytest.mark.parametrize("place", ["Cardiff", "cardiff", "Cardiff, Wales", "Wales", "Cardiff (Wales), United Kingdom"])
def test_the_town_may_be_named(place: str) -> None:
    assert count(make(place, {"town": "Cardiff"})) == 0


@pytest.mark.parametrize(
    "place",
    [
        "Grangetown",
        "Cardiff: Grangetown",
        "Mill Hall, Cardiff",
        "Cardiff – Mill Lane",
        "12 Mill Lane",
        "Butetown/Cardiff",
    ],
)
def test_nothing_closer_may(place: str) -> None:
    assert count(make(place, {"town": "Cardiff"})) == 1


@pytest.mark.parametrize(
    ("place", "found"), [("Cardiff", 0), ("Cardiff, Mill Lane", 1), ("Mill Hall", 1), ("Room 4", 1)]
)
def test_a_town_that_no_entry_gives_is_one_name(place: str, found: int) -> None:
    assert count(make(place)) == found
    # The town of another partner in the story is a town as well.
    assert count(make("Newport", beside={"town": "Newport"})) == 0


def test_a_partner_that_is_shown_may_be_anywhere() -> None:
    assert count(make("Mill Hall, Cardiff", {"town": "Cardiff", "map": "shown"})) == 0


@pytest.mark.parametrize(
    ("town", "found"), [("Newcastle upon Tyne", 0), ("Cardiff (Grangetown)", 1), ("Mill House", 1)]
)
def test_the_entry_of_the_partner_names_the_town_alone(town: str, found: int) -> None:
    diagnostics = check_places(make("Wales", {"town": town}), [("partner", "refuge")])
    assert [diagnostic.code for diagnostic in diagnostics] == ["GP214"] * found
