"""Every kind, whichever there are: a record made from its model is loaded, checked, shown, listed and found."""

from __future__ import annotations

import datetime
import json
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from goodpractice.checks import check_project
from goodpractice.content import Project
from goodpractice.kinds.base import Ref, SourceRef
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.marks import list_marks
from goodpractice.kinds.registry import COLLECTIONS, DATA_FILES, KINDS
from goodpractice.kinds.views.links import locate_record
from goodpractice.kinds.vocabulary import VOCABULARIES_FILE
from goodpractice.kinds.vocabulary import _vocabulary as vocabulary
from goodpractice.pages import plan_pages
from goodpractice.query.tracking import Table
from goodpractice.render.macros import bind_macros, make_view
from goodpractice.search.records import list_listed_entries
from tests.helpers.full_records import EXAMPLE, fill_kinds
from tests.helpers.projects import load_folder

ID = "example"
SOURCE = "https://example.org/"
#: What a model asks for and its fields do not say one by one.
TOGETHER: dict[str, dict[str, Any]] = {
    "CaseStudy": {"year": 2026, "sources": [SOURCE]},
    "Event": {"status": "held", "start": "2026-01"},
    "Pack": {
        "points": [ID],
        "worksheet": [{"id": ID, "title": "Words"}],
        "cards": [{"text": f"Question {number}?"} for number in range(8)],
        "steps": [
            {"title": ID, "part": part, "text": ID, "in_30": 10, "in_60": 20, "in_90": 30}
            for part in ("settle", "talk", "decide")
        ],
    },
    "TimelineEntry": {"date": "2026-01"},
}
BODY = "## What happened\n\nWe met.\n\n## What we learned\n\nTo meet again.\n"


def make_values(model: type[BaseModel]) -> dict[str, Any]:
    """The simplest values of the fields that are needed or refer to other records."""
    marks = {path[0]: mark for path, mark in list_marks(model) if path[1:] in ((), ("*",))}
    values = dict(TOGETHER.get(model.__name__, {}))
    for name, info in model.model_fields.items():
        annotation, mark = info.annotation, marks.get(name)
        parts = [part for part in get_args(annotation) if part is not Ellipsis]
        if isinstance(mark, Ref | SourceRef):
            value: Any = ID if isinstance(mark, Ref) else SOURCE
        elif name in values or not info.is_required():
            continue
        elif get_origin(annotation) is Literal:
            value = parts[0]
        elif get_origin(annotation) is tuple:
            value = make_values(parts[0])
        else:
            value = {str: ID, int: 1, datetime.date: "2026-01-31"}[annotation]
        values[name] = [value] if get_origin(annotation) is tuple else value
    return values


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that holds one record of each kind that has a file."""
    root = tmp_path_factory.mktemp("examples")
    (root / "mkdocs.yml").write_text("site_name: Examples\nplugins: [goodpractice]\n")
    files = {
        path: json.dumps({name: [make_values(kind.model)] for name, kind in lists.items()})
        for path, lists in DATA_FILES.items()
    }
    files |= {
        f"{kind.file}{ID}.md": f"---\n{json.dumps(make_values(kind.model))}\n---\n{BODY}"
        for kind in KINDS.values()
        if kind.has_text
    }
    for path, text in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text("# Home\n")
    return load_folder(root)


WITH_FILES = [kind for kind in KINDS.values() if kind.file]


def test_examples_have_no_mistake(examples: Project) -> None:
    assert [str(found) for found in (*examples.diagnostics, *check_project(examples))] == []


@pytest.mark.parametrize("kind", WITH_FILES, ids=lambda kind: kind.id)
def test_the_example_of_a_kind_is_whole(examples: Project, kind: Kind[Any]) -> None:
    kb = examples.kb
    assert list(kb.table(kind.id)) == [ID]
    assert kb.record_name(kind.id, ID) == ID
    if kind.card:
        assert locate_record(kb, kind.id, ID) in bind_macros(kb)[kind.id](ID)


@pytest.mark.parametrize("kind", list(COLLECTIONS))
def test_the_pages_of_a_kind_show_its_example(examples: Project, kind: str) -> None:
    pages = [page for page in plan_pages(examples.kb) if page.id in (kind, ID) and page.kind in (kind, "index")]
    assert {page.url for page in pages} >= {COLLECTIONS[kind].url}
    for page in pages:
        assert make_view(examples.kb, page.macro, page.id, page.number, page.kind)
    listed = {entry.url for entry in list_listed_entries(examples.kb)}
    assert COLLECTIONS[kind].record_url(ID) in listed | {page.url for page in pages}


def test_a_kind_that_no_project_has_yet_gets_a_full_record(small: Project) -> None:
    bare = small.kb.with_tables(Table("resource", {}), Table("setting", {}))
    kb = fill_kinds(bare)
    assert list(kb.resources) == list(kb.table("setting")) == [EXAMPLE]
    assert kb.resources[EXAMPLE].about
    assert not kb.may_exist("resource", "another")


def test_a_vocabulary_can_say_what_its_list_is_called() -> None:
    assert DATA_FILES[VOCABULARIES_FILE]["audiences"].id == "audience"
    assert vocabulary("frequency", "frequency", in_file="frequencies").list == "frequencies"
