"""The list of events."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import Event
from goodpractice.kinds.blocks import Fact, Facts, Prose, Section, View
from goodpractice.render.views.listing import listing
from goodpractice.render.views.shared import cite_inline, link_known

STATUS = {"held": N_("Took place"), "called off": N_("Called off"), "planned": N_("Planned")}


def event_index(kb: KnowledgeBase) -> View:
    """All events, with what they agreed."""
    return listing(kb, "event", *(_describe_event(kb, event) for event in kb.events.values()))


def _describe_event(kb: KnowledgeBase, event: Event) -> Section:
    facts = (
        Fact("when", kb.gettext("When"), event.period),
        Fact("where", kb.gettext("Where"), ", ".join(filter(None, (event.town, event.country)))),
        Fact("status", kb.gettext("Status"), kb.gettext(STATUS[event.status])),
        Fact("hosts", kb.gettext("Host"), link_known(kb, "partner", event.hosts)),
        Fact("networks", kb.gettext("Networks"), link_known(kb, "network", event.networks)),
        Fact("attendance", kb.gettext("Attendance"), event.attendance),
        Fact("outcome", kb.gettext("Outcome"), event.outcome),
        Fact("sources", kb.gettext("Sources"), cite_inline(event.sources)),
    )
    return Section(event.id, event.name, (Prose(event.about, role=""), Facts(facts)))
