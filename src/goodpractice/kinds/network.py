"""Networks of science centres and museums."""

from __future__ import annotations

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Placed, Prose, Sources, Url


class Network(Placed):
    """A network of science centres and museums."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Full name.")
    short_name: Line | None = Field(None, description="The short name that people use.")
    region: Line = Field(description="Part of the world that the network covers.")
    founded: int | None = Field(None, ge=1800, le=2100, description="Year of founding, where confirmed.")
    seat: Line | None = Field(None, description="Town and country of the office, where confirmed.")
    url: Url | None = Field(None, description="Public website.")
    members: Line | None = Field(None, description="Number of members in words; sources that differ are all named.")
    meetings: Line | None = Field(None, description="Conferences and meetings.")
    about: Prose | None = Field(None, description="A few plain sentences from documented facts.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")
