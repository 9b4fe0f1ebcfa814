"""Themes: subjects that run through handbook and case studies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Record, Ref, Sources


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
