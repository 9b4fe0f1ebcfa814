from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.queries import OF_EDITORS, OF_RECORD
from goodpractice.engine.traces import TraceCheck, TracePacker
from goodpractice.outputs.site import Site, SiteInputs
from goodpractice.query.tracking import Memo, Trace, note, record_trace
from tests.helpers.closed_table import ClosedTable


def lay_out(kb: KnowledgeBase, **digests: str) -> Site:
    inputs = SiteInputs("", "", ())
    return Site(Project(Path(), kb, ()), inputs=inputs, digests=digests)


def is_same(kb: KnowledgeBase, trace: Trace, changed: dict[tuple[str, str], set[str]]) -> bool:
    packer = TracePacker()
    packed = packer.pack(trace)
    return TraceCheck(
        lay_out(kb), packer.dependencies, {key: frozenset(names) for key, names in changed.items()}
    ).is_same(packed)


@pytest.fixture
def trace(small: Project) -> Trace:
    kb = small.kb
    with record_trace() as recorded:
        assert kb.case_studies["park"].title
        assert kb.case_studies["park"].when
        assert "trust" in kb.themes
        assert [case_id for case_id, _ in kb.select_case_studies(theme="trust")[:2]]
    return recorded


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({("case_study", "park"): {"title"}}, False),
        ({("case_study", "park"): {"*"}}, False),
        # `when` is computed from these fields, and from no other.
        ({("case_study", "park"): {"period"}}, False),
        ({("case_study", "park"): {"summary", "reviewed_on"}}, True),
        ({("theme", "trust"): {"name"}}, True),
        ({("partner", "hill-museum"): {"*"}}, True),
    ],
)
def test_a_page_depends_on_the_fields_that_it_read(
    small: Project, trace: Trace, changed: dict[tuple[str, str], set[str]], same: bool
) -> None:
    assert is_same(small.kb, trace, changed) is same


def test_a_page_that_read_plain_fields_does_not_depend_on_others(small: Project) -> None:
    with record_trace() as recorded:
        assert small.kb.partners["hill-museum"].name
    for changed, same in (({"town"}, True), ({"name"}, False), ({"*"}, False)):
        assert is_same(small.kb, recorded, {("partner", "hill-museum"): changed}) is same


def test_a_page_depends_on_the_answers_that_it_got(small: Project, trace: Trace) -> None:
    kb = small.kb
    assert is_same(kb, trace, {})
    fewer = kb.with_tables(type(kb.case_studies)("case_study", {"park": kb.case_studies.raw["park"]}))
    with record_trace() as recorded:
        assert len(list(kb.ordered_case_studies)) == 2
    assert not is_same(fewer, recorded, {})


def test_a_question_about_a_record_that_is_gone_has_another_answer(small: Project) -> None:
    kb = small.kb
    with record_trace() as recorded:
        assert kb.relate_case_study("park", 4)
    fewer = kb.with_tables(type(kb.case_studies)("case_study", {"supper": kb.case_studies.raw["supper"]}))
    assert not is_same(fewer, recorded, {})


def test_a_reading_that_nobody_kept_is_no_proof(small: Project, trace: Trace) -> None:
    packer = TracePacker()
    packed = packer.pack(trace)
    packer.dependencies.popitem()
    assert not TraceCheck(lay_out(small.kb), packer.dependencies, {}).is_same(packed)


def test_pages_that_read_the_same_share_it(trace: Trace) -> None:
    packer = TracePacker()
    packed = packer.pack(trace)
    assert len(packed) == 8 * len(packer.dependencies)
    packer.dependencies = {}
    assert packer.pack(trace) == packed
    assert packer.dependencies == {}


def test_a_page_depends_on_what_its_parts_were_made_from(small: Project) -> None:
    memo = Memo()
    for _ in range(2):
        with record_trace() as recorded:
            memo.take(
                ("outer",), lambda: memo.take(("inner",), lambda: str(small.kb.partners["hill-museum"].name)).upper()
            )
        assert is_same(small.kb, recorded, {("partner", "hill-museum"): {"town"}})
        assert not is_same(small.kb, recorded, {("partner", "hill-museum"): {"name"}})


def test_a_text_that_changed_concerns_who_shows_it_and_nobody_else(small: Project, trace: Trace) -> None:
    with record_trace() as recorded:
        note("case_study", "park", "text")
    for changed, same in (({"text"}, False), ({"title"}, True), ({"*"}, False)):
        assert is_same(small.kb, recorded, {("case_study", "park"): changed}) is same
    assert is_same(small.kb, trace, {("case_study", "park"): {"text"}}), "derived fields are not made of the text"


def test_a_file_depends_on_what_it_asked_of_the_site(small: Project) -> None:
    packer = TracePacker()
    with record_trace() as recorded:
        lay_out(small.kb, copied="one").ask("copied")
    packed = packer.pack(recorded)
    for copied, same in (("one", True), ("two", False)):
        assert TraceCheck(lay_out(small.kb, copied=copied), packer.dependencies, {}).is_same(packed) is same


@pytest.mark.parametrize("standing", [("case_count",), ()])
def test_an_answer_stands_where_nothing_can_have_changed_it(small: Project, standing: tuple[str, ...]) -> None:
    with record_trace() as recorded:
        assert small.kb.ask("case_count", ())
    packer = TracePacker()
    packed = packer.pack(recorded)
    none = small.kb.with_tables(type(small.kb.case_studies)("case_study", {}))
    assert TraceCheck(lay_out(none), packer.dependencies, {}, standing).is_same(packed) is bool(standing)


@pytest.mark.parametrize(("changed", "same"), [("park", False), ("supper", True)])
def test_an_answer_about_a_record_stands_while_another_changes(small: Project, changed: str, same: bool) -> None:
    with record_trace() as recorded:
        assert small.kb.ask("has", "case_study", "park")
    packer = TracePacker()
    packed = packer.pack(recorded)
    none = small.kb.with_tables(type(small.kb.case_studies)("case_study", {}))
    fields = {("case_study", changed): frozenset("*")}
    assert TraceCheck(lay_out(none), packer.dependencies, fields, OF_RECORD).is_same(packed) is same


def test_no_story_is_read_for_an_answer_that_editors_decide(small: Project) -> None:
    kb = small.kb.with_tables(type(small.kb.case_studies)("case_study", ClosedTable()))
    with pytest.raises(AssertionError):
        kb.ask("case_count", ())
    chapter = next(iter(kb.chapters.raw))
    arguments: dict[str, tuple[Any, ...]] = {
        "publication": ("annual-report",),
        "chapters": (),
        "chapters_on": ("trust",),
        "minutes": (chapter,),
        "next_chapters": (chapter, 3),
        "chapters_about": (("trust",), (), 3),
        "partners": (),
        "partners_with": ("eyu", "programmes"),
    }
    assert arguments.keys() == OF_EDITORS
    for name, given in arguments.items():
        kb.ask(name, *given)
