"""The page on which partners mark where they stand: there for whatever dimensions a community has."""

from __future__ import annotations

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import Group, Widget
from goodpractice.kinds.equity_dimension import (
    EQUITY_DIMENSION,
    EquityDimension,
    link_dimensions,
    reflect_page,
    reflect_paper,
)
from goodpractice.kinds.texts import RecordLink
from goodpractice.pages import plan_pages
from goodpractice.query.tracking import Table
from goodpractice.render.navigation import expand_nav

NAV = [{"Reflect": "reflect/"}, {"Home": "index.md"}]


def give(kb: KnowledgeBase, **dimensions: EquityDimension) -> KnowledgeBase:
    return kb.with_tables(Table(EQUITY_DIMENSION, dimensions))


def show(kb: KnowledgeBase) -> Widget:
    return next(block for block in reflect_page(kb) if isinstance(block, Widget) and block.name == "reflection")


def test_a_community_without_dimensions_has_no_page_and_no_entry_in_the_menu(small: Project) -> None:
    for kb, is_there in ((small.kb, True), (give(small.kb), False)):
        plan = plan_pages(kb)
        assert any(page.url == "reflect/" for page in plan) == is_there
        listed = [{"Reflect": "reflect/index.md"}] if is_there else []
        assert expand_nav(NAV, plan) == [*listed, {"Home": "index.md"}]


def test_other_dimensions_are_asked_with_their_own_steps_or_with_ours(small: Project) -> None:
    (chapter, *_) = small.kb.table("chapter")
    (resource, *_) = small.kb.table("resource")
    voice = EquityDimension(id="voice", name="Voice", description="Who speaks?", steps=("Nobody", "All"))
    place = EquityDimension(id="place", name="Place", chapters=(chapter, "gone"), resource=resource)
    kb = give(small.kb, voice=voice, place=place)
    shown = show(kb).values
    one, other = shown["dimensions"]
    assert (one["question"], one["steps"], one["helps"]) == ("Who speaks?", ("Nobody", "All"), [])
    assert len(other["steps"]) == 4
    assert [group["links"] for group in other["helps"]] == [[RecordLink("chapter", chapter)]]
    assert shown["follows"]
    assert not show(give(small.kb, voice=voice)).values["follows"]
    links = link_dimensions(kb, chapter)
    assert isinstance(links, Group)
    assert [entry.text for entry in links.entries] == [RecordLink(EQUITY_DIMENSION, "place")]
    (sheet,) = (block for block in reflect_paper(kb, EQUITY_DIMENSION) if isinstance(block, Widget))
    parts = {part.id: part for part in sheet.values["parts"]}
    assert [row.label for row in parts["voice"].rows] == ["Nobody", "All", "We cannot say"]


def test_the_steps_of_a_dimension_that_has_a_question_are_asked_by_it(small: Project) -> None:
    asked = EquityDimension(id="a", name="A", description="When to choose it.", question="Who?")
    (one,) = show(give(small.kb, a=asked)).values["dimensions"]
    assert one["question"] == "Who?"
