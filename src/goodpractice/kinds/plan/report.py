"""The report of a year of a plan: what happened, what was due, and how every action stood at the end of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from goodpractice.i18n.dates import spell_date
from goodpractice.kinds.blocks import Block, Fact, Facts, Head, Item, Links, Paragraph, Section, SourceList, View
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.plan.model import PLAN, Plan
from goodpractice.kinds.plan.parts import list_gaps, say_dated, say_known_on, show_progress
from goodpractice.kinds.plan.standing import find_status, known_on, list_evidence, list_planned, list_years, start_of
from goodpractice.kinds.plan.words import link_action, note_ours, say_evidence, say_lead, say_status
from goodpractice.kinds.texts import PageLink, Sentence, Text, join


def name_report(kb: Lookup, plan: Plan, year: int) -> str:
    """Title of a report."""
    return kb.gettext("{plan}: report for {year}", plan=plan.name, year=year)


def plan_report(kb: Lookup, id: str) -> View:
    """What a year brought, as far as sources tell, and what was missing at its end.

    Args:
        id: The plan, a slash and the year.
    """
    plan_id, __, year_text = id.rpartition("/")
    plan: Plan = kb.table(PLAN)[plan_id]
    year = int(year_text)
    end = datetime.date(year, 12, 31)
    page = kb.collection(PLAN)
    others = (PageLink(page.record_year_url(plan_id, other), str(other)) for other in list_years(plan) if other != year)
    return (
        Head(
            PLAN,
            PageLink(page.record_url(plan_id), plan.name),
            name_report(kb, plan, year),
            say_known_on(kb, end),
            (Fact("reports", kb.gettext("Other reports"), join(others)),),
        ),
        show_progress(kb, plan, end),
        _section("happened", kb.gettext("What happened in {year}", year=year), *_list_happened(kb, plan, year)),
        _section("due", kb.gettext("What was planned for {year}", year=year), *_list_due(kb, plan, year)),
        _section("actions", kb.gettext("Every action at the end of the year"), *_list_actions(kb, plan, end)),
        _section("gaps", kb.gettext("What was missing"), Links(tuple(list_gaps(kb, plan, end)))),
        SourceList(tuple(_cite(plan, year))),
    )


def _section(id: str, title: str, *blocks: Block) -> Section:
    return Section(f"report-{id}", title, blocks, repeats=True)


def _list_happened(kb: Lookup, plan: Plan, year: int) -> Iterator[Block]:
    said: list[tuple[datetime.date, Text]] = [
        (start_of(entry.date), say_dated(kb, entry.date, say_evidence(entry)))
        for entry in plan.evidence
        if start_of(entry.date).year == year
    ]
    for action in plan.actions:
        for status in known_on(action.status, datetime.date(year, 12, 31)):
            if start_of(status.date).year == year:
                values = {"action": link_action(kb, plan, action.id), "status": say_status(kb, status)}
                said.append((start_of(status.date), Sentence("{action}: {status}", values)))
    said.sort(key=lambda entry: entry[0])
    if said:
        yield Links(tuple(text for __, text in said))
        yield from note_ours(kb, plan, "evidence")
    else:
        yield Paragraph("reading", kb.gettext("Nothing is entered of this year."))


def _list_due(kb: Lookup, plan: Plan, year: int) -> Iterator[Block]:
    entries: list[Text] = []
    whole = []
    for action, step in list_planned(plan, year):
        link = link_action(kb, plan, action.id)
        if step is None:
            whole.append(link)
        else:
            when = spell_date(step.by or "", kb.language)
            entries.append(Sentence("{action}: {what} ({by})", {"action": link, "what": step.what, "by": when}))
    if whole:
        entries.append(Sentence(kb.gettext("To be done by the end of it: {actions}"), {"actions": join(whole)}))
    yield Links(tuple(entries))
    if not entries:
        yield Paragraph("reading", kb.gettext("No part of the plan has a date in this year."))


def _list_actions(kb: Lookup, plan: Plan, end: datetime.date) -> Iterator[Block]:
    facts = []
    for action in plan.actions:
        found = [Item(say_dated(kb, entry.date, say_evidence(entry))) for entry in list_evidence(plan, action, end)]
        items = (Item(say_status(kb, find_status(action, end)), say_lead(kb, action)), *found)
        facts.append(Fact("action", link_action(kb, plan, action.id), items=items))
    yield Facts(tuple(facts))


def _cite(plan: Plan, year: int) -> Iterator[str]:
    yield from plan.sources
    for entry in plan.evidence:
        if start_of(entry.date).year <= year:
            yield from entry.sources
    for action in plan.actions:
        for status in action.status:
            if start_of(status.date).year <= year:
                yield from status.sources
