"""`goodpractice report`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodpractice.cli.terminal import (
    PROBLEMS,
    fail,
    find_language,
    load_records,
    note,
    print_diagnostics,
    project_option,
    read_day,
    require_project,
    show,
)
from goodpractice.config import clock
from goodpractice.i18n.messages import gettext_lazy as _

if TYPE_CHECKING:
    from goodpractice.content.knowledge_base import KnowledgeBase
    from goodpractice.kinds.plan import Plan
    from goodpractice.kinds.plan.model import Action

#: One group of what a plan waits for: its heading, and a line for each entry.
_Group = tuple[str, list[str]]


@click.group(short_help="Say what waits: actions of a plan.")
def report() -> None:
    """Say what waits for somebody.

    \b
    Example:
      goodpractice report plan
    """


@report.command()
@click.argument("plan_id", metavar="[PLAN]", required=False)
@click.option("--today", metavar="DATE", help="Reckon from this day, such as 2027-03-31, in the place of today.")
@click.option("--exit-code", is_flag=True, help="End with the code 1 if anything waits: for a scheduled run.")
@project_option
def plan(plan_id: str | None, today: str | None, exit_code: bool, project: Path) -> None:
    """List what waits in a plan, or in all plans.

    Overdue: the date has passed, and no source says that it is done or dropped.
    Without evidence: nothing with a date and a source bears on it.
    Not looked at for a year: no review, and no new status.

    The exit code is 0 whatever waits, unless you ask with --exit-code; 1 where
    records have mistakes, which are listed instead; and 2 for a plan or a day
    that is not there.

    \b
    Examples:
      goodpractice report plan
      goodpractice report plan town-plan --today 2027-03-31
    """
    require_project(project)
    from goodpractice.kinds import PLAN

    day = read_day("--today", today) if today is not None else clock.today()
    kb = _load(project, day)
    plans: dict[str, Plan] = dict(kb.table(PLAN).raw)
    if plan_id is not None and plan_id not in plans:
        fail(_say_unknown(plan_id, list(plans)))
    if not plans:
        note(_("There is no plan in data/plans.yml yet. The page `A plan for your town` says how to begin one."))
        return
    waiting = sum([_print_plan(kb, entry, day) for entry in plans.values() if plan_id in (None, entry.id)])
    if not waiting:
        note(_("Nothing waits on {day}.", day=day.isoformat()))
    elif exit_code:
        sys.exit(PROBLEMS)


def _load(project: Path, day: datetime.date) -> KnowledgeBase:
    """The knowledge base of a project whose plans are without mistakes: what is wrong cannot be reckoned with."""
    from goodpractice.checks.dangling_ids import check_references
    from goodpractice.checks.plans import check_plans
    from goodpractice.kinds import PLAN

    kb = load_records(project)
    keys = [(PLAN, plan_id) for plan_id in kb.table(PLAN).raw]
    # Whoever looks back knows what has been entered since.
    wrong = [*check_references(kb, keys), *check_plans(kb, max(day, clock.today()))]
    if wrong:
        print_diagnostics(sorted(set(wrong)))
        sys.exit(PROBLEMS)
    return kb


def _say_unknown(plan_id: str, known: list[str]) -> str:
    from goodpractice.content.text import suggest

    if close := suggest(plan_id, known):
        return _("There is no plan {plan}. Did you mean {close}?", plan=plan_id, close=close)
    if known:
        return _("There is no plan {plan}. There are: {known}.", plan=plan_id, known=", ".join(known))
    return _("There is no plan {plan}, and none in data/plans.yml at all.", plan=plan_id)


def _print_plan(kb: KnowledgeBase, entry: Plan, day: datetime.date) -> int:
    """Print what waits in a plan, and say how much that is."""
    translate = find_language().translate
    groups = [(heading, lines) for heading, lines in _list_groups(kb, entry, day) if lines]
    if not groups:
        return 0
    show(f"{entry.name} ({entry.id}), {day.isoformat()}")
    for heading, lines in groups:
        show(f"\n{translate(heading)}")
        for line in lines:
            show(f"  {line}")
    show("")
    return sum(len(lines) for __, lines in groups)


def _list_groups(kb: KnowledgeBase, entry: Plan, day: datetime.date) -> Iterator[_Group]:
    from goodpractice.kinds.plan.standing import (
        find_due,
        find_last_look,
        is_forgotten,
        is_overdue,
        list_evidence,
        list_unanswered,
    )

    actions, all_actions = entry.actions, len(entry.actions)
    late = [action for action in actions if is_overdue(entry, action, day)]
    lines = [_say(kb, action, _("due {day}", day=find_due(entry, action))) for action in late]
    yield _("Overdue: {number} of {all}", number=len(late), all=all_actions), lines
    bare = [action for action in actions if not list_evidence(entry, action, day)]
    lines = [_say(kb, action) for action in bare]
    yield _("Without evidence: {number} of {all}", number=len(bare), all=all_actions), lines
    old = [action for action in actions if is_forgotten(entry, action, day)]
    lines = [_say(kb, action, _say_look(find_last_look(entry, action, day))) for action in old]
    yield _("Not looked at for a year: {number} of {all}", number=len(old), all=all_actions), lines
    unshown = [outcome for outcome in entry.outcomes if not list_evidence(entry, outcome, day)]
    lines = [f"{outcome.id}  {outcome.title}" for outcome in unshown]
    heading = _("Outcomes without evidence: {number} of {all}", number=len(unshown), all=len(entry.outcomes))
    yield heading, lines
    open_requests = list_unanswered(entry)
    lines = [f"{request.id}  {request.text}" for request in open_requests]
    heading = _("Requests without an action: {number} of {all}", number=len(lines), all=len(entry.requests))
    yield heading, lines


def _say_look(day: datetime.date | None) -> str:
    return _("looked at {day}", day=day.isoformat()) if day else _("never looked at")


def _say(kb: KnowledgeBase, action: Action, when: str = "") -> str:
    from goodpractice.kinds import PARTNER

    leads = (*(kb.record_name(PARTNER, partner) for partner in action.lead), action.lead_text or "")
    lead = ", ".join(filter(None, leads))
    said = find_language().translate(when) if when else ""
    return "  ".join(filter(None, (action.id, said, action.title, f"({lead})" if lead else "")))
