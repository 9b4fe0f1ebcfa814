"""What a page says of an event in words: when, where, what became of it."""

from __future__ import annotations

import datetime

from goodpractice.i18n.dates import WEEKDAYS, format_date, format_period, spell_date
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.event.dates import DAY_NAMES, ORDINALS, Occurrence, read_when
from goodpractice.kinds.event.model import Event
from goodpractice.kinds.event.zones import say_offset
from goodpractice.kinds.lookup import Lookup

STATUS = {
    "planned": N_("Planned"),
    "held": N_("Took place"),
    "called off": N_("Called off"),
    "moved": N_("Moved"),
    "not documented": N_("Announced; no source we read says whether it took place"),
}
_RULES = {
    "week": N_("every {weekday}"),
    "two weeks": N_("every second {weekday}"),
    "month": N_("every month"),
    "year": N_("every year"),
}
_ORDINALS = dict(zip(ORDINALS, (N_("first"), N_("second"), N_("third"), N_("fourth"), N_("last")), strict=True))


def say_when(kb: Lookup, event: Event) -> str:
    """When an event takes place, as precisely as it is known."""
    if event.start is None:
        return event.period or ""
    found = event.occurrences
    if not found:
        begin = spell_date(event.start, kb.language)
        return _join(kb, begin, spell_date(event.end, kb.language)) if event.end else begin
    if event.repeats is None:
        return say_occurrence(kb, found[0])
    days = format_period(found[0].first_day, found[-1].last_day, kb.language)
    return kb.gettext("{days}, {rule}", days=days, rule=_say_rule(kb, event))


def _say_rule(kb: Lookup, event: Event) -> str:
    rule = event.repeats
    if rule is None or event.start is None:
        return ""
    weekday = kb.gettext(WEEKDAYS[read_when(event.start).first.weekday()])
    said = kb.gettext(_RULES[rule.every], weekday=weekday)
    if not rule.weekday:
        return said
    ordinal, name = rule.weekday.split(" ")
    named = kb.gettext(WEEKDAYS[DAY_NAMES.index(name)])
    return kb.gettext(
        "{rule} on the {ordinal} {weekday}", rule=said, ordinal=kb.gettext(_ORDINALS[ordinal]), weekday=named
    )


def say_occurrence(kb: Lookup, occurrence: Occurrence) -> str:
    """When one occurrence takes place, at the time of its place."""
    start, end = occurrence.start, occurrence.end
    if not isinstance(start, datetime.datetime):
        return format_period(occurrence.first_day, occurrence.last_day, kb.language)
    begin = _say_moment(kb, start)
    if not isinstance(end, datetime.datetime):
        return begin
    ends = f"{end:%H:%M}" if end.date() == start.date() else _say_moment(kb, end)
    return _join(kb, begin, ends)


def _join(kb: Lookup, first: str, last: str) -> str:
    return kb.gettext("{first} to {last}", first=first, last=last)


def _say_moment(kb: Lookup, moment: datetime.datetime) -> str:
    weekday = kb.gettext(WEEKDAYS[moment.weekday()])
    date = format_date(moment, kb.language)
    return kb.gettext("{weekday} {date}, {time}", weekday=weekday, date=date, time=f"{moment:%H:%M}")


def say_zone(event: Event, occurrence: Occurrence) -> str:
    """The time zone of an occurrence, with its distance from UTC on that day; nothing where no time is given."""
    moment = occurrence.start
    return f"{event.zone}, {say_offset(moment)}" if event.zone and isinstance(moment, datetime.datetime) else ""


def say_precision(kb: Lookup, event: Event) -> str:
    """That only the month or the year of an event is known; nothing where its days are."""
    if event.start is None or read_when(event.start).day:
        return ""
    if read_when(event.start).month:
        return kb.gettext("Only the month is known.")
    return kb.gettext("Only the year is known.")


def say_where(kb: Lookup, event: Event) -> str:
    """Where an event takes place, from the nearest to the widest."""
    parts = [event.place, event.town, event.country, kb.gettext("online") if event.online else None]
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def say_status(kb: Lookup, event: Event) -> str:
    """What became of an event; when it should have been where it was moved."""
    said = kb.gettext(STATUS[event.status])
    if not event.moved_from:
        return said
    before = spell_date(event.moved_from[:10], kb.language)
    return kb.gettext("{status}; announced for {day} before", status=said, day=before)
