"""Programmes and projects in which partners work together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources, Url


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
