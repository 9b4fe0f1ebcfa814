"""What has been read of a project so far: records and texts, where they stand, and every problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goodpractice.config.limits import Limits
from goodpractice.content.deceptive import find_odd_characters
from goodpractice.content.document import Document, InvalidRecord, Origin
from goodpractice.content.garbled import find_garbled
from goodpractice.content.input_guards import find_excess, read_file
from goodpractice.content.situations import take_situations
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.languages import Language, TranslationName
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import Record


@dataclass(slots=True)
class Loading:
    """What the files that were read so far say."""

    root: Path
    limits: Limits
    languages: Mapping[str, Language]
    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    #: Where each id was read first, of a record or of an entry that is none yet.
    first: dict[tuple[str, str], Origin] = field(default_factory=dict)
    invalid_records: dict[tuple[str, str], InvalidRecord] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: Files in other languages, read when the pages that they translate are known.
    translations: dict[str, TranslationName] = field(default_factory=dict)

    def add_invalid_record(
        self, kind: str, record_id: object, model: type[Record], values: Mapping[str, Any], origin: Origin
    ) -> list[Diagnostic]:
        """Keep an entry that is no record, and say where its id is used already."""
        # Two entries without an id must not hide each other.
        key = record_id if isinstance(record_id, str) and record_id else f"?{len(self.invalid_records)}"
        found = self._find_twice(kind, key, origin)
        if not found:
            self.invalid_records.setdefault((kind, key), InvalidRecord(model, values, origin))
        return found

    def add(self, kind: str, record_id: str, record: Record, origin: Origin) -> list[Diagnostic]:
        """Keep a record, or say where its id is used already."""
        found = self._find_twice(kind, record_id, origin)
        if not found:
            self.tables.setdefault(kind, {})[record_id] = record
            self.origins[kind, record_id] = origin
        return found

    def read(self, path: str, most_bytes: int | None = None) -> str | None:
        """The text of a file; nothing when it is refused.

        Args:
            path: Its path in the project.
            most_bytes: For a file that anybody may have written: how long it may be. It may have no more of anything
                than `limits` say.
        """
        text, found = read_file(self.root, path, most_bytes)
        excess = [] if text is None or most_bytes is None else find_excess(text, path, self.limits)
        self.diagnostics += [*found, *excess]
        if text is None or excess:
            return None
        self.diagnostics += [*find_odd_characters(text, path), *find_garbled(text, path)]
        return text

    def add_document(self, kind: str, record_id: str, document: Document) -> None:
        """Keep a text of an editor, without the phrases of readers in it."""
        self.documents[kind, record_id], found = take_situations(document)
        self.diagnostics += found

    def _find_twice(self, kind: str, record_id: str, origin: Origin) -> list[Diagnostic]:
        """The problem that another entry has the id already, if one has."""
        first = self.first.setdefault((kind, record_id), origin)
        if first is origin:
            return []
        message = _(
            "the id `{record_id}` is used twice, first on line {first} of {path}",
            record_id=record_id,
            first=first.find(("id",))[0],
            path=first.path,
        )
        hint = _("Choose another id for the newer entry.")
        return [Diagnostic(origin.path, *origin.find(("id",)), rules.DUPLICATE_ID, message, hint)]
