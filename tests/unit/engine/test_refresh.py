"""What is known to be the same without asking."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from goodpractice.config.project_folders import case_study_path
from goodpractice.content.related import CaseSummary
from goodpractice.engine.refresh import Difference, find_local
from goodpractice.engine.sources import FileState, Signature
from goodpractice.engine.state import BuiltFile
from goodpractice.engine.store import Store
from goodpractice.kinds import CASE_STUDY
from goodpractice.outputs.pages import TEXT


class Unasked:
    """A knowledge base that nobody may ask."""

    def __getattr__(self, name: str) -> Any:
        pytest.fail(f"asked for {name}")


@pytest.mark.parametrize("number", [1, 3, 1000])
def test_where_only_texts_differ_nothing_is_related_anew(number: int) -> None:
    moved = {f"case-{one}": CaseSummary(2020, f"Title {one}", "", {}) for one in range(number)}
    difference = Difference(
        stories=frozenset(moved),
        fields={(CASE_STUDY, case_id): frozenset({TEXT}) for case_id in moved},
        moved=moved,
    )
    kb: Any = Unasked()
    assert difference.find_doubtful(kb) == {}


PAGE = BuiltFile("pages", "the plan", case_study_path("one"), b"", "", "", 0, FileState(Signature(1, 1, 1, 1), "", 1))


@pytest.mark.parametrize(
    ("beside", "is_local"),
    [
        ({}, True),
        ({"case-studies/one/index.md": PAGE._replace(output="texts", source="")}, True),
        # Made from more than the page: how it is printed, and who it shows besides.
        ({"case-studies/one/one.pdf": PAGE._replace(output="papers as pdf", source="")}, False),
        ({"case-studies/one/of-somebody.md": PAGE._replace(output="nobody knows it", source="")}, False),
        # Another page.
        ({"case-studies/one/two/index.html": PAGE._replace(plan="another", source="docs/two.md")}, False),
        # Of the folders before and after it.
        ({"case-studies/one-and-a-half/one.pdf": PAGE._replace(output="papers as pdf", source="")}, True),
        ({"case-studies/one.pdf": PAGE._replace(output="papers as pdf", source="")}, True),
    ],
)
def test_an_edit_stays_with_a_page_beside_which_nothing_is_made_from_more(
    tmp_path: Path, beside: dict[str, BuiltFile], is_local: bool
) -> None:
    store, page = Store(tmp_path / "state.sqlite"), {"case-studies/one/index.html": PAGE}
    with store.rewriting() as writer:
        writer.write_outputs([*page.items(), *beside.items()])
    scan: Any = SimpleNamespace(changed=[case_study_path("one")], modified=[])
    own = {name: file for name, file in beside.items() if name.startswith("case-studies/one/")}
    assert find_local(store, scan) == ({**page, **own} if is_local else None)
    scan.modified = [*own, "index.html"]
    assert find_local(store, scan) is None
