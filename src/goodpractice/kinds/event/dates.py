"""When something takes place: as precisely as a source says, once or again and again.

A day, a moment, a month and a year are written in one form, the longest first: `2026-03-31 14:00`, `2026-03-31`,
`2026-03`, `2026`. A time of day is that of the place. An event has occurrences as soon as its days are known; what is
known less well has none, and is never given a day that no source names.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from goodpractice.kinds.event.zones import find_zone

if TYPE_CHECKING:
    from goodpractice.kinds.event.model import Event, Repetition

_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[ T](\d\d):(\d\d))?)?)?", re.ASCII)
#: Years for which zones and calendars are dependable.
FIRST_YEAR, LAST_YEAR = 1800, 2199
#: So often may an event be repeated: weekly for seven years.
MOST_OCCURRENCES = 365

ORDINALS = ("first", "second", "third", "fourth", "last")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Steps of a repetition: weeks, or months.
WEEKS = {"week": 1, "two weeks": 2}
MONTHS = {"month": 1, "year": 12}

Moment = datetime.date | datetime.datetime


class WhenError(ValueError):
    """A text that is no moment."""


class When(NamedTuple):
    """A moment, as far as it is known.

    Attributes:
        year: The year.
        month: The month; 0 where nobody knows.
        day: The day; 0 where nobody knows.
        time: The time of day at the place, if one is given.
    """

    year: int
    month: int
    day: int
    time: datetime.time | None

    @property
    def first(self) -> datetime.date:
        """The first day that it may be."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day that it may be."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def read_when(text: str) -> When:
    """Read a moment as files write it.

    Raises:
        WhenError: It is not in this form, or there is no such day or time.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise WhenError(text)
    year, month, day, hour, minute = (int(part) if part else 0 for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR or (found[2] and not month) or (found[3] and not day):
        raise WhenError(text)
    try:
        datetime.date(year, month or 1, day or 1)
        time = datetime.time(hour, minute) if found[4] else None
    except ValueError as error:
        raise WhenError(text) from error
    return When(year, month, day, time)


class Occurrence(NamedTuple):
    """One time that an event takes place.

    Attributes:
        day: The day on which it would be by the rule of the repetition: by this calendars know it again.
        start: The first day, or the moment at which it begins, in its zone.
        end: The last day, or the moment at which it ends; nothing for a moment whose end nobody knows.
        state: `called off`, `moved`, or empty for one that takes place as it was announced.
    """

    day: datetime.date
    start: Moment
    end: Moment | None
    state: str = ""

    @property
    def first_day(self) -> datetime.date:
        """The day on which it begins, at the place."""
        return to_day(self.start)

    @property
    def last_day(self) -> datetime.date:
        """The day on which it ends, at the place."""
        return to_day(self.end or self.start)


def to_day(moment: Moment) -> datetime.date:
    """The day of a moment, at its place."""
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def list_occurrences(event: Event) -> tuple[Occurrence, ...]:
    """Every time that an event takes place, the earliest first; none where its days are not known.

    Dates that contradict each other are reported by the checks. Here they give something and never an error.
    """
    if event.start is None or not read_when(event.start).day:
        return ()
    start = read_when(event.start)
    last = read_when(event.end) if event.end and read_when(event.end).day else None
    length = (last or start).first - start.first
    end_time = last.time if last else None

    def place(first: datetime.date, day: datetime.date, state: str = "") -> Occurrence:
        begin = to_moment(first, start.time, event.zone)
        ends_somewhere = start.time is None or end_time is not None
        end = to_moment(first + length, end_time, event.zone) if ends_somewhere else None
        return Occurrence(day, begin, end, state)

    if event.repeats is None:
        return (place(start.first, start.first),)
    rule = event.repeats
    moved = {change.day: read_when(change.to) for change in rule.moved}
    found = []
    for day in list_rule_days(start.first, rule):
        if day in moved:
            to = moved[day]
            changed = place(to.first, day, "moved")
            found.append(_begin_at(changed, to.time, event.zone) if to.time else changed)
        elif day not in rule.left_out:
            found.append(place(day, day, "called off" if day in rule.called_off else ""))
    return tuple(sorted(found, key=lambda one: (one.first_day, one.day)))


def _begin_at(occurrence: Occurrence, time: datetime.time, zone: str | None) -> Occurrence:
    """An occurrence that begins at another time of day, and lasts as long."""
    start = to_moment(occurrence.first_day, time, zone)
    if not isinstance(occurrence.start, datetime.datetime) or not isinstance(start, datetime.datetime):
        return occurrence
    if not isinstance(occurrence.end, datetime.datetime):
        return occurrence._replace(start=start)
    # By the clock of the place, as the first one is.
    return occurrence._replace(start=start, end=occurrence.end + (start - occurrence.start))


def to_moment(day: datetime.date, time: datetime.time | None, zone: str | None) -> Moment:
    """A day, or a time of day in a zone; in UTC where no zone is given."""
    if time is None:
        return day
    return datetime.datetime.combine(day, time, find_zone(zone) if zone else datetime.UTC)


def list_rule_days(first: datetime.date, rule: Repetition) -> Iterator[datetime.date]:
    """The days of a repetition, left out, called off and moved ones included: at most `MOST_OCCURRENCES`."""
    return islice(_walk_rule(first, rule), MOST_OCCURRENCES)


def _walk_rule(first: datetime.date, rule: Repetition) -> Iterator[datetime.date]:
    if rule.every in WEEKS:
        day = first
        while day <= rule.until:
            yield day
            day += datetime.timedelta(weeks=WEEKS[rule.every])
        return
    months = first.year * 12 + first.month - 1
    while True:
        year, month = divmod(months, 12)
        if datetime.date(year, month + 1, 1) > rule.until:
            return
        found = find_in_month(year, month + 1, rule.weekday) if rule.weekday else _make(year, month + 1, first.day)
        if found is not None and first <= found <= rule.until:
            yield found
        months += MONTHS[rule.every]


def find_in_month(year: int, month: int, weekday: str) -> datetime.date:
    """The day of a month that words name: `second Tuesday`."""
    ordinal, name = weekday.split(" ")
    weeks = calendar.Calendar().monthdayscalendar(year, month)
    days = [week[DAY_NAMES.index(name)] for week in weeks if week[DAY_NAMES.index(name)]]
    return datetime.date(year, month, days[-1] if ordinal == "last" else days[ORDINALS.index(ordinal)])


def _make(year: int, month: int, day: int) -> datetime.date | None:
    """A day; nothing where the month is too short for it."""
    return datetime.date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None
