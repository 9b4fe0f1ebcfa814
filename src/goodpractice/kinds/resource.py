"""Tools, guides and funders."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources, Url


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
