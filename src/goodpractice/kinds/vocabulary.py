"""Controlled vocabularies: values that fields choose from."""

from __future__ import annotations

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Record


class Choice(Record):
    """A value of a controlled vocabulary."""

    id: Id = Field(description="Short name used in the files.")
    name: Line = Field(description="Name that readers see.")
    description: Line | None = Field(None, description="When to choose it.")
    also: tuple[Line, ...] = Field((), description="Everyday words that people type into a search instead.")
