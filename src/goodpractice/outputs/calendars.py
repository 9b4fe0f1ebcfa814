"""Events as calendar files (iCalendar, RFC 5545): all of them, those of each network, programme and theme, each event.

The same sources give the same bytes. An event is known again by its address (`UID`); its dates of change are those
that the record names (`DTSTAMP`), and its version (`SEQUENCE`) is the number of days between the day on which it was
new and that of its last change. One that is called off stays, so that it goes from the calendars of those who have it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.base import find_days
from goodpractice.kinds.event.dates import (
    MONTHS,
    ORDINALS,
    WEEKS,
    Moment,
    Occurrence,
    list_rule_days,
    read_when,
    to_moment,
)
from goodpractice.kinds.event.model import EVENT, Event
from goodpractice.kinds.event.subscribe import calendar_url, list_calendars, list_events
from goodpractice.kinds.event.words import say_status, say_where
from goodpractice.kinds.event.zones import find_zone
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site

if TYPE_CHECKING:
    import icalendar

#: When something was made that does not say so.
_NEVER = datetime.date(1970, 1, 1)
_DAY = datetime.timedelta(days=1)
#: What no text of a calendar may hold, and what some programs take for the end of a line.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TITLE = N_("{site}: events")
_TITLE_OF = N_("{site}: events, {name}")


class Calendars(Output):
    """A file for each calendar that holds an event whose days are known."""

    name = "calendars"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """One for each, as long as the site has an address."""
        for kind, record_id in list_calendars(site.kb):
            yield Target(calendar_url(site.kb, kind, record_id), (kind, record_id))

    def make(self, site: Site, target: Target) -> Made:
        """Write it from the records."""
        return Made(render_calendar(site.kb, *target.item))


def render_calendar(kb: KnowledgeBase, kind: str = "", record_id: str = "") -> bytes:
    """A calendar: of everything, of a record that events name, or of one event.

    Args:
        kb: The knowledge base, in the language of the site.
        kind: Kind of the record; nothing for everything.
        record_id: The record.
    """
    if kind == EVENT:
        events: Iterable[tuple[str, Event]] = [(record_id, kb.table(EVENT)[record_id])]
    else:
        events = list_events(kb, kind, record_id)
    site = str(kb.settings.file.get("site_name") or "")
    name = kb.record_name(kind, record_id) if kind else ""
    title = kb.gettext(_TITLE_OF, site=site, name=name) if kind else kb.gettext(_TITLE, site=site)
    return serialise_calendar(title, (entry for named in events for entry in _list_entries(kb, *named)))


def serialise_calendar(title: str, entries: Iterable[icalendar.Event]) -> bytes:
    """A calendar with these entries, and what their zones do in the years from the first to the last.

    Args:
        title: Its name.
        entries: Its entries, in order.
    """
    from icalendar import Calendar, Timezone, vText

    calendar, entries = Calendar(), list(entries)
    for name, value in (("PRODID", "-//Good Practice//goodpractice//EN"), ("VERSION", "2.0"), ("METHOD", "PUBLISH")):
        calendar.add(name, value)
    # Its type is named: names of others than the standard are written as they are.
    calendar.add("X-WR-CALNAME", vText(" ".join(clean(title).split())))
    calendar.add("REFRESH-INTERVAL", _DAY, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "P1D")
    # Not `add_missing_timezones`, which asks the computer for its zones and adds them in the order of a set.
    for zone, years in sorted(_collect_years(entries).items()):
        first, last = datetime.date(min(years) - 1, 1, 1), datetime.date(max(years) + 2, 1, 1)
        calendar.add_component(Timezone.from_tzinfo(find_zone(zone), zone, first, last))
    for entry in entries:
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _collect_years(entries: Iterable[icalendar.Event]) -> dict[str, list[int]]:
    """Years in which entries begin, end and come again, by the name of their zone."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        start, rule = entry.start, entry.get("RRULE", {})
        if isinstance(start, datetime.datetime) and isinstance(start.tzinfo, ZoneInfo):
            last = rule.get("UNTIL") or entry.end
            found.setdefault(str(start.tzinfo.key), []).extend((start.year, last.year))
    return found


def clean(text: str) -> str:
    """A text without what could end its line. What else has a meaning in a calendar is escaped when it is written."""
    return _FORBIDDEN.sub(" ", text)


def make_entry(uid: str, title: str, first: datetime.date | None, last: datetime.date | None) -> icalendar.Event:
    """An entry that says which it is and in which version.

    Args:
        uid: By what calendars know it again.
        title: What it is called.
        first: The day on which it was new, if anybody knows.
        last: The day of its last change.
    """
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("UID", uid)
    entry.add("SUMMARY", clean(title))
    entry.add("DTSTAMP", datetime.datetime.combine(last or first or _NEVER, datetime.time(), datetime.UTC))
    entry.add("SEQUENCE", max((last - first).days, 0) if first and last else 0)
    # Whoever has subscribed is not busy because of it.
    entry.add("TRANSP", "TRANSPARENT")
    return entry


def add_time(entry: icalendar.Event, start: Moment, end: Moment | None) -> None:
    """Say when an entry is. The end of days is the day after the last one, as the standard has it."""
    entry.add("DTSTART", start)
    if isinstance(end, datetime.datetime):
        entry.add("DTEND", end)
    elif end is not None:
        entry.add("DTEND", end + _DAY)


def _list_entries(kb: KnowledgeBase, event_id: str, event: Event) -> Iterator[icalendar.Event]:
    """The entry of an event, and one for each occurrence that is called off or moved."""
    found = event.occurrences
    if not found or event.start is None:
        return
    start = read_when(event.start)
    rule = event.repeats
    entry = _begin_entry(kb, event_id, event)
    if rule is None:
        add_time(entry, found[0].start, found[0].end)
        yield entry
        return

    def begin(day: datetime.date) -> Moment:
        return to_moment(day, start.time, event.zone)

    days = list(list_rule_days(start.first, rule))
    # The first day may be an exception itself: the rule begins there all the same.
    length = (found[0].end or found[0].start) - found[0].start
    add_time(entry, begin(days[0]), begin(days[0]) + length if found[0].end else None)
    entry.add("RRULE", _describe_rule(event, begin(days[-1])))
    if rule.left_out:
        entry.add("EXDATE", [begin(day) for day in rule.left_out if day in days])
    yield entry
    for occurrence in found:
        if occurrence.state:
            yield _describe_exception(kb, event_id, event, occurrence, begin(occurrence.day))


def _begin_entry(kb: KnowledgeBase, event_id: str, event: Event) -> icalendar.Event:
    """What all entries of an event say."""
    first, last = find_days(event)
    address = kb.site_url + kb.collection(EVENT).record_url(event_id)
    entry = make_entry(address, event.name, first, last)
    if last:
        entry.add("LAST-MODIFIED", datetime.datetime.combine(last, datetime.time(), datetime.UTC))
    entry.add("URL", address)
    if event.status != "not documented":
        entry.add("STATUS", "CANCELLED" if event.status == "called off" else "CONFIRMED")
    said = say_status(kb, event) if event.status != "held" else None
    parts = [part for part in (said, event.about, event.outcome, address) if part]
    entry.add("DESCRIPTION", clean("\n\n".join(parts)))
    if where := say_where(kb, event):
        entry.add("LOCATION", clean(where))
    return entry


def _describe_exception(
    kb: KnowledgeBase, event_id: str, event: Event, occurrence: Occurrence, announced: Moment
) -> icalendar.Event:
    entry = _begin_entry(kb, event_id, event)
    entry.add("RECURRENCE-ID", announced)
    if occurrence.state == "called off":
        entry["STATUS"] = "CANCELLED"
    add_time(entry, occurrence.start, occurrence.end)
    return entry


def _describe_rule(event: Event, last: Moment) -> dict[str, Any]:
    """How an event comes again, up to the moment at which the last occurrence of the rule begins."""
    rule = event.repeats
    if rule is None:
        return {}
    until = last.astimezone(datetime.UTC) if isinstance(last, datetime.datetime) else last
    described: dict[str, Any] = {"FREQ": "WEEKLY" if rule.every in WEEKS else "MONTHLY", "UNTIL": until}
    interval = (WEEKS | MONTHS)[rule.every]
    if interval > 1:
        described["INTERVAL"] = interval
    if rule.weekday:
        ordinal, name = rule.weekday.split(" ")
        place = -1 if ordinal == "last" else ORDINALS.index(ordinal) + 1
        described["BYDAY"] = f"{place}{name[:2].upper()}"
    return described
