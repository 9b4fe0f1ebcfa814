"""The only list of formats in which the records of a kind are published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from goodpractice.formats.citations import begin_bibtex, begin_csl, begin_ris, may_be_cited
from goodpractice.formats.csv_files import begin_csv
from goodpractice.formats.datasets import Dataset, Lines
from goodpractice.formats.json_files import begin_json, begin_schema
from goodpractice.formats.linked_data import begin_linked_data
from goodpractice.kinds.kind import Kind


class Format(NamedTuple):
    """A format.

    Attributes:
        name: What readers call it.
        option: What a command calls it; formats that are only given together share it.
        begin: Begins a file of the records of a kind.
        fits: Whether it fits a kind.
    """

    name: str
    option: str
    begin: Callable[[Dataset], Lines]
    fits: Callable[[Kind[Any]], bool] = lambda kind: True


#: Formats by the ending of their files, in the order in which pages name them.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("CSV", "csv", begin_csv),
        "json": Format("JSON", "json", begin_json),
        "schema.json": Format("JSON Schema", "json", begin_schema),
        "jsonld": Format("JSON-LD", "jsonld", begin_linked_data),
        "bib": Format("BibTeX", "bibtex", begin_bibtex, may_be_cited),
        "ris": Format("RIS", "ris", begin_ris, may_be_cited),
        "csl.json": Format("CSL-JSON", "csl", begin_csl, may_be_cited),
    }
)


def list_formats(kind: Kind[Any]) -> list[str]:
    """The endings of the formats that fit a kind."""
    return [ending for ending, found in FORMATS.items() if found.fits(kind)]


def write_files(dataset: Dataset, endings: Iterable[str]) -> dict[str, str]:
    """Files of a kind, by their endings: each record is read once for all of them."""
    files = {ending: FORMATS[ending].begin(dataset) for ending in endings}
    written: dict[str, list[str]] = {ending: [] for ending in files}
    writers = [(lines.write, written[ending].append) for ending, lines in files.items() if lines.write]
    for record in dataset.list_records() if writers else ():
        for write, add in writers:
            add(write(record))
    return {ending: f"{lines.head}{lines.between.join(written[ending])}{lines.tail}" for ending, lines in files.items()}
