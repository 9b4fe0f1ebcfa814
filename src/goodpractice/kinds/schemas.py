"""JSON Schemas of the data files, of front matter and of our settings in `mkdocs.yml`, made from the models."""

from __future__ import annotations

import json
import re
from typing import Any

from goodpractice.config.look import ThemeSettings
from goodpractice.config.mkdocs_file import OWN
from goodpractice.config.model import GoodPracticeSettings
from goodpractice.config.site_model import ExtraSettings
from goodpractice.i18n.languages import CODE
from goodpractice.kinds.photo import PHOTO_NAME, Consent
from goodpractice.kinds.registry import DATA_FILES, KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def build_schemas() -> dict[str, str]:
    """File name and text of every schema, in a fixed order."""
    schemas: dict[str, str] = {}
    for path, lists in DATA_FILES.items():
        stem = path.rsplit("/", 1)[-1].removesuffix(".yml")
        schemas[f"{stem}.schema.json"] = _print(_describe_lists(path, lists))
    for kind in KINDS.values():
        if not kind.list:
            schema = {"$schema": _DIALECT, **kind.model.model_json_schema()}
            schemas[f"{kind.id}.schema.json"] = _print(schema)
    schemas["consent.schema.json"] = _print(_describe_ledger())
    schemas["mkdocs.schema.json"] = _write(_describe_settings())
    return schemas


def _describe_settings() -> dict[str, Any]:
    """`mkdocs.yml`: everything that MkDocs takes, and what stands below `theme` and `extra`."""
    own = GoodPracticeSettings.model_json_schema()
    extra, theme = ExtraSettings.model_json_schema(), ThemeSettings.model_json_schema()
    definitions = {name: schema for model in (own, extra, theme) for name, schema in model.pop("$defs", {}).items()}
    # A line `cy:` alone names a language, too.
    language = {"anyOf": [{"$ref": "#/$defs/LanguageSettings"}, {"type": "null"}]}
    own["properties"]["languages"] |= {
        "patternProperties": {f"^{CODE.pattern}$": language},
        "additionalProperties": False,
    }
    extra["properties"][OWN[1]] = {"$ref": "#/$defs/GoodPracticeSettings"}
    return {
        "$schema": _DIALECT,
        "title": "mkdocs.yml",
        "type": "object",
        "properties": {"theme": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/ThemeSettings"}]}, OWN[0]: extra},
        "$defs": {**definitions, "GoodPracticeSettings": own, "ThemeSettings": theme},
    }


def _describe_ledger() -> dict[str, Any]:
    schema = Consent.model_json_schema()
    return {
        "$schema": _DIALECT,
        "title": "case_studies/<id>/consent.yml",
        "type": "object",
        "additionalProperties": False,
        "patternProperties": {f"^{PHOTO_NAME.pattern}$": {"$ref": "#/$defs/Consent"}},
        "$defs": {**schema.pop("$defs", {}), "Consent": schema},
    }


def _describe_lists(path: str, lists: Any) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    for name, kind in lists.items():
        schema = kind.model.model_json_schema()
        definitions.update(schema.pop("$defs", {}))
        definitions[kind.model.__name__] = schema
        properties[name] = {"type": "array", "items": {"$ref": f"#/$defs/{kind.model.__name__}"}}
    return {
        "$schema": _DIALECT,
        "title": path,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": definitions,
    }


def _loosen(schema: Any) -> Any:
    """The schema with what the loader accepts besides: numbers for texts, and numbers between quotation marks."""
    if isinstance(schema, list):
        return [_loosen(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    loose = {name: value if name in ("default", "enum") else _loosen(value) for name, value in schema.items()}
    match schema.get("type"):
        case "integer":
            loose |= {"type": ["integer", "string"], "pattern": r"^[-+]?\d+$"}
        case "number":
            loose |= {"type": ["number", "string"], "pattern": r"^[-+]?\d+(\.\d+)?$"}
        case "string" if not schema.keys() & {"enum", "const", "format"}:
            if re.search(schema.get("pattern", ""), "2020"):
                loose["type"] = ["string", "number"]
    return loose


def _print(schema: dict[str, Any]) -> str:
    return _write(_loosen(schema))


def _write(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
