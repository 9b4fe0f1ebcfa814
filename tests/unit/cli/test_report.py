"""`goodpractice report plan`: what waits in a plan on a day."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goodpractice.cli.main import main
from goodpractice.config.clock import set_clock

#: One action that is done, with evidence; one that nobody has looked at; and a request that nothing answers.
PLANS = """
plans:
  - id: town-plan
    name: Plan of the town
    due: 2025-06
    written_on: 2025-01-31
    requests:
      - {id: cake, text: More cake}
    outcomes:
      - {id: room, title: The room is full}
    strands:
      - id: 1
        title: Open the room
        actions:
          - id: "1.1"
            title: Give out keys
            lead: [hill-museum]
            outcomes: [room]
            status:
              - {state: done, date: 2025-05, sources: [annual-report]}
          - id: "1.2"
            title: Bake
            lead_text: The oven group
    evidence:
      - {date: 2025-05-02, what: Nine groups came., actions: ["1.1"], outcomes: [room], sources: [annual-report]}
    sources: [annual-report]
"""


@pytest.fixture
def project(project_copy: Path) -> Path:
    (project_copy / "data/plans.yml").write_text(PLANS, encoding="utf-8")
    return project_copy


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", "plan", "-C", str(project), *arguments])


def test_a_plan_in_time_waits_for_evidence_alone(project: Path) -> None:
    result = run(project, "--today", "2025-06-30")
    assert result.exit_code == 0
    assert result.stdout.split("\n\n") == [
        "Plan of the town (town-plan), 2025-06-30",
        "Without evidence: 1 of 2\n  1.2  Bake  (The oven group)",
        "Requests without an action: 1 of 1\n  cake  More cake\n\n".rstrip("\n"),
        "",
    ]


def test_three_years_on_the_same_plan_says_what_has_become_late(project: Path) -> None:
    with set_clock(datetime.datetime(2028, 6, 30, tzinfo=datetime.UTC)):
        result = run(project, "town-plan")
    assert result.exit_code == 0
    assert result.stdout.split("\n\n")[1:4] == [
        "Overdue: 1 of 2\n  1.2  due 2025-06-30  Bake  (The oven group)",
        "Without evidence: 1 of 2\n  1.2  Bake  (The oven group)",
        "Not looked at for a year: 1 of 2\n  1.2  looked at 2025-01-31  Bake  (The oven group)",
    ]
    assert "Hill Museum" not in result.stdout, "what is done waits for nobody"


def test_before_there_is_anything_the_same_action_waits_with_its_lead(project: Path) -> None:
    result = run(project, "--today", "2025-02-01")
    assert "  1.1  Give out keys  (Hill Museum)\n" in result.stdout
    assert "Outcomes without evidence: 1 of 1\n  room  The room is full" in result.stdout


def test_the_code_tells_a_scheduled_run_only_when_that_is_asked_for(project: Path) -> None:
    assert run(project, "--exit-code").exit_code == 1
    done = PLANS.replace('          - id: "1.2"\n            title: Bake\n            lead_text: The oven group\n', "")
    done = done.replace("{id: cake, text: More cake}", '{id: cake, text: More cake, actions: ["1.1"]}')
    (project / "data/plans.yml").write_text(done, encoding="utf-8")
    result = run(project, "--exit-code", "--today", "2031-01-01")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing waits on 2031-01-01.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("town-pln",), "There is no plan town-pln. Did you mean town-plan?"),
        (("zebra",), "There is no plan zebra. There are: town-plan."),
        (("--today", "soon"), "--today soon is no day. Write the year first, such as 2026-11-01."),
        (("--today", "1.2.2027"), "--today 1.2.2027 is no day. Did you mean 2027-02-01?"),
    ],
)
def test_a_wrong_call_is_explained(project: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(project, *arguments)
    assert result.exit_code == 2
    assert (result.stdout, result.stderr.rstrip("\n")) == ("", words)


def test_a_plan_with_mistakes_is_not_reckoned_with(project: Path) -> None:
    file = project / "data/plans.yml"
    file.write_text(PLANS.replace("outcomes: [room]\n", "outcomes: [rom]\n"), encoding="utf-8")
    result = run(project)
    assert result.exit_code == 1
    assert result.stdout.startswith("data/plans.yml:18:24: GP301 the plan has no outcome `rom`\n")
    assert "Overdue" not in result.stdout


def test_a_project_without_plans_learns_where_to_begin(project: Path) -> None:
    (project / "data/plans.yml").unlink()
    result = run(project)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("There is no plan in data/plans.yml yet.")
