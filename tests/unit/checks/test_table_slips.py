"""Cells of a table that are shown, whatever bars stand in their code."""

from __future__ import annotations

import pytest

from goodpractice.checks.table_slips import check_table_slips
from goodpractice.content.document import Document

TABLE = "| a | b |\n|---|---|\n| `a|b` | c |"


@pytest.mark.parametrize(("path", "told"), [("handbook/a.md", 0), ("case_studies/a.md", 1)])
def test_bars_in_code_part_cells_in_stories_and_not_on_pages_of_editors(path: str, told: int) -> None:
    lines = TABLE.split("\n")
    assert len(list(check_table_slips(Document(path, TABLE), lines, range(len(lines))))) == told
