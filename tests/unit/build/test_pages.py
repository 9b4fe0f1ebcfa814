from __future__ import annotations

from dataclasses import replace

import pytest

from goodpractice.build.pages import TraceCheck, print_plan, print_trace
from goodpractice.load import Project
from goodpractice.pages import Page
from goodpractice.tracking import record_trace

NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def trace(small: Project) -> str:
    kb = small.kb
    with record_trace() as recorded:
        assert kb.case_studies["park"].title
        assert kb.case_studies["park"].when
        assert "trust" in kb.themes
        assert [case_id for case_id, _ in kb.select_case_studies(theme="trust")[:2]]
    return print_trace(recorded)


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({("case_study", "park"): {"title"}}, False),
        ({("case_study", "park"): {"*"}}, False),
        # `when` is computed from other fields: any change may change it.
        ({("case_study", "park"): {"summary"}}, False),
        ({("theme", "trust"): {"name"}}, True),
        ({("partner", "hill-museum"): {"*"}}, True),
    ],
)
def test_a_page_depends_on_the_fields_that_it_read(
    small: Project, trace: str, changed: dict[tuple[str, str], set[str]], same: bool
) -> None:
    check = TraceCheck(small.kb, {key: frozenset(names) for key, names in changed.items()})
    assert check.is_same(trace) is same


def test_a_page_that_read_plain_fields_does_not_depend_on_others(small: Project) -> None:
    with record_trace() as recorded:
        assert small.kb.partners["hill-museum"].name
    trace = print_trace(recorded)
    for changed, same in (({"town"}, True), ({"name"}, False), ({"*"}, False)):
        check = TraceCheck(small.kb, {("partner", "hill-museum"): frozenset(changed)})
        assert check.is_same(trace) is same


def test_a_page_depends_on_the_answers_that_it_got(small: Project, trace: str) -> None:
    kb = small.kb
    assert TraceCheck(kb, {}).is_same(trace)
    fewer = replace(kb, case_studies=type(kb.case_studies)("case_study", {"park": kb.case_studies.raw["park"]}))
    with record_trace() as recorded:
        assert len(list(kb.select_case_studies())) == 2
    assert not TraceCheck(fewer, {}).is_same(print_trace(recorded))


def test_a_question_about_a_record_that_is_gone_has_another_answer(small: Project) -> None:
    kb = small.kb
    with record_trace() as recorded:
        assert kb.relate_case_study("park", 4)
    fewer = replace(kb, case_studies=type(kb.case_studies)("case_study", {"supper": kb.case_studies.raw["supper"]}))
    assert not TraceCheck(fewer, {}).is_same(print_trace(recorded))


def test_a_plan_says_the_titles_of_its_neighbours() -> None:
    page = Page("chapter", "b", "handbook/b/", "B", "", "b.md", previous="handbook/a/", next="handbook/c/")
    titles = {"handbook/a/": "A", "handbook/c/": "C"}
    assert print_plan(page, titles) != print_plan(page, {**titles, "handbook/a/": "Another"})
    assert print_plan(page, titles) != print_plan(page, {**titles, "handbook/c/": "Another"})
    assert print_plan(page, titles) == print_plan(page, {**titles, "handbook/d/": "D"})
