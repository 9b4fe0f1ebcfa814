"""Chapters of the handbook."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from goodpractice.i18n.dates import format_date
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import (
    Id,
    Line,
    PublishedOn,
    Record,
    Ref,
    Sources,
    Unpublished,
    UpdatedOn,
    WhatChanged,
    check_review,
)
from goodpractice.kinds.blocks import Cite, Fact, Group, Head, Item, Paragraph, Related, SourceList, Story, View
from goodpractice.kinds.equity_dimension import link_dimensions
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.template import link_sheets
from goodpractice.kinds.texts import PageLink, RecordLink, Sentence, Text
from goodpractice.kinds.views.links import (
    REASONS,
    RELATED,
    link_section,
    list_known,
    name_inside,
    read_head,
    relate,
    say_origin,
    tag_themes,
)
from goodpractice.kinds.views.lists import listing, show_cards
from goodpractice.kinds.views.papers import offer_papers

if TYPE_CHECKING:
    from goodpractice.kinds.case_study.model import CaseStudy

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
    owner: Annotated[Line, Unpublished()] = Field(description="Who keeps the chapter true.")
    written_on: datetime.date = Field(description="The day on which the text was written from its sources.")
    reviewed_on: datetime.date | None = Field(
        None, description="The day on which a person last checked the text against its sources; with `reviewed_by`."
    )
    reviewed_by: Line | None = Field(None, description="Who checked the text, by name.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    what_changed: WhatChanged = None
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


_READERS = {
    "practitioners": N_("Practitioners"),
    "community-partners": N_("Community partners"),
    "leaders": N_("Leaders"),
    "funders": N_("Funders"),
}


def chapter_page(kb: Lookup, id: str) -> View:
    """The page of a chapter: head, text, examples from practice, next steps, sources.

    Args:
        id: The chapter.
    """
    chapter: Chapter = kb.table(CHAPTER)[id]
    kicker: dict[str, Text] = {"handbook": link_section(kb, CHAPTER), "number": str(chapter.order)}
    return (
        Head(
            "chapter",
            Sentence(kb.gettext("{handbook}, chapter {number}"), kicker),
            *read_head(kb, CHAPTER, id),
            (
                Fact("readers", kb.gettext("For"), kb.gettext(_READERS[chapter.audience])),
                Fact("reading-time", kb.gettext("Reading time"), say_reading_time(kb, id)),
                Fact("themes", kb.gettext("Themes"), tag_themes(kb, chapter.themes)),
                _date_chapter(kb, chapter),
            ),
        ),
        offer_papers(CHAPTER, id),
        Story("chapter", kb.read_text(CHAPTER, id)),
        Paragraph("pack-invitation", _invite(kb, id)),
        _show_examples(kb, id, chapter),
        Related(
            kb.gettext("Read next"),
            (Group(kb.gettext("Chapters"), relate(kb, CHAPTER, kb.relate_chapter(id, RELATED))),),
        ),
        SourceList(chapter.sources),
        Paragraph("provenance", " ".join(say_origin(kb, chapter))),
        Cite(CHAPTER, id),
    )


def _date_chapter(kb: Lookup, chapter: Chapter) -> Fact:
    """The day on which somebody last stood for the facts; the day of writing is no review."""
    if chapter.reviewed_on:
        return Fact("reviewed", kb.gettext("Reviewed"), format_date(chapter.reviewed_on, kb.language))
    return Fact("written", kb.gettext("Written"), format_date(chapter.written_on, kb.language))


def _invite(kb: Lookup, chapter_id: str) -> Text:
    """The line that leads to the pack of a chapter, where there is one."""
    if chapter_id not in kb.table("pack"):
        return ""
    link = PageLink(kb.collection("pack").record_url(chapter_id), kb.gettext("a pack for 30, 60 or 90 minutes"))
    return Sentence(kb.gettext("Talk about it together: {pack}."), {"pack": link})


def _show_examples(kb: Lookup, chapter_id: str, chapter: Chapter) -> Related:
    shown: dict[str, CaseStudy] = {}
    for theme in chapter.themes:
        shown.update(kb.select_case_studies(theme=theme)[:RELATED])
    examples = list(shown.items())[:RELATED]
    cases = tuple(Item(RecordLink("case_study", c), _say_themes(kb, chapter, case)) for c, case in examples)
    return Related(
        kb.gettext("From practice"),
        (
            Group(kb.gettext("Case studies on this theme"), cases),
            link_sheets(kb, chapter_id),
            link_dimensions(kb, chapter_id),
            Group(kb.gettext("All about the theme"), list_known(kb, "theme", chapter.themes)),
        ),
        "gp-practice",
    )


def _say_themes(kb: Lookup, chapter: Chapter, case: CaseStudy) -> str:
    """Which of a chapter's themes a case study is about; nothing where the chapter has only one."""
    if len(chapter.themes) < 2:
        return ""
    shared = [name_inside(kb, "theme", theme) for theme in chapter.themes if theme in case.themes]
    return kb.gettext("about {names}", names=kb.language.join(shared[:REASONS])) if shared else ""


def handbook_index(kb: Lookup) -> View:
    """All chapters, in reading order."""
    chapters = show_cards(kb, CHAPTER, (chapter_id for chapter_id, _ in kb.ordered_chapters))
    return listing(kb, CHAPTER, offer_papers("index", CHAPTER), chapters)


KIND = Kind(
    id=CHAPTER,
    model=Chapter,
    linked_type="Article",
    file="handbook/",
    name=_("chapter"),
    also=(
        "handbooks",
        "chapters",
        "guide",
        "guides",
    ),
    collection=Collection(
        url="handbook/",
        title=N_("Handbook"),
        description=N_(
            "Short chapters on working together as equal partners: what to do, what to ask, what others did."
        ),
        view=handbook_index,
        record_view=chapter_page,
        describe=lambda chapter, _: chapter.summary,
        papers=(Paper(format="pdf", title=N_("This chapter as PDF")),),
        books=(
            Paper(format="pdf", title=N_("The whole handbook as PDF")),
            Paper(format="epub", title=N_("The whole handbook as e-book (EPUB)")),
        ),
    ),
    card=Card(
        write=_write_card,
        summary="One chapter of the handbook.",
        argument="The chapter: its file name without `.md`.",
        example="superpowers",
    ),
    search=Search(label=N_("Chapter"), rank=1, prior=1.2, hidden=_list_hidden),
)
