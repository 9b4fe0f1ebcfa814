"""Summits, congresses and conferences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Facet, Id, Line, Placed, Prose, PublishedOn, Ref, Sources, UpdatedOn
from goodpractice.kinds.blocks import Fact, Facts, Paragraphs, Section, View
from goodpractice.kinds.kind import Collection, Entry, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.views.links import cite_inline, link_known
from goodpractice.kinds.views.lists import listing


class Event(Placed):
    """A summit, congress or conference."""

    id: Id = Field(description="Permanent short name.")
    name: Line = Field(description="Name of the event.")
    status: Literal["held", "called off", "planned"] = Field(description="Whether it took place.")
    period: Line = Field(description="Dates in words.")
    town: Line | None = Field(None, description="Town.")
    country: Annotated[Line, Facet("country")] | None = Field(None, description="Country.")
    hosts: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Hosting partners.")
    networks: tuple[Annotated[Id, Ref("network")], ...] = Field((), description="Networks behind the event.")
    attendance: Line | None = Field(None, description="How many came; sources that differ are all named.")
    outcome: Line | None = Field(None, description="What was agreed.")
    about: Prose | None = Field(None, description="More about it.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


EVENT = "event"


def _list_words(event: Event, kb: Lookup) -> Entry:
    description = ", ".join(part for part in (event.period, event.town, event.country) if part)
    return Entry(description, (event.outcome, event.about, event.attendance))


STATUS = {"held": N_("Took place"), "called off": N_("Called off"), "planned": N_("Planned")}


def event_index(kb: Lookup) -> View:
    """All events, with what they agreed."""
    return listing(kb, EVENT, *(_describe_event(kb, event) for event in kb.table(EVENT).values()))


def _describe_event(kb: Lookup, event: Event) -> Section:
    facts = (
        Fact("when", kb.gettext("When"), event.period),
        Fact("where", kb.gettext("Where"), ", ".join(filter(None, (event.town, event.country)))),
        Fact("status", kb.gettext("Status"), kb.gettext(STATUS[event.status])),
        Fact("hosts", kb.gettext("Host"), link_known(kb, "partner", event.hosts)),
        Fact("networks", kb.gettext("Networks"), link_known(kb, "network", event.networks)),
        Fact("attendance", kb.gettext("Attendance"), event.attendance),
        Fact("outcome", kb.gettext("Outcome"), event.outcome),
        Fact("sources", kb.gettext("Sources"), cite_inline(event.sources)),
    )
    return Section(event.id, event.name, (Paragraphs(event.about, role=""), Facts(facts)))


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
        description=N_("World summits of science centres, and what they agreed."),
        view=event_index,
    ),
    search=Search(label=N_("Event"), rank=7, prior=0.9, entry=_list_words),
)
