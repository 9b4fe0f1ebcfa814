"""The only list of formats in which the records of a kind are published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from goodpractice.formats.csv_files import write_csv
from goodpractice.formats.datasets import Dataset
from goodpractice.formats.json_files import write_json, write_schema
from goodpractice.formats.linked_data import write_linked_data


class Format(NamedTuple):
    """A format.

    Attributes:
        name: What readers call it.
        write: Makes a file of the records of a kind.
    """

    name: str
    write: Callable[[Dataset], str]


#: Formats by the ending of their files, in the order in which pages name them.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("CSV", write_csv),
        "json": Format("JSON", write_json),
        "schema.json": Format("JSON Schema", write_schema),
        "jsonld": Format("JSON-LD", write_linked_data),
    }
)
