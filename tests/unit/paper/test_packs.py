"""Meeting packs on paper: the plan is a table of three lengths, and each handout begins a page."""

from __future__ import annotations

from goodpractice.content import Project
from goodpractice.kinds.blocks import Section
from goodpractice.kinds.pack import pack_paper
from goodpractice.paper.office import Grid, OfficeHeading
from goodpractice.paper.office_pages import list_nodes
from goodpractice.query.tracking import Table


def test_the_plan_has_a_column_for_each_length(small: Project) -> None:
    pack = small.kb.table("pack")["begin"]
    talk = pack.steps[1].model_copy(update={"in_30": None, "needs": "The cards"})
    changed = pack.model_copy(update={"steps": (pack.steps[0], talk, pack.steps[2])})
    kb = small.kb.with_tables(Table("pack", {"begin": changed}))
    plan = next(node for node in list_nodes(kb, pack_paper(kb, "begin")) if isinstance(node, Grid) and node.head)
    assert plan.head == ("Step", "30", "60", "90")
    shown = [[" ".join(words.text for words in cell) for cell in row.cells] for row in plan.rows]
    assert shown == [
        ["Tea Drink it while it is hot.", "10", "20", "30"],
        ["One card each Everybody answers one. Needs: The cards", "\u2013", "30", "50"],
        ["A day Choose one. Say: When do we meet again", "5", "10", "10"],
        ["Total", "30", "60", "90"],
    ]


def test_each_handout_begins_a_page(small: Project) -> None:
    headings = [node for node in list_nodes(small.kb, pack_paper(small.kb, "begin")) if isinstance(node, OfficeHeading)]
    begin = [heading.text for heading in headings if heading.own_page]
    assert begin == ["Summary on one page", "Cards and worksheet", "What comes next"]


def test_a_card_names_the_case_study_that_it_tells_of(small: Project) -> None:
    view = pack_paper(small.kb, "begin")
    handouts = next(block for block in view if isinstance(block, Section) and block.id == "handouts")
    cards = next(node for node in list_nodes(small.kb, [handouts]) if isinstance(node, Grid) and node.is_cut)
    told = [words.text for row in cards.rows for cell in row.cells for words in cell]
    at = told.index("Who cooked in Uphill?")
    assert told[at + 1] == "Case study: Supper and science"
    assert sum(text.startswith("Case study:") for text in told) == 1
