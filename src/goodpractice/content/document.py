"""Files as they were read: where each record stands, and the text below its front matter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.kinds import Record

#: Words of non-fiction read in a minute: 238 (Brysbaert 2019, doi:10.1016/j.jml.2019.104047).
WORDS_A_MINUTE = 238

_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read.

    Attributes:
        path: File, relative to the project.
        base: Path of the record within the file; empty for a file of its own.
        positions: Line and column of every value in the file.
        body_line: Line on which the Markdown begins; 0 for records without a body.
    """

    path: str
    base: tuple[str | int, ...] = ()
    positions: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    body_line: int = 0

    def find(self, where: tuple[str | int, ...] = ()) -> tuple[int, int]:
        """Line and column of a value of the record, or of the nearest value around it."""
        path = (*self.base, *where)
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))

    def diagnose(self, where: tuple[str | int, ...], rule: str, message: str, hint: str = "") -> Diagnostic:
        """A problem at the place of a value; of the record as a whole where the path is empty."""
        return Diagnostic(self.path, *self.find(where), rule, message, hint)

    @property
    def end(self) -> tuple[int, int] | None:
        """Where a field that is missing can be added: the line below the facts; nothing for a part of a file."""
        return (max(self.body_line - 1, 1), 1) if self.body_line else None


@dataclass(frozen=True, slots=True)
class InvalidRecord:
    """An entry whose problems keep it from being a record.

    Its id counts as known, so that one mistake in a partner is not reported
    again in every story that names the partner; what it refers to is checked.

    Attributes:
        model: The class of the record that it should become.
        values: Its fields, as read.
        origin: Where it was read.
    """

    model: type[Record]
    values: Mapping[str, Any]
    origin: Origin


class Situation(NamedTuple):
    """A phrase in which a reader puts what a section answers.

    Attributes:
        anchor: The anchor of its heading; empty for the whole page.
        line: Its line in the body, from 0.
        text: The phrase.
    """

    anchor: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file as it stands: the story of a case study, a chapter, a page of `docs/`.

    Attributes:
        path: File, relative to the project.
        body: Markdown below the facts.
        body_line: Line on which the body begins, from 1.
        meta: The facts, as read; only for pages of `docs/`.
        written_situations: Phrases of readers, in order; only for texts of editors. The body does not hold them.
    """

    path: str
    body: str
    body_line: int = 1
    meta: Mapping[str, Any] = field(default_factory=dict)
    written_situations: tuple[Situation, ...] = ()

    def diagnose(self, line: int, rule: str, message: str, hint: str = "", column: int = 1) -> Diagnostic:
        """A problem in the body, the lines of which count from 0 here."""
        return Diagnostic(self.path, self.body_line + line, column, rule, message, hint)

    @property
    def prose(self) -> str:
        """The body as it would be had nobody written phrases of readers: those leave empty lines."""
        return _EMPTY_LINES.sub("\n\n", self.body) if self.written_situations else self.body

    @property
    def reading_minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(len(self.body.split()) / WORDS_A_MINUTE))


def digest_source(title: str, summary: str, body: str) -> str:
    """What a translation notes of its source: the same as long as nothing changed that is to be translated."""
    parts = (" ".join(title.split()), " ".join(summary.split()), body.strip())
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()
