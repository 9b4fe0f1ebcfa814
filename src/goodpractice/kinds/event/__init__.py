"""Events: meetings, summits, launches and festivals, with their dates as dates."""

from __future__ import annotations

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.event.linked_data import describe_event
from goodpractice.kinds.event.model import EVENT, Event
from goodpractice.kinds.event.view import coming_events, event_index, event_page
from goodpractice.kinds.event.words import say_when, say_where
from goodpractice.kinds.kind import Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup


def _describe(event: Event, kb: Lookup) -> str:
    return " · ".join(part for part in (say_when(kb, event), say_where(kb, event)) if part) or event.name


KIND = Kind(
    id=EVENT,
    model=Event,
    file="data/events.yml",
    list="events",
    name=_("event"),
    also=(
        "calendar",
        "dates",
        "meetings",
        "conferences",
    ),
    collection=Collection(
        url="events/",
        title=N_("Events"),
        description=N_(
            "Meetings, summits, launches and festivals: what is coming, what took place and what was announced."
        ),
        view=event_index,
        record_view=event_page,
        describe=_describe,
        linked_data=describe_event,
    ),
    macros=(coming_events,),
    search=Search(label=N_("Event"), rank=7, prior=0.9),
)
