"""Which fields of a model are marked: references to other records, citations, facets; and the values that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from goodpractice.kinds.base import Facet, Record, Ref, SourceRef

#: A path of names within a model; `*` stands for every entry of a list.
FieldPath = tuple[str, ...]
#: A path of names and numbers within a record.
ValuePath = tuple[str | int, ...]
Mark = Ref | SourceRef | Facet


@cache
def list_marks(model: type[Record]) -> tuple[tuple[FieldPath, Mark], ...]:
    """The marked fields of a model and of the models within it; computed once for each model."""
    return tuple(_walk_fields(model, ()))


@cache
def list_reference_fields(model: type[Record]) -> tuple[tuple[FieldPath, Ref | SourceRef], ...]:
    """The fields of a model that hold ids of other records or sources; computed once for each model."""
    return tuple((path, mark) for path, mark in list_marks(model) if not isinstance(mark, Facet))


def _walk_fields(model: type[BaseModel], path: FieldPath) -> Iterator[tuple[FieldPath, Mark]]:
    for name, info in model.model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, Mark):
                yield (*path, name), mark
        yield from _walk_annotation(info.annotation, (*path, name))


def _walk_annotation(annotation: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Mark]]:
    if isinstance(annotation, Mark):
        yield path, annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _walk_fields(annotation, path)
    else:
        below = (*path, "*") if get_origin(annotation) is tuple else path
        for part in get_args(annotation):
            yield from _walk_annotation(part, below)


def list_values(value: Any, path: FieldPath, where: ValuePath = ()) -> Iterator[tuple[ValuePath, str]]:
    """The values of a record at a path of its model, each with its own path."""
    if value is None:
        return
    if not path:
        yield where, value
    elif path[0] == "*":
        for number, item in enumerate(value):
            yield from list_values(item, path[1:], (*where, number))
    else:
        yield from list_values(getattr(value, path[0]), path[1:], (*where, path[0]))


def group_references(record: Any, model: type[Record]) -> dict[str, tuple[str, ...]]:
    """Ids of the records that a record names, each once, by their kind; literal values are left out.

    Args:
        record: The record; it may be a stand-in that notes what is read.
        model: Its class.
    """
    found: dict[str, dict[str, None]] = {}
    for path, mark in list_reference_fields(model):
        if isinstance(mark, Ref):
            values = found.setdefault(mark.kind, {})
            values.update((value, None) for __, value in list_values(record, path) if value not in mark.literal)
    return {kind: tuple(values) for kind, values in found.items() if values}
