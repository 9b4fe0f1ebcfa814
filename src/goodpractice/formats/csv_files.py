"""A kind as CSV (RFC 4180): a row for each record, a column for each field, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from goodpractice.content.fields import find_inner
from goodpractice.formats.datasets import Dataset, Lines

#: Without it, Excel reads a file that is opened by a double click in the letters of the country.
MARK = "\ufeff"
#: Between the values of a list.
SEPARATOR = " | "
#: What a spreadsheet may take for a formula: OWASP's list, with the wide forms that some programs read as the same.
_is_formula = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]").match

#: The names that lead to a value within a record.
Path = tuple[str, ...]


class _Echo:
    """Takes what a writer writes, and hands it back."""

    def write(self, text: str) -> str:
        return text


def begin_csv(dataset: Dataset) -> Lines:
    """All records as CSV: UTF-8 with a mark, commas, quotation marks where they are needed, CRLF."""
    columns = list_columns(dataset)
    #: Where the cells of each field stand, and the paths of these within it.
    fields: dict[str, tuple[slice, list[Path]]] = {}
    for name, found in groupby(enumerate(columns), key=lambda item: item[1][0]):
        at, paths = zip(*found, strict=True)
        fields[name] = slice(at[0], at[-1] + 1), [path[1:] for path in paths]
    empty = [""] * len(columns)
    write_row: Callable[[Iterable[object]], str] = csv.writer(_Echo()).writerow

    def write(record: Mapping[str, Any]) -> str:
        # Most cells of most records are empty.
        row: list[object] = [*empty]
        for name, value in record.items():
            where, paths = fields[name]
            row[where] = write_cells(value, paths)
        return write_row(row)

    return Lines(MARK + write_row(map(".".join, columns)), write)


def list_columns(dataset: Dataset) -> list[Path]:
    """The columns: a field, or each field of the record that it holds, as `power.who_decided`."""
    model = dataset.model
    columns: list[Path] = []
    for name in dataset.fields:
        info = model.model_fields.get(name)
        inner = find_inner(info.annotation) if info else None
        columns += [(name, *path) for path in _list_paths(inner)] if inner else [(name,)]
    return columns


@cache
def _list_paths(model: type[BaseModel]) -> tuple[Path, ...]:
    paths: list[Path] = []
    for name, info in model.model_fields.items():
        inner = find_inner(info.annotation)
        paths += [(name, *path) for path in _list_paths(inner)] if inner else [(name,)]
    return tuple(paths)


def write_cells(value: Any, paths: Sequence[Path]) -> Iterable[str | int | float]:
    """The cells of a field: one, or one for each path within the records that it holds."""
    # Most hold one text, or a list of them.
    if isinstance(value, str):
        return (disarm(value),)
    if value is None:
        return ("",) * len(paths)
    if paths[0] == () and isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return (disarm(SEPARATOR.join(value)),)
    return [_write_cell(value, path) for path in paths]


def _write_cell(value: Any, path: Path) -> str | int | float:
    """A number as it is, `true` or `false`, or a text that begins no formula; a list with its separator."""
    values = list(_find_values(value, path))
    if len(values) == 1 and isinstance(values[0], int | float) and not isinstance(values[0], bool):
        return values[0]
    return disarm(SEPARATOR.join(map(_say, values)) if any(value is not None for value in values) else "")


def disarm(text: str) -> str:
    """A text behind an apostrophe where a spreadsheet might take it for a formula; take it off to have the text."""
    return f"'{text}" if _is_formula(text) else text


def _find_values(value: Any, path: Path) -> Iterator[Any]:
    """The values at a path. Those of entries of a list keep their places: an entry without one gives nothing."""
    if isinstance(value, list):
        for entry in value:
            yield from _find_values(entry, path)
    elif path:
        yield from _find_values(value.get(path[0]) if value else None, path[1:])
    else:
        yield value


def _say(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
