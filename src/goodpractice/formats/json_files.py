"""A kind as JSON, and the JSON Schema of that file."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from goodpractice.formats.datasets import PAGE, Dataset, Lines, collect_fields, may_be_withheld
from goodpractice.kinds import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_print = json.JSONEncoder(ensure_ascii=False).encode


def begin_json(dataset: Dataset) -> Lines:
    """All records as JSON, each on a line of its own."""
    about = dataset.about
    head = {
        "$schema": f"{dataset.name}.schema.json",
        "title": dataset.title,
        "site": about.site_name,
        "licence": about.licence,
        "edition": about.edition,
    }
    given = {name: value for name, value in head.items() if value}
    return Lines(f'{_print(given)[:-1]}, "records": [\n', _print, ",\n", "\n]}\n")


@cache
def _make_schema(model: type[Record]) -> dict[str, Any]:
    """The schema of a model, not to be changed: in a process that stays, it is made once."""
    return model.model_json_schema()


def begin_schema(dataset: Dataset) -> Lines:
    """The JSON Schema (2020-12) of that file: the descriptions are those of the model."""
    schema = dict(_make_schema(dataset.model))
    definitions = schema.pop("$defs", {})
    published = set(collect_fields(dataset.model))
    properties: dict[str, Any] = {"id": {"type": "string", "description": "Permanent short name."}}
    if dataset.kind.collection:
        properties[PAGE] = {"type": "string", "description": "Address of its page on this site."}
    properties |= {name: value for name, value in schema["properties"].items() if name in published}
    needed = {"id", *published & set(schema.get("required", ()))} - may_be_withheld(dataset.model)
    record = {
        **schema,
        "properties": {name: properties[name] for name in dataset.fields},
        "required": [name for name in dataset.fields if name in needed or name == PAGE],
    }
    texts = {name: {"type": "string"} for name in ("$schema", "title", "site", "licence", "edition")}
    whole = {
        "$schema": _DIALECT,
        "title": dataset.title,
        "type": "object",
        "additionalProperties": False,
        "required": ["$schema", "title", "records"],
        "properties": {**texts, "records": {"type": "array", "items": record}},
        "$defs": definitions,
    }
    return Lines(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
