"""Limits on what anybody may contribute."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, model_validator


class SettingsGroup(BaseModel):
    """A frozen group of settings that refuses those it does not know; one without a value has its default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None or name not in cls.model_fields}


Most = Annotated[StrictInt, Field(ge=1)]


class Limits(SettingsGroup):
    """What fits: much more than the largest story, photo and data file here."""

    text_bytes: Most = Field(200_000, description="Size of a Markdown file.")
    data_bytes: Most = Field(1_000_000, description="Size of a data file: `partners.yml` and each file in `data/`.")
    values: Most = Field(
        20_000,
        description=(
            "Number of values in a data file, a ledger or a block of facts. The largest file here has 1,250. "
            "Twenty thousand are read in half a second."
        ),
    )
    facts_characters: Most = Field(20_000, description="Length of the block of facts at the top of a file.")
    body_characters: Most = Field(60_000, description="Length of the story below it.")
    nesting: Most = Field(12, description="Levels of quotations or lists inside one another.")
    headings: Most = Field(
        200,
        description=(
            "Number of headings of a story. The most here is 3. Making their addresses differ takes the "
            "square of their number."
        ),
    )
    links: Most = Field(
        1_000, description="Number of links, pictures, notes and other square brackets of a story. The most here is 6."
    )
    html: Most = Field(
        500, description="Number of signs `<` of a story. HTML is not shown, and every tag is a problem that is told."
    )
    emphasis: Most = Field(4_000, description="Number of marks of emphasis and code of a story. The most here is 16.")
    table_columns: Most = Field(50, description="Number of columns of a table.")
    table_cells: Most = Field(
        5_000, description="Number of cells of all tables of a story, those included with which its rows are filled up."
    )
    files: Most = Field(100_000, description="Number of files and folders in `case_studies/` and `data/` together.")
    file_name_characters: Most = Field(100, description="Length of the name of a file or folder.")
    photo_bytes: Most = Field(4_000_000, description="Size of the file of a photo in the repository.")
    photo_side: Most = Field(2400, description="Longest side of a photo in the repository, in pixels.")
    photo_source_bytes: Most = Field(60_000_000, description="Size of a file that `goodpractice photo add` opens.")
    photo_source_pixels: Most = Field(
        80_000_000,
        description=(
            "Width times height of a picture that `goodpractice photo add` opens. It stays below the size at "
            "which Pillow itself warns of a decompression bomb."
        ),
    )
    photos_in_case_study: Most = Field(20, description="Number of photos of one case study.")
