"""When events take place: what is written, what is meant, and what the clocks of the place do."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import FR, MONTHLY, TU, WEEKLY, YEARLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.event.dates import MOST_OCCURRENCES, WhenError, find_in_month, list_rule_days, read_when
from goodpractice.kinds.event.model import Event, Repetition
from goodpractice.kinds.event.words import say_when
from goodpractice.kinds.event.zones import find_zone, is_doubled, is_skipped, list_near_zones, say_offset

LONDON = "Europe/London"


def make_event(**values: Any) -> Event:
    return Event.model_validate(
        {"id": "e", "name": "E", "status": "held", "sources": ["https://example.org/"], **values}
    )


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02-29 23:59", "2024-02-29", "2024-02-29"),
        ("2024-02-29T23:59", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_moment_is_as_precise_as_it_is_written(written: str, first: str, last: str) -> None:
    when = read_when(written)
    assert (when.first.isoformat(), when.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "24",
        "2024-2",
        "2024-00",
        "2024-13",
        "2023-02-29",
        "2024-02-00",
        "2024-02-01 24:00",
        "0001",
        "9999",
        "\u0662024",
    ],
)
def test_what_no_calendar_has_is_no_moment(written: str) -> None:
    with pytest.raises(WhenError):
        read_when(written)


@given(st.text(max_size=20))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        when = read_when(text)
    except WhenError:
        return
    assert when.first <= when.last


@pytest.mark.parametrize("name", ["../../etc/passwd", "Europe", "/etc/localtime", "", "Europe/London\n", "zone.tab"])
def test_a_name_that_is_no_zone_opens_no_file(name: str) -> None:
    with pytest.raises(KeyError):
        find_zone(name)


def test_a_zone_is_found_by_its_town_however_it_is_written() -> None:
    assert list_near_zones("London")[0] == LONDON
    assert list_near_zones("mexico city")[0] == "America/Mexico_City"
    assert list_near_zones("Europe/Lodnon")[0] == LONDON
    assert list_near_zones("Mars") != [LONDON]


@pytest.mark.parametrize(
    ("zone", "moment", "said"),
    [
        (LONDON, "2026-01-01 12:00", "UTC+0"),
        (LONDON, "2026-07-01 12:00", "UTC+1"),
        ("Asia/Kathmandu", "2026-07-01 12:00", "UTC+5:45"),
        ("America/St_Johns", "2026-01-01 12:00", "UTC\N{MINUS SIGN}3:30"),
    ],
)
def test_the_distance_from_utc_is_that_of_the_day(zone: str, moment: str, said: str) -> None:
    assert say_offset(datetime.datetime.fromisoformat(moment).replace(tzinfo=find_zone(zone))) == said


def test_clocks_skip_an_hour_in_spring_and_show_one_twice_in_autumn() -> None:
    def at(text: str) -> datetime.datetime:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=find_zone(LONDON))

    assert [is_skipped(at(f"2026-03-29 {time}")) for time in ("00:59", "01:00", "01:59", "02:00")] == [0, 1, 1, 0]
    assert [is_doubled(at(f"2026-10-25 {time}")) for time in ("00:59", "01:00", "01:59", "02:00")] == [0, 1, 1, 0]


#: A rule as it is written, and the same as dateutil has it.
RULES = [
    ({"every": "week"}, {"freq": WEEKLY}),
    ({"every": "two weeks"}, {"freq": WEEKLY, "interval": 2}),
    ({"every": "month"}, {"freq": MONTHLY}),
    ({"every": "month", "weekday": "second Tuesday"}, {"freq": MONTHLY, "byweekday": TU(2)}),
    ({"every": "month", "weekday": "last Friday"}, {"freq": MONTHLY, "byweekday": FR(-1)}),
    ({"every": "year"}, {"freq": YEARLY}),
]


@pytest.mark.parametrize(("written", "known"), RULES)
@given(
    first=st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)),
    days=st.integers(0, 900),
)
def test_a_repetition_gives_the_days_that_dateutil_gives(
    written: dict[str, str], known: dict[str, Any], first: datetime.date, days: int
) -> None:
    if "weekday" in written:
        first = find_in_month(first.year, first.month, written["weekday"])
    until = first + datetime.timedelta(days)
    rule = Repetition.model_validate({**written, "until": until})
    midnight = datetime.datetime.combine(first, datetime.time())
    expected = rrule(dtstart=midnight, until=datetime.datetime.combine(until, datetime.time()), **known)
    assert list(list_rule_days(first, rule)) == [day.date() for day in expected]


def test_a_repetition_without_end_in_sight_is_cut() -> None:
    rule = Repetition(every="week", until=datetime.date(9999, 12, 31))
    assert len(list(list_rule_days(datetime.date(2026, 1, 1), rule))) == MOST_OCCURRENCES
    rule = Repetition(every="month", until=datetime.date(9999, 12, 31))
    assert len(list(list_rule_days(datetime.date(2026, 1, 31), rule))) == MOST_OCCURRENCES


MEETING = {
    "start": "2026-03-10 14:00",
    "end": "2026-03-10 15:30",
    "zone": LONDON,
    "repeats": {
        "every": "month",
        "weekday": "second Tuesday",
        "until": "2026-07-31",
        "left_out": ["2026-05-12"],
        "called_off": ["2026-06-09"],
        "moved": [{"day": "2026-04-14", "to": "2026-04-16 10:00"}],
    },
}


def test_a_repeated_event_keeps_its_time_of_day_across_a_change_of_clocks() -> None:
    found = make_event(**MEETING).occurrences
    said = [
        (one.day.isoformat()[5:], f"{one.start:%m-%d %H:%M%z}", f"{one.end:%m-%d %H:%M%z}", one.state) for one in found
    ]
    assert said == [
        ("03-10", "03-10 14:00+0000", "03-10 15:30+0000", ""),
        ("04-14", "04-16 10:00+0100", "04-16 11:30+0100", "moved"),
        ("06-09", "06-09 14:00+0100", "06-09 15:30+0100", "called off"),
        ("07-14", "07-14 14:00+0100", "07-14 15:30+0100", ""),
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"period": "One spring"}, "One spring"),
        ({"start": "2014"}, "2014"),
        ({"start": "2014-03"}, "March 2014"),
        ({"start": "2014-03", "end": "2014-05"}, "March 2014 to May 2014"),
        ({"start": "2014-03-17"}, "17 March 2014"),
        ({"start": "2014-03-17", "end": "2014-03-19"}, "17 to 19 March 2014"),
        ({"start": "2014-03-30", "end": "2014-04-02"}, "30 March to 2 April 2014"),
        ({"start": "2014-12-30", "end": "2015-01-02"}, "30 December 2014 to 2 January 2015"),
        ({"start": "2026-03-10 14:00", "zone": LONDON}, "Tuesday 10 March 2026, 14:00"),
        (
            {"start": "2026-03-10 14:00", "end": "2026-03-11 09:00", "zone": LONDON},
            "Tuesday 10 March 2026, 14:00 to Wednesday 11 March 2026, 09:00",
        ),
        (MEETING, "10 March to 14 July 2026, every month on the second Tuesday"),
        (
            {"start": "2026-03-10", "repeats": {"every": "two weeks", "until": "2026-04-30"}},
            "10 March to 21 April 2026, every second Tuesday",
        ),
    ],
)
def test_it_is_said_when_an_event_is(values: dict[str, Any], said: str) -> None:
    assert say_when(KnowledgeBase(), make_event(**values)) == said


def test_what_has_no_day_has_no_occurrence_and_still_passes() -> None:
    event = make_event(start="2014-02", end="2014-03")
    assert event.occurrences == ()
    assert (event.first_day, event.last_day) == (datetime.date(2014, 2, 1), datetime.date(2014, 3, 31))
    assert make_event(period="Once").last_day is None


def test_zones_come_from_the_package_that_the_lock_file_names() -> None:
    assert find_zone(LONDON).key == ZoneInfo(LONDON).key
    assert find_zone(LONDON) is find_zone(LONDON)
