"""Series of posts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref
from goodpractice.kinds.blocks import Fact, Facts, Head, Paragraphs, View
from goodpractice.kinds.kind import Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.post import POST, SERIES, list_parts
from goodpractice.kinds.views.links import link_known, link_section
from goodpractice.kinds.views.lists import show_cards


class Series(Record):
    """Posts that are read one after the other. Each post names its series and its place in it."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    title: Line = Field(description="Title of the series.")
    about: Prose = Field(description="What the series tells, and for whom.")
    programmes: tuple[Annotated[Id, Ref("programme", facet=False)], ...] = Field(
        (), description="Programmes that it tells of."
    )


def series_page(kb: Lookup, id: str) -> View:
    """The page of a series: what it tells, and its posts in their order.

    Args:
        id: The series.
    """
    series: Series = kb.table(SERIES)[id]
    return (
        Head("series", link_section(kb, SERIES), series.title),
        Paragraphs(series.about),
        Facts((Fact("programmes", kb.gettext("Programmes"), link_known(kb, "programme", series.programmes)),)),
        show_cards(kb, POST, list_parts(kb.table(POST), id), kb.gettext("No post of this series is here yet.")),
    )


KIND = Kind(
    id=SERIES,
    model=Series,
    file="data/series.yml",
    list="series",
    name=_("series of posts"),
    also=("blogseries",),
    collection=Collection(
        url="series/",
        title=N_("Series"),
        description=N_("Posts that are read one after the other."),
        record_view=series_page,
        record_title=lambda series, kb: kb.gettext("Series: {title}", title=series.title),
        describe=lambda series, _: series.about,
    ),
    search=Search(label=N_("Series of posts"), rank=11, prior=0.8),
)
