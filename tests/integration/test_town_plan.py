"""The page A plan for your town, carried out: a small project without a plan has one that is followed up."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goodpractice.cli.main import main
from goodpractice.config.clock import set_clock
from tests.helpers.projects import REPOSITORY, SMALL
from tests.helpers.steps import STEP, follow

PAGE = (REPOSITORY / "docs/town-plan.md").read_text(encoding="utf-8")
PARTS = [part for part in PAGE.split("\n## ") if re.match(r"\d\.", part)]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A small project in which nobody has a plan yet."""
    root = Path(shutil.copytree(SMALL, tmp_path / "town"))
    (root / "data/plans.yml").unlink()
    chapter = root / "handbook/money.md"
    chapter.write_text(re.sub(r"(?m)^\{\{ plan.*\}\}$", "", chapter.read_text(encoding="utf-8")), encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "-C", str(root)])


def read(page: Path) -> str:
    html = page.read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_empty_file_becomes_a_plan_that_is_followed_up(town: Path) -> None:
    with set_clock(datetime.datetime(2026, 11, 29, tzinfo=datetime.UTC)):
        for part in PARTS:
            assert follow(town, part) == part.count("```yaml"), "a block of lines that no step applies"
            if STEP.search(part):
                checked = run(town, "check")
                assert checked.exit_code == 0, part[:30] + checked.output
        built = run(town, "build", "--no-search")
    assert built.exit_code == 0, built.output
    plan, report = town / "site/plans/our-town/index.html", town / "site/plans/our-town/2026/index.html"
    assert plan.relative_to(town).as_posix() in PAGE
    assert report.relative_to(town).as_posix() in PAGE
    shown = read(plan)
    for words in (
        "Sources say how 1 of them stand; done or dropped: 0. With evidence: 1.",
        "To see a real laboratory No action of its own Not yet. Nobody in the group has one.",
        "Families who never came say that science is for people like them Known by: one question on a card",
        "No evidence of this outcome 16 May 2026: Forty cards",
        "by The plan group on 20 April 2026",
        "The library: 1.1 A stall at the market",
    ):
        assert words in shown, words
    yearly = read(report)
    for words in (
        "1.1 A stall at the market : Begun, May 2026: The first Saturday. (",
        "Ask the market for a pitch (March 2026)",
        "To be done by the end of it: 1.1 A stall at the market",
        "No evidence is entered that this came about: Families who never came",
    ):
        assert words in yearly, words


def test_three_years_on_the_report_says_what_nobody_has_asked_about(town: Path) -> None:
    for part in PARTS:
        follow(town, part)
    command = re.search(r"goodpractice (report plan our-town)\n", PAGE)
    assert command is not None
    with set_clock(datetime.datetime(2026, 9, 30, tzinfo=datetime.UTC)):
        early = run(town, *command[1].split())
        late = run(town, *command[1].split(), "--today", "2029-09-30", "--exit-code")
    assert early.exit_code == 0
    assert "Overdue" not in early.stdout
    assert "Not looked at" not in early.stdout
    assert late.exit_code == 1
    assert "Overdue: 1 of 1\n  1.1  due 2026-10-31  A stall at the market  (The library)\n" in late.stdout
    assert "Not looked at for a year: 1 of 1\n  1.1  looked at 2026-05-01  A stall at the market" in late.stdout
    assert "Outcomes without evidence: 1 of 1\n  for-us  Families" in late.stdout
    assert "Requests without an action: 1 of 2\n  real-lab  To see a real laboratory" in late.stdout
    assert "Without evidence" not in late.stdout.partition("Outcomes")[0]


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ("outcomes: [for-us]", "outcomes: [for-you]", "the plan has no outcome `for-you`"),
        ('actions: ["1.1"]', 'actions: ["1.2"]', "the plan has no action `1.2`"),
        ("      - date: 2026-05-16\n        what:", "      - what:", "`evidence.date` is missing"),
        (
            '                sources: ["https://example.org/minutes-of-may"]\n',
            "",
            "`strands.actions.status.sources` is",
        ),
        ("state: started", "state: begun", "Use one of 'started', 'done', 'changed' or 'dropped'."),
        ("date: 2026-05\n", "date: 2062-05\n", "`date` lies in the future: 2062-05-01"),
        (
            "            title: A stall at",
            '            title: Tea\n          - id: "1.1"\n            title: At',
            "`1.1` stands",
        ),
    ],
)
def test_mistakes_are_told_as_the_page_says(town: Path, line: str, wrong: str, said: str) -> None:
    for part in PARTS:
        follow(town, part)
    plans = town / "data/plans.yml"
    text = plans.read_text(encoding="utf-8")
    assert line in text
    plans.write_text(text.replace(line, wrong), encoding="utf-8")
    for command in (["check"], ["report", "plan"]):
        result = run(town, *command)
        assert result.exit_code == 1, result.output
        assert said in result.stdout
        assert "data/plans.yml:" in result.stdout
