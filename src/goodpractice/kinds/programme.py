"""Programmes and projects in which partners work together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources, Url
from goodpractice.kinds.kind import Card, CardText, Collection, Filter, Kind, Search


class Milestone(Record):
    """A dated step of a programme."""

    date: Line = Field(description="Date in words, or year and month.")
    what: Line = Field(description="What happened.")


class Figure(Record):
    """A number that a source gives."""

    what: Line = Field(description="What was counted.")
    value: Line = Field(description="The number, with its unit.")


class MemberGroup(Record):
    """Members with the same role."""

    group: Line = Field(description="Their role, or what they have in common.")
    partners: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field(
        (), description="Those that have an entry in partners.yml."
    )
    names: tuple[Line, ...] = Field((), description="Names of those without one.")


class Programme(Record):
    """A programme or project in which partners work together."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Name of the programme.")
    summary: Line = Field(description="What it was or is, in one or two sentences.")
    about: Prose | None = Field(None, description="More about it, in plain paragraphs.")
    lead: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field((), description="Leading partners.")
    lead_text: Line | None = Field(None, description="Leading organisations without an entry in partners.yml.")
    funders: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field(
        (), description="Funders that have an entry."
    )
    part_of: Annotated[Id, Ref("programme", facet=False)] | None = Field(
        None, description="The larger programme it belongs to."
    )
    period: Line | None = Field(None, description="Years, in words.")
    url: Url | None = Field(None, description="Public website.")
    milestones: tuple[Milestone, ...] = Field((), description="Dated steps, oldest first.")
    members: tuple[MemberGroup, ...] = Field((), description="Who took part, by role.")
    other_members: tuple[Line, ...] = Field((), description="Members without a role and an entry in partners.yml.")
    figures: tuple[Figure, ...] = Field((), description="Numbers that the sources give.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


PROGRAMME = "programme"

KIND = Kind(
    id=PROGRAMME,
    model=Programme,
    file="data/programmes.yml",
    list="programmes",
    name=_("programme"),
    relatedness=2.0,
    collection=Collection(
        url="programmes/",
        title=N_("Programmes"),
        description=N_("Programmes in which partners work together, with their members and case studies."),
        view="programme_index",
        record_view="programme_page",
        describe=lambda programme, _: programme.summary,
    ),
    card=Card(
        write=lambda _, programme, kb: CardText(kb.gettext("Programme"), programme.summary, programme.period or ""),
        summary="One programme.",
        argument="The programme.",
        example="eyu-4",
    ),
    search=Search(
        label=N_("Programme"),
        rank=5,
        weight=1.0,
        title_weight=8.0,
        aliases=lambda programme_id, programme, _: (programme_id.replace("-", " "),),
    ),
    filter=Filter(name=N_("Programme"), place=40, order="count"),
)
