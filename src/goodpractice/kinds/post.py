"""Posts of the blog."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field, model_validator

from goodpractice.diagnostics import rules
from goodpractice.i18n.dates import format_date
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import FieldError, Id, Line, PersonName, Record, Ref, Sources, UpdatedOn, WhatChanged
from goodpractice.kinds.blocks import (
    Fact,
    Group,
    Head,
    Item,
    Links,
    Pagination,
    Paragraph,
    Related,
    Section,
    SourceList,
    Story,
    View,
)
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.paging import count_pages, slice_page
from goodpractice.kinds.texts import PageLink, RecordLink, Sentence, Text, join
from goodpractice.kinds.views.links import link_known, link_overview, link_section, list_known, read_head, tag_themes
from goodpractice.kinds.views.lists import listing, number_title, show_cards

POST = "post"
SERIES = "series"
#: Posts on one page of a list.
POSTS_ON_A_PAGE = 20


class PlaceInSeries(Record):
    """The place of a post in a series."""

    id: Annotated[Id, Ref(SERIES)] = Field(description="Id from data/series.yml.")
    part: int = Field(ge=1, description="Place in the series, counted from 1.")


class Post(Record):
    """A post of the blog. The text itself is the Markdown below these facts."""

    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="Title, at most 120 characters.")
    summary: Line = Field(description="What it tells, in a sentence or two.")
    authors: tuple[PersonName, ...] = Field(
        (), description="Who wrote it: names, or roles such as `the editors of this site`; never an e-mail address."
    )
    organisations: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field(
        (), description="Organisations that wrote it: ids from partners.yml."
    )
    published_on: datetime.date = Field(description="The day on which readers first found it here.")
    updated_on: UpdatedOn = None
    what_changed: WhatChanged = None
    series: PlaceInSeries | None = Field(None, description="The series that it belongs to, with its place there.")
    themes: tuple[Annotated[Id, Ref("theme")], ...] = Field((), description="Ids from data/themes.yml.")
    chapters: tuple[Annotated[Id, Ref("chapter")], ...] = Field((), description="Chapters to read on: their ids.")
    case_studies: tuple[Annotated[Id, Ref("case_study")], ...] = Field(
        (), description="Case studies to read on: their ids."
    )
    sources: Sources = Field((), description="What it rests on, where that is not this site.")

    @model_validator(mode="after")
    def _written_by_somebody(self) -> Post:
        if not self.authors and not self.organisations:
            hint = _('Add `authors: ["the editors of this site"]`, or `organisations:` with ids from partners.yml.')
            raise FieldError(rules.MISSING_FIELD, _("nobody is said to have written it"), hint)
        return self


def order_posts(posts: Mapping[str, Post]) -> list[str]:
    """Ids of posts, the latest first; those of one day by their ids."""
    ordered = sorted(posts)
    ordered.sort(key=lambda post_id: posts[post_id].published_on, reverse=True)
    return ordered


def list_parts(posts: Mapping[str, Post], series_id: str) -> list[str]:
    """Ids of the posts of a series, in its order."""
    placed = ((part.part, day, post_id) for part, day, post_id in _list_placed(posts) if part.id == series_id)
    return [post_id for *_, post_id in sorted(placed)]


def _list_placed(posts: Mapping[str, Post]) -> Iterator[tuple[PlaceInSeries, datetime.date, str]]:
    for post_id, post in posts.items():
        if post.series:
            yield post.series, post.published_on, post_id


def _list_sequences(posts: Mapping[str, Post]) -> list[Sequence[str]]:
    """The posts of each series. Others follow on nothing."""
    return [list_parts(posts, series) for series in sorted({part.id for part, *_ in _list_placed(posts)})]


def _say_day(kb: Lookup, post: Post) -> str:
    return format_date(post.published_on, kb.language)


def _write_card(post_id: str, post: Post, kb: Lookup) -> CardText:
    return CardText(kb.gettext("Post"), post.summary, _say_day(kb, post), is_translated=True)


def _say_part(kb: Lookup, post: Post) -> Text:
    """The place of a post in its series: part 2 of 3 of the series, with a link to it."""
    if post.series is None or post.series.id not in kb.table(SERIES):
        return ""
    parts = list_parts(kb.table(POST), post.series.id)
    words = kb.gettext("part {number} of {of} in {series}")
    link = RecordLink(SERIES, post.series.id)
    return Sentence(words, {"number": str(post.series.part), "of": str(len(parts)), "series": link})


def post_page(kb: Lookup, id: str) -> View:
    """The page of a post: head, text, the rest of its series, where to read on.

    Args:
        id: The post.
    """
    post: Post = kb.table(POST)[id]
    changed = format_date(post.updated_on, kb.language) if post.updated_on else ""
    return (
        Head(
            POST,
            link_section(kb, POST),
            *read_head(kb, POST, id),
            (
                Fact("published", kb.gettext("Published"), _say_day(kb, post)),
                Fact("updated", kb.gettext("Changed"), changed),
                Fact("authors", kb.gettext("By"), join((*post.authors, link_known(kb, "partner", post.organisations)))),
                Fact("series", kb.gettext("Series"), _say_part(kb, post)),
                Fact("themes", kb.gettext("Themes"), tag_themes(kb, post.themes)),
            ),
        ),
        Story("chapter", kb.read_text(POST, id)),
        Related(
            kb.gettext("Read next"),
            (
                Group(kb.gettext("In this series"), _list_others(kb, id, post)),
                Group(kb.gettext("Chapters"), list_known(kb, "chapter", post.chapters)),
                Group(kb.gettext("Case studies"), list_known(kb, "case_study", post.case_studies)),
            ),
        ),
        SourceList(post.sources),
    )


def _list_others(kb: Lookup, post_id: str, post: Post) -> tuple[Item, ...]:
    parts = list_parts(kb.table(POST), post.series.id) if post.series else ()
    numbered = ((kb.gettext("part {number}", number=place), other) for place, other in enumerate(parts, start=1))
    return tuple(Item(RecordLink(POST, other), number) for number, other in numbered if other != post_id)


def post_index(kb: Lookup, number: int = 1) -> View:
    """All posts, the latest first; below them the years and the series.

    Args:
        number: Page of the list.
    """
    ids = order_posts(kb.table(POST))
    of = count_pages(len(ids), POSTS_ON_A_PAGE)
    shown = show_cards(kb, POST, slice_page(ids, number, POSTS_ON_A_PAGE))
    return listing(kb, POST, shown, *(_list_ways(kb) if number == 1 else ()), number=number, of=of)


def _list_ways(kb: Lookup) -> View:
    years = Counter(post.published_on.year for post in kb.table(POST).values())
    url = kb.collection(POST).year_url
    series = tuple(RecordLink(SERIES, series_id) for series_id in kb.table(SERIES))
    listed = tuple(PageLink(url(year), _say_year(kb, year, years[year])) for year in sorted(years, reverse=True))
    words = kb.gettext("New posts stand among {new}, which has a feed of the blog as well.")
    return (
        Section("gp-series", kb.gettext("Series"), (Links(series),), repeats=True),
        Section("gp-years", kb.gettext("By year"), (Links(listed),), repeats=True),
        Paragraph("leads-on", Sentence(words, {"new": link_overview(kb, "new", kb.gettext("what is new"))})),
    )


def _say_year(kb: Lookup, year: int, posts: int) -> str:
    said = kb.language.ngettext("{number} post", "{number} posts", posts)
    return kb.gettext("{year}: {posts}", year=year, posts=said)


def post_year(kb: Lookup, id: str, number: int = 1) -> View:
    """The posts of a year, the latest first.

    Args:
        id: The year.
        number: Page of the list.
    """
    posts = kb.table(POST)
    ids = [post_id for post_id in order_posts(posts) if posts[post_id].published_on.year == int(id)]
    of = count_pages(len(ids))
    title = kb.gettext("{title} of {year}", title=kb.gettext(kb.collection(POST).title), year=id)
    return (
        Head("index", link_section(kb, POST), number_title(kb, title, number, of)),
        show_cards(kb, POST, slice_page(ids, number)),
        Pagination(kb.collection(POST).year_url(int(id)), number, of),
    )


KIND = Kind(
    id=POST,
    model=Post,
    file="posts/",
    name=_("post"),
    also=("blog", "blogs", "blogposts", "news", "articles"),
    linked_type="Article",
    collection=Collection(
        url="blog/",
        title=N_("Blog"),
        description=N_("What the people behind this site do and learn, the latest first."),
        view=post_index,
        page_size=POSTS_ON_A_PAGE,
        record_view=post_page,
        describe=lambda post, _: post.summary,
        year_view=post_year,
        list_sequences=_list_sequences,
        has_feed=True,
    ),
    card=Card(
        write=_write_card,
        summary="One post of the blog.",
        argument="The post: its file name without `.md`.",
        example="partners-speak",
    ),
    search=Search(label=N_("Post"), rank=10, prior=0.8),
)
