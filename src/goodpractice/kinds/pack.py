"""Meeting packs: what a chapter needs to be talked about in a room, by both sides, in 30, 60 or 90 minutes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, UpdatedOn
from goodpractice.kinds.blocks import Block, Fact, Facts, Head, Links, Paragraph, Paragraphs, Section, View, Widget
from goodpractice.kinds.chapter import CHAPTER, Chapter
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.parts import CutCard, Part
from goodpractice.kinds.texts import RecordLink
from goodpractice.kinds.views.links import link_known, link_section, lower_first
from goodpractice.kinds.views.lists import listing, show_cards
from goodpractice.kinds.views.offers import collect_offers
from goodpractice.kinds.views.papers import offer_papers
from goodpractice.kinds.views.sheets import OWN_PAGE, Shown, show_parts

#: The three plans, by the field of a step that holds its minutes.
LENGTHS: Mapping[str, int] = MappingProxyType({"in_30": 30, "in_60": 60, "in_90": 90})
#: What a meeting has time for, however short it is; a step may also be there to make something.
NEEDED = ("settle", "talk", "decide")
#: The component that shows a plan.
SCHEDULE = "schedule"
#: The part of the handouts that no pack writes itself.
CARDS = "discussion-cards"

Minutes = Annotated[int, Field(ge=1, le=90)]


class Step(Record):
    """A step of the plan of a meeting."""

    title: Line = Field(description="What the step is called.")
    part: Literal["settle", "talk", "make", "decide"] = Field(
        description="What it is there for: people arrive, talk, make something, or decide what happens next."
    )
    in_30: Minutes | None = Field(None, description="Minutes in the plan for 30; a step without it is left out there.")
    in_60: Minutes | None = Field(None, description="Minutes in the plan for 60.")
    in_90: Minutes | None = Field(None, description="Minutes in the plan for 90.")
    text: Prose = Field(description="What happens, addressed to whoever runs the meeting.")
    say: Line | None = Field(None, description="Words to say, where their wording matters.")
    needs: Line | None = Field(None, description="What lies ready for it.")


class DiscussionCard(Record):
    """A card to cut out: a question or a short dilemma that can be understood alone."""

    text: Line = Field(description="The question or the dilemma.")
    case: Annotated[Id, Ref("case_study")] | None = Field(None, description="The case study that it tells of.")


class Pack(Record):
    """What a chapter needs to be talked about in a room: a sheet, a plan, cards and a worksheet."""

    id: Annotated[Id, Ref(CHAPTER)] = Field(description="The chapter; it becomes the address of the page.")
    title: Line = Field(description="What the meeting decides, as its invitation says it.")
    outcome: Line = Field(
        description="What the meeting is meant to bring about, as an instruction: pages show it as the aim."
    )
    who: Line = Field(description="Who should be there, and how many of each side.")
    room: Line = Field(description="Room, access and food.")
    bring: Line = Field(description="What lies ready when people arrive.")
    power: Line = Field(description="Who holds power in this room, and what is done about it beforehand.")
    points: tuple[Line, ...] = Field(
        (), description="What the sheet says in short, where the first section of the chapter is no list that says it."
    )
    cards: tuple[DiscussionCard, ...] = Field(min_length=8, max_length=12, description="Eight to twelve cards.")
    steps: tuple[Step, ...] = Field(min_length=3, description="The steps, in order.")
    shorter: Line = Field(description="What the plan for 30 minutes leaves out, and what to do about it.")
    worksheet: tuple[Part, ...] = Field(min_length=1, description="What is filled in together, in parts.")
    written_on: datetime.date = Field(description="The day on which it was written from its chapter.")
    updated_on: UpdatedOn = None


PACK = "pack"


def pack_page(kb: Lookup, id: str) -> View:
    """The page of a pack: what to prepare, the plan, and what is handed out.

    Args:
        id: The pack, which is that of a chapter.
    """
    head, *blocks = _show_pack(kb, id, "screen")
    # Whoever has read or filled in the pack is at its end.
    return (head, offer_papers(PACK, id), *blocks, offer_papers(PACK, id))


def pack_paper(kb: Lookup, id: str) -> View:
    """A pack on paper: what whoever runs the meeting needs, then the handouts, each on a page of its own.

    Args:
        id: The pack.
    """
    return tuple(_show_pack(kb, id, "blank"))


def _show_pack(kb: Lookup, id: str, shown: Shown) -> Iterator[Block]:
    pack: Pack = kb.table(PACK)[id]
    lengths = kb.language.join([str(length) for length in LENGTHS.values()], last=kb.gettext("or"))
    facts = (
        Fact("chapter", kb.gettext("Chapter"), link_known(kb, CHAPTER, (id,))),
        Fact("length", kb.gettext("Minutes"), lengths),
        Fact("cards", kb.gettext("Cards"), str(len(pack.cards))),
    )
    yield Head(PACK, link_section(kb, PACK), pack.title, say_aim(kb, pack), facts)
    yield Section("before", kb.gettext("Before you meet"), (Facts(_list_preparations(kb, pack)),))
    plan = (Paragraphs(pack.shorter, role=""), Widget(SCHEDULE, show_plan(pack)))
    yield Section("plan", kb.gettext("Plan for 30, 60 or 90 minutes"), plan)
    if id in kb.table(CHAPTER):
        yield _show_sheet(kb, id, pack)
    # Cards are cut, so nothing else stands on their last page.
    first = pack.worksheet[0].model_copy(update={"own_page": True})
    parts = (_deal_cards(kb, pack), first, *pack.worksheet[1:])
    handouts = show_parts(f"pack-{id}", parts, level=3, shown=shown, offers=collect_offers(kb, parts))
    yield Section("handouts", kb.gettext("Cards and worksheet"), (handouts,), OWN_PAGE)


def say_aim(kb: Lookup, pack: Pack) -> str:
    """What a meeting is meant to bring about: nobody knows before it what comes of it."""
    return kb.gettext("Aim: {aim}", aim=lower_first(pack.outcome))


def _list_preparations(kb: Lookup, pack: Pack) -> tuple[Fact, ...]:
    return (
        Fact("who", kb.gettext("Who"), pack.who),
        Fact("room", kb.gettext("Room and food"), pack.room),
        Fact("bring", kb.gettext("Bring"), pack.bring),
        Fact("power", kb.gettext("Power in the room"), pack.power),
    )


def show_plan(pack: Pack) -> dict[str, object]:
    """The plan as a table: its lengths, and each step with its minutes in each of them, 0 where it is left out."""
    steps = [
        {
            **{name: getattr(step, name) or "" for name in ("title", "text", "say", "needs")},
            "minutes": [getattr(step, field) or 0 for field in LENGTHS],
        }
        for step in pack.steps
    ]
    return {"lengths": list(LENGTHS.values()), "steps": steps}


def _deal_cards(kb: Lookup, pack: Pack) -> Part:
    """The cards, each with the name of the case study that it tells of."""
    cards = tuple(CutCard(text=_word_card(kb, card)) for card in pack.cards)
    # Two stand side by side, and one at least is left to the people in the room.
    blank = 2 - len(cards) % 2
    return Part(id=CARDS, title=kb.gettext("Cards to cut out"), own_page=True, cards=cards, blank_cards=blank)


def _word_card(kb: Lookup, card: DiscussionCard) -> str:
    if card.case is None or card.case not in kb.table("case_study"):
        return card.text
    told = kb.gettext("Case study: {name}", name=kb.record_name("case_study", card.case))
    return f"{card.text}\n\n{told}"


def _show_sheet(kb: Lookup, id: str, pack: Pack) -> Section:
    """The sheet of one page: all of it stands in the chapter, too, but for points that the pack words itself."""
    chapter: Chapter = kb.table(CHAPTER)[id]
    digest = kb.digest_chapter(id)
    tips = Section("tips", kb.gettext("Top tips"), (Links(digest.tips),), level=3)
    known = kb.table("case_study")
    cases = Links(tuple(RecordLink("case_study", case) for case in digest.cases if case in known))
    return Section(
        "sheet",
        kb.gettext("Summary on one page"),
        (
            Paragraph("pack-title", RecordLink(CHAPTER, id)),
            Paragraphs(chapter.summary, role=""),
            Links(pack.points or digest.points),
            tips,
            Section("cases", kb.gettext("From practice"), (cases,), level=3),
        ),
        OWN_PAGE,
        repeats=True,
    )


def pack_index(kb: Lookup) -> View:
    """All packs, in the order of their chapters."""
    packs = kb.table(PACK)
    return listing(kb, PACK, show_cards(kb, PACK, (id for id, _chapter in kb.ordered_chapters if id in packs)))


KIND = Kind(
    id=PACK,
    model=Pack,
    file="data/packs.yml",
    list="packs",
    name=_("pack"),
    also=(
        "meeting packs",
        "session plans",
        "workshops",
        "cards",
    ),
    collection=Collection(
        url="packs/",
        title=N_("Meeting packs"),
        description=N_("For each chapter: a plan for 30, 60 or 90 minutes, cards to cut out, and a sheet of one page."),
        view=pack_index,
        record_view=pack_page,
        # Nobody who looks for the chapter should take the pack for it.
        record_title=lambda pack, kb: kb.gettext("Meeting pack: {title}", title=pack.title),
        describe=lambda pack, kb: say_aim(kb, pack),
        papers=(
            Paper(format="pdf", title=N_("This pack as PDF, to print"), view=pack_paper),
            Paper(format="docx", title=N_("This pack for Word, to adapt"), view=pack_paper),
        ),
    ),
    card=Card(
        write=lambda id, pack, kb: CardText(kb.record_name(CHAPTER, id), say_aim(kb, pack)),
        summary="One meeting pack.",
        argument="The pack: the file name of its chapter without `.md`.",
        example="power-dynamics",
    ),
    search=Search(label=N_("Meeting pack"), rank=10, prior=0.7),
)
