"""Sheets to fill in: agreements, budgets, plans of a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, PublishedOn, Record, Ref, Sources, UpdatedOn
from goodpractice.kinds.blocks import (
    Block,
    Fact,
    Facts,
    Group,
    Head,
    Item,
    Paragraph,
    Paragraphs,
    Related,
    Section,
    SourceList,
    View,
)
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.parts import Part
from goodpractice.kinds.texts import RecordLink, Sentence
from goodpractice.kinds.views.links import link_section, list_known, tag_themes
from goodpractice.kinds.views.lists import listing, show_cards
from goodpractice.kinds.views.offers import collect_offers
from goodpractice.kinds.views.papers import offer_papers
from goodpractice.kinds.views.sheets import OWN_PAGE, show_parts


class Risk(Record):
    """What can go wrong, and what helps."""

    what: Line = Field(description="What can go wrong.")
    helps: Line = Field(description="What helps.")


class Template(Record):
    """A sheet that partners fill in together."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="Title, at most 120 characters.")
    summary: Line = Field(description="What the sheet is for, in a sentence or two.")
    takes: Line = Field(description="How long it takes to fill in.")
    for_whom: Line = Field(description="Who sits at the table.")
    about: Prose | None = Field(None, description="When to take it out, and how to use it.")
    can_go_wrong: tuple[Risk, ...] = Field(min_length=1, description="What can go wrong, and what helps.")
    also: tuple[Line, ...] = Field((), description="Words by which people look for it; never shown.")
    moments: tuple[Annotated[Id, Ref("moment")], ...] = Field(
        min_length=1, description="When it is needed; the list shows the sheet under the first."
    )
    themes: tuple[Annotated[Id, Ref("theme")], ...] = Field((), description="Themes it helps with.")
    chapters: tuple[Annotated[Id, Ref("chapter")], ...] = Field((), description="Chapters that it goes with.")
    example_of: Annotated[Id, Ref("case_study")] | None = Field(
        None, description="The case study that the example comes from."
    )
    example_note: Prose | None = Field(
        None, description="What in the example is documented, what is not, and what is our own reading."
    )
    sources: Sources = Field(min_length=1, description="What the sheet and its example rest on.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    parts: tuple[Part, ...] = Field(min_length=1, description="What the sheet is made of, in order.")


TEMPLATE = "template"


def template_index(kb: Lookup) -> View:
    """All sheets, by the moment at which one needs them."""
    sheets: dict[str, Template] = dict(kb.table(TEMPLATE))
    sections = []
    for moment in kb.table("moment"):
        ids = [sheet_id for sheet_id, sheet in sheets.items() if sheet.moments[0] == moment]
        if ids:
            shown = (show_cards(kb, TEMPLATE, ids),)
            sections.append(Section(f"moment-{moment}", kb.choice_name("moment", moment), shown, repeats=True))
    return listing(kb, TEMPLATE, *sections)


def template_page(kb: Lookup, id: str) -> View:
    """The page of a sheet: what it is for, what can go wrong, the sheet itself, and where it belongs.

    Args:
        id: The sheet.
    """
    sheet: Template = kb.table(TEMPLATE)[id]
    head = Head(
        TEMPLATE,
        link_section(kb, TEMPLATE),
        sheet.title,
        sheet.summary,
        (
            Fact("takes", kb.gettext("Takes"), sheet.takes),
            Fact("for-whom", kb.gettext("For"), sheet.for_whom),
            Fact("themes", kb.gettext("Themes"), tag_themes(kb, sheet.themes)),
        ),
    )
    return (
        head,
        offer_papers(TEMPLATE, id),
        Paragraphs(sheet.about),
        _show_risks(kb, sheet),
        show_parts(id, sheet.parts, offers=collect_offers(kb, sheet.parts)),
        # Whoever has read or filled in the sheet is at its end.
        offer_papers(TEMPLATE, id),
        Section("gp-example", kb.gettext("About the example"), tuple(_say_example(kb, sheet))),
        Related(
            kb.gettext("Goes with"),
            (
                Group(kb.gettext("Chapters"), list_known(kb, "chapter", sheet.chapters)),
                Group(kb.gettext("Case studies"), list_known(kb, "case_study", (sheet.example_of or "",))),
            ),
            "gp-goes-with",
        ),
        SourceList(sheet.sources),
    )


def template_paper(kb: Lookup, id: str) -> View:
    """A sheet on paper: blank, so that its first page can be handed out; then how to use it, and the sheet filled in.

    Args:
        id: The sheet.
    """
    sheet: Template = kb.table(TEMPLATE)[id]
    facts = (Fact("takes", kb.gettext("Takes"), sheet.takes), Fact("for-whom", kb.gettext("For"), sheet.for_whom))
    use = (Paragraphs(sheet.about), Facts(facts), _show_risks(kb, sheet, level=3))
    examples = tuple(part for part in sheet.parts if part.has_example)
    filled = (*_say_example(kb, sheet), show_parts(id, examples, level=3, shown="filled"))
    return (
        Head(TEMPLATE, "", sheet.title, sheet.summary),
        show_parts(id, sheet.parts, shown="blank"),
        Section("gp-use", kb.gettext("How to use the sheet"), use, OWN_PAGE),
        Section("gp-example", kb.gettext("The sheet filled in"), filled if examples else (), OWN_PAGE),
        SourceList(sheet.sources),
    )


def _show_risks(kb: Lookup, sheet: Template, level: int = 2) -> Section:
    risks = tuple(Fact("risk", risk.what, risk.helps) for risk in sheet.can_go_wrong)
    title = kb.gettext("What can go wrong, and what helps")
    return Section("gp-risks", title, (Facts(risks, role="risks"),), level=level)


def _say_example(kb: Lookup, sheet: Template) -> Iterator[Block]:
    """Where the example comes from, and what is not documented of it."""
    case = sheet.example_of if sheet.example_of in kb.table("case_study") else None
    words = kb.gettext("The example follows the case study {case}.")
    if sheet.example_note:
        yield Paragraph("example", Sentence(words, {"case": RecordLink("case_study", case)}) if case else "")
        yield Paragraphs(sheet.example_note, role="")


def link_sheets(kb: Lookup, chapter: str) -> Group:
    """The sheets that go with a chapter, as a group of links."""
    sheets: dict[str, Template] = dict(kb.table(TEMPLATE))
    found = (sheet_id for sheet_id, sheet in sheets.items() if chapter in sheet.chapters)
    return Group(kb.gettext("Sheets to fill in"), tuple(Item(RecordLink(TEMPLATE, id)) for id in found))


def sheet(kb: Lookup, id: Annotated[str, Ref(TEMPLATE)]) -> View:
    """A sheet to fill in on the spot, without what its page says of it.

    Args:
        id: The sheet.

    Example:
        {{ sheet("budget") }}
    """
    parts = kb.table(TEMPLATE)[id].parts
    return (show_parts(id, parts, level=3, offers=collect_offers(kb, parts)),)


KIND = Kind(
    id=TEMPLATE,
    model=Template,
    file="data/templates.yml",
    list="templates",
    name=_("sheet"),
    also=("sheets", "forms", "worksheets"),
    collection=Collection(
        url="templates/",
        title=N_("Sheets to fill in"),
        description=N_(
            "Agreements, budgets and plans to fill in together, on the screen or on paper. "
            "The partner's column comes first."
        ),
        view=template_index,
        record_view=template_page,
        describe=lambda sheet, _: sheet.summary,
        papers=(
            Paper(format="pdf", title=N_("This sheet as PDF, to print"), view=template_paper),
            Paper(format="docx", title=N_("This sheet for Word, to adapt"), view=template_paper),
            Paper(format="odt", title=N_("This sheet for LibreOffice, to adapt"), view=template_paper),
        ),
    ),
    card=Card(
        write=lambda _, sheet, kb: CardText(kb.gettext("Sheet"), sheet.summary, sheet.takes),
        summary="One sheet to fill in.",
        argument="The sheet.",
        example="partnership-agreement",
    ),
    macros=(sheet,),
    search=Search(label=N_("Sheet"), rank=3, prior=0.9, hidden=lambda _, sheet, kb: sheet.also),
)
