"""The messages that `docs/share.md` quotes are those that the check gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodpractice.checks.project import ProjectCheck
from goodpractice.content import Project, load_project
from goodpractice.diagnostics.reports import format_text
from goodpractice.kinds.case_study.skeleton import read_skeleton
from tests.helpers.facts import rule

REPOSITORY = Path(__file__).parents[2]
pytestmark = rule("the share page is ours")
PAGE = (REPOSITORY / "docs/share.md").read_text(encoding="utf-8")
STORY = "case_studies/our-bus-ride.md"
(EXAMPLE,) = re.findall(r"(?ms)^```yaml\n(.*?)^```$", PAGE)
MESSAGES = re.findall(r"(?ms)^```text\n(.*?)^```$", PAGE)


def fill_form() -> str:
    """The form as the page assumes: filled in, with a second partner."""
    text = read_skeleton()
    second = '    role: "[What they did]"\n'
    text = text.replace(second, f'{second}  - partner: "not named"\n    role: "Community partner"\n')
    for explanation, answer in {
        "What a reader gets": "The bus ride",
        "One or two": "We rode the bus.",
        "id from partners.yml": "dynamic-earth",
        "What they did": "Science centre",
        "Town or area": "Edinburgh",
        "The year": "2019",
        "One or more ids": "power-dynamics",
        "The day your": "2026-01-31",
        "Tell it as": "We met.",
        "As useful": "Nothing.",
        "What would you": "Ask.",
    }.items():
        text, count = re.subn(rf"\[{explanation}[^\]]*\]", answer, text)
        assert count == 1
    return text


def check(root: Path, path: str, text: str) -> str:
    for pattern in ("partners.yml", "data/*.yml", "handbook/*.md"):
        for file in REPOSITORY.glob(pattern):
            copy = root / file.relative_to(REPOSITORY)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(file.read_bytes())
    (root / "case_studies").mkdir()
    (root / path).write_text(text, encoding="utf-8")
    kb, diagnostics = load_project(root)
    found = {*diagnostics, *ProjectCheck(Project(root, kb, tuple(diagnostics))).check_case_studies()}
    return format_text([diagnostic for diagnostic in found if diagnostic.path == path])


CHANGES = (
    ('place: "Edinburgh"', 'place: "[Town or area]"'),
    ('"2026-01-31"', '"31 January 2026"'),
    ('- partner: "dynamic-earth"', '- partner: "Dynamic Earth"'),
    ('title: "The bus ride"', "title: The bus ride: what our partner advised"),
    ("", ""),
)


def test_every_message_is_tried() -> None:
    assert len(MESSAGES) == len(CHANGES)


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_quoted_message_is_true(tmp_path: Path, number: int) -> None:
    old, new = CHANGES[number]
    text = fill_form()
    assert not old or text.count(old) == 1
    path = STORY if old else "case_studies/Our bus ride.md"
    assert check(tmp_path, path, text.replace(old, new) if old else text) + "\n" == MESSAGES[number]


def test_the_example_has_no_problem(tmp_path: Path) -> None:
    assert check(tmp_path, STORY, EXAMPLE) == ""
