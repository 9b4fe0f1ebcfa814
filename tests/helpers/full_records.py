"""Records with something in every field: what a view can show, it shows."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import MinLen
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from goodpractice.content.fields import find_inner, list_parts
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import Record
from goodpractice.kinds.base import Ref, SourceRef
from goodpractice.kinds.registry import KINDS
from goodpractice.query.tracking import Table

#: Id of the record of a kind that has none.
EXAMPLE = "example"
#: Fields that change what a record is: an entry in a list instead of a page, files beside it, a part of another.
LEFT_EMPTY = frozenset({"listed_in", "photos", "part_of", "map"})
#: Tried one after the other: words, an address, a year, an id, a time zone, a day of the month, a digest.
_TEXTS = ("Words", "https://example.org/page", "2019", "word", "Europe/London", "last Friday", "word-01234567")
#: Tried one after the other: a year or a latitude, a few.
_NUMBERS = {int: (2019, 3), float: (51.5,)}


def fill_kinds(kb: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base with the first record of each kind filled, and with one of each kind that has none."""
    empty = [table.kind for table in kb.tables.values() if not table and "id" in KINDS[table.kind].model.model_fields]
    # Vocabularies come first: the fields of others choose from them.
    for kind in sorted(empty, key=lambda kind: not KINDS[kind].is_vocabulary):
        kb = kb.with_tables(Table(kind, {EXAMPLE: _make_record(KINDS[kind].model, kb)}))
    kb = kb.with_tables(unread=kb.unread.difference(empty), absent={})
    tables = []
    for table in kb.tables.values():
        records = {record_id: table[record_id] for record_id in table}
        if records and table.kind != "translation":
            first = next(iter(records))
            records[first] = fill_record(records[first], kb)
            tables.append(Table(table.kind, records))
    return kb.with_tables(*tables)


def _make_record(model: type[Record], kb: KnowledgeBase) -> Record:
    values: dict[str, Any] = {"id": EXAMPLE}
    _fill(model, values, kb)
    return model.model_validate({name: value for name, value in values.items() if value is not None})


def fill_record(record: Record, kb: KnowledgeBase) -> Record:
    """The record with a value in every field that takes one; those it has stay."""
    values = thaw(record.model_dump())
    _fill(type(record), values, kb)
    for _ in range(9):
        try:
            return type(record).model_validate(values)
        except ValidationError as error:
            before = record.model_dump()
            for detail in error.errors():
                name = detail["loc"][0]
                values[name] = before[name]
    raise AssertionError(f"{type(record).__name__} cannot be filled")


def thaw(value: Any) -> Any:
    """Lists for tuples, all the way down."""
    if isinstance(value, dict):
        return {key: thaw(below) for key, below in value.items()}
    return [thaw(below) for below in value] if isinstance(value, (list, tuple)) else value


def _fill(model: type[Any], values: dict[str, Any], kb: KnowledgeBase) -> None:
    for name, field in model.model_fields.items():
        inner = find_inner(field.annotation)
        if name in LEFT_EMPTY:
            continue
        if values.get(name) in (None, [], "", {}):
            values[name] = _make(field, kb)
        elif inner is not None:
            for below in values[name] if isinstance(values[name], list) else [values[name]]:
                _fill(inner, below, kb)


def _make(field: FieldInfo, kb: KnowledgeBase) -> Any:
    annotation: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    parts = list(list_parts(annotation))
    one = _make_one(parts, kb, annotation)
    return one if one is None else _repeat(annotation, one)


def _repeat(annotation: Any, one: Any) -> Any:
    """A value as often as a field wants it; itself for a field that takes one."""
    parts = list(list_parts(annotation))
    if not any(get_origin(part) is tuple for part in parts):
        return one
    return [one] * max([1, *(part.min_length for part in get_args(annotation)[1:] if isinstance(part, MinLen))])


def _make_one(parts: list[Any], kb: KnowledgeBase, annotation: Any) -> Any:
    inner = find_inner(annotation)
    if inner is not None:
        made: dict[str, Any] = {}
        _fill(inner, made, kb)
        return made
    for part in parts:
        if isinstance(part, Ref):
            return next(iter(kb.table(part.kind)), None)
        if isinstance(part, SourceRef):
            return next(iter(kb.publications))
        if part is datetime.date:
            return datetime.date(2025, 1, 31)
        if part is bool:
            return True
        if part in (int, float):
            return next(number for number in _NUMBERS[part] if _fits(annotation, number))
        if get_origin(part) is Literal:
            return get_args(part)[0]
    return next(text for text in _TEXTS if _fits(annotation, text))


@cache
def _adapt(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


def _fits(annotation: Any, value: object) -> bool:
    try:
        _adapt(annotation).validate_python(_repeat(annotation, value))
    except ValidationError:
        return False
    return True
