"""Plans: how they stand on a day, worked out from the dates of the record alone."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from goodpractice.kinds.plan import Plan
from goodpractice.kinds.plan.standing import (
    add_months,
    find_due,
    find_last_look,
    find_status,
    is_forgotten,
    is_overdue,
    list_evidence,
    list_planned,
    list_unanswered,
    list_unserved,
    list_years,
)
from goodpractice.kinds.plan.words import anchor_action
from goodpractice.pages import plan_pages
from goodpractice.query.tracking import Table
from goodpractice.render import bind_macros
from tests.helpers.projects import SMALL, load_folder

DAY = datetime.date


def make_plan(action: dict[str, Any] | None = None, **fields: Any) -> Plan:
    """A plan with two actions, the first of them with some fields."""
    actions = [
        {"id": "1.1", "title": "Give out keys", "outcomes": ["room"], **(action or {})},
        {"id": "1.2", "title": "Bake", "lead_text": "The oven group"},
    ]
    given = {
        "id": "town-plan",
        "name": "Plan of the town",
        "due": "2026",
        "outcomes": [{"id": "room", "title": "The room is full"}, {"id": "warm", "title": "It is warm"}],
        "requests": [{"id": "keys", "text": "Keys", "actions": ["1.1"]}, {"id": "cake", "text": "Cake"}],
        "strands": [{"id": 1, "title": "Open the room", "actions": actions}],
        "sources": ["annual-report"],
    }
    return Plan.model_validate(given | fields)


def status(state: str, date: str) -> dict[str, Any]:
    return {"state": state, "date": date, "sources": ["annual-report"]}


@pytest.mark.parametrize(
    ("due", "last"),
    [("2026", DAY(2026, 12, 31)), ("2024-02", DAY(2024, 2, 29)), ("2026-05-01", DAY(2026, 5, 1)), (None, None)],
)
def test_what_is_due_in_a_year_is_in_time_until_its_last_day(due: str | None, last: datetime.date | None) -> None:
    plan = make_plan({"due": due}, due=None)
    assert find_due(plan, plan.actions[0]) == last
    if last:
        assert not is_overdue(plan, plan.actions[0], last)
        assert is_overdue(plan, plan.actions[0], last + datetime.timedelta(days=1))


def test_an_action_without_a_date_is_due_with_the_plan() -> None:
    plan = make_plan({"due": "2024"})
    assert [find_due(plan, action) for action in plan.actions] == [DAY(2024, 12, 31), DAY(2026, 12, 31)]


@pytest.mark.parametrize(("state", "late"), [("started", True), ("changed", True), ("done", False), ("dropped", False)])
def test_what_is_done_or_dropped_is_not_overdue(state: str, late: bool) -> None:
    plan = make_plan({"status": [status("started", "2025"), status(state, "2026-06")]})
    assert is_overdue(plan, plan.actions[0], DAY(2027, 1, 1)) is late


def test_the_status_of_a_day_is_the_last_that_was_known_then() -> None:
    plan = make_plan({"status": [status("done", "2026-06"), status("started", "2025")]})
    action = plan.actions[0]
    days = [DAY(2024, 12, 31), DAY(2025, 1, 1), DAY(2026, 5, 31), DAY(2026, 6, 1), DAY.max]
    known = [found.state if (found := find_status(action, day)) else "" for day in days]
    assert known == ["", "started", "started", "done", "done"]


def test_evidence_counts_for_what_it_names_and_from_its_first_day() -> None:
    entry = {"date": "2025-03", "what": "Nine groups.", "actions": ["1.1"], "sources": ["annual-report"]}
    plan = make_plan(
        evidence=[entry, {**entry, "actions": [], "outcomes": ["room"]}],
        undated=[{"what": "A tenth."} | {"actions": ["1.2"], "sources": ["annual-report"]}],
    )
    first, second = plan.actions
    assert [len(list_evidence(plan, first, day)) for day in (DAY(2025, 2, 28), DAY(2025, 3, 1))] == [0, 1]
    assert [len(list_evidence(plan, of)) for of in (second, *plan.outcomes)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("fields", "action", "last"),
    [
        ({}, {}, None),
        ({"written_on": DAY(2025, 3, 1)}, {}, DAY(2025, 3, 1)),
        ({"written_on": DAY(2025, 3, 1), "reviewed_on": DAY(2025, 5, 1), "reviewed_by": "Us"}, {}, DAY(2025, 5, 1)),
        ({"written_on": DAY(2025, 3, 1)}, {"reviewed_on": DAY(2025, 6, 1)}, DAY(2025, 6, 1)),
        ({"written_on": DAY(2025, 3, 1)}, {"status": [status("started", "2025-07")]}, DAY(2025, 7, 1)),
        ({"written_on": DAY(2025, 3, 1)}, {"reviewed_on": DAY(2031, 1, 1)}, DAY(2025, 3, 1)),
    ],
)
def test_whoever_looks_starts_a_new_year(fields: Any, action: Any, last: datetime.date | None) -> None:
    plan = make_plan(action, **fields)
    looked_at = plan.actions[0]
    assert find_last_look(plan, looked_at, DAY(2030, 1, 1)) == last
    if last is None:
        assert is_forgotten(plan, looked_at, DAY(2025, 1, 1))
        return
    due = add_months(last, 12)
    assert not is_forgotten(plan, looked_at, due - datetime.timedelta(days=1))
    assert is_forgotten(plan, looked_at, due)


def test_nobody_need_look_at_what_is_done() -> None:
    plan = make_plan({"status": [status("done", "2025-07")]}, written_on=DAY(2025, 3, 1))
    assert [is_forgotten(plan, action, DAY(2030, 1, 1)) for action in plan.actions] == [False, True]


def test_a_month_later_may_be_shorter() -> None:
    assert [add_months(DAY(2024, 2, 29), 12), add_months(DAY(2025, 8, 31), 1), add_months(DAY(2025, 12, 31), 2)] == [
        DAY(2025, 2, 28),
        DAY(2025, 9, 30),
        DAY(2026, 2, 28),
    ]


def test_requests_without_an_action_and_outcomes_without_one_are_gaps() -> None:
    plan = make_plan()
    assert [request.id for request in list_unanswered(plan)] == ["cake"]
    assert [outcome.id for outcome in list_unserved(plan)] == ["warm"]


def test_a_year_has_a_report_when_something_is_recorded_of_it_or_later() -> None:
    steps = [{"what": "Cut keys", "by": "2024-06"}, {"what": "Give them out", "by": "2028"}]
    plan = make_plan({"steps": steps})
    assert list_years(plan) == [], "no year of a plan has come as far as the record knows"
    recorded = make_plan({"steps": steps, "status": [status("started", "2025")]}, due="2030")
    assert list_years(recorded) == [2024, 2025]
    reviewed = make_plan({"steps": steps}, due="2026-05", reviewed_on=DAY(2027, 1, 31), reviewed_by="Us")
    assert list_years(reviewed) == [2024, 2026, 2027]
    whole = [action.id for action, step in list_planned(reviewed, 2026) if step is None]
    assert (whole, [step.what for __, step in list_planned(reviewed, 2024) if step]) == (["1.1", "1.2"], ["Cut keys"])


@pytest.mark.parametrize(("number", "anchor"), [("1.2", "action-1-2"), ("A b/", "action-a-b"), ("2-10", "action-2-10")])
def test_an_action_has_an_anchor(number: str, anchor: str) -> None:
    assert anchor_action(make_plan({"id": number}).actions[0]) == anchor


def show(plan: Plan, id: str = "town-plan", view: str = "plan_page") -> str:
    """A page of a site with one plan, as HTML."""
    kb = load_folder(SMALL).kb
    return str(bind_macros(kb.with_tables(Table("plan", {plan.id: plan})))[view](id))


def read(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_page_says_every_gap_in_words_and_draws_it() -> None:
    html = show(make_plan())
    text = read(html)
    for gap in (
        "The plan has 2 actions. No source that we know says how any of them stands. No evidence is entered yet.",
        "No source that we know says how they stand: all of them",
        "Without evidence: all of them",
        "Nobody leads: 1.1",
        "No outcome is named for: 1.2",
        "No evidence is entered that this came about: The room is full",
        "No action is entered that leads to this outcome: It is warm",
        "No action is entered that answers this request: Cake",
        "Nothing is entered here yet.",
        "The first report comes with the first status, review or evidence.",
    ):
        assert gap in text, gap
    # Two mechanisms, two pieces of evidence and one outcome are missing, and one outcome has no evidence.
    assert html.count('class="gp-chain__gap"') == 6
    assert html.count("gp-chart__tile--none") == 3, "one for each action and one for the legend"
    assert html.count("gp-asked__answer--none") == 1
    assert "our reading" not in text


def test_a_page_leads_from_requests_to_evidence_and_marks_what_is_ours() -> None:
    entry = {"date": "2025-03", "what": "Nine groups came.", "sources": ["annual-report"]}
    plan = make_plan(
        {"mechanisms": ["belonging"], "status": [status("done", "2025")], "lead": ["hill-museum"]},
        evidence=[{**entry, "actions": ["1.1"], "outcomes": ["room"]}],
        our_reading=["requests", "mechanisms", "evidence"],
    )
    html, text = show(plan), read(show(plan))
    assert '<a href="gp:/plans/town-plan/#action-1-1">1.1 Give out keys</a>' in html
    assert '<tr role="row" id="action-1-1">' in html
    assert "Nobody leads" not in text
    assert "Answered by, as we read it" in text
    assert "The mechanism of each action is our reading: no source we have names one." in text
    assert text.count("Which action each of these belongs to is our reading") == 2
    row = read(re.findall(r"<tr.*?</tr>", html[html.index("gp-chain") :], re.DOTALL)[1])
    assert row.startswith("1.1 Give out keys Belonging The room is full March 2025: Nine groups came. (Annual report")
    assert "Hill Museum : 1.1 Give out keys" in text
    assert "Sources say how 1 of them stand; done or dropped: 1. With evidence: 1." in text


def test_a_report_knows_nothing_of_later_years() -> None:
    entry = {"what": "Nine groups came.", "actions": ["1.1"], "sources": ["annual-report"]}
    plan = make_plan(
        {"status": [status("started", "2024-05"), status("done", "2026-02")], "steps": [{"what": "Cut", "by": "2025"}]},
        evidence=[{**entry, "date": "2026-03"}],
        due="2024-12",
    )
    first, last = (read(show(plan, f"town-plan/{year}", "plan_report")) for year in (2024, 2026))
    assert "What sources tell of the time up to 31 December 2024." in first
    assert "Nine groups" not in first
    assert "Begun, May 2024" in first
    assert "Done" not in first.partition("What happened")[2]
    assert "Due, and not documented as done: all of them" in first, "the year is over"
    assert "To be done by the end of it: 1.1 Give out keys , 1.2 Bake" in first
    assert "March 2026: Nine groups came." in last
    assert "Done, February 2026" in last
    assert "Due, and not documented as done: 1.2 ." in last
    middle = read(show(plan, "town-plan/2025", "plan_report"))
    assert "Nothing is entered of this year." in middle
    assert "1.1 Give out keys : Cut ( 2025 )" in middle or "Cut (2025)" in middle
    kb = load_folder(SMALL).kb.with_tables(Table("plan", {plan.id: plan}))
    urls = sorted(page.url for page in plan_pages(kb) if page.url.startswith("plans/town-plan/"))
    assert urls == ["plans/town-plan/", *(f"plans/town-plan/{year}/" for year in (2024, 2025, 2026))]
