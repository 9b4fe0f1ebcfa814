"""A spreadsheet takes no cell for a formula, whatever a text holds."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.formats.csv_files import disarm, write_cells
from tests.helpers.node import run_module

BEGINNINGS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


ARMED = st.builds("".join, st.tuples(st.text("'", max_size=3), st.sampled_from(BEGINNINGS), st.text()))


@given(st.one_of(st.text(), ARMED))
def test_no_text_begins_a_formula_and_each_comes_back(text: str) -> None:
    cell = disarm(text)
    assert cell[:1] not in BEGINNINGS or not cell
    assert cell in (text, f"'{text}")
    # Whoever reads the file takes the apostrophe off where the text behind it could be a formula.
    behind = cell.lstrip("'")
    assert (cell[1:] if behind != cell and behind[:1] in {*BEGINNINGS} else cell) == text


def test_what_a_reader_filtered_is_cut_out_of_the_file_as_it_stands() -> None:
    run = """
    import { chooseRecords, findId } from "SCRIPTS:csv-files.js";
    export default ({ text, urls }) => chooseRecords(text, new Set(urls.map(findId)));
    """
    rows = [["id", "text"], ["a", 'x,"y"\r\nb,z'], ["b", "=1"], ["a-b", "last, of all"]]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    urls = ["case-studies/a/", "glossary/#a-b", "case-studies/x/"]
    chosen = run_module(run, {"text": stream.getvalue(), "urls": urls})
    assert list(csv.reader(io.StringIO(chosen, newline=""))) == [rows[0], rows[1], rows[3]]
    assert all(line in stream.getvalue() for line in chosen.split("\r\n"))


@given(st.lists(st.text(), min_size=1))
def test_a_row_of_any_texts_is_read_as_it_was_written(texts: list[str]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow([cell for text in texts for cell in write_cells(text, [()])])
    (row,) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert row == [disarm(text) for text in texts]


@pytest.mark.parametrize(
    ("record", "path", "cell"),
    [
        ({"lon": -3.18}, ("lon",), -3.18),
        ({"year": 2026}, ("year",), 2026),
        ({"text": "-3.18"}, ("text",), "'-3.18"),
        ({"flag": True}, ("flag",), "true"),
        ({}, ("town",), ""),
        ({"list": ["a", "=b"]}, ("list",), "a | =b"),
        ({"list": ["=a", "b"]}, ("list",), "'=a | b"),
        ({"power": {"who": "all"}}, ("power", "who"), "all"),
        ({}, ("power", "who"), ""),
        ({"partners": [{"role": "led"}, {"name": "A", "role": "sang"}]}, ("partners", "name"), " | A"),
        ({"partners": [{"role": "led"}]}, ("partners", "name"), ""),
    ],
)
def test_a_cell_says_what_the_record_says(record: dict[str, object], path: tuple[str, ...], cell: object) -> None:
    assert list(write_cells(record.get(path[0]), [path[1:]])) == [cell]
