"""How a plan stands on a day: what is overdue, what has evidence, what nobody has looked at.

Everything is worked out from the dates of the record and the day that is asked for; nothing here reads a clock. What
is due in a year or a month is in time until its last day; what is dated by one is known from its first.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Sequence
from typing import TypeVar

from goodpractice.kinds.event.dates import read_when
from goodpractice.kinds.plan.model import Action, Evidence, Outcome, Plan, Request, Status, Step

#: States in which nothing more is to be done.
CLOSED = frozenset({"done", "dropped"})
#: So long may an action go without anybody asking how it stands.
MONTHS_TO_LOOK = 12

_Dated = TypeVar("_Dated", Status, Evidence)


def start_of(when: str) -> datetime.date:
    """The first day that a year, a month or a day may be."""
    return read_when(when).first


def end_of(when: str) -> datetime.date:
    """The last day that a year, a month or a day may be."""
    return read_when(when).last


def known_on(entries: Sequence[_Dated], day: datetime.date) -> list[_Dated]:
    """What was known on a day, the oldest first."""
    return sorted((entry for entry in entries if start_of(entry.date) <= day), key=lambda entry: start_of(entry.date))


def find_status(action: Action, day: datetime.date = datetime.date.max) -> Status | None:
    """The last documented status of an action on a day; of all time when no day is given."""
    known = known_on(action.status, day)
    return known[-1] if known else None


def find_due(plan: Plan, action: Action) -> datetime.date | None:
    """The last day on which an action is in time."""
    when = action.due or plan.due
    return end_of(when) if when else None


def is_overdue(plan: Plan, action: Action, day: datetime.date) -> bool:
    """Whether the day by which an action was due has passed, and no source says that it is done or dropped."""
    due, status = find_due(plan, action), find_status(action, day)
    return due is not None and due < day and (status is None or status.state not in CLOSED)


def list_evidence(plan: Plan, of: Action | Outcome, day: datetime.date = datetime.date.max) -> list[Evidence]:
    """The evidence of an action or an outcome that was known on a day."""
    known = known_on(plan.evidence, day)
    return [entry for entry in known if of.id in (entry.actions if isinstance(of, Action) else entry.outcomes)]


def find_last_look(plan: Plan, action: Action, day: datetime.date) -> datetime.date | None:
    """The last day, up to a day, on which somebody asked how an action stands: a review, or what gave it a status."""
    looks = [plan.written_on, plan.reviewed_on, action.reviewed_on, *(start_of(entry.date) for entry in action.status)]
    return max((look for look in looks if look and look <= day), default=None)


def is_forgotten(plan: Plan, action: Action, day: datetime.date) -> bool:
    """Whether nobody has asked how an action stands for a year, and there is still something to ask."""
    status = find_status(action, day)
    if status is not None and status.state in CLOSED:
        return False
    last = find_last_look(plan, action, day)
    return last is None or add_months(last, MONTHS_TO_LOOK) <= day


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last of a month that is shorter."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def list_unanswered(plan: Plan) -> list[Request]:
    """Requests that no action answers."""
    return [request for request in plan.requests if not request.actions]


def list_unserved(plan: Plan) -> list[Outcome]:
    """Outcomes that no action names."""
    named = {outcome for action in plan.actions for outcome in action.outcomes}
    return [outcome for outcome in plan.outcomes if outcome.id not in named]


def list_planned(plan: Plan, year: int) -> Iterator[tuple[Action, Step | None]]:
    """What was to be done by some time of a year: steps with a date of their own, and actions as a whole."""
    for action in plan.actions:
        for step in action.steps:
            if step.by and end_of(step.by).year == year:
                yield action, step
        due = find_due(plan, action)
        if due and due.year == year:
            yield action, None


def list_years(plan: Plan) -> list[int]:
    """Years of which there is something to report: recorded, or planned for a time of which something is recorded.

    A year that lies after everything recorded may not have come yet, and has no report.
    """
    recorded = {start_of(entry.date).year for entry in plan.evidence}
    recorded |= {start_of(entry.date).year for action in plan.actions for entry in action.status}
    reviews = (plan.reviewed_on, *(action.reviewed_on for action in plan.actions))
    recorded |= {review.year for review in reviews if review}
    planned = {end_of(step.by).year for action in plan.actions for step in action.steps if step.by}
    planned |= {due.year for action in plan.actions if (due := find_due(plan, action))}
    last = max(recorded, default=0)
    return sorted(recorded | {year for year in planned if year <= last})
