from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.content.document import Document, Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds.registry import KINDS


def ids(found: Any) -> list[str]:
    return [record_id for record_id, _ in found]


def test_it_is_frozen(small: Project) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.kb.partners = None  # type: ignore[misc,assignment]
    with pytest.raises(TypeError):
        small.kb.partners["x"] = None  # type: ignore[index]
    with pytest.raises(TypeError):
        small.kb.documents["doc", "x"] = None  # type: ignore[index]


def test_an_empty_one_answers_every_question() -> None:
    kb = KnowledgeBase()
    assert list(kb.ordered_case_studies) == []
    assert list(kb.select_case_studies(theme="trust")) == []
    assert kb.select_chapters(["trust"]) == ()
    assert kb.partners_with("open-doors", "programmes") == ()
    assert kb.choice_name("audience", "families") == "families"


def test_tables_by_kind(small: Project) -> None:
    for kind in KINDS:
        assert small.kb.table(kind).kind == kind
    assert set(small.kb.table("audience")) == {"families"}
    with pytest.raises(KeyError):
        small.kb.table("mood")


def test_case_studies_are_selected_by_every_facet(small: Project) -> None:
    kb = small.kb
    assert ids(kb.ordered_case_studies) == ["supper", "park"]
    assert ids(kb.select_case_studies(theme="trust")) == ["supper", "park"]
    assert ids(kb.select_case_studies(theme="money")) == ["supper"]
    assert ids(kb.select_case_studies(partner="river-group", theme="trust")) == ["supper"]
    assert ids(kb.select_case_studies(programme="open-doors", audience="families")) == ["supper"]
    assert ids(kb.select_case_studies(partner="ty-celf")) == []
    assert ids(kb.select_case_studies(partner="not named")) == []
    assert ids(kb.select_case_studies(theme="trust", partner=None)) == ["supper", "park"]
    assert ids(kb.select_case_studies(theme="trust")[1:]) == ["park"]
    assert kb.select_case_studies(theme="trust")[-1][0] == "park"
    assert len(kb.select_case_studies(theme="trust")) == 2


def test_chapters_are_selected_in_reading_order(small: Project) -> None:
    assert ids(small.kb.ordered_chapters) == ["begin", "money"]
    assert ids(small.kb.select_chapters(["money", "trust"])) == ["begin", "money"]
    assert ids(small.kb.select_chapters(["money"])) == ["money"]


def test_an_empty_question_is_not_answered_with_everything(small: Project) -> None:
    assert small.kb.select_chapters([]) == ()
    assert small.kb.select_chapters({}) == ()
    assert small.kb.chapters_about((), (), 4) == ()
    for facets in ({}, {"theme": None}, {"theme": None, "partner": None}):
        with pytest.raises(ValueError, match="give a facet"):
            small.kb.select_case_studies(**facets)


def test_members_and_names(small: Project) -> None:
    kb = small.kb
    assert [partner.id for partner in kb.partners_with("open-doors", "programmes")] == ["hill-museum"]
    assert [partner.id for partner in kb.partners_with("museum-net", "networks")] == ["hill-museum"]
    assert [partner.id for partner in kb.ordered_partners] == ["hill-museum", "river-group", "ty-celf"]
    assert kb.choice_name("audience", "families") == "Families"
    assert kb.choice_name("audience", "bees") == "bees"


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["Zoo", "Ŵyl", "The Ark", "ark", "Éclair"], ["The Ark", "ark", "Éclair", "Ŵyl", "Zoo"]),
        (["W5", "w4"], ["w4", "W5"]),
    ],
)
def test_names_sort_as_readers_expect(names: list[str], ordered: list[str]) -> None:
    assert sorted(names, key=sort_key) == ordered


def test_an_origin_finds_the_nearest_value() -> None:
    origin = Origin("x.yml", ("partners", 1), {("partners", 1): (7, 5), ("partners", 1, "id"): (7, 9)})
    assert origin.find(("id",)) == (7, 9)
    assert origin.find(("brings", 0, "what")) == (7, 5)
    assert Origin("x.yml").find(("id",)) == (1, 1)
    assert origin.diagnose(("id",), "GP301", "wrong", "write") == Diagnostic("x.yml", 7, 9, "GP301", "wrong", "write")


def test_lines_of_a_body_are_counted_in_the_file() -> None:
    found = Document("x.md", "one\ntwo", body_line=5).diagnose(1, "GP401", "wrong", column=3)
    assert found == Diagnostic("x.md", 6, 3, "GP401", "wrong")


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (238, 1), (600, 3), (2380, 10)])
def test_reading_time(words: int, minutes: int) -> None:
    assert Document("x.md", "word " * words).reading_minutes == minutes


def test_what_may_exist(small: Project) -> None:
    assert not small.kb.may_exist("partner", "anybody")
    kb = dataclasses.replace(small.kb, unread=frozenset({"partner"}))
    assert kb.may_exist("partner", "anybody")
    assert not kb.may_exist("theme", "anything")
