"""Events whose dates contradict each other, the clocks of the place, or the day of the check."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from goodpractice.content.document import Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.event.dates import (
    MOST_OCCURRENCES,
    Occurrence,
    find_in_month,
    list_rule_days,
    read_when,
)
from goodpractice.kinds.event.model import EVENT, Event
from goodpractice.kinds.event.zones import is_doubled, is_skipped, say_offset

#: For contributors east of the machine that checks.
_GRACE = datetime.timedelta(days=1)
#: What an event is that has not taken place yet.
_COMING = ("planned", "moved")


def check_events(kb: KnowledgeBase, today: datetime.date) -> Iterator[Diagnostic]:
    """Everything about events that one field alone does not show.

    Args:
        kb: The knowledge base.
        today: The day of the check.
    """
    for event_id, event in kb.table(EVENT).raw.items():
        origin = kb.origins[EVENT, event_id]
        yield from _check_form(event, origin)
        yield from _check_repetition(event, origin)
        yield from _check_clocks(event, origin)
        yield from _check_status(event, origin, today)


def _check_form(event: Event, origin: Origin) -> Iterator[Diagnostic]:
    """Fields that need each other."""
    if event.start is None:
        if not event.period:
            message = _("it is not said when the event is")
            hint = _("Add `start:` with the day, or `period:` with what a source says in words.")
            yield origin.diagnose((), rules.MISSING_FIELD, message, hint)
        return
    start, end = read_when(event.start), read_when(event.end) if event.end else None
    if start.time and not event.zone:
        message = _("`start` has a time of day, and nobody knows in which time zone")
        hint = _("Add `zone:` with the time zone of the place, for example `zone: Europe/London`.")
        yield origin.diagnose(("start",), rules.NO_ZONE, message, hint)
    if end is None:
        return
    if (start.time is None) != (end.time is None):
        message = _("one of `start` and `end` has a time of day, and the other has none: {end}", end=event.end)
        hint = _("Give both a time of day, or neither.")
        yield origin.diagnose(("end",), rules.ENDS_EARLY, message, hint)
    elif (end.last, end.time or datetime.time()) < (start.first, start.time or datetime.time()):
        message = _("the event ends before it begins: {end}", end=event.end)
        hint = _("Check the year, or delete `end` for an event of one day.")
        yield origin.diagnose(("end",), rules.ENDS_EARLY, message, hint)


def _check_repetition(event: Event, origin: Origin) -> Iterator[Diagnostic]:
    """A rule that gives no end, and exceptions to what it never gives."""
    rule = event.repeats
    if rule is None:
        return
    start = read_when(event.start) if event.start else None
    if start is None or not start.day:
        message = _("a repeated event needs the day of its first time in `start`")
        hint = _("Write it with year, month and day: `start: 2026-03-31`.")
        yield origin.diagnose(("repeats",), rules.NO_OCCURRENCE, message, hint)
        return
    if rule.weekday and rule.every in ("week", "two weeks"):
        message = _("`weekday` names a day of the month, and the event comes every {every}", every=rule.every)
        hint = _("Delete the line: the day of the week is that of `start`.")
        yield origin.diagnose(("repeats", "weekday"), rules.NO_OCCURRENCE, message, hint)
    elif rule.weekday and find_in_month(start.year, start.month, rule.weekday) != start.first:
        meant = find_in_month(start.year, start.month, rule.weekday)
        message = _("`start` is not the {weekday} of its month: {day}", weekday=rule.weekday, day=event.start)
        hint = _("The {weekday} is {day}.", weekday=rule.weekday, day=meant.isoformat())
        yield origin.diagnose(("start",), rules.NO_OCCURRENCE, message, hint)
    days = set(list_rule_days(start.first, rule))
    if len(days) < 2:
        message = _("the repetition ends before it comes again: {day}", day=rule.until.isoformat())
        hint = _("Write a later day, or delete `repeats`.")
        yield origin.diagnose(("repeats", "until"), rules.NO_END, message, hint)
    elif len(days) == MOST_OCCURRENCES:
        message = _("the event comes more than {most} times", most=MOST_OCCURRENCES - 1)
        hint = _("Write as `until` the last day that is agreed. It can be moved on later.")
        yield origin.diagnose(("repeats", "until"), rules.NO_END, message, hint)
    exceptions = (
        *((("repeats", "left_out", at), day) for at, day in enumerate(rule.left_out)),
        *((("repeats", "called_off", at), day) for at, day in enumerate(rule.called_off)),
        *((("repeats", "moved", at, "day"), change.day) for at, change in enumerate(rule.moved)),
    )
    told: set[datetime.date] = set()
    for where, day in exceptions:
        if day not in days:
            near = min(days, key=lambda known: (abs(known - day), known), default=None)
            message = _("the event would not be on this day: {day}", day=day.isoformat())
            hint = _("The nearest day is {day}.", day=near.isoformat()) if near else _("Delete the line.")
            yield origin.diagnose(where, rules.NO_OCCURRENCE, message, hint)
        elif day in told:
            message = _("this day is an exception already: {day}", day=day.isoformat())
            yield origin.diagnose(where, rules.NO_OCCURRENCE, message, _("Keep one of the two."))
        told.add(day)
    for at, change in enumerate(rule.moved):
        if not read_when(change.to).day or (read_when(change.to).time and not start.time):
            message = _("`to` is not in the form of `start`: {day}", day=change.to)
            hint = _("Write the day, and a time of day only where `start` has one.")
            yield origin.diagnose(("repeats", "moved", at, "to"), rules.NO_OCCURRENCE, message, hint)


def _check_clocks(event: Event, origin: Origin) -> Iterator[Diagnostic]:
    """Times that clocks skip or show twice on the night on which they change."""
    for occurrence in event.occurrences if event.zone else ():
        for field, moment in (("start", occurrence.start), ("end", occurrence.end)):
            if not isinstance(moment, datetime.datetime):
                continue
            where = _find_place(event, occurrence, field)
            shown = f"{moment:%Y-%m-%d %H:%M}"
            if is_skipped(moment):
                message = _("the clocks in {zone} skip this time: {time}", zone=event.zone, time=shown)
                hint = _("They go forward that night. Write a time before or after.")
                yield origin.diagnose(where, rules.TIME_SKIPPED, message, hint)
            elif is_doubled(moment):
                message = _("the clocks in {zone} show this time twice: {time}", zone=event.zone, time=shown)
                hint = _(
                    "They go back that night. The first of the two is taken, at {offset}. "
                    "If you mean the other, write a time after.",
                    offset=say_offset(moment),
                )
                yield origin.diagnose(where, rules.TIME_TWICE, message, hint)


def _find_place(event: Event, occurrence: Occurrence, field: str) -> tuple[str | int, ...]:
    """Where the time of an occurrence is written."""
    moved = event.repeats.moved if event.repeats else ()
    at = next((at for at, change in enumerate(moved) if change.day == occurrence.day), None)
    return (field,) if at is None else ("repeats", "moved", at, "to")


def _check_status(event: Event, origin: Origin, today: datetime.date) -> Iterator[Diagnostic]:
    """What is said to have become of an event, beside its days."""
    if event.status == "moved" and not event.moved_from:
        message = _("the event is moved, and not from when")
        hint = _("Add `moved_from:` with the start that was announced before, so that people notice the change.")
        yield origin.diagnose(("status",), rules.NOT_MOVED_FROM, message, hint)
    first, last = event.first_day, event.last_day
    if event.status == "held" and first and first > today + _GRACE:
        message = _("the event is said to have been held, and lies in the future: {day}", day=event.start)
        hint = _("Write `status: planned`, or check the year.")
        yield origin.diagnose(("status",), rules.FUTURE_DATE, message, hint)
    if event.status in _COMING and last and last < today:
        message = _("the event is said to be coming, and its last day has passed: {day}", day=last.isoformat())
        hint = _("Write `status: held` or `status: called off`, or `not documented` if no source says.")
        yield origin.diagnose(("status",), rules.PASSED, message, hint)
