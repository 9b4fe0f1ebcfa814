"""What the pages of a plan have in common: progress by strand, the chain from action to evidence, gaps in words."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

from goodpractice.i18n.dates import spell_date
from goodpractice.kinds.blocks import ChartBlock, Widget
from goodpractice.kinds.charts import Tile, Tiles
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.plan.model import PLAN, Action, Outcome, Plan, Strand
from goodpractice.kinds.plan.standing import (
    CLOSED,
    find_due,
    find_status,
    list_evidence,
    list_unanswered,
    list_unserved,
)
from goodpractice.kinds.plan.words import (
    anchor_action,
    link_action,
    link_actions,
    mark_ours,
    name_status,
    say_evidence,
    say_lead,
    spell_day,
)
from goodpractice.kinds.texts import PageLink, Sentence, Text, join
from goodpractice.kinds.views.links import cite_inline

ALWAYS = datetime.date.max
#: How a tile looks, by the state of its action.
_LOOKS = {"": "none", "started": "half", "done": "full", "changed": "half", "dropped": "crossed"}


def show_strand(kb: Lookup, plan: Plan, strand: Strand, brief: bool = False, anchors: bool = False) -> Widget:
    """A strand with a table of its actions.

    Args:
        kb: The knowledge base.
        plan: The plan.
        strand: The strand.
        brief: Whether only titles and leads are told.
        anchors: Whether the rows carry the anchors of their actions: on one page only.
    """
    actions = [_show_action(kb, plan, action, brief, anchors) for action in strand.actions]
    named = dict.fromkeys(outcome for action in strand.actions for outcome in action.outcomes)
    outcomes = [outcome.title for outcome in plan.outcomes if outcome.id in named]
    return Widget(
        "strand",
        {
            "strand": {"id": strand.id, "title": strand.title},
            "outcomes": outcomes,
            "actions": actions,
            "also": () if brief else strand.also_asks_for,
            "anchor": f"plan-{plan.id}-strand-{strand.id}",
        },
    )


def _show_action(kb: Lookup, plan: Plan, action: Action, brief: bool, anchors: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        **dict.fromkeys(("detail", "steps", "due", "status")),
        "id": action.id,
        "title": action.title,
        "lead": say_lead(kb, action),
        "anchor": anchor_action(action) if anchors else "",
    }
    if brief:
        return {**shown, "title": PageLink(_page(kb, plan, action), action.title)}
    steps = [{"what": step.what, "by": spell_date(step.by or "", kb.language)} for step in action.steps]
    due = spell_date(action.due or "", kb.language)
    status = find_status(action)
    told = status and {"said": name_status(kb, status), "note": status.note, "sources": cite_inline(status.sources)}
    return {**shown, "detail": action.detail, "steps": steps, "due": due, "status": told}


def _page(kb: Lookup, plan: Plan, action: Action) -> str:
    return f"{kb.collection(PLAN).record_url(plan.id)}#{anchor_action(action)}"


def show_requests(kb: Lookup, plan: Plan) -> Widget | None:
    """Requests, each with the actions that answer it; nothing for a plan that nobody was asked about."""
    rows = [
        {
            "text": request.text,
            "actions": link_actions(kb, plan, request.actions) if request.actions else "",
            "note": request.note or "",
        }
        for request in plan.requests
    ]
    title = plan.asked_by or kb.gettext("What people asked for")
    values = {"title": title, "rows": rows, "ours": "requests" in plan.our_reading}
    return Widget("asked", {**values, "notes": mark_ours(kb, plan, "requests")}) if rows else None


def show_progress(kb: Lookup, plan: Plan, day: datetime.date = ALWAYS) -> ChartBlock:
    """How the actions of each strand stand on a day: a tile for each, and the same as numbers."""
    rows, table = [], []
    for strand in plan.strands:
        states = [_state_of(action, day) for action in strand.actions]
        shown = [bool(list_evidence(plan, action, day)) for action in strand.actions]
        marks = zip(strand.actions, states, shown, strict=True)
        tiles = tuple(Tile(action.id, _LOOKS[state], dot) for action, state, dot in marks)
        rows.append((f"{strand.id}. {strand.title}", tiles))
        counts = Counter(states)
        numbers = (counts["done"], counts["started"] + counts["changed"], counts["dropped"], counts[""], sum(shown))
        table.append((f"{strand.id}. {strand.title}", len(strand.actions), *numbers))
    legend = (
        ("full", kb.gettext("done")),
        ("half", kb.gettext("begun or changed")),
        ("crossed", kb.gettext("dropped")),
        ("none", kb.gettext("not documented")),
        ("dot", kb.gettext("evidence found")),
    )
    names = (
        kb.gettext("Strand"),
        kb.gettext("Actions"),
        kb.gettext("Done"),
        kb.gettext("Begun or changed"),
        kb.gettext("Dropped"),
        kb.gettext("Not documented"),
        kb.gettext("With evidence"),
    )
    chart = Tiles(kb.gettext("How the actions of each strand stand"), tuple(rows), legend)
    return ChartBlock(
        "gp-progress", kb.gettext("Progress by strand"), say_progress(kb, plan, day), chart, names, tuple(table)
    )


def _state_of(action: Action, day: datetime.date) -> str:
    status = find_status(action, day)
    return status.state if status else ""


def say_progress(kb: Lookup, plan: Plan, day: datetime.date = ALWAYS) -> str:
    """The same in two sentences."""
    actions = plan.actions
    known = sum(bool(find_status(action, day)) for action in actions)
    shown = sum(bool(list_evidence(plan, action, day)) for action in actions)
    closed = sum(_state_of(action, day) in CLOSED for action in actions)
    all_actions = kb.language.ngettext("The plan has {number} action.", "The plan has {number} actions.", len(actions))
    said = (
        kb.gettext("Sources say how {known} of them stand; done or dropped: {closed}.", known=known, closed=closed)
        if known
        else kb.gettext("No source that we know says how any of them stands.")
    )
    found = kb.gettext("With evidence: {shown}.", shown=shown) if shown else kb.gettext("No evidence is entered yet.")
    return f"{all_actions} {said} {found}"


def show_chain(kb: Lookup, plan: Plan) -> Widget:
    """From each action by its mechanisms to outcomes and evidence, with what is missing said in its place."""
    outcomes = {outcome.id: outcome for outcome in plan.outcomes}
    rows = []
    for action in plan.actions:
        found = [outcomes[id] for id in action.outcomes if id in outcomes]
        rows.append(
            {
                "action": link_action(kb, plan, action.id),
                "mechanisms": [kb.choice_name("mechanism", id) for id in action.mechanisms],
                "outcomes": [_say_outcome(kb, plan, outcome) for outcome in found],
                "evidence": [say_dated(kb, entry.date, say_evidence(entry)) for entry in list_evidence(plan, action)],
                "undated": [say_evidence(entry) for entry in plan.undated if action.id in entry.actions],
            }
        )
    ours = {reading: reading in plan.our_reading for reading in ("mechanisms", "evidence")}
    return Widget("chain", {"rows": rows, "ours": ours, "notes": mark_ours(kb, plan, "mechanisms", "evidence")})


def _say_outcome(kb: Lookup, plan: Plan, outcome: Outcome) -> dict[str, Any]:
    evidence = [say_dated(kb, entry.date, say_evidence(entry)) for entry in list_evidence(plan, outcome)]
    return {"title": outcome.title, "known_by": outcome.known_by or "", "evidence": evidence}


def say_dated(kb: Lookup, date: str, text: Text) -> Sentence:
    """A text behind its date."""
    return Sentence("{date}: {text}", {"date": spell_date(date, kb.language), "text": text})


def list_gaps(kb: Lookup, plan: Plan, day: datetime.date = ALWAYS) -> Iterator[Text]:
    """What is missing from a plan, in words.

    Args:
        kb: The knowledge base.
        plan: The plan.
        day: The day that is reported on. Without one, nothing is said to be late: a page knows no day.
    """
    without = [action.id for action in plan.actions if find_status(action, day) is None]
    unshown = [action.id for action in plan.actions if not list_evidence(plan, action, day)]
    unled = [action.id for action in plan.actions if not action.lead and not action.lead_text]
    aimless = [action.id for action in plan.actions if not action.outcomes]
    late = [(action, due) for action in plan.actions if (due := find_due(plan, action)) and due <= day < ALWAYS]
    open_late = [action.id for action, __ in late if _state_of(action, day) not in CLOSED]
    said = (
        (kb.gettext("No source that we know says how they stand: {actions}."), without),
        (kb.gettext("Due, and not documented as done: {actions}."), open_late),
        (kb.gettext("Without evidence: {actions}."), unshown),
        (kb.gettext("Nobody leads: {actions}."), unled),
        (kb.gettext("No outcome is named for: {actions}."), aimless),
    )
    for words, numbers in said:
        if numbers:
            named = join(_list_numbers(kb, plan, numbers))
            every = len(numbers) == len(plan.actions) > 1
            yield Sentence(words, {"actions": kb.gettext("all of them") if every else named})
    for outcome in plan.outcomes:
        if not list_evidence(plan, outcome, day):
            yield kb.gettext("No evidence is entered that this came about: {outcome}", outcome=outcome.title)
    for outcome in list_unserved(plan):
        yield kb.gettext("No action is entered that leads to this outcome: {outcome}", outcome=outcome.title)
    for request in list_unanswered(plan):
        yield kb.gettext("No action is entered that answers this request: {request}", request=request.text)
    unused = [id for id in kb.table("mechanism") if not any(id in action.mechanisms for action in plan.actions)]
    if unused and len(unused) < len(kb.table("mechanism")):
        names = join(kb.choice_name("mechanism", id) for id in unused)
        yield Sentence(kb.gettext("No action is entered that works by these mechanisms: {names}."), {"names": names})


def _list_numbers(kb: Lookup, plan: Plan, numbers: list[str]) -> Iterator[Text]:
    by_number = {action.id: action for action in plan.actions}
    return (PageLink(_page(kb, plan, by_number[number]), number) for number in numbers)


def say_known_on(kb: Lookup, day: datetime.date) -> str:
    """What day a report is about."""
    return kb.gettext("What sources tell of the time up to {day}.", day=spell_day(kb, day))
