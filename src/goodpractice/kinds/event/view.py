"""The page of an event, the list of all, and the calendar by month.

What is coming depends on the day on which somebody reads. Pages are the same on every day, so the list is divided as
it was on the day on which an event was last entered or changed, and says so; a script moves what has passed since.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from goodpractice.i18n.dates import WEEKDAYS, format_date, format_month, format_period
from goodpractice.kinds.base import find_days
from goodpractice.kinds.blocks import Fact, Facts, Head, Paragraph, Paragraphs, Section, SourceList, View, Widget
from goodpractice.kinds.event.dates import Occurrence, read_when
from goodpractice.kinds.event.model import EVENT, Event
from goodpractice.kinds.event.subscribe import (
    explain_subscribing,
    list_events,
    offer_event,
    offer_file,
)
from goodpractice.kinds.event.words import (
    say_occurrence,
    say_precision,
    say_status,
    say_when,
    say_where,
    say_zone,
)
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.texts import RecordLink, Sentence
from goodpractice.kinds.views.links import link_known, link_overview, link_section, link_website
from goodpractice.kinds.views.lists import listing, overview_head

#: What an event is that has not taken place yet, as far as its entry says.
_COMING = ("planned", "moved")
_UTC = "%Y-%m-%dT%H:%MZ"
_Entry: TypeAlias = tuple[str, Event]


def event_page(kb: Lookup, id: str) -> View:
    """The page of an event.

    Args:
        id: The event.
    """
    event: Event = kb.table(EVENT)[id]
    return (
        Head("event", link_section(kb, EVENT), event.name),
        Widget("when", {"rows": _list_dates(kb, event), "precision": say_precision(kb, event)}),
        Facts(
            (
                Fact("where", kb.gettext("Where"), say_where(kb, event)),
                Fact("status", kb.gettext("Status"), say_status(kb, event)),
                Fact("as-told", kb.gettext("In the words of the source"), event.period if event.start else ""),
                Fact("hosts", kb.gettext("Host"), link_known(kb, "partner", event.hosts)),
                Fact("networks", kb.gettext("Networks"), link_known(kb, "network", event.networks)),
                Fact("programmes", kb.gettext("Programmes"), link_known(kb, "programme", event.programmes)),
                Fact("themes", kb.gettext("Themes"), link_known(kb, "theme", event.themes)),
                Fact("attendance", kb.gettext("Attendance"), event.attendance),
                Fact("outcome", kb.gettext("Outcome"), event.outcome),
                Fact("website", kb.gettext("Website"), link_website(event.url)),
            )
        ),
        Paragraphs(event.about),
        *offer_event(kb, id),
        SourceList(event.sources),
    )


def _list_dates(kb: Lookup, event: Event) -> list[dict[str, Any]]:
    """Every time that an event takes place, as the component `when` shows it; one row where no day is known."""
    rows = [_describe_date(kb, event, occurrence) for occurrence in event.occurrences]
    said = say_when(kb, event)
    return rows or ([{"text": said, "datetime": "", "zone": "", "note": "", "live": {}}] if said else [])


def _describe_date(kb: Lookup, event: Event, occurrence: Occurrence) -> dict[str, Any]:
    start, end = occurrence.start, occurrence.end
    is_off = "called off" in (event.status, occurrence.state)
    live: dict[str, str] = {}
    moment = start.isoformat()
    if isinstance(start, datetime.datetime):
        moment = start.astimezone(datetime.UTC).strftime(_UTC)
        live = {"start": moment, "zone": event.zone or "UTC"}
        if isinstance(end, datetime.datetime):
            live["end"] = end.astimezone(datetime.UTC).strftime(_UTC)
    if event.status in _COMING:
        live["until"] = occurrence.last_day.isoformat()
    note = ""
    if occurrence.state == "called off":
        note = kb.gettext("called off")
    elif occurrence.state == "moved":
        note = kb.gettext("moved from {day}", day=format_date(occurrence.day, kb.language))
    return {
        "text": say_occurrence(kb, occurrence),
        "datetime": moment,
        "zone": say_zone(event, occurrence),
        "note": note,
        # Nobody comes to what is called off, at whatever time.
        "live": {} if is_off else live,
    }


def event_index(kb: Lookup) -> View:
    """All events: those that are coming, and those that have passed by year, the latest first."""
    as_of, coming, past = _divide(kb)
    by_year = groupby(past, lambda entry: entry[1].first_day.year if entry[1].first_day else 0)
    years = [(year, [_describe_entry(kb, *entry) for entry in group]) for year, group in by_year]
    values = {
        "as_of": format_date(as_of, kb.language) if as_of else "",
        "coming": [_describe_entry(kb, *entry) for entry in coming],
        # What nobody can date comes last.
        "years": sorted(years, key=lambda year: -year[0]),
    }
    by_month = link_overview(kb, "calendar", kb.gettext("the calendar by month"))
    leads_on = Sentence(kb.gettext("The same as tables: {calendar}."), {"calendar": by_month})
    return listing(kb, EVENT, Paragraph("leads-on", leads_on), Widget("events", values), *offer_file(kb))


def _divide(kb: Lookup) -> tuple[datetime.date | None, list[_Entry], list[_Entry]]:
    """The day on which an event was last entered or changed; what was coming then; what had passed, latest first."""
    events = list_events(kb)
    days = [day for _, event in events for day in find_days(event) if day]
    as_of = max(days, default=None)
    coming = [entry for entry in events if _is_coming(entry[1], as_of)]
    past = [entry for entry in reversed(events) if not _is_coming(entry[1], as_of)]
    return as_of, coming, past


def coming_events(kb: Lookup) -> View:
    """What is coming, as of the day on which an event was last entered or changed; without any, what was the last.

    Example:
        {{ coming_events() }}
    """
    as_of, coming, past = _divide(kb)
    last = next((entry for entry in past if entry[1].first_day and entry[1].status == "held"), None)
    values = {
        "as_of": format_date(as_of, kb.language) if as_of else "",
        "entries": [_describe_entry(kb, *entry) for entry in coming],
        "last": _describe_entry(kb, *last) if last and not coming else None,
    }
    return (Widget("coming", values),)


def _is_coming(event: Event, as_of: datetime.date | None) -> bool:
    last = event.last_day
    return last >= as_of if last and as_of else event.status in _COMING


def _describe_entry(kb: Lookup, event_id: str, event: Event) -> dict[str, Any]:
    said = [say_where(kb, event), say_status(kb, event) if event.status != "held" else ""]
    return {
        "id": event_id,
        "link": RecordLink(EVENT, event_id),
        "when": say_when(kb, event),
        "meta": " · ".join(part for part in said if part),
        "until": event.last_day.isoformat() if event.last_day else "",
    }


def calendar_page(kb: Lookup) -> View:
    """The calendar by month: every month in which something is, as a table with the same as a list."""
    events = list_events(kb)
    dated = [(event_id, event, one) for event_id, event in events for one in event.occurrences]
    loose = [(event_id, event) for event_id, event in events if event.start and not event.occurrences]
    months = {month for *_, one in dated for month in _list_months(one)}
    months |= {(when.year, when.month) for _, event in loose if (when := read_when(event.start or "")).month}
    years = {year for year, _ in months} | {read_when(event.start or "").year for _, event in loose}
    shown = {month: _describe_month(kb, month, dated, loose) for month in sorted(months)}
    _link_neighbours(list(shown.values()))
    values = {
        "weekdays": [kb.gettext(name) for name in WEEKDAYS],
        "years": [
            {
                "year": year,
                "months": [month for key, month in shown.items() if key[0] == year],
                "loose": [_describe_entry(kb, *entry) for entry in loose if _is_in(entry[1], year, 0)],
            }
            for year in sorted(years, reverse=True)
        ],
        # Their dates are words, which no month can hold.
        "worded": [_describe_entry(kb, *entry) for entry in events if not entry[1].start],
    }
    head = overview_head(kb, "calendar", kb.gettext("By month"))
    coming = Section("gp-coming", kb.gettext("Coming"), coming_events(kb))
    listed = [{"id": f"year-{year}", "name": str(year)} for year in sorted(years, reverse=True)]
    jump = (Widget("jump", {"label": kb.gettext("Jump to a year"), "entries": listed}),) if len(listed) > 1 else ()
    # Whoever wants the calendar should not have to pass all of its months.
    return (head, coming, *explain_subscribing(kb), *jump, Widget("calendar", values))


def _is_in(event: Event, year: int, month: int) -> bool:
    when = read_when(event.start or "")
    return (when.year, when.month) == (year, month)


def _list_months(occurrence: Occurrence) -> Iterable[tuple[int, int]]:
    """The months in which an occurrence lies, at most two years of them."""
    first, last = occurrence.first_day, occurrence.last_day
    begin = first.year * 12 + first.month - 1
    end = min(last.year * 12 + last.month - 1, begin + 24)
    return [(at // 12, at % 12 + 1) for at in range(begin, end + 1)]


def _describe_month(
    kb: Lookup,
    month: tuple[int, int],
    dated: Sequence[tuple[str, Event, Occurrence]],
    loose: Sequence[tuple[str, Event]],
) -> dict[str, Any]:
    here = sorted((entry for entry in dated if month in _list_months(entry[2])), key=lambda entry: entry[2].first_day)
    entries = []
    taken: dict[int, list[str]] = {}
    anchors: dict[int, str] = {}
    for event_id, event, one in here:
        anchor = f"{_name_month(month)}-{event_id}" + (f"-{one.day.isoformat()}" if event.repeats else "")
        entries.append(_describe_in_month(kb, anchor, event_id, event, one))
        first, last = one.first_day, one.last_day
        for day in range(1, calendar.monthrange(*month)[1] + 1):
            if first <= datetime.date(*month, day) <= last:
                taken.setdefault(day, []).append(event.name)
                anchors.setdefault(day, anchor)
    weeks = calendar.Calendar().monthdayscalendar(*month) if here else []
    return {
        "id": _name_month(month),
        "name": format_month(*month, kb.language),
        "weeks": [
            [{"day": day, "anchor": anchors.get(day, ""), "names": "; ".join(taken.get(day, ()))} for day in week]
            for week in weeks
        ],
        "entries": entries,
        "loose": [_describe_entry(kb, *entry) for entry in loose if _is_in(entry[1], *month)],
    }


def _name_month(month: tuple[int, int]) -> str:
    return f"{month[0]}-{month[1]:02}"


def _describe_in_month(kb: Lookup, anchor: str, event_id: str, event: Event, one: Occurrence) -> dict[str, Any]:
    entry = _describe_entry(kb, event_id, event)
    when = format_period(one.first_day, one.last_day, kb.language)
    if isinstance(one.start, datetime.datetime):
        when = kb.gettext("{when} ({zone})", when=say_occurrence(kb, one), zone=say_zone(event, one))
    state = {"called off": kb.gettext("called off"), "moved": kb.gettext("moved")}.get(one.state, "")
    return {**entry, "id": anchor, "when": f"{when}: {state}" if state else when}


def _link_neighbours(months: Sequence[dict[str, Any]]) -> None:
    """Let each month lead to the ones before and after it in which something is."""
    for at, month in enumerate(months):
        before: Mapping[str, Any] = months[at - 1] if at else {}
        after: Mapping[str, Any] = months[at + 1] if at + 1 < len(months) else {}
        month["before"], month["after"] = (
            {"id": other["id"], "name": other["name"]} if other else None for other in (before, after)
        )
