"""Words of the glossary."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from goodpractice.kinds.base import Id, Line, Prose, Record, Sources


class Term(Record):
    """A word of the glossary, with what to say instead where a word hurts."""

    id: Id = Field(description="Permanent short name; the anchor on the glossary page.")
    word: Line = Field(description="The word or phrase.")
    use: Literal["preferred", "avoid", "discuss", "explained"] = Field(
        description=(
            "`preferred`: we use it; `avoid`: we do not; `discuss`: agree with your partner; `explained`: a term."
        )
    )
    meaning: Prose = Field(description="What it means, in plain words.")
    say_instead: tuple[Line, ...] = Field((), description="What to say instead.")
    why: Prose | None = Field(None, description="Why.")
    who_says: Line | None = Field(None, description="Who recommends it.")
    also: tuple[Line, ...] = Field((), description="Other forms, and everyday words that people type into a search.")
    sources: Sources = Field(min_length=1, description="Where this is documented.")
