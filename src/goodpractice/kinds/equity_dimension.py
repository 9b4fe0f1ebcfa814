"""Dimensions of equity, and the page on which partners mark where they stand on each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Ref
from goodpractice.kinds.blocks import Group, Head, Item, Paragraph, Paragraphs, View, Widget
from goodpractice.kinds.kind import Collection, Entry, Filter, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.parts import Column, FormField, Part, Row
from goodpractice.kinds.texts import RecordLink, Sentence, Text
from goodpractice.kinds.views.links import link_known
from goodpractice.kinds.views.papers import offer_papers
from goodpractice.kinds.views.sheets import show_parts
from goodpractice.kinds.vocabulary import VOCABULARIES_FILE, Choice

EQUITY_DIMENSION = "equity_dimension"
#: Case studies named beside a dimension.
_CASES = 4
#: Steps of a dimension that says none itself.
_STEPS = (N_("Not yet"), N_("Now and then"), N_("Most of the time"), N_("It is how we work"))
#: Empty rows of the plan on paper.
_ROWS = 4


class EquityDimension(Choice):
    """A dimension of equity, with what helps to work on it."""

    question: Line | None = Field(None, description="What the page `reflect/` asks; its description when not given.")
    steps: tuple[Line, ...] = Field(
        (),
        min_length=2,
        max_length=7,
        description=(
            "What partners mark on the page `reflect/`: a sentence for each step, the weakest first. Without them the "
            "page has four that fit everything."
        ),
    )
    resource: Annotated[Id, Ref("resource")] | None = Field(
        None, description="The tool that the dimension is taken from; the page says that the words are not the tool's."
    )
    chapters: tuple[Annotated[Id, Ref("chapter")], ...] = Field((), description="Chapters that help to work on it.")
    templates: tuple[Annotated[Id, Ref("template")], ...] = Field((), description="Sheets that help to work on it.")


def _ask(dimension: EquityDimension) -> str:
    return dimension.question or dimension.description or ""


def _list_steps(kb: Lookup, dimension: EquityDimension) -> tuple[str, ...]:
    return dimension.steps or tuple(map(kb.gettext, _STEPS))


def reflect_page(kb: Lookup) -> View:
    """A form for what partners think of each dimension, from which a script draws where they stand, and plans."""
    dimensions: dict[str, EquityDimension] = dict(kb.table(EQUITY_DIMENSION))
    values = {
        "dimensions": [
            {
                "id": id,
                "name": dimension.name,
                "question": _ask(dimension),
                "steps": _list_steps(kb, dimension),
                "helps": list(_list_helps(kb, id, dimension)),
            }
            for id, dimension in dimensions.items()
        ],
        "follows": _say_origin(kb, dimensions),
        "rows": list(range(_ROWS)),
    }
    collection = kb.collection(EQUITY_DIMENSION)
    title, said = kb.gettext(collection.title), kb.gettext(collection.description)
    head = Head("index", kb.gettext("Reflect together"), title, said)
    return (head, offer_papers("index", EQUITY_DIMENSION), Widget("reflection", values))


def _list_helps(kb: Lookup, id: str, dimension: EquityDimension) -> Iterator[dict[str, Any]]:
    """What helps to work on a dimension, by kind; kinds of which there is nothing are left out."""
    cases = [case_id for case_id, _case in kb.select_case_studies(**{EQUITY_DIMENSION: id})[:_CASES]]
    for name, kind, ids in (
        (kb.gettext("Chapters"), "chapter", dimension.chapters),
        (kb.gettext("Case studies"), "case_study", cases),
        (kb.gettext("Sheets to fill in"), "template", dimension.templates),
    ):
        links = [RecordLink(kind, record_id) for record_id in ids if record_id in kb.table(kind)]
        if links:
            yield {"name": name, "links": links}


def _say_origin(kb: Lookup, dimensions: dict[str, EquityDimension]) -> Text:
    """Where the dimensions are taken from, and whose words their steps are."""
    tools = link_known(kb, "resource", dict.fromkeys(filter(None, (one.resource for one in dimensions.values()))))
    if not tools:
        return ""
    words = kb.gettext(
        "Where the dimensions come from: {tools}. The questions and the steps are our own words, and the authors of "
        "the original have neither written nor checked them. Use the original beside this page."
    )
    return Sentence(words, {"tools": tools})


def reflect_paper(kb: Lookup, id: str) -> View:
    """The same form on paper, for one person or one team.

    Args:
        id: The kind.
    """
    dimensions: dict[str, EquityDimension] = dict(kb.table(id))
    collection = kb.collection(id)
    said = kb.gettext(
        "Each side fills in a sheet of its own. Tick where you stand today and where you want to be, and write beside "
        "it what somebody did or said. Then lay the sheets beside each other and begin with the partner's. The marks "
        "are no score: do not add them up."
    )
    return (
        Head(EQUITY_DIMENSION, "", kb.gettext(collection.title), kb.gettext(collection.description)),
        Paragraphs(said, role=""),
        Paragraph("follows", _say_origin(kb, dimensions)),
        show_parts("reflect", tuple(_list_parts(kb, dimensions)), shown="blank"),
    )


def _list_parts(kb: Lookup, dimensions: dict[str, EquityDimension]) -> Iterator[Part]:
    who = (
        FormField(id="work", ask=kb.gettext("Which piece of work do you mark?")),
        FormField(id="who", ask=kb.gettext("Who fills this in?")),
        FormField(id="date", ask=kb.gettext("Date"), size="date"),
    )
    yield Part(id="who", title=kb.gettext("Who marks"), fields=who)
    columns = (
        Column(name=kb.gettext("Step")),
        Column(name=kb.gettext("Today"), size="tick"),
        Column(name=kb.gettext("Wanted"), size="tick"),
        Column(name=kb.gettext("Why: what somebody did or said")),
    )
    for id, dimension in dimensions.items():
        steps = (*_list_steps(kb, dimension), kb.gettext("We cannot say"))
        rows = tuple(Row(label=step) for step in steps)
        yield Part(id=id, title=dimension.name, text=_ask(dimension) or None, columns=columns, rows=rows)
    plan = tuple(Column(name=kb.gettext(name)) for name in (N_("What"), N_("Who"), N_("By when")))
    yield Part(id="plan", title=kb.gettext("What we do next"), columns=plan, blank_rows=_ROWS)


def link_dimensions(kb: Lookup, chapter: str) -> Group:
    """The dimensions that a chapter helps with, as a group of links."""
    dimensions: dict[str, EquityDimension] = dict(kb.table(EQUITY_DIMENSION))
    found = (id for id, dimension in dimensions.items() if chapter in dimension.chapters)
    links = tuple(Item(RecordLink(EQUITY_DIMENSION, id)) for id in found)
    return Group(kb.gettext("Mark where you stand"), links)


KIND = Kind(
    id=EQUITY_DIMENSION,
    model=EquityDimension,
    file=VOCABULARIES_FILE,
    list="equity_dimensions",
    name=_("equity dimension"),
    known=_("the equity dimensions we know"),
    is_vocabulary=True,
    linked_type="DefinedTerm",
    filter=Filter(name=N_("Equity Compass"), place=80),
    collection=Collection(
        url="reflect/",
        title=N_("Where do we stand?"),
        description=N_(
            "Mark alone or with your partner where your work stands and where you want it to be, see where the gap is "
            "widest, and plan what you do next."
        ),
        view=reflect_page,
        books=(
            Paper(format="pdf", title=N_("This form as PDF, to print"), view=reflect_paper),
            Paper(format="docx", title=N_("This form for Word, to adapt"), view=reflect_paper),
            Paper(format="odt", title=N_("This form for LibreOffice, to adapt"), view=reflect_paper),
        ),
    ),
    search=Search(
        label=N_("Question to reflect on"),
        rank=14,
        prior=0.5,
        entry=lambda dimension, _: Entry(dimension.description or dimension.name, dimension.steps, dimension.also),
    ),
)
