"""Translations of pages."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from goodpractice.kinds.base import Line, Record
from goodpractice.kinds.kind import Kind


class Translation(Record):
    """A page in another language. The text itself is the Markdown below these facts."""

    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="Title, at most 120 characters.")
    summary: Line | None = Field(None, description="The summary or description of the page, translated.")
    source_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] = Field(
        description="What the page said when it was translated, as `goodpractice translation start` writes it."
    )
    translated_by: Line = Field(description="Who translated the page; `machine` when a program did.")
    translated_on: datetime.date = Field(description="The day of the translation.")
    approved_by: Line | None = Field(
        None, description="The native reader who approved the translation, by name. Until then it is a draft."
    )
    approved_on: datetime.date | None = Field(None, description="The day of the approval.")

    @property
    def is_approved(self) -> bool:
        """Whether a named reader has approved it, so that it may be shown to everybody."""
        return self.approved_by is not None and self.approved_on is not None


TRANSLATION = "translation"

#: They lie beside the pages that they translate, in several folders.
KIND = Kind(id=TRANSLATION, model=Translation, file="", name="translation")
