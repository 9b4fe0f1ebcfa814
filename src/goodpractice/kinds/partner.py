"""Partners: the organisations of the directory."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Facet, Id, Line, Placed, Prose, Record, Ref, Source, Sources, Url, place_of
from goodpractice.kinds.kind import Card, CardText, Collection, Filter, Kind, Lookup, Search


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
    region: Annotated[Line, Facet("region")] | None = Field(None, description="Nation or region, for example Wales.")
    country: Annotated[Line, Facet("country")] | None = Field(None, description="Country.")
    url: Url | None = Field(None, description="Public website, where confirmed.")
    languages: tuple[Line, ...] = Field((), description="Languages in which the organisation can be contacted.")
    about: Prose | None = Field(None, description="One or two plain sentences from documented facts.")
    brings: tuple[Asset, ...] = Field((), description="What the partner brings; each entry with its source.")
    programmes: tuple[Annotated[Id, Ref("programme")], ...] = Field(
        (), description="Programmes that the organisation took part in."
    )
    listed_in: Annotated[Id, Ref("programme", facet=False, related=False)] | None = Field(
        None,
        description=(
            "For an organisation of which no source says more than that it took part: the programme whose page "
            "lists it, instead of a page of its own. Its address leads there."
        ),
    )
    networks: tuple[Annotated[Id, Ref("network")], ...] = Field((), description="Networks that it belongs to.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


PARTNER = "partner"
#: They stand in short groups by letter, so that more of them fit on one page than of others.
PARTNERS_ON_A_PAGE = 200


def _write_card(partner_id: str, partner: Partner, kb: Lookup) -> CardText:
    label = kb.choice_name("partner_kind", partner.kind) if partner.kind else kb.gettext("Partner")
    return CardText(label, place_of(partner))


def _describe(partner: Partner, kb: Lookup) -> str:
    place = ", ".join(part for part in (partner.name, partner.town, partner.region, partner.country) if part)
    return partner.about or kb.gettext("{place}: programmes and case studies.", place=place)


def _list_hidden(partner_id: str, partner: Partner, kb: Lookup) -> tuple[str, ...]:
    return (kb.choice_name("partner_kind", partner.kind),) if partner.kind else ()


KIND = Kind(
    id=PARTNER,
    model=Partner,
    file="partners.yml",
    list="partners",
    name=_("partner"),
    relatedness=3.0,
    collection=Collection(
        url="partners/",
        title=N_("Partners"),
        description=N_(
            "Museums, science centres, community groups, universities and funders, and what they do together."
        ),
        view="partner_index",
        page_size=PARTNERS_ON_A_PAGE,
        record_view="partner_profile",
        describe=_describe,
    ),
    card=Card(write=_write_card, summary="One partner.", argument="The partner.", example="techniquest"),
    search=Search(
        label=N_("Partner"),
        rank=4,
        weight=0.9,
        title_weight=6.0,
        aliases=lambda partner_id, partner, _: (partner.formerly or "", partner_id.replace("-", " ")),
        hidden=_list_hidden,
    ),
    filter=Filter(name=N_("Partner"), place=50, order="name"),
)
