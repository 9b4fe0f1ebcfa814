"""The page of a network."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import Fact, Facts, Head, Links, Prose, RecordLink, Section, Sources, View
from goodpractice.render.arguments import NetworkId
from goodpractice.render.views.listing import list_cards, listing
from goodpractice.render.views.shared import link_section, link_website


def network_page(kb: KnowledgeBase, id: NetworkId) -> View:
    """The page of a network.

    Args:
        id: The network.
    """
    network = kb.networks[id]
    members = tuple(RecordLink("partner", member.id) for member in kb.network_members(id))
    events = tuple(RecordLink("event", event.id) for event in kb.events.values() if id in event.networks)
    name = network.short_name or network.name
    return (
        Head("network", link_section(kb, "network"), name, network.name if network.name != name else None),
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
        Prose(network.about),
        Section("gp-members", kb.gettext("Members in this knowledge base"), (Links(members),)),
        Section("gp-events", kb.gettext("Events"), (Links(events),)),
        Sources(network.sources),
    )


def network_index(kb: KnowledgeBase) -> View:
    """All networks."""
    return listing(kb, "network", list_cards(kb, "network", kb.networks, kb.gettext("No network is listed here yet.")))
