"""What the tests of the search share: the small project, with the words that readers use."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.kinds import Term
from goodpractice.kinds.case_study.model import Power
from goodpractice.query.tracking import Table

TERMS = (
    Term(
        id="hard-to-reach",
        word="Hard to reach",
        also=("difficult to reach", "hard to engage"),
        say_instead=("Under-served",),
        use="avoid",
        meaning="A word.",
        why="It blames people.",
        sources=("https://example.org/",),
    ),
    Term(
        id="under-served",
        word="Under-served, minoritised",
        use="preferred",
        meaning="A word.",
        sources=("https://example.org/",),
    ),
)


def change(project: Project, kind: str, **changes: dict[str, Any]) -> Table[Any]:
    """The records of a kind, some of them with other values: by their ids, with `_` for `-`."""
    updates = {record_id.replace("_", "-"): values for record_id, values in changes.items()}
    records = project.kb.table(kind).raw
    return Table(kind, {id: record.model_copy(update=updates.get(id, {})) for id, record in records.items()})


@pytest.fixture(scope="session")
def worded(small: Project) -> Project:
    kb = small.kb.with_tables(
        Table("term", {term.id: term for term in TERMS}),
        change(small, "theme", trust={"also": ("building relationships",)}),
        change(small, "audience", families={"also": ("parents",)}),
        change(small, "partner", river_group={"formerly": "Riverside Circle", "town": "Ferrytown"}),
        change(
            small,
            "case_study",
            supper={"power": Power(who_held_the_money="The group.")},
            park={"title": "Park_12: chairs in the shade", "period": "not documented", "place": "Hilltop"},
        ),
    )
    return replace(small, kb=kb)
