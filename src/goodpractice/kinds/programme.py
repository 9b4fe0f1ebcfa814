"""Programmes and projects in which partners work together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources, Url, place_of
from goodpractice.kinds.blocks import (
    Block,
    Fact,
    Facts,
    Head,
    Item,
    Links,
    Pagination,
    Paragraph,
    Paragraphs,
    Section,
    SourceList,
    Timeline,
    TimelineStep,
    View,
)
from goodpractice.kinds.event.subscribe import section_of_events
from goodpractice.kinds.kind import Card, CardText, Collection, Filter, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.paging import count_pages
from goodpractice.kinds.partner import Partner, anchor_entry
from goodpractice.kinds.plan import MemberGroup, plan_section
from goodpractice.kinds.post import POST, SERIES, list_parts
from goodpractice.kinds.texts import RecordLink, Sentence, join
from goodpractice.kinds.timeline import section_of_timeline
from goodpractice.kinds.views.links import cite_inline, link_known, link_section, link_website
from goodpractice.kinds.views.lists import listing, section_of_cards, section_of_cases, show_cards


class Milestone(Record):
    """A dated step of a programme."""

    date: Line = Field(description="Date in words, or year and month.")
    what: Line = Field(description="What happened.")


class Activity(Record):
    """Something that a programme does again and again to keep its people together: meet, write, visit."""

    id: Id = Field(description="Short name; the anchor on the page.")
    name: Line = Field(description="What it is called.")
    what: Prose = Field(description="What was done, as the sources tell it.")
    gave: Line | None = Field(None, description="What it gave, as the sources tell it.")
    templates: tuple[Annotated[Id, Ref("template", facet=False, related=False)], ...] = Field(
        (), description="Sheets with which others can do the same."
    )
    packs: tuple[Annotated[Id, Ref("pack", facet=False, related=False)], ...] = Field(
        (), description="Meeting packs with which others can do the same."
    )
    chapters: tuple[Annotated[Id, Ref("chapter", facet=False, related=False)], ...] = Field(
        (), description="Chapters that say how."
    )
    sources: Sources = Field(min_length=1, description="Where this is documented.")


class Figure(Record):
    """A number that a source gives."""

    what: Line = Field(description="What was counted.")
    value: Line = Field(description="The number, with its unit.")


class Programme(Record):
    """A programme or project in which partners work together."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Name of the programme.")
    summary: Line = Field(description="What it was or is, in one or two sentences.")
    about: Prose | None = Field(None, description="More about it, in plain paragraphs.")
    lead: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field((), description="Leading partners.")
    lead_text: Line | None = Field(None, description="Leading organisations without an entry in partners.yml.")
    funders: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field(
        (), description="Funders that have an entry."
    )
    part_of: Annotated[Id, Ref("programme", facet=False)] | None = Field(
        None, description="The larger programme it belongs to."
    )
    period: Line | None = Field(None, description="Years, in words.")
    url: Url | None = Field(None, description="Public website.")
    activities: tuple[Activity, ...] = Field((), description="How it keeps its people together, in reading order.")
    milestones: tuple[Milestone, ...] = Field((), description="Dated steps, oldest first.")
    members: tuple[MemberGroup, ...] = Field((), description="Who took part, by role.")
    other_members: tuple[Line, ...] = Field((), description="Members without a role and an entry in partners.yml.")
    figures: tuple[Figure, ...] = Field((), description="Numbers that the sources give.")
    copy_with: Annotated[Id, Ref("chapter", facet=False, related=False)] | None = Field(
        None, description="The chapter that says how others can do the like."
    )
    gaps: tuple[Line, ...] = Field((), description="What no source tells that readers will ask, each in a sentence.")
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")


PROGRAMME = "programme"


def programme_page(kb: Lookup, id: str, number: int = 1) -> View:
    """The page of a programme: facts, steps, plan, members, case studies.

    Args:
        id: The programme.
        number: Page of the list of case studies.
    """
    programme: Programme = kb.table(PROGRAMME)[id]
    cases = kb.select_case_studies(programme=id)
    parts = _list_sections(kb, programme) if number == 1 else ()
    inside = [entry.id for entry in kb.table(PROGRAMME).values() if entry.part_of == id]
    lead = join([link_known(kb, "partner", programme.lead), programme.lead_text or ""])
    return (
        Head("programme", link_section(kb, PROGRAMME), programme.name, programme.summary),
        Facts(
            (
                Fact("when", kb.gettext("When"), programme.period),
                Fact("lead", kb.gettext("Lead"), lead),
                Fact("funders", kb.gettext("Funders"), link_known(kb, "partner", programme.funders)),
                Fact("part-of", kb.gettext("Part of"), link_known(kb, PROGRAMME, filter(None, [programme.part_of]))),
                Fact("includes", kb.gettext("Includes"), link_known(kb, PROGRAMME, inside)),
                Fact("website", kb.gettext("Website"), link_website(programme.url)),
                *(Fact("figure", figure.what, figure.value) for figure in programme.figures),
            )
        ),
        Paragraphs(programme.about),
        *parts,
        *section_of_cases(kb, cases, number),
        Pagination(kb.collection(PROGRAMME).record_url(id), number, count_pages(len(cases))),
        SourceList((*programme.sources, *_cite_parts(kb, programme))),
    )


def _list_sections(kb: Lookup, programme: Programme) -> tuple[Block, ...]:
    steps = tuple(TimelineStep(step.date, step.what) for step in programme.milestones)
    plans = [plan_section(kb, entry) for entry in kb.table("plan").values() if entry.programme == programme.id]
    activities = tuple(_show_activity(kb, activity) for activity in programme.activities)
    told = [series.id for series in kb.table(SERIES).values() if programme.id in series.programmes]
    posts = tuple(post for series in told for post in list_parts(kb.table(POST), series))
    return (
        *_lead_to_copy(kb, programme),
        Section("gp-activities", kb.gettext("How it keeps people together"), activities),
        Section("gp-milestones", kb.gettext("Step by step"), (Timeline(steps),)),
        *section_of_timeline(kb, PROGRAMME, programme.id),
        section_of_events(kb, PROGRAMME, programme.id),
        *section_of_cards("gp-posts", kb.gettext("Told in our blog"), POST, posts),
        *plans,
        Section("gp-members", kb.gettext("Who took part"), (Facts(_list_members(kb, programme)),)),
        Section("gp-gaps", kb.gettext("What we found no source for"), (Links(programme.gaps),)),
    )


def _lead_to_copy(kb: Lookup, programme: Programme) -> tuple[Paragraph, ...]:
    if not programme.copy_with or programme.copy_with not in kb.table("chapter"):
        return ()
    words = kb.gettext("To do the like where you are, take {chapter}: it goes through the year month by month.")
    chapter = RecordLink("chapter", programme.copy_with)
    return (Paragraph("leads-on", Sentence(words, {"chapter": chapter})),)


def _show_activity(kb: Lookup, activity: Activity) -> Section:
    """What was done and what it gave, and with what a reader can do the same."""
    facts = (
        Fact("gave", kb.gettext("What it gave"), activity.gave),
        Fact("templates", kb.gettext("Sheets"), link_known(kb, "template", activity.templates)),
        Fact("packs", kb.gettext("Meeting packs"), link_known(kb, "pack", activity.packs)),
        Fact("chapters", kb.gettext("Chapters"), link_known(kb, "chapter", activity.chapters)),
        Fact("told-in", kb.gettext("Source"), cite_inline(activity.sources)),
    )
    blocks = (Paragraphs(activity.what, role=""), Facts(facts))
    return Section(f"gp-activity-{activity.id}", activity.name, blocks, level=3)


def _list_members(kb: Lookup, programme: Programme) -> tuple[Fact, ...]:
    """Members by role, then those of whom no source gives one."""
    by_role = tuple(
        Fact("members", group.group, items=_list_entries(kb, programme.id, group.partners, group.names))
        for group in programme.members
    )
    # Who leads and who pays stands above, and whom a plan names on its page; and nobody says that these are all.
    by_name = {member for group in programme.members for member in group.partners}
    named = {*programme.lead, *programme.funders}
    for plan in kb.table("plan").values():
        if plan.programme == programme.id:
            named |= {member for group in plan.members for member in group.partners}
            named |= {lead for action in plan.actions for lead in action.lead}
    others = [
        member.id
        for member in _find_members(kb, programme.id)
        if member.id not in by_name and (member.id not in named or member.listed_in == programme.id)
    ]
    documented = _list_entries(kb, programme.id, others, programme.other_members)
    return (*by_role, Fact("members", kb.gettext("Documented here"), items=documented))


def _find_members(kb: Lookup, programme_id: str) -> Sequence[Partner]:
    return kb.partners_with(programme_id, "programmes", "listed_in")


def _list_entries(kb: Lookup, programme: str, ids: Iterable[str], names: Iterable[str]) -> tuple[Item, ...]:
    partners = kb.table("partner")
    known = (partners[partner_id] for partner_id in ids if partner_id in partners)
    return (*(_show_member(kb, programme, partner) for partner in known), *map(Item, names))


def _show_member(kb: Lookup, programme: str, partner: Partner) -> Item:
    """A link to the profile of a partner or, for one that is told here, all that is known of it."""
    if partner.listed_in != programme:
        return Item(RecordLink("partner", partner.id))
    kind = kb.choice_name("partner_kind", partner.kind) if partner.kind else ""
    place = place_of(partner) if partner.map != "withheld" else ""
    cases = (RecordLink("case_study", case_id) for case_id, _ in kb.select_case_studies(partner=partner.id))
    return Item(partner.name, join([kind, place, *cases]), anchor_entry(partner.id))


def _cite_parts(kb: Lookup, programme: Programme) -> tuple[str, ...]:
    """The sources of activities, and of the partners that are told on the page of a programme."""
    listed = (member for member in _find_members(kb, programme.id) if member.listed_in == programme.id)
    cited = [activity.sources for activity in programme.activities] + [member.sources for member in listed]
    return tuple(chain.from_iterable(cited))


def programme_index(kb: Lookup) -> View:
    """All programmes, in the order of `data/programmes.yml`."""
    return listing(kb, PROGRAMME, show_cards(kb, PROGRAMME, kb.table(PROGRAMME)))


KIND = Kind(
    id=PROGRAMME,
    model=Programme,
    linked_type="Project",
    file="data/programmes.yml",
    list="programmes",
    name=_("programme"),
    also=(
        "project",
        "projects",
        "programs",
        "program",
    ),
    relatedness=2.0,
    shared=N_("same programme: {names}"),
    has_proper_names=True,
    collection=Collection(
        url="programmes/",
        title=N_("Programmes"),
        description=N_("Programmes in which partners work or worked together, with their members and case studies."),
        view=programme_index,
        record_view=programme_page,
        describe=lambda programme, _: programme.summary,
    ),
    card=Card(
        write=lambda _, programme, kb: CardText(kb.gettext("Programme"), programme.summary, programme.period or ""),
        summary="One programme.",
        argument="The programme.",
        example="eyu-4",
    ),
    search=Search(
        label=N_("Programme"),
        rank=5,
        prior=1.0,
        aliases=lambda programme_id, programme, _: (programme_id.replace("-", " "),),
    ),
    filter=Filter(name=N_("Programme"), place=40, order="count"),
)
