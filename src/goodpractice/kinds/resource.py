"""Tools, guides and funders."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import SOURCE
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources, Url
from goodpractice.kinds.blocks import Fact, Facts, Paragraphs, Section, View
from goodpractice.kinds.kind import Card, CardText, Collection, Entry, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.views.links import cite_inline, link_known, link_website
from goodpractice.kinds.views.lists import listing, show_cards


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


RESOURCE = "resource"


def _write_card(resource_id: str, resource: Resource, kb: Lookup) -> CardText:
    return CardText(kb.choice_name("resource_kind", resource.kind), resource.about, resource.owner or "")


def _make_entry(resource: Resource, kb: Lookup) -> Entry:
    known = kb.table("theme")
    themes = ", ".join(known[theme].name for theme in resource.themes if theme in known)
    kind = kb.choice_name("resource_kind", resource.kind)
    return Entry(resource.about, (resource.caution, resource.owner, themes), (kind,))


def resource_index(kb: Lookup) -> View:
    """All tools, guides and funders, by kind."""
    kinds: dict[str, list[Section]] = {}
    for resource in kb.table(RESOURCE).values():
        kinds.setdefault(resource.kind, []).append(_describe_resource(kb, resource))
    sections = (
        Section(f"kind-{kind}", _plural(kb, kb.choice_name("resource_kind", kind)), tuple(entries))
        for kind, entries in kinds.items()
    )
    return listing(kb, RESOURCE, *sections)


def _plural(kb: Lookup, name: str) -> str:
    # Names of kinds are written by the community, in its language: only of English is it known how several are named.
    return f"{name}s" if kb.own_language.code == SOURCE and not name.endswith("s") else name


def _describe_resource(kb: Lookup, resource: Resource) -> Section:
    facts = (
        Fact("caution", kb.gettext("Check first"), resource.caution),
        Fact("owner", kb.gettext("Offered by"), resource.owner),
        Fact("partners", kb.gettext("Partner"), link_known(kb, "partner", resource.partners)),
        Fact("themes", kb.gettext("Themes"), link_known(kb, "theme", resource.themes)),
        Fact("website", kb.gettext("Website"), link_website(resource.url)),
        Fact("sources", kb.gettext("Sources"), cite_inline(resource.sources)),
    )
    return Section(resource.id, resource.name, (Paragraphs(resource.about, role=""), Facts(facts)), RESOURCE, level=3)


def resources(
    kb: Lookup,
    kind: Annotated[str, Ref("resource_kind")] | None = None,
    theme: Annotated[str, Ref("theme")] | None = None,
    limit: int | None = None,
) -> View:
    """Cards of tools, guides and funders, in the order of `data/resources.yml`.

    Args:
        kind: Only this kind.
        theme: Only those that help with this theme.
        limit: At most so many.

    Example:
        {{ resources(kind="tool", theme="evaluation", limit=2) }}
    """
    known: Iterable[Resource] = kb.table(RESOURCE).values()
    chosen = (
        resource.id
        for resource in known
        if (kind is None or resource.kind == kind) and (theme is None or theme in resource.themes)
    )
    return (show_cards(kb, RESOURCE, islice(chosen, limit), kb.gettext("No resource is listed here yet.")),)


KIND = Kind(
    id=RESOURCE,
    model=Resource,
    file="data/resources.yml",
    list="resources",
    name=_("resource"),
    also=(
        "links",
        "tools",
        "materials",
        "downloads",
    ),
    collection=Collection(
        url="resources/",
        title=N_("Resources"),
        description=N_("Tools, guides and funders for working in partnership."),
        view=resource_index,
    ),
    card=Card(
        write=_write_card,
        summary="One tool, guide or funder.",
        argument="The resource.",
        example="equity-compass",
    ),
    macros=(resources,),
    search=Search(label=N_("Tool or funder"), rank=9, prior=0.85, entry=_make_entry),
)
