"""Files in, exact issues out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goodpractice.diagnostics.reports import format_text
from goodpractice.diagnostics.rules import Diagnostic, load_rules
from goodpractice.i18n.messages import NAMED, LazyString
from goodpractice.kinds.schemas import build_schemas
from goodpractice.render.reference_pages import build_reference
from tests.helpers.golden_cases import CASES, Case, change_project, check_folder, make_project, put_back, read_cases
from tests.helpers.projects import SMALL
from tests.helpers.spoken import read_texts
from tests.helpers.trees import read_tree

READ_CASES = read_cases()
_LINE = re.compile(r"^.+?:\d+:\d+: (GP\d{3}) \S.*\n  hint: \S", re.MULTILINE)
THOROUGH = pytest.mark.thorough("each case reads a whole project; those before it show the same rules")


def mark_cases() -> Iterator[Case | Any]:
    """Cases; those are marked that show no rule for the first time, nor that something is accepted."""
    shown: set[str] = set()
    for case in READ_CASES:
        codes = set(_LINE.findall(case.diagnostics))
        yield pytest.param(case, marks=THOROUGH) if codes and codes <= shown else case
        shown |= codes


REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("golden") / "project"))
    yield root
    assert read_tree(root) == read_tree(SMALL)


@pytest.fixture
def project_of_case(case: Case, folder: Path) -> Iterator[Path]:
    try:
        yield change_project(case, folder)
    finally:
        put_back(case, folder)


@pytest.mark.parametrize("case", list(mark_cases()), ids=lambda case: f"{case.file}: {case.name}")
def test_golden_case(case: Case, project_of_case: Path) -> None:
    project, found = check_folder(project_of_case)
    assert format_text(found) == case.diagnostics.rstrip("\n")
    assert [text for diagnostic in found for text in list_unmarked(diagnostic)] == []
    for where, expected in case.values.items():
        kind, record_id, name = where.split(" ")
        assert getattr(project.kb.table(kind)[record_id], name) == expected


WORDS = read_texts()


def list_unmarked(diagnostic: Diagnostic) -> Iterator[str]:
    """Texts of an issue that no catalogue can translate."""
    for text in (diagnostic.message, diagnostic.hint):
        if text:
            yield from _list_unmarked(text)


def _list_unmarked(text: str) -> Iterator[str]:
    bare = isinstance(text, LazyString) and not re.search(r"[^\W_]", NAMED.sub("", text.words))
    if not isinstance(text, LazyString) or not (bare or text.words in WORDS):
        yield text
        return
    for value in text.values.values():
        if isinstance(value, LazyString):
            yield from _list_unmarked(value)


def test_the_project_below_every_case_has_no_issue() -> None:
    _, found = check_folder(SMALL)
    assert format_text(found) == ""


def test_names_of_cases_are_unique_within_their_file() -> None:
    names = [(case.file, case.name) for case in READ_CASES]
    assert len(names) == len(set(names))


def test_a_change_that_does_not_apply_is_noticed(tmp_path: Path) -> None:
    case = Case("x", "x", change={"partners.yml": {"no such text": ""}})
    with pytest.raises(AssertionError, match="stands 0 times"):
        make_project(case, tmp_path / "project")


class TestContractOfEveryCode:
    """A rule comes with its code, its hint, a golden case, an explanation and a heading."""

    def test_has_a_golden_case_with_a_hint(self) -> None:
        shown = {code for case in READ_CASES for code in _LINE.findall(case.diagnostics)}
        assert load_rules().keys() - shown == set(), f"add a case with a hint to {CASES.relative_to(REPOSITORY)}"

    def test_has_a_heading_on_the_reference_page(self) -> None:
        lines = (REPOSITORY / "docs/reference/errors.md").read_text(encoding="utf-8").split("\n")
        headings = {code: f"### {code}: {rule.title} {{ #{code.lower()} }}" for code, rule in load_rules().items()}
        assert [code for code, heading in headings.items() if heading not in lines] == []

    def test_has_a_title_and_an_explanation_in_sentences(self) -> None:
        rules = load_rules().items()
        assert [code for code, rule in rules if rule.title.endswith(".") or not rule.explanation.endswith(".")] == []


def test_every_issue_of_every_case_has_a_hint() -> None:
    lines = [line for case in READ_CASES for line in case.diagnostics.rstrip("\n").split("\n") if line]
    codes = [line for line in lines if re.match(r".+?:\d+:\d+: GP", line)]
    hints = [line for line in lines if line.startswith("  hint: ")]
    assert len(codes) + len(hints) == len(lines)
    assert len(codes) == len(hints)


def test_no_generated_file_is_left_over() -> None:
    assert {file.name for file in (REPOSITORY / "schemas").iterdir()} == set(build_schemas())
    by_hand = {"search-index.md"}
    assert {file.name for file in (REPOSITORY / "docs/reference").iterdir()} == {*build_reference(), *by_hand}


def test_more_than_sixteen_kinds_of_faults_are_found_in_one_run() -> None:
    case = next(case for case in READ_CASES if case.name == "faults of more than sixteen kinds")
    planted = sum(len(changes) for changes in case.change.values()) + len(case.write) + len(case.bytes)
    codes = set(_LINE.findall(case.diagnostics))
    assert planted >= 16
    assert len(codes) >= 16
    assert {code[:3] for code in codes} == {"GP1", "GP2", "GP3", "GP4", "GP5"}
    assert "case_studies/supper.md" in case.diagnostics
    assert "handbook/money.md" in case.diagnostics
