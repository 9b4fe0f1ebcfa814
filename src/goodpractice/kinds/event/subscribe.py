"""Which calendar files a site has, where they are, and how readers get them into their own calendars."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.blocks import Fact, Facts, Fold, Links, Paragraph, Section
from goodpractice.kinds.event.model import EVENT, Event
from goodpractice.kinds.event.words import say_when
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.texts import PageLink, RecordLink, Sentence, Text, WebLink, join
from goodpractice.kinds.views.links import link_overview

#: Kinds of records that have a calendar, with the field in which an event names them.
CALENDARS = {"network": "networks", "programme": "programmes", "theme": "themes"}
#: Where the way into each calendar program is said.
HOW_TO = "gp-subscribe"

#: The calendars that most people have, with the words that lead there. They are those of the programs themselves.
_PROGRAMS = (
    (
        "google",
        "Google",
        N_("On a computer, beside “Other calendars”, press the plus sign and choose “From URL”. Your phone follows."),
    ),
    (
        "apple",
        "Apple",
        N_("Press the link that opens it in your calendar. Or on a Mac: File, New Calendar Subscription."),
    ),
    ("outlook", "Outlook", N_("In the calendar, press “Add calendar”, then “Subscribe from web”.")),
    ("thunderbird", "Thunderbird", N_("In the calendar: New Calendar, “On the Network”.")),
)


def calendar_url(kb: Lookup, kind: str = "", id: str = "") -> str:
    """Address of a calendar file, relative to the site: of everything, of one event, or of a record with events."""
    if not kind:
        return "calendar.ics"
    return kb.collection(kind).record_url(id) + ("event.ics" if kind == EVENT else "calendar.ics")


def list_events(kb: Lookup, kind: str = "", id: str = "") -> Sequence[tuple[str, Event]]:
    """Events by id, the earliest first and those without a date last: all of them, or those that name a record."""
    field = CALENDARS.get(kind)
    named = [
        (event_id, event) for event_id, event in kb.table(EVENT).items() if not field or id in getattr(event, field)
    ]
    return sorted(named, key=lambda entry: (entry[1].first_day or datetime.date.max, entry[0]))


def list_calendars(kb: Lookup) -> Iterator[tuple[str, str]]:
    """The calendar files of a site, as kind and id: those that hold an event. None without an address of the site."""
    dated = [(event_id, event) for event_id, event in list_events(kb) if event.occurrences] if kb.site_url else []
    if dated:
        yield "", ""
    for kind, field in CALENDARS.items():
        named = {record_id for _, event in dated for record_id in getattr(event, field)}
        yield from ((kind, record_id) for record_id in kb.table(kind) if record_id in named)
    yield from ((EVENT, event_id) for event_id, _ in dated)


def section_of_events(kb: Lookup, kind: str, id: str) -> Section:
    """The events of a record, and its calendar; nothing without any."""
    events = list_events(kb, kind, id)
    links = Links(tuple(join([RecordLink(EVENT, event_id), say_when(kb, event)]) for event_id, event in events))
    offer = offer_file(kb, kind, id) if any(event.occurrences for _, event in events) else ()
    return Section("gp-events", kb.gettext("Events"), (links, *offer))


def offer_file(kb: Lookup, kind: str = "", id: str = "") -> tuple[Paragraph, ...]:
    """A sentence with the address of a calendar file, and the way to how it is used."""
    if not kb.site_url:
        return ()
    words = kb.gettext(
        "Follow these events in your own calendar: copy the address {address}, or {open}. {how} says where it goes "
        "in yours."
    )
    values: dict[str, Text] = {**_link_file(kb, kind, id), "how": _link_how(kb, kb.gettext("How to subscribe"))}
    return (Paragraph("subscribe", Sentence(words, values)),)


def _link_how(kb: Lookup, text: str) -> PageLink:
    return PageLink(f"{link_overview(kb, 'calendar').url}#{HOW_TO}", text)


def _link_file(kb: Lookup, kind: str = "", id: str = "") -> dict[str, WebLink]:
    address = kb.site_url + calendar_url(kb, kind, id)
    return {
        "address": WebLink(address, address, is_address=True),
        "open": WebLink(f"webcal:{address.partition(':')[2]}", kb.gettext("open it in your calendar")),
    }


def offer_event(kb: Lookup, id: str) -> tuple[Paragraph, ...]:
    """The file of one event."""
    event: Event = kb.table(EVENT)[id]
    if not kb.site_url or not event.occurrences:
        return ()
    link = WebLink(kb.site_url + calendar_url(kb, EVENT, id), kb.gettext("the file of this event"))
    words = kb.gettext("To put it into your own calendar, open {link}.")
    return (Paragraph("subscribe", Sentence(words, {"link": link})),)


def explain_subscribing(kb: Lookup) -> tuple[Section, ...]:
    """How to subscribe to the calendar of everything, in the calendars that most people have."""
    if not kb.site_url:
        return ()
    words = kb.gettext(
        "Copy the address {address}, or {open}. Your calendar then looks there by itself and shows what is new, moved "
        "or called off. Nobody needs your e-mail address. Networks, programmes and themes with events have calendars "
        "of their own, on their pages."
    )
    unknown = kb.gettext(
        "Events of which only the month or the year is known are on this website alone: a calendar needs days."
    )
    programs = tuple(Fact(role, name, kb.gettext(way)) for role, name, way in _PROGRAMS)
    names = kb.language.join([name for _role, name, _way in _PROGRAMS])
    way = Fold(kb.gettext("Where it goes in the calendars of {names}", names=names), (Facts(programs),))
    blocks = (Paragraph("about", Sentence(words, _link_file(kb))), way, Paragraph("about", unknown))
    return (Section(HOW_TO, kb.gettext("In your own calendar"), blocks),)
