"""What happened in the field, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Annotated

from pydantic import Field

from goodpractice.i18n.dates import spell_date
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, PublishedOn, Record, Ref, Sources, UpdatedOn
from goodpractice.kinds.blocks import ChartBlock, Fact, Facts, Item, Links, Section, View
from goodpractice.kinds.charts import Columns
from goodpractice.kinds.kind import Collection, Entry, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.texts import Joined, RecordLink, Text, join
from goodpractice.kinds.views.links import cite_inline, link_known
from goodpractice.kinds.views.lists import listing


class TimelineEntry(Record):
    """Something that began, was agreed or was published."""

    id: Id = Field(description="Permanent short name; the anchor on the timeline.")
    name: Line = Field(description="What happened, in a few words.")
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2})?( to \d{4})?$")] = Field(
        description="The year, with the month where a source gives it: `2014`, `2014-03`, `2010 to 2014`."
    )
    programmes: tuple[Annotated[Id, Ref("programme")], ...] = Field((), description="Programmes that it belongs to.")
    networks: tuple[Annotated[Id, Ref("network")], ...] = Field((), description="Networks that it belongs to.")
    events: tuple[Annotated[Id, Ref("event")], ...] = Field((), description="Events that it belongs to.")
    partners: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Organisations that it belongs to.")
    resources: tuple[Annotated[Id, Ref("resource")], ...] = Field((), description="Tools that it belongs to.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


TIMELINE_ENTRY = "timeline_entry"
#: Fields that name other records, with their kinds.
_LINKED = {
    "programmes": "programme",
    "networks": "network",
    "events": "event",
    "partners": "partner",
    "resources": "resource",
}


def timeline_page(kb: Lookup) -> View:
    """What happened in the field: a picture of the decades, then every entry."""
    ordered = sorted(kb.table(TIMELINE_ENTRY).values(), key=lambda entry: entry.date[:4])
    decades = [(decade, tuple(entries)) for decade, entries in groupby(ordered, _find_decade)]
    counts = {decade: len(entries) for decade, entries in decades}
    every = range(min(counts, default=0), max(counts, default=0) + 10, 10)
    names = {decade: kb.gettext("{decade}s", decade=decade) for decade in every}
    figure = ChartBlock(
        "gp-decades",
        kb.gettext("By decade"),
        kb.gettext(
            "The picture counts the entries below, and these are what our sources name; it says nothing of the rest."
        ),
        Columns(
            kb.gettext("Entries of the timeline in each decade"), tuple((names[d], counts.get(d, 0)) for d in every)
        ),
        (kb.gettext("Decade"), kb.gettext("Entries")),
        tuple((names[decade], counts.get(decade, 0)) for decade in every),
    )
    sections = (_show_decade(kb, decade, names[decade], entries) for decade, entries in decades)
    return listing(kb, TIMELINE_ENTRY, *((figure,) if decades else ()), *sections)


def section_of_timeline(kb: Lookup, kind: str, id: str) -> tuple[Section, ...]:
    """The entries that belong to a record, each with a link to its place on the timeline; nothing without any."""
    field = next(field for field, of in _LINKED.items() if of == kind)
    named = sorted(
        (entry for entry in kb.table(TIMELINE_ENTRY).values() if id in getattr(entry, field)),
        key=lambda entry: entry.date,
    )
    links = tuple(
        Joined((_say_date(kb, entry), RecordLink(TIMELINE_ENTRY, entry.id)), separator=": ") for entry in named
    )
    return (Section("gp-timeline", kb.gettext("On the timeline of the field"), (Links(links),)),) if links else ()


def _find_decade(entry: TimelineEntry) -> int:
    return int(entry.date[:3]) * 10


def _show_decade(kb: Lookup, decade: int, name: str, entries: tuple[TimelineEntry, ...]) -> Section:
    facts = tuple(
        Fact("timeline-entry", _say_date(kb, entry), items=(Item(entry.name, join(_list_notes(kb, entry)), entry.id),))
        for entry in entries
    )
    return Section(f"decade-{decade}", name, (Facts(facts),))


def _say_date(kb: Lookup, entry: TimelineEntry) -> str:
    first, __, last = entry.date.partition(" to ")
    return f"{first}–{last}" if last else spell_date(first, kb.language)


def _list_notes(kb: Lookup, entry: TimelineEntry) -> Iterator[Text]:
    for field, kind in _LINKED.items():
        yield link_known(kb, kind, getattr(entry, field))
    yield cite_inline(entry.sources)


KIND = Kind(
    id=TIMELINE_ENTRY,
    model=TimelineEntry,
    file="data/timeline.yml",
    list="timeline",
    name=_("entry of the timeline"),
    also=("history", "milestones", "chronology", "dates"),
    collection=Collection(
        url="timeline/",
        title=N_("Timeline"),
        description=N_("What happened in the field, year by year: networks, programmes, summits and ideas."),
        view=timeline_page,
    ),
    search=Search(label=N_("Timeline"), rank=12, prior=0.8, entry=lambda entry, _: Entry(spell_date(entry.date))),
)
