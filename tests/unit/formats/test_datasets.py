"""What is published as data: every field of every kind is decided upon, and nothing private is among the values."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from goodpractice.content.fields import find_inner
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.csv_files import MARK, SEPARATOR, list_columns
from goodpractice.formats.datasets import PAGE, Dataset, collect_fields, describe_site, list_kinds
from goodpractice.formats.registry import write_files
from goodpractice.kinds import Partner, PhotoInfo
from goodpractice.kinds.base import PLACE_FIELDS, Placed, Unpublished
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.registry import KINDS
from goodpractice.query.tracking import Table
from tests.helpers.full_records import fill_kinds
from tests.helpers.projects import REPOSITORY, SMALL, load_folder, read_repository
from tests.helpers.yaml_files import read_yaml

WHOLE = pytest.mark.thorough("every record of this repository is compared with its schema, in Python")
DECISIONS = Path(__file__).with_name("decided.yml").read_text(encoding="utf-8")
DECIDED = read_yaml(DECISIONS)
WITH_FILES = [kind for kind in KINDS.values() if kind.file]
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


@cache
def knowledge(root: Path) -> KnowledgeBase:
    return read_repository().kb if root == REPOSITORY else load_folder(root).kb


def read(kb: KnowledgeBase, kind: Kind[Any]) -> Dataset:
    return Dataset(kb, kind, describe_site(kb))


def write(dataset: Dataset, ending: str) -> str:
    return dict(write_files(dataset, [ending]))[ending].text


def list_paths(model: type[BaseModel]) -> list[str]:
    """Every field of a model, and of the models within it."""
    paths = []
    for name, info in model.model_fields.items():
        inner = find_inner(info.annotation)
        paths += [name, *(f"{name}.{path}" for path in list_paths(inner))] if inner else [name]
    return paths


def test_no_model_is_decided_upon_twice() -> None:
    assert len(re.findall(r"^\w+:", DECISIONS, re.MULTILINE)) == len(DECIDED)


@pytest.mark.parametrize(
    "model", sorted({kind.model for kind in WITH_FILES}, key=str), ids=lambda model: model.__name__
)
def test_every_field_is_decided_upon(model: type[BaseModel]) -> None:
    decided = DECIDED.get(model.__name__, {"published": [], "left out": []})
    published, left_out = decided["published"], decided.get("left out") or []
    shown = set(collect_fields(model))
    undecided = [path for path in list_paths(model) if path not in published and path.partition(".")[0] not in left_out]
    assert undecided == [], (
        "Does everybody see these fields on a page, and may they? Then add them under `published` in "
        "tests/unit/formats/decided.yml. Otherwise mark them as `Unpublished` in the model and add them "
        "under `left out`."
    )
    assert shown.isdisjoint(left_out), "these are not marked as `Unpublished`"
    assert {path for path in published if "." not in path} & set(model.model_fields) <= shown


def test_a_mark_within_a_part_would_do_nothing_and_is_not_there() -> None:
    for kind in WITH_FILES:
        for info in kind.model.model_fields.values():
            inner = find_inner(info.annotation)
            marks = [mark for field in (inner.model_fields.values() if inner else ()) for mark in field.metadata]
            assert not any(isinstance(mark, Unpublished) for mark in marks), kind.id


@pytest.mark.parametrize("root", [pytest.param(REPOSITORY, marks=WHOLE), SMALL], ids=["repository", "small"])
def test_json_fits_its_schema(root: Path) -> None:
    kb = knowledge(root)
    kinds = list(list_kinds(kb))
    assert len(kinds) > 8
    for kind in kinds:
        dataset = read(kb, kind)
        schema = json.loads(write(dataset, "schema.json"))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        written = json.loads(write(dataset, "json"))
        assert [f"{kind.id} {error.json_path}: {error.message}" for error in validator.iter_errors(written)] == []
        assert len(written["records"]) == len(kb.table(kind.id))
        assert written["edition"] == kb.edition
    assert kb.edition >= "2025-01-31"


def test_a_full_record_fits_its_schema_and_keeps_its_fields() -> None:
    kb = fill_kinds(knowledge(REPOSITORY))
    for kind in list_kinds(kb):
        dataset = read(kb, kind)
        record = next(dataset.list_records())
        validator = Draft202012Validator(json.loads(write(dataset, "schema.json")))
        assert [error.message for error in validator.iter_errors(json.loads(write(dataset, "json")))] == []
        assert set(record) - {"id", PAGE} <= set(collect_fields(kind.model))
        first = kb.table(kind.id).raw[record["id"]]
        given = {name for name in collect_fields(kind.model) if getattr(first, name) not in (None, (), False)}
        assert given - set(record) <= {"photos"}, kind.id


def test_csv_reads_back_as_the_same_records() -> None:
    kb = knowledge(REPOSITORY)
    for kind in list_kinds(kb):
        dataset = read(kb, kind)
        text = write(dataset, "csv")
        assert text.startswith(MARK)
        rows = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))
        names, records = rows[0], list(dataset.list_records())
        assert names == [".".join(path) for path in list_columns(dataset)]
        assert len(rows) - 1 == len(records)
        for row, record in zip(rows[1:], records, strict=True):
            shown = dict(zip(names, row, strict=True))
            assert shown["id"].removeprefix("'") == record["id"]
            for name, value in record.items():
                if isinstance(value, list) and value and isinstance(value[0], str):
                    assert shown[name].split(SEPARATOR) == value
                elif isinstance(value, str | int | float) and not isinstance(value, bool):
                    assert shown[name] == str(value)


def test_no_address_is_published_that_the_community_has_not_allowed() -> None:
    kb = knowledge(REPOSITORY)
    allowed = set(kb.settings.own.allowed_contacts)
    for kind in list_kinds(kb):
        assert set(ADDRESS.findall(write(read(kb, kind), "json"))) <= allowed


def test_a_photo_that_may_not_be_shown_is_not_named() -> None:
    kb = fill_kinds(knowledge(REPOSITORY))
    kind = KINDS["case_study"]
    case_id, case = next(iter(kb.case_studies.raw.items()))
    values = {**case.model_dump(), "photos": [{"file": f"{name}.jpg", "alt": name} for name in ("shown", "hidden")]}
    kb = kb.with_tables(
        Table(kind.id, {case_id: kind.model.model_validate(values)}),
        photos={(case_id, "shown.jpg"): PhotoInfo(1, 1, "")},
    )
    (record,) = read(kb, kind).list_records()
    assert record["photos"] == [{"file": "shown.jpg", "alt": "shown"}]
    assert "situations" not in record


def test_a_place_that_is_withheld_is_in_no_file() -> None:
    kb = knowledge(REPOSITORY)
    kind = KINDS["partner"]
    values = {"id": "a", "name": "A", "town": "Hidden", "region": "Wales", "map": "withheld", "sources": ["x"]}
    records = {"a": Partner.model_validate(values), "b": Partner.model_validate({**values, "id": "b", "map": "shown"})}
    hidden, shown = read(kb.with_tables(Table(kind.id, records)), kind).list_records()
    assert PLACE_FIELDS.isdisjoint(hidden)
    assert shown["town"] == "Hidden"
    assert "map" not in {*hidden, *shown}
    assert [kind.id for kind in WITH_FILES if issubclass(kind.model, Placed)] == ["partner", "network", "event"]
