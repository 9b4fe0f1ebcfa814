"""Summits, congresses and conferences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Placed, Prose, Ref, Sources


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
