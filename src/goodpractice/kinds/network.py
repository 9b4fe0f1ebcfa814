"""Networks of science centres and museums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import (
    Id,
    Latitude,
    Line,
    Longitude,
    Placed,
    Prose,
    Record,
    Ref,
    Source,
    Sources,
    Url,
)
from goodpractice.kinds.blocks import (
    Block,
    ChartBlock,
    Fact,
    Facts,
    Head,
    Item,
    Links,
    Paragraph,
    Paragraphs,
    Section,
    SourceList,
    View,
)
from goodpractice.kinds.charts import Spot, World
from goodpractice.kinds.event.model import EVENT
from goodpractice.kinds.event.subscribe import list_events, section_of_events
from goodpractice.kinds.event.words import say_when
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.partner import PARTNER
from goodpractice.kinds.plan import MemberGroup
from goodpractice.kinds.texts import RecordLink, Sentence, SourceLink, WebLink, join
from goodpractice.kinds.timeline import section_of_timeline
from goodpractice.kinds.views.links import cite_inline, link_known, link_section, link_website
from goodpractice.kinds.views.lists import listing, section_of_cards, show_cards


class Gain(Record):
    """What a member, or whoever reads along, gets. Published only with its source."""

    what: Line = Field(description="What one gets: a meeting, a price, a newsletter, a vote.")
    source: Source = Field(description="Where this is documented: a web address, or an id in data/sources.yml.")


class Fee(Record):
    """What membership costs. Never without its year: a price is soon another."""

    amount: Line = Field(description="The amount with its currency, and what it is for.")
    year: Annotated[str, Field(pattern=r"^\d{4}(/\d{4})?$")] = Field(
        description="The year for which the source gives it: `2022`, `2022/2023`."
    )


class Joining(Record):
    """How one becomes a member, as far as the network says so in public."""

    who: Line | None = Field(None, description="Who may be a member.")
    how: Line | None = Field(None, description="What one does, and who decides.")
    fee: Fee | None = Field(None, description="What it costs.")
    url: Url | None = Field(None, description="The page on which the network says so.")
    sources: Sources = Field(min_length=1, description="Where this is documented.")


class MiddleOfRegion(Record):
    """A point in the middle of a region, where a drawing of the world names the network. It is no office."""

    lat: Latitude = Field(description="Degrees north.")
    lon: Longitude = Field(description="Degrees east.")


class Network(Placed):
    """A network of science centres and museums, or a body in which such networks work together."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Full name.")
    short_name: Line | None = Field(None, description="The short name that people use.")
    region: Line = Field(description="Part of the world that the network covers.")
    middle: MiddleOfRegion | None = Field(
        None, description="A point in the middle of that part of the world, for the drawing; not the office."
    )
    networks: tuple[Annotated[Id, Ref("network", facet=False)], ...] = Field(
        (), description="For a body that networks form together: these networks."
    )
    founded: int | None = Field(None, ge=1800, le=2100, description="Year of founding, where confirmed.")
    seat: Line | None = Field(None, description="Town and country of the office, where confirmed.")
    url: Url | None = Field(None, description="Public website.")
    members: Line | None = Field(None, description="Number of members in words; sources that differ are all named.")
    named_members: tuple[MemberGroup, ...] = Field((), description="Members whom a source names, by what it says.")
    meetings: Line | None = Field(None, description="Conferences and meetings.")
    about: Prose | None = Field(None, description="A few plain sentences from documented facts.")
    gains: tuple[Gain, ...] = Field((), description="What members and readers get from it; each with its source.")
    joining: Joining | None = Field(None, description="How one becomes a member; nothing where no source says so.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


NETWORK = "network"


def _write_card(network_id: str, network: Network, kb: Lookup) -> CardText:
    founded = kb.gettext("Founded {year}", year=network.founded) if network.founded else ""
    way = kb.gettext("tells how to join") if network.joining and network.joining.how else ""
    about = network.name if network.short_name else network.region
    meta = " · ".join(part for part in (founded, way) if part)
    return CardText(kb.gettext("Network"), about, meta, is_translated=True)


def network_page(kb: Lookup, id: str) -> View:
    """The page of a network: what one gets from it, how one joins, who is in it, when it meets.

    Args:
        id: The network.
    """
    network: Network = kb.table(NETWORK)[id]
    name = network.short_name or network.name
    wider = [other.id for other in kb.table(NETWORK).values() if id in other.networks]
    gains = tuple(Item(gain.what, SourceLink(gain.source)) for gain in network.gains)
    return (
        Head("network", link_section(kb, NETWORK), name, network.name if network.name != name else None),
        Facts(
            (
                Fact("region", kb.gettext("Region"), network.region),
                Fact("founded", kb.gettext("Founded"), str(network.founded or "")),
                Fact("seat", kb.gettext("Seat"), network.seat),
                Fact("members", kb.gettext("Members"), network.members),
                Fact("networks", kb.gettext("Formed by"), link_known(kb, NETWORK, network.networks)),
                Fact("wider", kb.gettext("Works with others in"), link_known(kb, NETWORK, wider)),
                Fact("meetings", kb.gettext("Meetings"), network.meetings),
                Fact("website", kb.gettext("Website"), link_website(network.url)),
            )
        ),
        Paragraphs(network.about),
        Section("gp-gains", kb.gettext("What you get from it"), (Facts((Fact("gains", "", items=gains),)),)),
        *_show_joining(kb, network),
        Section("gp-members", kb.gettext("Members named here"), (Facts(_list_members(kb, network)),)),
        section_of_events(kb, NETWORK, id),
        *section_of_timeline(kb, NETWORK, id),
        SourceList(_list_cited(network)),
    )


def _show_joining(kb: Lookup, network: Network) -> tuple[Section, ...]:
    """How one becomes a member, or that no source says so; a body of networks has no members to win."""
    if network.networks:
        return ()
    joining = network.joining
    blocks: list[Block] = []
    if joining:
        facts = (
            Fact("who", kb.gettext("Who may"), joining.who),
            Fact("how", kb.gettext("How"), joining.how),
            Fact("fee", kb.gettext("What it costs"), _say_fee(kb, joining.fee)),
            Fact("page", kb.gettext("Their page"), link_website(joining.url)),
            Fact("told-in", kb.gettext("Source"), cite_inline(joining.sources)),
        )
        blocks.append(Facts(facts))
    if joining is None or not joining.how:
        words, values = kb.gettext("We have found no public page that says how to join."), {}
        if network.url:
            words = kb.gettext("We have found no public page that says how to join. Ask at {website}.")
            values = {"website": WebLink(network.url, network.short_name or network.name)}
        blocks.append(Paragraph("gaps", Sentence(words, values)))
    return (Section("gp-joining", kb.gettext("How to join"), tuple(blocks)),)


def _say_fee(kb: Lookup, fee: Fee | None) -> str:
    return kb.gettext("{amount} ({year})", amount=fee.amount, year=fee.year) if fee else ""


def _list_members(kb: Lookup, network: Network) -> tuple[Fact, ...]:
    """Members whom sources name, and partners that say of themselves that they belong to the network."""
    groups = tuple(
        Fact("members", group.group, join([link_known(kb, PARTNER, group.partners), *group.names]))
        for group in network.named_members
    )
    known = {partner for group in network.named_members for partner in group.partners}
    others = [member.id for member in kb.partners_with(network.id, "networks") if member.id not in known]
    return (*groups, Fact("members", kb.gettext("In this knowledge base"), link_known(kb, PARTNER, others)))


def _list_cited(network: Network) -> tuple[str, ...]:
    joining = network.joining.sources if network.joining else ()
    return (*network.sources, *(gain.source for gain in network.gains), *joining)


def networks(kb: Lookup) -> View:
    """Cards of all networks, in the order of `partners.yml`.

    Example:
        {{ networks() }}
    """
    return (show_cards(kb, NETWORK, kb.table(NETWORK), kb.gettext("No network is listed here yet.")),)


def network_index(kb: Lookup) -> View:
    """The networks of the world: drawn by region with the same as a table, as cards, and what they do together."""
    table: Mapping[str, Network] = kb.table(NETWORK)
    together = [network_id for network_id, network in table.items() if network.networks]
    alone = [network_id for network_id in table if network_id not in together]
    cards = show_cards(kb, NETWORK, alone, kb.gettext("No network is listed here yet."))
    joint = tuple(
        join([RecordLink(EVENT, event_id), say_when(kb, event)])
        for event_id, event in list_events(kb)
        if len(event.networks) > 1 or set(event.networks) & set(together)
    )
    return listing(
        kb,
        NETWORK,
        *_draw_world(kb, [network for network in table.values() if network.middle]),
        Section("gp-networks", kb.gettext("Network by network"), (cards,)),
        *section_of_cards("gp-together", kb.gettext("Where they work together"), NETWORK, together, repeats=False),
        Section("gp-joint-events", kb.gettext("What they have held or planned together"), (Links(joint),)),
    )


def _draw_world(kb: Lookup, drawn: Sequence[Network]) -> tuple[ChartBlock, ...]:
    """The drawing, and a table that says the same in words, with the year of founding."""
    ordered = sorted(drawn, key=lambda network: network.region)
    spots = tuple(
        Spot(network.short_name or network.name, network.middle.lat, network.middle.lon)
        for network in ordered
        if network.middle
    )
    rows = tuple(
        (network.region, RecordLink(NETWORK, network.id), str(network.founded or kb.gettext("not documented")))
        for network in ordered
    )
    text = kb.gettext(
        "Each name stands in the middle of the region that the network covers. It marks no office, and a network may "
        "have members elsewhere."
    )
    names = (kb.gettext("Region"), kb.gettext("Network"), kb.gettext("Founded"))
    chart = World(kb.gettext("The networks on a map of the world"), spots)
    title = kb.gettext("By region")
    return (ChartBlock("gp-world", title, text, chart, names, rows, is_open=True),) if rows else ()


KIND = Kind(
    id=NETWORK,
    model=Network,
    linked_type="Organization",
    file="partners.yml",
    list="networks",
    name=_("network"),
    collection=Collection(
        url="networks/",
        title=N_("Networks"),
        description=N_(
            "Networks of science centres and museums around the world: what each gives, when they meet and, "
            "where we found it, how to join."
        ),
        view=network_index,
        record_view=network_page,
        record_title=lambda network, _: network.name,
        describe=lambda network, _: network.about or f"{network.name}: {network.region}.",
    ),
    card=Card(write=_write_card, summary="One network.", argument="The network.", example="ecsite"),
    macros=(networks,),
    search=Search(
        label=N_("Network"),
        rank=6,
        prior=0.95,
        aliases=lambda network_id, network, _: (network.name, network.short_name or "", network_id.replace("-", " ")),
    ),
)
