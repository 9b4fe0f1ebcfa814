"""Chapters of the handbook."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, PublishedOn, Record, Ref, Sources, UpdatedOn, check_review
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Lookup, Search

Readers = Literal["practitioners", "community-partners", "leaders", "funders"]


class Chapter(Record):
    """A chapter. The text itself is the Markdown below these facts."""

    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="Title, at most 120 characters.")
    order: int = Field(ge=1, description="Place in the handbook, counted from 1.")
    summary: Line = Field(description="What the reader will be able to do.")
    themes: tuple[Annotated[Id, Ref("theme")], ...] = Field(min_length=1, description="Ids from data/themes.yml.")
    moments: tuple[Annotated[Id, Ref("moment")], ...] = Field(
        (), description="When in a partnership it helps most: ids from data/vocabularies.yml."
    )
    audience: Readers = Field("practitioners", description="For whom the chapter is written.")
    owner: Line = Field(description="Who keeps the chapter true.")
    written_on: datetime.date = Field(description="The day on which the text was written from its sources.")
    reviewed_on: datetime.date | None = Field(
        None, description="The day on which a person last checked the text against its sources; with `reviewed_by`."
    )
    reviewed_by: Line | None = Field(None, description="Who checked the text, by name.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    review_in: Annotated[str, Field(pattern=r"^\d{1,3} months?$")] = Field(
        "12 months", description="When to review it again, for example `12 months`."
    )
    sources: Sources = Field(min_length=1, description="What the chapter rests on.")

    @model_validator(mode="after")
    def _reviewed_by_somebody(self) -> Chapter:
        check_review(self)
        return self

    @property
    def review_due(self) -> datetime.date:
        """The day by which it is to be reviewed: `review_in` after the last review, or after it was written."""
        last = self.reviewed_on or self.written_on
        months = last.month - 1 + int(self.review_in.split()[0])
        year, month = last.year + months // 12, months % 12 + 1
        if year > datetime.MAXYEAR:
            return datetime.date.max
        return datetime.date(year, month, min(last.day, calendar.monthrange(year, month)[1]))


CHAPTER = "chapter"


def _write_card(chapter_id: str, chapter: Chapter, kb: Lookup) -> CardText:
    label = kb.gettext("Chapter {number}", number=chapter.order)
    return CardText(label, chapter.summary, say_reading_time(kb, chapter_id), is_translated=True)


def say_reading_time(kb: Lookup, chapter_id: str) -> str:
    """Reading time of a chapter in words."""
    return kb.language.ngettext("{number} minute", "{number} minutes", kb.reading_minutes(chapter_id))


def _list_hidden(chapter_id: str, chapter: Chapter, kb: Lookup) -> Iterator[str]:
    themes = kb.table("theme")
    for theme in (themes[theme_id] for theme_id in chapter.themes if theme_id in themes):
        if theme.chapter == chapter_id:
            yield theme.question
            yield from theme.also


KIND = Kind(
    id=CHAPTER,
    model=Chapter,
    file="handbook/",
    name=_("chapter"),
    collection=Collection(
        url="handbook/",
        title=N_("Handbook"),
        description=N_(
            "Short chapters on working together as equal partners: what to do, what to ask, what others did."
        ),
        view="handbook_index",
        record_view="chapter_page",
        describe=lambda chapter, _: chapter.summary,
    ),
    card=Card(
        write=_write_card,
        summary="One chapter of the handbook.",
        argument="The chapter: its file name without `.md`.",
        example="superpowers",
    ),
    search=Search(label=N_("Chapter"), rank=1, weight=1.25, title_weight=9.0, hidden=_list_hidden),
)
