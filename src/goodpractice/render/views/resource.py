"""The list of tools, guides and funders."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import SOURCE
from goodpractice.kinds import Resource
from goodpractice.kinds.blocks import Fact, Facts, Prose, Section, View
from goodpractice.render.views.listing import listing
from goodpractice.render.views.shared import cite_inline, link_known, link_website


def resource_index(kb: KnowledgeBase) -> View:
    """All tools, guides and funders, by kind."""
    kinds: dict[str, list[Section]] = {}
    for resource in kb.resources.values():
        kinds.setdefault(resource.kind, []).append(_describe_resource(kb, resource))
    sections = (
        Section(f"kind-{kind}", _plural(kb, kb.choice_name("resource_kind", kind)), tuple(entries))
        for kind, entries in kinds.items()
    )
    return listing(kb, "resource", *sections)


def _plural(kb: KnowledgeBase, name: str) -> str:
    # Names of kinds are written by the community, in its language: only of English is it known how several are named.
    return f"{name}s" if kb.own_language.code == SOURCE and not name.endswith("s") else name


def _describe_resource(kb: KnowledgeBase, resource: Resource) -> Section:
    facts = (
        Fact("caution", kb.gettext("Check first"), resource.caution),
        Fact("owner", kb.gettext("Offered by"), resource.owner),
        Fact("partners", kb.gettext("Partner"), link_known(kb, "partner", resource.partners)),
        Fact("themes", kb.gettext("Themes"), link_known(kb, "theme", resource.themes)),
        Fact("website", kb.gettext("Website"), link_website(resource.url)),
        Fact("sources", kb.gettext("Sources"), cite_inline(resource.sources)),
    )
    return Section(resource.id, resource.name, (Prose(resource.about, role=""), Facts(facts)), "resource", level=3)
