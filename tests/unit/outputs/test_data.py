"""Files of records are made of the files before, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import Dataset, describe_site
from goodpractice.formats.registry import list_formats, write_files
from goodpractice.kinds import CASE_STUDY
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.registry import KINDS
from goodpractice.outputs.data import Data, list_shared
from goodpractice.outputs.output import LastFile, Made
from goodpractice.outputs.site import Site, SiteInputs
from goodpractice.query.tracking import Table
from tests.helpers.closed_table import ClosedTable
from tests.helpers.full_records import fill_kinds

PIECED = [kind for kind in KINDS.values() if kind.file and list_shared(kind)]


def change(kb: KnowledgeBase, kind: str, record_id: str, **values: Any) -> KnowledgeBase:
    records = dict(kb.table(kind).raw)
    records[record_id] = records[record_id].model_copy(update=values)
    return kb.with_tables(Table(kind, records))


def make(kb: KnowledgeBase, last: Mapping[str, Made]) -> dict[str, Made]:
    """Every file of the data of a site, made of those before."""
    site = Site(Project(Path(), kb, ()), inputs=SiteInputs("", "", ()))
    found = {name: LastFile(made.data, made.note) for name, made in last.items()}
    site.find_last = found.get
    return {target.name: Data().make(site, target) for target in Data().list_targets(site)}


@pytest.mark.parametrize("kind", PIECED, ids=lambda kind: kind.id)
def test_a_piece_is_made_of_the_kinds_that_its_file_notes(small: Project, kind: Kind[Any]) -> None:
    kb = fill_kinds(small.kb)
    closed = kb.with_tables(
        *(Table(other, ClosedTable()) for other in KINDS if other not in (kind.id, *list_shared(kind)))
    )
    about = describe_site(kb, with_edition=False)
    whole, alone = (dict(write_files(Dataset(one, kind, about), list_formats(kind))) for one in (kb, closed))
    assert whole == alone


def test_case_studies_are_among_what_is_made_of_pieces() -> None:
    assert KINDS[CASE_STUDY] in PIECED


def test_only_what_says_something_else_is_written_anew(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    real = Dataset.read

    def note(self: Dataset, record_id: str, text: str) -> dict[str, Any]:
        read.append((self.kind.id, record_id))
        return real(self, record_id, text)

    monkeypatch.setattr(Dataset, "read", note)
    kb = small.kb
    before = make(kb, {})
    for edited, again in (
        (change(kb, CASE_STUDY, "park", title="Anew"), {"park"}),
        (kb.with_tables(Table(CASE_STUDY, {"park": kb.case_studies.raw["park"]})), set()),
        (change(kb, "theme", "trust", name="Anew"), {*kb.case_studies.raw}),
    ):
        read.clear()
        made = make(edited, before)
        assert {record_id for kind, record_id in read if kind == CASE_STUDY} == again
        assert made == make(edited.with_tables(), {})


def test_the_files_of_a_kind_are_let_go_of_when_the_next_is_written(small: Project) -> None:
    site, data = Site(small), Data()
    targets = [target for target in data.list_targets(site) if target.name.endswith((".csv", ".json"))]
    for target in targets:
        data.make(site, target)
    assert len(site.made_last._cached) == 1
