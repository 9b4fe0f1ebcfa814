"""An event as search engines and other programs read it: schema.org/Event."""

from __future__ import annotations

from typing import Any

from goodpractice.kinds.event.dates import ORDINALS, Moment
from goodpractice.kinds.event.model import EVENT, Event
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.partner import Partner

_STATUS = {"called off": "EventCancelled", "moved": "EventRescheduled"}
_FREQUENCIES = {"week": "P1W", "two weeks": "P2W", "month": "P1M", "year": "P1Y"}


def describe_event(event: Event, kb: Lookup) -> dict[str, Any]:
    """What schema.org calls an event. What the entry does not say is left out."""
    found = event.occurrences
    where, online = _describe_place(event), event.online
    mode = {
        (True, True): "MixedEventAttendanceMode",
        (True, False): "OfflineEventAttendanceMode",
        (False, True): "OnlineEventAttendanceMode",
    }.get((bool(where), online))
    url = kb.site_url + kb.collection(EVENT).record_url(event.id) if kb.site_url else ""
    virtual = {"@type": "VirtualLocation", "url": event.url or url} if online else None
    partners = kb.table("partner")
    described = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.name,
        "url": url,
        "description": event.about,
        # As precisely as it is known: schema.org takes a month and a year for a date.
        "startDate": _write(found[0].start) if found else event.start,
        "endDate": _write(found[0].end) if found else event.end,
        "previousStartDate": event.moved_from,
        "eventStatus": f"https://schema.org/{_STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": f"https://schema.org/{mode}" if mode else None,
        "location": [place for place in (where, virtual) if place],
        "organizer": [_describe_host(partners[host]) for host in event.hosts if host in partners],
        "eventSchedule": _describe_repetition(event),
        "sameAs": event.url,
    }
    return {name: value for name, value in described.items() if value}


def _describe_host(partner: Partner) -> dict[str, str]:
    described = {"@type": "Organization", "name": partner.name, "url": partner.url or ""}
    return {name: value for name, value in described.items() if value}


def _write(moment: Moment | None) -> str | None:
    return moment.isoformat() if moment else None


def _describe_place(event: Event) -> dict[str, Any] | None:
    address = {"addressLocality": event.town, "addressCountry": event.country}
    given = {name: value for name, value in address.items() if value}
    if not given and not event.place:
        return None
    name = event.place or event.town or event.country
    return {"@type": "Place", "name": name, **({"address": {"@type": "PostalAddress", **given}} if given else {})}


def _describe_repetition(event: Event) -> dict[str, Any] | None:
    rule = event.repeats
    if rule is None or event.start is None:
        return None
    described: dict[str, Any] = {
        "@type": "Schedule",
        "repeatFrequency": _FREQUENCIES[rule.every],
        "startDate": event.start[:10],
        "endDate": rule.until.isoformat(),
        "scheduleTimezone": event.zone,
        "exceptDate": [day.isoformat() for day in (*rule.left_out, *rule.called_off, *(one.day for one in rule.moved))],
    }
    if rule.weekday:
        ordinal, name = rule.weekday.split(" ")
        described["byDay"] = f"{-1 if ordinal == 'last' else ORDINALS.index(ordinal) + 1}{name[:2].upper()}"
    return {name: value for name, value in described.items() if value}
