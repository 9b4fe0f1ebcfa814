"""What this community decided about its own content (`facts.yml`) holds."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from tests.helpers.built_pages import BuiltSite
from tests.helpers.facts import ADVICE, FACTS, fact
from tests.helpers.projects import REPOSITORY

#: Every key that a test reads.
SUBJECTS = {"rules", "kept", "at_least", "headings_kept", "records", "pages", "only_planned", "never", "never_in"}
SUBJECTS |= {"together", "safety"}


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    return open_project(project_root).kb


def list_texts(project_root: Path) -> list[Path]:
    folders = ("docs", "handbook", "case_studies", "data")
    found = [file for folder in folders for file in sorted((project_root / folder).rglob("*")) if file.is_file()]
    return [project_root / "partners.yml", *(file for file in found if file.suffix in (".md", ".yml"))]


@cache
def read_lines() -> list[tuple[str, str]]:
    """Every line of content, with its place; addresses of the web are left out."""
    return [
        (f"{file.relative_to(REPOSITORY)}:{number}", re.sub(r"https?://\S+", "", line))
        for file in list_texts(REPOSITORY)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    ]


def test_every_subject_is_read() -> None:
    assert FACTS.keys() - SUBJECTS == set()


def test_what_must_stay_is_there(kb: KnowledgeBase) -> None:
    assert [
        f"{kind} {name}" for kind, names in dict(fact("kept")).items() for name in names if name not in kb.table(kind)
    ] == []
    assert {kind: number for kind, number in dict(fact("at_least")).items() if len(kb.table(kind)) < number} == {}


@pytest.mark.parametrize("decided", fact("records"), ids=lambda decided: f"{decided['record']}: {decided['field']}")
def test_a_record_says_what_its_source_says(decided: dict[str, Any], kb: KnowledgeBase) -> None:
    kind, _, record_id = decided["record"].partition(" ")
    value = attrgetter(decided["field"])(kb.table(kind)[record_id])
    if decided.get("empty"):
        assert value in (None, (), ""), ADVICE
    else:
        # What is not there says nothing that is wrong.
        assert not value or re.search(decided["says"], str(value)), ADVICE


@pytest.mark.parametrize("decided", fact("pages"), ids=lambda decided: f"{decided['page']}: {decided['says']}")
def test_a_page_says(decided: dict[str, str], built_site: BuiltSite) -> None:
    assert decided["says"] in built_site.pages[decided["page"]].text, ADVICE


@pytest.mark.parametrize(("pattern", "what"), dict(fact("never")).items(), ids=dict(fact("never")).values())
def test_nothing_states(pattern: str, what: str) -> None:
    found = [
        f"{file.relative_to(REPOSITORY)}:{number}: {line.strip()[:120]}"
        for file in list_texts(REPOSITORY)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == [], what


@pytest.mark.parametrize(("path", "pattern"), dict(fact("never_in")).items())
def test_a_text_states_no_more_than_its_source(path: str, pattern: str) -> None:
    assert re.findall(pattern, (REPOSITORY / path).read_text(encoding="utf-8")) == [], ADVICE


@pytest.mark.parametrize(("one", "other"), fact("together"))
def test_figures_that_sources_differ_on_are_given_twice(one: str, other: str) -> None:
    alone = [place for place, line in read_lines() if re.search(one, line) and not re.search(other, line)]
    assert alone == [], f"{one} stands without {other}"


#: A verb that tells as done what was only planned.
DONE = re.compile(
    r"\b(?:governed|governs|steered|steers|managed|manages|coordinated|coordinates|monitored|monitors|led|leads|met)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("plan_id", fact("only_planned"))
def test_a_plan_is_told_as_a_plan(plan_id: str, kb: KnowledgeBase) -> None:
    plan = kb.plans[plan_id]
    assert not DONE.search(plan.governance or "")
    story = kb.case_studies.get(plan_id)
    roles = [involved.role for involved in (story.partners if story else ()) if DONE.search(involved.role)]
    assert [role for role in roles if not re.search(r"was to|named as|listed", role, re.IGNORECASE)] == []
    # The page itself says "Planned" above steps and outcomes; so they must not tell of anything as done.
    texts = [step.what for action in plan.actions for step in action.steps]
    texts += [*(action.detail or "" for action in plan.actions), *(outcome.title for outcome in plan.outcomes)]
    assert [text for text in texts if DONE.search(text)] == []
    assert set(plan.our_reading) == {"requests", "mechanisms", "evidence"}
