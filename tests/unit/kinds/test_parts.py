"""Parts of sheets: amounts are read as people write them, sums and starts follow from the rows."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content import Project
from goodpractice.kinds.parts import AmountError, Part, list_parts, read_amount, split_ticks, write_amount
from goodpractice.kinds.views.sheets import show_parts
from goodpractice.render.blocks import render_blocks
from tests.helpers.node import run_module

AMOUNTS: dict[str, str | None] = {
    "1200": "1200",
    "£1,200.50": "1200.50",
    "1 200,5": "1200.5",
    "€ 1\u00a0200": "1200",
    "Fr. 1'200.00": "1200",
    "45 minutes": "45",
    "- £30": "-30",
    "£-30": "-30",
    "food - 30": "30",
    "about 0": "0",
    "in kind": None,
    "": None,
    "\u0661\u0662": None,
}
UNCLEAR = ["12 or 15", "1.000.00", "1.200", "1,20,000", "2 x 30"]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS.items())
def test_an_amount_is_read_as_it_is_written(text: str, amount: str | None) -> None:
    assert read_amount(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_nobody_can_tell_is_not_guessed(text: str) -> None:
    with pytest.raises(AmountError):
        read_amount(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["{}", "£{}", "{} €", "about {} pounds"]))
def test_what_is_written_is_read_again(amount: Decimal, around: str) -> None:
    assert read_amount(around.format(write_amount(amount))) == amount


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_none_or_refused(text: str) -> None:
    try:
        assert read_amount(text) is None or any(character in "0123456789" for character in text)
    except AmountError:
        assert any(character in "0123456789" for character in text)


def test_ticks_are_taken_apart() -> None:
    assert split_ticks("food; rooms ;") == ("food", "rooms")


SIZES, HEAD = ("line", "line", "lines"), "gp-sheet__head"


def find_part(project: Project, id: str) -> Part:
    sheet = project.kb.table("template").raw["agreement"]
    return next(part for __, part in list_parts(sheet) if part.id == id)


def test_columns_of_the_example_are_summed(small: Project) -> None:
    costs = find_part(small, "costs")
    assert costs.example_sums == ("", "1,100", "50.50")
    assert (costs.grand_unit, costs.example_whole) == ("£", "1,150.50")
    assert [costs.cells_of(row) for row in costs.all_rows][2:] == [("", "", "")] * 2


def test_steps_begin_where_the_one_before_them_ends(small: Project) -> None:
    assert find_part(small, "hour").starts == (0, 20)


def test_short_answers_leave_their_room_to_long_ones(small: Project) -> None:
    costs = find_part(small, "costs")
    assert (costs.is_labelled, costs.narrow) == (True, ())
    marks = [column.model_copy(update={"size": size}) for column, size in zip(costs.columns, SIZES, strict=True)]
    table = costs.model_copy(update={"columns": tuple(marks)})
    assert table.narrow == (1,)
    assert table.model_copy(update={"rows": ()}).narrow == (0, 1)
    html = str(render_blocks(small.kb, [show_parts("agreement", (table,))]))
    assert re.findall(r'<th class="([^"]*head[^"]*)"', html) == [HEAD, f"{HEAD} {HEAD}--narrow", HEAD]
    paper = str(render_blocks(small.kb, [show_parts("agreement", (table,), shown="blank")]))
    assert paper.count("gp-sheet__narrow") == paper.count("gp-sheet__grid--labelled") == 1


def test_sums_in_several_units_are_not_added(small: Project) -> None:
    costs = find_part(small, "costs")
    hours = costs.columns[1].model_copy(update={"unit": "hours"})
    assert costs.model_copy(update={"columns": (costs.columns[0], hours, costs.columns[2])}).grand_unit is None


def test_every_place_to_write_has_a_name_and_is_named_once(small: Project) -> None:
    sheet = small.kb.table("template").raw["agreement"]
    html = str(render_blocks(small.kb, [show_parts("agreement", sheet.parts)]))
    places = re.findall(r'<(?:input|textarea)[^>]*? id="([^"]+)" name="([^"]+)"', html)
    labelled = re.findall(r'<label[^>]*? for="([^"]+)"', html)
    assert len(places) == 16
    assert [id for id, _ in places] == labelled
    assert len({name for _, name in places}) == len(places)
    described = re.findall(r'aria-describedby="([^"]+)"', html)
    assert all(f'id="{id}"' in html for id in described)


def test_the_browser_reads_amounts_in_the_same_way() -> None:
    texts = [*AMOUNTS, *UNCLEAR, "0.05", "\u2212 £1,234,567.89"]
    source = 'import { readAmount } from "SCRIPTS:amounts.js";\nexport default (texts) => texts.map(readAmount);'
    assert run_module(source, texts) == [count_hundredths(text) for text in texts]


def count_hundredths(text: str) -> int | None:
    """What JSON makes of the answer of the browser: nothing for what is no number."""
    try:
        return int((read_amount(text) or 0) * 100)
    except AmountError:
        return None
