"""Themes: subjects that run through handbook and case studies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Record, Ref, Sources
from goodpractice.kinds.kind import Card, CardText, Collection, Filter, Kind, Question, Search


class Theme(Record):
    """A subject that runs through handbook and case studies."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Name of the theme.")
    question: Line = Field(description="The situation that leads a reader here, in the reader's words.")
    summary: Line = Field(description="What the theme is about, in one or two sentences.")
    chapter: Annotated[Id, Ref("chapter")] | None = Field(None, description="The main chapter on this theme.")
    moments: tuple[Annotated[Id, Ref("moment")], ...] = Field(
        (), description="When in a partnership it matters most: ids from data/vocabularies.yml."
    )
    also: tuple[Line, ...] = Field((), description="Everyday words that people type into a search instead.")
    sources: Sources = Field(min_length=1, description="What the entry rests on.")


THEME = "theme"

KIND = Kind(
    id=THEME,
    model=Theme,
    file="data/themes.yml",
    list="themes",
    name=_("theme"),
    known=_("our themes"),
    relatedness=2.0,
    question=Question(N_("What are you struggling with?"), 1),
    collection=Collection(
        url="themes/",
        title=N_("Themes"),
        description=N_("Start from your situation: each theme leads to chapters, case studies and tools."),
        view="theme_index",
        record_view="theme_page",
        # Many a theme has the name of its chapter; two pages with one title cannot be told apart in a list of tabs.
        record_title=lambda theme, kb: kb.gettext("Theme: {name}", name=theme.name),
        describe=lambda theme, _: theme.summary,
    ),
    card=Card(
        write=lambda _, theme, kb: CardText(kb.gettext("Theme"), theme.question),
        summary="One theme.",
        argument="The theme.",
        example="power-dynamics",
        has_motif=True,
    ),
    search=Search(
        label=N_("Theme"), rank=3, weight=1.0, title_weight=7.0, hidden=lambda theme_id, theme, _: theme.also
    ),
    filter=Filter(name=N_("Theme"), place=10, among=("case_study", "chapter")),
)
