"""The small tables in `data/`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Placed, Prose, Record, Ref, Sources, Url


class Theme(Record):
    """A subject that runs through handbook and case studies."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Name of the theme.")
    question: Line = Field(description="The situation that leads a reader here, in the reader's words.")
    summary: Line = Field(description="What the theme is about, in one or two sentences.")
    chapter: Annotated[Id, Ref("chapter")] | None = Field(None, description="The main chapter on this theme.")
    moments: tuple[Annotated[Id, Ref("moment")], ...] = Field(
        (), description="When in a partnership it matters most: ids from data/vocabularies.yml."
    )
    also: tuple[Line, ...] = Field((), description="Everyday words that people type into a search instead.")
    sources: Sources = Field(min_length=1, description="What the entry rests on.")


class Milestone(Record):
    """A dated step of a programme."""

    date: Line = Field(description="Date in words, or year and month.")
    what: Line = Field(description="What happened.")


class Figure(Record):
    """A number that a source gives."""

    what: Line = Field(description="What was counted.")
    value: Line = Field(description="The number, with its unit.")


class Programme(Record):
    """A programme or project in which partners work together."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Name of the programme.")
    summary: Line = Field(description="What it was or is, in one or two sentences.")
    about: Prose | None = Field(None, description="More about it, in plain paragraphs.")
    lead: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Leading partners.")
    lead_text: Line | None = Field(None, description="Leading organisations without an entry in partners.yml.")
    funders: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Funders that have an entry.")
    part_of: Annotated[Id, Ref("programme")] | None = Field(None, description="The larger programme it belongs to.")
    period: Line | None = Field(None, description="Years, in words.")
    url: Url | None = Field(None, description="Public website.")
    milestones: tuple[Milestone, ...] = Field((), description="Dated steps, oldest first.")
    other_members: tuple[Line, ...] = Field((), description="Members without an entry in partners.yml.")
    figures: tuple[Figure, ...] = Field((), description="Numbers that the sources give.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


class Event(Placed):
    """A summit, congress or conference."""

    id: Id = Field(description="Permanent short name.")
    name: Line = Field(description="Name of the event.")
    status: Literal["held", "called off", "planned"] = Field(description="Whether it took place.")
    period: Line = Field(description="Dates in words.")
    town: Line | None = Field(None, description="Town.")
    country: Line | None = Field(None, description="Country.")
    hosts: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Hosting partners.")
    networks: tuple[Annotated[Id, Ref("network")], ...] = Field((), description="Networks behind the event.")
    attendance: Line | None = Field(None, description="How many came; sources that differ are all named.")
    outcome: Line | None = Field(None, description="What was agreed.")
    about: Prose | None = Field(None, description="More about it.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


class Term(Record):
    """A word of the glossary, with what to say instead where a word hurts."""

    id: Id = Field(description="Permanent short name; the anchor on the glossary page.")
    word: Line = Field(description="The word or phrase.")
    use: Literal["preferred", "avoid", "discuss", "explained"] = Field(
        description=(
            "`preferred`: we use it; `avoid`: we do not; `discuss`: agree with your partner; `explained`: a term."
        )
    )
    meaning: Prose = Field(description="What it means, in plain words.")
    say_instead: tuple[Line, ...] = Field((), description="What to say instead.")
    why: Prose | None = Field(None, description="Why.")
    who_says: Line | None = Field(None, description="Who recommends it.")
    also: tuple[Line, ...] = Field((), description="Other forms, and everyday words that people type into a search.")
    sources: Sources = Field(min_length=1, description="Where this is documented.")


class Resource(Record):
    """A tool, guide or funder."""

    id: Id = Field(description="Permanent short name; the anchor on the page of resources.")
    name: Line = Field(description="Name.")
    kind: Annotated[Id, Ref("resource_kind")] = Field(description="Kind of resource: an id from data/vocabularies.yml.")
    owner: Line | None = Field(None, description="Who offers it.")
    partners: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Owners that have an entry.")
    url: Url | None = Field(None, description="Where to find it.")
    about: Prose = Field(description="What it is good for.")
    caution: Line | None = Field(None, description="What to check before relying on it.")
    themes: tuple[Annotated[Id, Ref("theme")], ...] = Field((), description="Themes it helps with.")
    sources: Sources = Field(min_length=1, description="Where this is documented.")


class Action(Record):
    """An action of a plan."""

    id: Line = Field(description='Number of the action, for example "1.2".')
    title: Line = Field(description="What is to be done.")
    lead: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Leading partners.")
    lead_text: Line | None = Field(None, description="Leading organisations without an entry in partners.yml.")
    detail: Line | None = Field(None, description="How.")
    status: Line | None = Field(None, description="What became of it, where documented.")


class Strand(Record):
    """A strand of a plan: actions with one outcome."""

    id: int = Field(ge=1, description="Number of the strand.")
    title: Line = Field(description="Title.")
    outcome: Line | None = Field(None, description="What the strand is to change.")
    actions: tuple[Action, ...] = Field(description="Its actions.")


class Domain(Record):
    """A domain of participation."""

    id: int = Field(ge=1, description="Number of the domain.")
    title: Line = Field(description="Title.")
    aim: Line = Field(description="What citizens are to be able to do.")


class MemberGroup(Record):
    """Members of a plan that are listed together."""

    group: Line = Field(description="Name of the group.")
    names: tuple[Line, ...] = Field(min_length=1, description="Names of its members.")


class Plan(Record):
    """A plan that partners share: strands, actions, who leads, what should change."""

    id: Id = Field(description="Permanent short name.")
    name: Line = Field(description="Name of the plan.")
    programme: Annotated[Id, Ref("programme")] = Field(description="The programme on whose page it is shown.")
    period: Line | None = Field(None, description="Years, in words.")
    area: Line | None = Field(None, description="City or region.")
    about: Prose | None = Field(None, description="Why the plan was made.")
    lead_partners: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Who leads.")
    governance: Prose | None = Field(None, description="Who governs, steers, manages and monitors.")
    requests: tuple[Line, ...] = Field((), description="What young people or citizens asked for.")
    members: tuple[MemberGroup, ...] = Field((), description="All members, by group.")
    strands: tuple[Strand, ...] = Field(min_length=1, description="Strands, in order.")
    domains: tuple[Domain, ...] = Field((), description="Domains of participation, in order.")
    participation: Prose | None = Field(None, description="How citizens take part.")
    sources: Sources = Field(min_length=1, description="Where the plan is documented.")


class Publication(Record):
    """A source that is cited by its id, or whose title is shown for its address."""

    id: Id = Field(description="Short name by which records cite it.")
    title: Line = Field(description="Title or description that readers see.")
    publisher: Line | None = Field(None, description="Who published it.")
    year: Annotated[str, Field(pattern=r"^\d{4}$")] | None = Field(None, description="Year of publication.")
    url: Url | None = Field(None, description="Address; left out for printed documents.")


class Choice(Record):
    """A value of a controlled vocabulary."""

    id: Id = Field(description="Short name used in the files.")
    name: Line = Field(description="Name that readers see.")
    description: Line | None = Field(None, description="When to choose it.")
    also: tuple[Line, ...] = Field((), description="Everyday words that people type into a search instead.")
