"""Networks of science centres and museums."""

from __future__ import annotations

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Placed, Prose, Sources, Url
from goodpractice.kinds.blocks import Fact, Facts, Head, Links, Paragraphs, RecordLink, Section, SourceList, View
from goodpractice.kinds.event.subscribe import section_of_events
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.views.links import link_section, link_website
from goodpractice.kinds.views.lists import list_cards, listing


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


NETWORK = "network"


def _write_card(network_id: str, network: Network, kb: Lookup) -> CardText:
    founded = kb.gettext("Founded {year}", year=network.founded) if network.founded else ""
    about = network.name if network.short_name else network.region
    return CardText(kb.gettext("Network"), about, founded, is_translated=True)


def network_page(kb: Lookup, id: str) -> View:
    """The page of a network.

    Args:
        id: The network.
    """
    network: Network = kb.table(NETWORK)[id]
    members = tuple(RecordLink("partner", member.id) for member in kb.partners_with(id, "networks"))
    name = network.short_name or network.name
    return (
        Head("network", link_section(kb, NETWORK), name, network.name if network.name != name else None),
        Facts(
            (
                Fact("region", kb.gettext("Region"), network.region),
                Fact("founded", kb.gettext("Founded"), str(network.founded or "")),
                Fact("seat", kb.gettext("Seat"), network.seat),
                Fact("members", kb.gettext("Members"), network.members),
                Fact("meetings", kb.gettext("Meetings"), network.meetings),
                Fact("website", kb.gettext("Website"), link_website(network.url)),
            )
        ),
        Paragraphs(network.about),
        Section("gp-members", kb.gettext("Members in this knowledge base"), (Links(members),)),
        section_of_events(kb, NETWORK, id),
        SourceList(network.sources),
    )


def networks(kb: Lookup) -> View:
    """Cards of all networks, in the order of `partners.yml`.

    Example:
        {{ networks() }}
    """
    return (list_cards(kb, NETWORK, kb.table(NETWORK), kb.gettext("No network is listed here yet.")),)


def network_index(kb: Lookup) -> View:
    """All networks."""
    return listing(kb, NETWORK, *networks(kb))


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
        description=N_("Networks of science centres and museums around the world."),
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
