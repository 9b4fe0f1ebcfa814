"""The only list of formats in which the records of a kind are published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


class Piece(NamedTuple):
    """What a file holds of a record.

    Attributes:
        id: Id of the record.
        said: Digest of what the record says.
        size: Characters of the piece.
    """

    id: str
    said: str
    size: int


class RecordFile(NamedTuple):
    """A file of the records of a kind.

    Attributes:
        text: What it holds.
        begins: Where the first piece begins.
        pieces: What it is made of, in its order.
    """

    text: str
    begins: int = 0
    pieces: Sequence[Piece] = ()


def write_files(
    dataset: Dataset, endings: Iterable[str], last: Mapping[str, RecordFile] = MappingProxyType({})
) -> Iterator[tuple[str, RecordFile]]:
    """Files of a kind, with their endings: each record is read once for all of them.

    What a file is joined of is let go once it is given: of ten thousand stories, that is as much as all files.

    Args:
        dataset: The records.
        endings: Which files.
        last: Files of before. What they hold of a record that says the same is taken from there: everything else that
            a piece is made from is the same, too.
    """
    files = {ending: FORMATS[ending].begin(dataset) for ending in endings}
    known = {ending: _find_pieces(file, files[ending]) for ending, file in last.items()}
    written: dict[str, list[str]] = {ending: [] for ending in files}
    writers = [(ending, lines.write, known.get(ending, {})) for ending, lines in files.items() if lines.write]
    keys = []
    for key, text in dataset.list_texts() if writers else ():
        keys.append(key)
        record: dict[str, Any] | None = None
        for ending, write, pieces in writers:
            piece = pieces.get(key)
            if piece is None:
                record = record or dataset.read(key[0], text)
                piece = write(record)
            written[ending].append(piece)
    for ending, lines in files.items():
        yield ending, _join(lines, keys, written.pop(ending))


def _find_pieces(file: RecordFile, lines: Lines) -> dict[tuple[str, str], str]:
    """The pieces of a file, by the ids of their records and digests of what these say."""
    found, at = {}, file.begins
    for piece in file.pieces:
        found[piece.id, piece.said] = file.text[at : at + piece.size]
        at += piece.size + len(lines.between)
    return found


def _join(lines: Lines, keys: Sequence[tuple[str, str]], written: Sequence[str]) -> RecordFile:
    pieces = [Piece(*key, len(text)) for key, text in zip(keys, written, strict=False)]
    return RecordFile(f"{lines.head}{lines.between.join(written)}{lines.tail}", len(lines.head), pieces)
