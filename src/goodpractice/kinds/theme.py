"""Themes: subjects that run through handbook and case studies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Record, Ref, Sources, Unpublished
from goodpractice.kinds.blocks import Head, Pagination, Paragraphs, SourceList, View
from goodpractice.kinds.event.subscribe import section_of_events
from goodpractice.kinds.kind import Card, CardText, Collection, Filter, Kind, Question, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.pack import PACK
from goodpractice.kinds.paging import count_pages
from goodpractice.kinds.post import POST, order_posts
from goodpractice.kinds.template import TEMPLATE
from goodpractice.kinds.views.links import link_section
from goodpractice.kinds.views.lists import listing, section_of_cards, section_of_cases, show_cards


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
    also: Annotated[tuple[Line, ...], Unpublished()] = Field(
        (), description="Everyday words that people type into a search instead."
    )
    sources: Sources = Field(min_length=1, description="What the entry rests on.")


THEME = "theme"


def theme_page(kb: Lookup, id: str, number: int = 1) -> View:
    """The page of a theme: chapters, case studies, tools.

    Args:
        id: The theme.
        number: Page of the list of case studies.
    """
    theme: Theme = kb.table(THEME)[id]
    cases = kb.select_case_studies(theme=id)
    chapters = [chapter for chapter, _ in kb.select_chapters([id])] if number == 1 else []
    posts = kb.table(POST) if number == 1 else {}
    told = [post_id for post_id in order_posts(posts) if id in posts[post_id].themes]
    sheets = [id for id, sheet in kb.table(TEMPLATE).items() if theme.id in sheet.themes] if number == 1 else []
    packs = [chapter for chapter in chapters if chapter in kb.table(PACK)]
    tools = [resource.id for resource in kb.table("resource").values() if id in resource.themes] if number == 1 else []
    return (
        Head("theme", link_section(kb, THEME), theme.name, theme.question, motif=id),
        Paragraphs(theme.summary),
        *section_of_cards("gp-chapters", kb.gettext("In the handbook"), "chapter", chapters),
        *section_of_cases(kb, cases, number),
        *section_of_cards("gp-sheets", kb.gettext("Sheets to fill in"), TEMPLATE, sheets),
        *section_of_cards("gp-packs", kb.gettext("To talk about it in a meeting"), PACK, packs),
        *section_of_cards("gp-posts", kb.gettext("In the blog"), POST, told),
        *section_of_cards("gp-resources", kb.gettext("Tools and funders"), "resource", tools, False),
        *([section_of_events(kb, THEME, id)] if number == 1 else []),
        Pagination(kb.collection(THEME).record_url(id), number, count_pages(len(cases))),
        SourceList(theme.sources),
    )


def themes(kb: Lookup) -> View:
    """Cards of all themes, in the order of `data/themes.yml`.

    Example:
        {{ themes() }}
    """
    return (show_cards(kb, THEME, kb.table(THEME), kb.gettext("No theme is listed here yet.")),)


def theme_index(kb: Lookup) -> View:
    """All themes."""
    return listing(kb, THEME, *themes(kb))


KIND = Kind(
    id=THEME,
    model=Theme,
    linked_type="DefinedTerm",
    file="data/themes.yml",
    list="themes",
    name=_("theme"),
    known=_("our themes"),
    also=(
        "topic",
        "topics",
        "tag",
        "tags",
        "subject",
        "subjects",
    ),
    relatedness=2.0,
    shared=N_("also about {names}"),
    has_phrases=True,
    question=Question(N_("What are you struggling with?"), 1),
    collection=Collection(
        url="themes/",
        title=N_("Themes"),
        description=N_("Start from your situation: each theme leads to chapters, case studies and tools."),
        view=theme_index,
        record_view=theme_page,
        # Many a theme has the name of its chapter; two pages with one title cannot be told apart in a list of tabs.
        record_title=lambda theme, kb: kb.gettext("Theme: {name}", name=theme.name),
        describe=lambda theme, _: theme.summary,
    ),
    card=Card(
        write=lambda _, theme, kb: CardText(kb.gettext("Theme"), title=theme.question),
        summary="One theme.",
        argument="The theme.",
        example="power-dynamics",
        has_motif=True,
    ),
    macros=(themes,),
    search=Search(label=N_("Theme"), rank=3, prior=1.0, hidden=lambda theme_id, theme, _: theme.also),
    filter=Filter(name=N_("Theme"), place=10, among=("case_study", "chapter")),
)
