"""Partners: the organisations of the directory."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Placed, Prose, Record, Ref, Source, Sources, Url


class Asset(Record):
    """Something that a partner brings. Published only with its source."""

    what: Line = Field(description="What the partner brings, as a strength: skills, rooms, networks, knowledge.")
    source: Source = Field(description="Where this is documented: a web address, or an id in data/sources.yml.")


class Partner(Placed):
    """An organisation of the directory."""

    id: Id = Field(
        description="Permanent short name in small letters and hyphens; it becomes the address of the profile."
    )
    name: Line = Field(description="The name that the organisation uses itself, with its accents.")
    kind: Annotated[Id, Ref("partner_kind")] | None = Field(
        None,
        description="Kind of organisation, where a source says it: an id from data/vocabularies.yml.",
    )
    formerly: Line | None = Field(None, description="An earlier name, where documented.")
    status: Line | None = Field(None, description="A documented change, for example an announced closing.")
    town: Line | None = Field(None, description="Town, where confirmed.")
    region: Line | None = Field(None, description="Nation or region, for example Wales.")
    country: Line | None = Field(None, description="Country.")
    url: Url | None = Field(None, description="Public website, where confirmed.")
    languages: tuple[Line, ...] = Field((), description="Languages in which the organisation can be contacted.")
    about: Prose | None = Field(None, description="One or two plain sentences from documented facts.")
    brings: tuple[Asset, ...] = Field((), description="What the partner brings; each entry with its source.")
    programmes: tuple[Annotated[Id, Ref("programme")], ...] = Field(
        (), description="Programmes that the organisation took part in."
    )
    networks: tuple[Annotated[Id, Ref("network")], ...] = Field((), description="Networks that it belongs to.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")
