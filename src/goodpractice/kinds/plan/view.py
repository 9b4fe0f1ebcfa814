"""The pages of plans, and the macros that show a plan inside of a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from goodpractice.i18n.dates import spell_date
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Ref
from goodpractice.kinds.blocks import (
    Block,
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
    Widget,
)
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.plan.model import PLAN, Plan, Trace
from goodpractice.kinds.plan.parts import (
    ALWAYS,
    list_gaps,
    say_progress,
    show_chain,
    show_progress,
    show_requests,
    show_strand,
)
from goodpractice.kinds.plan.standing import known_on, list_years
from goodpractice.kinds.plan.words import link_action, link_actions, list_leads, note_ours, say_evidence, spell_day
from goodpractice.kinds.texts import PageLink, RecordLink, Sentence, Text, join
from goodpractice.kinds.views.links import link_known, link_section
from goodpractice.kinds.views.lists import listing


def plan_index(kb: Lookup) -> View:
    """All plans, in the order of `data/plans.yml`."""
    plans: dict[str, Plan] = dict(kb.table(PLAN))
    return listing(kb, PLAN, *(_introduce(kb, plan) for plan in plans.values()))


def _introduce(kb: Lookup, plan: Plan) -> Section:
    facts = (
        Fact("area", kb.gettext("Where"), plan.area),
        Fact("when", kb.gettext("When"), plan.period),
        Fact("standing", kb.gettext("How it stands"), say_progress(kb, plan)),
        Fact("page", kb.gettext("Read on"), RecordLink(PLAN, plan.id)),
    )
    return Section(plan.id, plan.name, (Facts(facts),), repeats=True)


def plan_page(kb: Lookup, id: str) -> View:
    """A plan at work: progress, requests, the chain to the evidence, actions, leads, what followed, gaps, members.

    Args:
        id: The plan.
    """
    plan: Plan = kb.table(PLAN)[id]
    requests = show_requests(kb, plan)
    strands = tuple(show_strand(kb, plan, strand, anchors=True) for strand in plan.strands)
    years = tuple(PageLink(kb.collection(PLAN).record_year_url(id, year), str(year)) for year in list_years(plan))
    return (
        Head(PLAN, link_section(kb, PLAN), plan.name, None, tuple(_list_facts(kb, plan))),
        Paragraphs(plan.about),
        show_progress(kb, plan),
        _part("requests", kb.gettext("From request to action"), requests),
        _part("chain", kb.gettext("From action to evidence"), show_chain(kb, plan)),
        _part("actions", kb.gettext("The actions"), *strands),
        _part("leads", kb.gettext("Who leads what"), Links(tuple(_list_leads(kb, plan)))),
        _part("evidence", kb.gettext("What followed"), *_list_evidence(kb, plan)),
        _part("gaps", kb.gettext("What is missing"), Links(tuple(list_gaps(kb, plan)))),
        _part("reports", kb.gettext("Year by year"), *_list_reports(kb, years)),
        _part("participation", kb.gettext("How citizens take part"), *_list_domains(plan)),
        _part("governance", kb.gettext("Who governs the plan"), Paragraphs(plan.governance, role="")),
        _part("members", kb.gettext("Members"), Facts(tuple(_list_members(kb, plan)))),
        _part("declaration", kb.gettext("What the place has signed"), Paragraphs(plan.declaration, role="")),
        SourceList(tuple(_cite(plan))),
    )


def _part(id: str, title: str, *blocks: Block | None) -> Section:
    return Section(f"plan-{id}", title, tuple(block for block in blocks if block is not None))


def _list_facts(kb: Lookup, plan: Plan) -> Iterator[Fact]:
    yield Fact("area", kb.gettext("Where"), plan.area)
    yield Fact("when", kb.gettext("When"), plan.period)
    yield Fact("due", kb.gettext("Due"), spell_date(plan.due, kb.language) if plan.due else "")
    yield Fact("lead", kb.gettext("Lead"), link_known(kb, "partner", plan.lead_partners))
    yield Fact("programme", kb.gettext("Programme"), link_known(kb, "programme", filter(None, [plan.programme])))
    if plan.reviewed_on and plan.reviewed_by:
        by = {"name": plan.reviewed_by, "value": spell_day(kb, plan.reviewed_on)}
        yield Fact("reviewed", kb.gettext("Last gone through"), kb.gettext("by {name} on {value}", **by))
    elif plan.written_on:
        written = spell_day(kb, plan.written_on)
        yield Fact("written", kb.gettext("Entered"), kb.gettext("{value}; not gone through since", value=written))


def _list_leads(kb: Lookup, plan: Plan) -> Iterator[Text]:
    """Each lead with its actions, in the order of the plan."""
    found: dict[str, tuple[Text, list[Text]]] = {}
    for action in plan.actions:
        for key, text in list_leads(kb, action):
            found.setdefault(key, (text, []))[1].append(link_action(kb, plan, action.id))
    for text, actions in found.values():
        yield Sentence("{lead}: {actions}", {"lead": text, "actions": join(actions)})


def _list_evidence(kb: Lookup, plan: Plan) -> Iterator[Block]:
    dated = [(spell_date(entry.date, kb.language), _tell(kb, plan, entry)) for entry in known_on(plan.evidence, ALWAYS)]
    if not dated and not plan.undated:
        yield Paragraph("reading", kb.gettext("Nothing is entered here yet."))
        return
    undated = Fact(
        "undated", kb.gettext("No date given"), items=tuple(_tell(kb, plan, entry) for entry in plan.undated)
    )
    yield Facts((*(Fact("evidence", date, items=(item,)) for date, item in dated), undated))
    if plan.undated:
        words = kb.gettext("What has no date is not counted as evidence: nobody can say in which year it belongs.")
        yield Paragraph("reading", words)
    yield from note_ours(kb, plan, "evidence")


def _tell(kb: Lookup, plan: Plan, entry: Trace) -> Item:
    outcomes = {outcome.id: outcome.title for outcome in plan.outcomes}
    bears = join([link_actions(kb, plan, entry.actions), *(outcomes.get(id, id) for id in entry.outcomes)])
    return Item(say_evidence(entry), Sentence(kb.gettext("Bears on: {what}"), {"what": bears}) if bears else "")


def _list_reports(kb: Lookup, years: tuple[PageLink, ...]) -> Iterator[Block]:
    if years:
        words = kb.gettext(
            "A report for each year of which something is recorded, to print and to take along: {years}."
        )
        yield Paragraph("reading", Sentence(words, {"years": join(years)}))
    else:
        yield Paragraph("reading", kb.gettext("The first report comes with the first status, review or evidence."))


def _list_domains(plan: Plan) -> Iterator[Block]:
    yield Paragraphs(plan.participation, role="")
    yield Facts(tuple(Fact("domain", f"{domain.id}. {domain.title}", domain.aim) for domain in plan.domains))


def _list_members(kb: Lookup, plan: Plan) -> Iterator[Fact]:
    partners = kb.table("partner")
    for group in plan.members:
        known = (Item(RecordLink("partner", partner)) for partner in group.partners if partner in partners)
        yield Fact("members", group.group, items=(*known, *map(Item, group.names)))


def _cite(plan: Plan) -> Iterator[str]:
    yield from plan.sources
    for entry in (*plan.evidence, *plan.undated):
        yield from entry.sources
    for action in plan.actions:
        for status in action.status:
            yield from status.sources


def plan_section(kb: Lookup, plan: Plan) -> Section:
    """A plan on the page of its programme: what it is, its actions in short, and where the rest stands."""
    page = kb.collection(PLAN).record_url(plan.id)
    anchor = f"plan-{plan.id}"
    links = (
        ("", "", kb.gettext("The plan at work: requests, evidence, gaps and a report for each year")),
        ("participation", plan.participation, kb.gettext("How citizens take part")),
        ("governance", plan.governance, kb.gettext("Who governs the plan")),
        ("members", plan.members, kb.gettext("Members")),
    )
    items = tuple(
        Item(PageLink(f"{page}#plan-{part}" if part else page, words), id=f"{anchor}-{part}" if part else "")
        for part, there, words in links
        if there or not part
    )
    return Section(
        f"gp-{anchor}",
        plan.name,
        (
            Paragraphs(plan.about, role=""),
            *(show_strand(kb, plan, strand, brief=True) for strand in plan.strands),
            Facts((Fact("more", kb.gettext("Read on"), items=items),)),
        ),
    )


def plan(kb: Lookup, id: Annotated[str, Ref(PLAN)]) -> View:
    """A whole plan: requests, strands, actions, participation, governance, members.

    Args:
        id: The plan.

    Example:
        {{ plan("stemworks") }}
    """
    record: Plan = kb.table(PLAN)[id]
    strands = [show_strand(kb, record, strand) for strand in record.strands]
    members = [
        (group.group, join([link_known(kb, "partner", group.partners), *group.names])) for group in record.members
    ]
    values = {"plan": record, "strands": strands, "members": members, "requests": show_requests(kb, record)}
    return (Widget("plan", {**values, "anchor": f"plan-{record.id}"}),)


def plan_strand(kb: Lookup, id: Annotated[str, Ref(PLAN)], strand: int) -> View:
    """One strand of a plan with its actions.

    Args:
        id: The plan.
        strand: Number of the strand.

    Example:
        {{ plan_strand("stemworks", 1) }}

    Raises:
        KeyError: The plan has no such strand.
    """
    record: Plan = kb.table(PLAN)[id]
    chosen = next((entry for entry in record.strands if entry.id == strand), None)
    if chosen is None:
        raise KeyError(_("the plan {plan} has no strand {strand}", plan=id, strand=strand))
    return (show_strand(kb, record, chosen),)


def plan_requests(kb: Lookup, id: Annotated[str, Ref(PLAN)]) -> View:
    """What people asked for before a plan was made, each beside the actions that answer it.

    Args:
        id: The plan.

    Example:
        {{ plan_requests("stemworks") }}
    """
    shown = show_requests(kb, kb.table(PLAN)[id])
    return (shown,) if shown else ()
