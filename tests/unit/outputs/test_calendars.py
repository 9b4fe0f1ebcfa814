"""Calendar files: a round trip through a program that reads them, and texts that try to write lines of their own."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar import Event as Entry

from goodpractice.config.mkdocs_file import ConfigFile
from goodpractice.config.settings import Settings
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.event.model import Event
from goodpractice.kinds.event.subscribe import calendar_url, list_calendars
from goodpractice.kinds.network import Network
from goodpractice.kinds.theme import Theme
from goodpractice.outputs.calendars import render_calendar
from goodpractice.query.tracking import Table

SITE = "https://example.org/kb/"
LONDON = ZoneInfo("Europe/London")
SOURCES = ("https://example.org/",)
MEETING = {
    "status": "planned",
    "start": "2026-03-10 14:00",
    "end": "2026-03-10 15:30",
    "zone": "Europe/London",
    "repeats": {
        "every": "month",
        "weekday": "second Tuesday",
        "until": "2026-12-31",
        "left_out": ["2026-08-11"],
        "called_off": ["2026-11-10"],
        "moved": [{"day": "2026-04-14", "to": "2026-04-16 10:00"}],
    },
}


def make_kb(site_url: str = SITE, site_name: str = "Small", **events: dict[str, Any]) -> KnowledgeBase:
    made = {
        id: Event.model_validate({"id": id, "name": id, "status": "held", "sources": SOURCES, **values})
        for id, values in events.items()
    }
    networks = {id: Network(id=id, name=id, region="Here", sources=SOURCES) for id in ("net", "other")}
    theme = Theme(id="trust", name="On trust", question="Q?", summary="S.", sources=SOURCES)
    config = ConfigFile({"site_name": site_name, "site_url": site_url})
    kb = KnowledgeBase(settings=replace(Settings(), file=config))
    return kb.with_tables(Table("event", made), Table("network", networks), Table("theme", {"trust": theme}))


def read(kb: KnowledgeBase, kind: str = "", id: str = "") -> list[Entry]:
    data = render_calendar(kb, kind, id)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.replace(b"\r\n", b"").isascii() or data.decode()
    calendar = Calendar.from_ical(data)
    assert calendar.get_missing_tzids() == set()
    assert [error for entry in calendar.walk() for error in entry.errors] == []
    return list(calendar.events)


def test_a_repeated_event_comes_back_as_it_was_across_a_change_of_clocks() -> None:
    rule, *changed = read(make_kb(meeting=MEETING), "event", "meeting")
    assert (rule.start, rule.end) == (
        datetime.datetime(2026, 3, 10, 14, tzinfo=LONDON),
        datetime.datetime(2026, 3, 10, 15, 30, tzinfo=LONDON),
    )
    # As a calendar unfolds it: by the clock of the place, less what is left out or changed.
    days = rrulestr(rule["RRULE"].to_ical().decode(), dtstart=rule.start)
    left_out = {moment.dt for moment in rule["EXDATE"].dts}
    replaced = {entry["RECURRENCE-ID"].dt for entry in changed}
    plain = [day for day in days if day not in left_out | replaced]
    assert [f"{day:%m-%d %H:%M%z}" for day in plain] == [
        "03-10 14:00+0000",
        *("05-12 14:00+0100", "06-09 14:00+0100", "07-14 14:00+0100"),
        *("09-08 14:00+0100", "10-13 14:00+0100", "12-08 14:00+0000"),
    ]
    moved, off = changed
    assert (moved["RECURRENCE-ID"].dt, moved.start) == (
        datetime.datetime(2026, 4, 14, 14, tzinfo=LONDON),
        datetime.datetime(2026, 4, 16, 10, tzinfo=LONDON),
    )
    assert (off["RECURRENCE-ID"].dt, off["STATUS"]) == (datetime.datetime(2026, 11, 10, 14, tzinfo=LONDON), "CANCELLED")
    assert {entry["UID"] for entry in (rule, moved, off)} == {f"{SITE}events/meeting/"}
    assert replaced <= set(days)
    assert left_out <= set(days)


def test_a_calendar_brings_its_zones_with_it() -> None:
    data = render_calendar(make_kb(meeting=MEETING, tokyo={"start": "2026-05-01 09:00", "zone": "Asia/Tokyo"}))
    zones = {str(zone["TZID"]): zone for zone in Calendar.from_ical(data).timezones}
    assert list(zones) == ["Asia/Tokyo", "Europe/London"]
    rebuilt = zones["Europe/London"].to_tz()
    for month in (3, 6):
        there = datetime.datetime(2026, month, 10, 14, tzinfo=LONDON)
        assert there.replace(tzinfo=rebuilt).utcoffset() == there.utcoffset()


def test_a_zone_is_told_for_as_long_as_an_event_comes_again_in_it_and_no_longer() -> None:
    weekly = {**MEETING, "repeats": {"every": "week", "until": "2031-12-31"}}
    data = render_calendar(make_kb(meeting=weekly, founded={"start": "1850-05-01"}))
    (zone,) = Calendar.from_ical(data).timezones
    assert str(zone["COMMENT"]).endswith("from 2025-01-01 to 2033-01-01.")
    rebuilt = zone.to_tz()
    summer = datetime.datetime(2031, 7, 1, 14, tzinfo=LONDON)
    assert summer.replace(tzinfo=rebuilt).utcoffset() == summer.utcoffset()


@pytest.mark.parametrize(
    ("values", "start", "end"),
    [
        ({"start": "2014-03-17"}, "2014-03-17", "2014-03-18"),
        ({"start": "2014-03-17", "end": "2014-03-19"}, "2014-03-17", "2014-03-20"),
        ({"start": "2014-12-31"}, "2014-12-31", "2015-01-01"),
    ],
)
def test_the_end_of_days_is_the_day_after(values: dict[str, Any], start: str, end: str) -> None:
    (entry,) = read(make_kb(summit=values))
    assert (entry["DTSTART"].dt.isoformat(), entry["DTEND"].dt.isoformat()) == (start, end)


def test_what_is_called_off_stays_and_the_version_grows_with_the_day_of_the_change() -> None:
    values = {"start": "2020-12-02", "status": "called off", "published_on": "2026-01-01", "updated_on": "2026-01-31"}
    (entry,) = read(make_kb(summit=values))
    assert (entry["STATUS"], entry["SEQUENCE"], entry["DTSTAMP"].to_ical()) == ("CANCELLED", 30, b"20260131T000000Z")
    (new,) = read(make_kb(summit={**values, "updated_on": None}))
    assert (new["SEQUENCE"], new["DTSTAMP"].to_ical()) == (0, b"20260101T000000Z")
    assert "ORGANIZER" not in entry
    assert "ATTENDEE" not in entry


def test_there_is_a_calendar_of_everything_with_events_and_of_nothing_else() -> None:
    kb = make_kb(
        summit={"start": "2014-03-17", "networks": ["net"], "themes": ["trust"]},
        once={"start": "2014-03", "networks": ["other"]},
        words={"period": "One spring"},
    )
    assert [calendar_url(kb, *calendar) for calendar in list_calendars(kb)] == [
        "calendar.ics",
        "networks/net/calendar.ics",
        "themes/trust/calendar.ics",
        "events/summit/event.ics",
    ]
    assert [str(entry["SUMMARY"]) for entry in read(kb, "network", "net")] == ["summit"]
    assert list(list_calendars(make_kb(site_url="", summit={"start": "2014-03-17"}))) == []
    assert list(list_calendars(make_kb(words={"period": "One spring"}))) == []


#: What begins a property, ends a line or an entry, in as many ways as programs know.
SIGNS = st.sampled_from(
    ["\r\n", "\r", "\n", "\x85", "\u2028", "\x0b", "\\n", "\\", ",", ";", ":", '"', "END:VEVENT", "é"]
)
HOSTILE = st.lists(SIGNS | st.text(max_size=9), min_size=1, max_size=12).map("x".join)


@given(text=HOSTILE)
@example(text="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@example.org")
@example(text="é" * 100)
def test_whatever_a_record_says_stays_one_text(text: str) -> None:
    given_text = f"a{text}b"[:290]
    values = {"name": given_text, "about": given_text, "place": given_text, "start": "2026-03-10"}
    (entry,) = read(make_kb(site_name=given_text, hostile=values))
    plain = read(make_kb(hostile={**values, "name": "a", "about": "a", "place": "a"}))[0]
    assert list(entry) == list(plain)
    said = "".join(str(entry["SUMMARY"]).split())
    known = "".join(given_text.split())
    # Nothing but white space and what no calendar may hold is lost.
    assert [sign for sign in said if sign.isprintable()] == [sign for sign in known if sign.isprintable()]
