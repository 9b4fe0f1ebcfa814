"""Partners: the organisations of the directory."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds.base import Facet, Id, Line, Placed, Prose, Record, Ref, Source, Sources, Url, place_of
from goodpractice.kinds.blocks import (
    Fact,
    Facts,
    Head,
    Index,
    IndexEntry,
    IndexGroup,
    Item,
    Links,
    Pagination,
    Paragraph,
    Paragraphs,
    Section,
    SourceList,
    View,
)
from goodpractice.kinds.kind import Card, CardText, Collection, Filter, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.paging import PAGE_SIZE, count_pages, slice_page
from goodpractice.kinds.texts import PageLink, RecordLink, Sentence, SourceLink, Text, join
from goodpractice.kinds.views.links import RELATED, link_known, link_section, link_share, link_website, locate_record
from goodpractice.kinds.views.lists import listing, show_cards

if TYPE_CHECKING:
    from goodpractice.kinds.case_study.model import CaseStudy


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


def partner_profile(kb: Lookup, id: str, number: int = 1) -> View:
    """The profile of a partner: where, what they bring, programmes, case studies with their role.

    Args:
        id: The partner.
        number: Page of the list of case studies.
    """
    partner: Partner = kb.table(PARTNER)[id]
    if entry := _find_entry(partner, kb):
        return _lead_to_entry(kb, partner, entry)
    cases = kb.select_case_studies(partner=id)
    kind = kb.choice_name("partner_kind", partner.kind) if partner.kind else ""
    led = [programme.id for programme in kb.table("programme").values() if id in programme.lead]
    offers = [resource.id for resource in kb.table("resource").values() if id in resource.partners]
    hosted = [event.id for event in kb.table("event").values() if id in event.hosts]
    return (
        Head("partner", join([link_section(kb, PARTNER), kind]), partner.name, partner.status),
        Facts(
            (
                Fact("where", kb.gettext("Where"), _whole_place(partner.town, partner.region, partner.country)),
                Fact("formerly", kb.gettext("Formerly"), partner.formerly),
                Fact("languages", kb.gettext("Languages"), kb.language.join(partner.languages)),
                Fact("website", kb.gettext("Website"), link_website(partner.url)),
                Fact("programmes", kb.gettext("Programmes"), link_known(kb, "programme", partner.programmes)),
                Fact("networks", kb.gettext("Networks"), link_known(kb, "network", partner.networks)),
                Fact("leads", kb.gettext("Leads"), link_known(kb, "programme", led)),
                Fact("offers", kb.gettext("Offers"), link_known(kb, "resource", offers)),
                Fact("hosted", kb.gettext("Hosted"), link_known(kb, "event", hosted)),
            )
        ),
        Paragraphs(partner.about),
        *_list_sections(kb, id, cases, number),
        Pagination(kb.collection(PARTNER).record_url(id), number, count_pages(len(cases))),
        Paragraph("gaps", _say_gaps(kb, partner, bool(cases))),
        SourceList((*partner.sources, *(asset.source for asset in partner.brings))),
    )


def anchor_entry(partner_id: str) -> str:
    """Anchor of a partner on the page of the programme that lists it."""
    return f"partner-{partner_id}"


def _find_entry(partner: Partner, kb: Lookup) -> str:
    host = partner.listed_in
    if host is None or host not in kb.table("programme"):
        return ""
    return f"{kb.collection('programme').record_url(host)}#{anchor_entry(partner.id)}"


def _lead_to_entry(kb: Lookup, partner: Partner, entry: str) -> View:
    """What stands at the address of a partner without a page of its own, for readers who are not sent on."""
    host = PageLink(entry, kb.record_name("programme", partner.listed_in or ""))
    words = kb.gettext("What we know of it stands on the page of {programme}.")
    return (
        Head("partner", link_section(kb, PARTNER), partner.name, partner.status),
        Paragraph("moved", Sentence(words, {"programme": host})),
    )


def _list_sections(kb: Lookup, id: str, cases: Sequence[tuple[str, CaseStudy]], number: int) -> View:
    brings = tuple(
        Item(asset.what, Sentence(kb.gettext("Source: {source}"), {"source": SourceLink(asset.source)}))
        for asset in kb.table(PARTNER)[id].brings
    )
    roles = tuple(
        Fact("case-study", RecordLink("case_study", case_id), _role(case, id))
        for case_id, case in slice_page(cases, number)
    )
    themes = dict.fromkeys(theme for _, case in cases[:PAGE_SIZE] for theme in case.themes)
    chapters = tuple(RecordLink("chapter", chapter) for chapter, _ in kb.select_chapters(themes)[:RELATED])
    strengths = Facts((Fact("strengths", kb.gettext("Strengths"), items=brings),))
    return (
        Section("gp-brings", kb.gettext("What they bring"), (strengths,)),
        Section("gp-cases", kb.gettext("Case studies"), (Facts(roles),), repeats=True),
        Section(
            "gp-chapters", kb.gettext("Chapters on the themes of their case studies"), (Links(chapters),), repeats=True
        ),
    )


def _say_gaps(kb: Lookup, partner: Partner, has_cases: bool) -> Text:
    """What a profile does not tell yet, and how those who know it can tell us."""
    share = link_share(kb, kb.gettext("Tell us"))
    missing = [
        kb.gettext(words)
        for words, known in (
            (N_("what they bring"), partner.brings),
            (N_("their website"), partner.url),
            (N_("a case study of their work with others"), has_cases),
        )
        if not known
    ]
    if not missing or not share:
        return ""
    words = kb.gettext("This profile still lacks {gaps}. Do you belong to this organisation? {link}.")
    return Sentence(words, {"gaps": kb.language.join(missing, kb.gettext("and")), "link": share})


def _role(case: CaseStudy, partner_id: str) -> str:
    return "; ".join(involved.role for involved in case.partners if involved.partner == partner_id)


def _whole_place(*parts: str | None) -> str:
    shown: list[str] = []
    for part in parts:
        if part and not any(part in before for before in shown):
            shown.append(part)
    return ", ".join(shown)


def partner_index(kb: Lookup, number: int = 1) -> View:
    """Partners by letter.

    Args:
        number: Page of the list.
    """
    entries = slice_page(kb.ordered_partners, number, PARTNERS_ON_A_PAGE)
    groups: dict[str, list[IndexEntry]] = {}
    for partner in entries:
        letter = sort_key(partner.name)[:1].upper()
        letter = letter if letter.isalpha() else "0-9"
        link = PageLink(locate_record(kb, PARTNER, partner.id), partner.name)
        groups.setdefault(letter, []).append(IndexEntry(link, place_of(partner)))
    index = Index(
        tuple(IndexGroup(f"letter-{letter.lower()}", letter, tuple(found)) for letter, found in groups.items()),
        kb.gettext("Jump to a letter"),
    )
    of = count_pages(len(kb.ordered_partners), PARTNERS_ON_A_PAGE)
    return listing(kb, PARTNER, index, number=number, of=of)


def partners(
    kb: Lookup,
    programme: Annotated[str, Ref("programme")] | None = None,
    network: Annotated[str, Ref("network")] | None = None,
    kind: Annotated[str, Ref("partner_kind")] | None = None,
    limit: int | None = None,
) -> View:
    """Cards of partners, by name.

    Args:
        programme: Only partners of this programme.
        network: Only members of this network.
        kind: Only this kind of organisation.
        limit: At most so many.

    Example:
        {{ partners(programme="eyu-4", limit=4) }}
    """
    chosen = (
        partner.id
        for partner in kb.ordered_partners
        if (programme is None or programme in partner.programmes)
        and (network is None or network in partner.networks)
        and (kind is None or kind == partner.kind)
    )
    return (show_cards(kb, PARTNER, islice(chosen, limit), kb.gettext("No partner is listed here yet.")),)


KIND = Kind(
    id=PARTNER,
    model=Partner,
    linked_type="Organization",
    file="partners.yml",
    list="partners",
    name=_("partner"),
    also=(
        "organisations",
        "organizations",
    ),
    relatedness=3.0,
    shared=N_("same partner: {names}"),
    has_proper_names=True,
    collection=Collection(
        url="partners/",
        title=N_("Partners"),
        description=N_(
            "Museums, science centres, community groups, universities and funders, and what they do together."
        ),
        view=partner_index,
        page_size=PARTNERS_ON_A_PAGE,
        record_view=partner_profile,
        describe=_describe,
        find_entry=_find_entry,
    ),
    card=Card(write=_write_card, summary="One partner.", argument="The partner.", example="techniquest"),
    macros=(partners,),
    search=Search(
        label=N_("Partner"),
        rank=4,
        prior=1.0,
        aliases=lambda partner_id, partner, _: (partner.formerly or "", partner_id.replace("-", " ")),
        hidden=_list_hidden,
    ),
    filter=Filter(name=N_("Partner"), place=50, order="name"),
)
