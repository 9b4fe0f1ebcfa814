"""Sources that records cite."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Record, Url
from goodpractice.kinds.kind import Kind


class Publication(Record):
    """A source that is cited by its id, or whose title is shown for its address."""

    id: Id = Field(description="Short name by which records cite it.")
    title: Line = Field(description="Title or description that readers see.")
    publisher: Line | None = Field(None, description="Who published it.")
    held_by: Line | None = Field(None, description="Who holds this copy, where the address is not the publisher's own.")
    year: Annotated[str, Field(pattern=r"^\d{4}$")] | None = Field(None, description="Year of publication.")
    url: Url | None = Field(None, description="Address; left out for printed documents.")


SOURCE = "source"

KIND = Kind(
    id=SOURCE,
    model=Publication,
    file="data/sources.yml",
    list="sources",
    name=_("source"),
    also=("references", "publications", "bibliography", "literature"),
)
