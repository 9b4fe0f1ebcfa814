"""What pages tell other programs: data that nothing in it can end or run."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.event.model import Event
from goodpractice.query.tracking import Table
from goodpractice.render.linked_data import serialise_linked_data

SCHEMA = "https://schema.org/"


def describe(**values: Any) -> tuple[str, dict[str, Any]]:
    """The element in the head of the page of an event, and what it says."""
    facts = {"id": "e", "name": "E", "status": "held", "sources": ["https://example.org/"], **values}
    kb = KnowledgeBase().with_tables(Table("event", {"e": Event.model_validate(facts)}))
    text = serialise_linked_data(kb, "event", "e")
    inside = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', text, re.DOTALL)
    assert inside is not None
    return text, json.loads(inside[1])


class Elements(HTMLParser):
    """The tags that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")


@given(
    name=st.lists(st.sampled_from(["</script>", "<!--", "<script>", "&", "\u2028", "é", "x"]), min_size=1, max_size=9)
)
@example(name=["</script><script>alert(1)</script>"])
def test_nothing_in_a_name_ends_the_data(name: list[str]) -> None:
    text, said = describe(name=f"a{''.join(name)}b")
    assert Elements(text).seen == ["script", "/script"]
    assert said["name"] == f"a{''.join(name)}b"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"start": "2014-03"}, {"startDate": "2014-03", "eventStatus": f"{SCHEMA}EventScheduled"}),
        (
            {"start": "2026-07-10 14:00", "end": "2026-07-10 15:00", "zone": "Europe/London", "online": True},
            {
                "startDate": "2026-07-10T14:00:00+01:00",
                "endDate": "2026-07-10T15:00:00+01:00",
                "eventAttendanceMode": f"{SCHEMA}OnlineEventAttendanceMode",
            },
        ),
        (
            {"start": "2026-07-10", "status": "moved", "moved_from": "2026-06-10", "town": "Bangor", "online": True},
            {
                "previousStartDate": "2026-06-10",
                "eventStatus": f"{SCHEMA}EventRescheduled",
                "eventAttendanceMode": f"{SCHEMA}MixedEventAttendanceMode",
            },
        ),
        ({"start": "2026-07-10", "status": "called off"}, {"eventStatus": f"{SCHEMA}EventCancelled"}),
    ],
)
def test_an_event_is_described_as_precisely_as_it_is_known(values: dict[str, Any], expected: dict[str, Any]) -> None:
    _, said = describe(**values)
    assert {name: said.get(name) for name in expected} == expected


def test_a_repetition_is_a_schedule() -> None:
    rule = {"every": "month", "weekday": "last Friday", "until": "2026-12-31", "called_off": ["2026-08-28"]}
    _, said = describe(start="2026-07-31", repeats=rule)
    assert said["eventSchedule"] == {
        "@type": "Schedule",
        "repeatFrequency": "P1M",
        "byDay": "-1FR",
        "startDate": "2026-07-31",
        "endDate": "2026-12-31",
        "exceptDate": ["2026-08-28"],
    }


def test_a_kind_without_a_description_says_nothing() -> None:
    assert serialise_linked_data(KnowledgeBase(), "theme", "any") == ""
    assert serialise_linked_data(KnowledgeBase(), "doc", "index.md") == ""
