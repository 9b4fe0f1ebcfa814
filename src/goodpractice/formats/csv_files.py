"""A kind as CSV (RFC 4180): a row for each record, a column for each field, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from goodpractice.content.fields import find_inner
from goodpractice.formats.datasets import Dataset

#: Without it, Excel reads a file that is opened by a double click in the letters of the country.
MARK = "\ufeff"
#: Between the values of a list.
SEPARATOR = " | "
#: What a spreadsheet may take for a formula: OWASP's list, with the wide forms that some programs read as the same.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

#: The names that lead to a value within a record.
Path = tuple[str, ...]


def write_csv(dataset: Dataset) -> str:
    """All records as CSV: UTF-8 with a mark, commas, quotation marks where they are needed, CRLF."""
    return MARK + write_rows(dataset, dataset.list_records())


def write_rows(dataset: Dataset, records: Iterable[dict[str, Any]]) -> str:
    """The names of the columns, and a row for each of some records."""
    columns = list_columns(dataset)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(map(".".join, columns))
    writer.writerows([write_cell(record, path) for path in columns] for record in records)
    return stream.getvalue()


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


def write_cell(record: dict[str, Any], path: Path) -> str | int | float:
    """A number as it is, `true` or `false`, or a text that begins no formula; a list with its separator."""
    values = list(_find_values(record, path))
    if len(values) == 1 and isinstance(values[0], int | float) and not isinstance(values[0], bool):
        return values[0]
    return disarm(SEPARATOR.join(map(_say, values)) if any(value is not None for value in values) else "")


def disarm(text: str) -> str:
    """A text behind an apostrophe where a spreadsheet might take it for a formula; take it off to have the text."""
    return f"'{text}" if _FORMULA.match(text) else text


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
