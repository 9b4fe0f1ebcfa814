"""Parts that pages make by themselves, for the page that shows every part: drawn by their own templates."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Mapping
from typing import Any, Literal

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.dates import WEEKDAYS
from goodpractice.kinds import CASE_STUDY, CHAPTER, THEME
from goodpractice.kinds.blocks import Fact, Facts, Group, Head, Item, Related
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.parts import FormField, Part
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.term import USES
from goodpractice.kinds.texts import PageLink
from goodpractice.kinds.views.sheets import show_parts
from goodpractice.render.blocks import render_blocks
from goodpractice.render.charts import draw_bars
from goodpractice.render.environment import Html, page_href, render_component
from goodpractice.render.links import link
from goodpractice.render.maps import draw_map
from goodpractice.render.places import PlaceIndex, index_places

PartName = Literal[
    "calendar",
    "chain",
    "chapter-head",
    "compare",
    "events",
    "facts",
    "replies",
    "figure",
    "find",
    "glossary",
    "index",
    "jump",
    "map",
    "pagination",
    "photo",
    "plan",
    "reflection",
    "related",
    "schedule",
    "search",
    "sheet",
    "sources",
    "story",
    "timeline",
    "translation",
    "when",
]
PARTS: tuple[str, ...] = typing.get_args(PartName)


def part(kb: KnowledgeBase, name: PartName) -> Markup:
    """A part that pages make by themselves, with words that only say what stands where.

    Args:
        name: The name of the part without `gp-`.

    Example:
        {{ part("timeline") }}

    Raises:
        KeyError: There is no such part, or it is written in a page by hand.
    """
    return Html('<div class="gp-tokens__part">{}</div>').format(_DRAWN[name](kb))


def _home(words: str) -> Markup:
    return link("", words)


def _draw_head(kb: KnowledgeBase) -> Markup:
    facts = (Fact("reading-time", "Reading time", "4 minutes"), Fact("readers", "For", "Everybody"))
    shown = render_blocks(kb, [Head(CHAPTER, "Kind of page", "Title of the page", "What a reader will get.", facts)])
    # A page has one heading of the first level, and this example is not it.
    plain = str(shown).replace("<h1", "<p").replace(' id="gp-title"', "").replace("</h1>", "</p>")
    return Markup(plain)  # noqa: S704 - of our own making


def _draw_facts(kb: KnowledgeBase) -> Markup:
    partners = (Item("A partner", "What it did"), Item("Another partner", "What that one did"))
    facts = (Fact("partners", "Partners", items=partners), Fact("when", "When", "2024"))
    return render_blocks(kb, [Facts(facts, "At a glance")])


def _draw_feedback(kb: KnowledgeBase) -> Markup:
    entry = {"id": "example", "title": "What it was about", "said": "What a reader said.", "said_on": "a day"}
    return render_component(
        "replies", language=kb.language, entries=[{**entry, "done": "What changed.", "why_not": ""}]
    )


def _draw_index(kb: KnowledgeBase) -> Markup:
    entries = [{"href": page_href(""), "title": "A name", "note": "Its town"}]
    return render_component("index", groups=[{"id": "index-a", "name": "A", "entries": entries}], jump="")


def _draw_glossary(kb: KnowledgeBase) -> Markup:
    term = {
        "id": "example-word",
        "word": "A word",
        "use": "avoid",
        "meaning": "What it means.",
        "say_instead": ("another word",),
        "why": "What the word does to people.",
        "who_says": "",
        "sources": [_home("Where that is written")],
    }
    uses = {use: kb.gettext(words) for use, words in USES.items()}
    return render_component("glossary", language=kb.language, terms=[term], uses=uses)


def _draw_figure(kb: KnowledgeBase) -> Markup:
    rows = [("One name", 7), ("Another name", 3)]
    return render_component(
        "figure",
        language=kb.language,
        id="example-figure",
        title="What the picture shows",
        text="What can be learned from it, in a sentence.",
        pictures=[draw_bars("One name has 7, another 3.", rows)],
        names=["Name", "Number"],
        rows=rows,
    )


def _draw_find(kb: KnowledgeBase) -> Markup:
    answers = [
        {"id": theme.id, "name": theme.question, "says": theme.name, "count": 1, "unit": "case study"}
        for theme in list(kb.themes.values())[:2]
    ]
    return render_component(
        "find",
        language=kb.language,
        questions=[{"id": THEME, "name": "A question", "answers": answers}],
        lists=[],
        ways=_home("Other ways in"),
        compare=page_href(OVERVIEWS["compare"].url),
        cases=page_href(COLLECTIONS[CASE_STUDY].url),
        chapters=page_href(COLLECTIONS[CHAPTER].url),
        pages="Case studies and chapters",
        version="",
        file="",
    )


def _draw_search(kb: KnowledgeBase) -> Markup:
    doors = [{"url": "", "title": "A list", "about": "what is in it"}]
    drawn = render_component("search", language=kb.language, doors=doors, files="")
    # The page of the search leads to itself.
    return Markup(str(drawn).replace('action="./"', f'action="{page_href(OVERVIEWS["search"].url)}"'))  # noqa: S704 - as above


def _draw_map(kb: KnowledgeBase) -> Markup:
    return draw_map(kb, PlaceIndex(index_places(kb).places[-3:], (), ()))


def _draw_plan(kb: KnowledgeBase) -> Markup:
    action = {
        "id": "1.1",
        "title": "What is to be done.",
        "lead": _home("Who leads"),
        "anchor": "",
        "detail": "",
        "steps": [{"what": "A step", "by": "May 2027"}, {"what": "Another step", "by": ""}],
        "due": "",
        "status": {"said": "Begun, March 2027", "note": "", "sources": _home("minutes")},
    }
    strand = render_component(
        "strand",
        language=kb.language,
        strand={"id": 1, "title": "Title of the strand"},
        outcomes=["What will be different"],
        actions=[action],
        also=(),
        anchor="example-strand",
    )
    shown = {
        **dict.fromkeys(("about", "participation", "governance")),
        "domains": ({"id": 1, "title": "A domain", "aim": "What it is for."},),
    }
    members = [("A role", "A member, another member")]
    parts = {"strands": [strand], "members": members, "requests": _draw_requests(kb)}
    return render_component("plan", language=kb.language, plan=shown, anchor="example-plan", **parts)


def _draw_requests(kb: KnowledgeBase) -> Markup:
    answered = {"text": "What somebody asked for", "actions": _home("1.1 What is to be done"), "note": ""}
    rows = [answered, {"text": "What nobody answers", "actions": "", "note": "Why not."}]
    return render_component(
        "asked", language=kb.language, title="What people asked for", rows=rows, notes=[], ours=False
    )


def _draw_chain(kb: KnowledgeBase) -> Markup:
    outcome = {"title": "What should be different", "known_by": "what is counted", "evidence": []}
    row = {"action": _home("1.1 What is to be done"), "mechanisms": ["Belonging"], "outcomes": [outcome]}
    rows = [{**row, "evidence": [], "undated": []}]
    return render_component(
        "chain", language=kb.language, rows=rows, notes=[], ours=dict.fromkeys(("mechanisms", "evidence"))
    )


def _draw_schedule(kb: KnowledgeBase) -> Markup:
    words = {"title": "A step", "text": "What happens in it.", "say": "Words to say.", "needs": "What lies ready."}
    steps = [{**words, "minutes": [5, 10, 15]}, {**words, "say": "", "needs": "", "minutes": [0, 0, 10]}]
    return render_component("schedule", language=kb.language, lengths=[30, 60, 90], steps=steps)


def _draw_photo(kb: KnowledgeBase) -> Markup:
    mark = Html('<img class="gp-photo__image" src="{}" width="120" height="120" alt="A weave of four strands">')
    return render_component(
        "photo",
        picture=mark.format(page_href("assets/logo.svg")),
        placement="story",
        caption="What can be seen.",
        credit="Who took it.",
    )


def _draw_calendar(kb: KnowledgeBase) -> Markup:
    entry = {"id": "example-day", "when": "2 March 2026", "link": _home("An event"), "meta": "Its town"}
    week = [{"day": day, "anchor": "example-day" if day == 2 else "", "names": "An event"} for day in range(8)[1:]]
    month = {"id": "example-month", "name": "A month", "weeks": [week], "entries": [entry], "loose": []}
    years = [{"year": "A year", "months": [{**month, "before": None, "after": None}], "loose": []}]
    weekdays = [kb.gettext(name) for name in WEEKDAYS]
    drawn = render_component("calendar", language=kb.language, weekdays=weekdays, years=years, worded=[])
    return Markup(str(drawn).replace('"year-A year"', '"example-year"'))  # noqa: S704 - of our own making


def _draw_events(kb: KnowledgeBase) -> Markup:
    entry = {"id": "example-event", "link": _home("An event"), "when": "March 2019", "meta": "Its town", "until": ""}
    drawn = render_component(
        "events",
        language=kb.language,
        as_of="1 March 2026",
        coming=[],
        years=[(2019, [entry])],
    )
    # No script changes an example, and no heading of it is one of the page.
    plain = str(drawn).replace("gp-events class", "div class").replace("</gp-events>", "</div>")
    return Markup(plain.replace('"gp-', '"example-').replace('class="example-', 'class="gp-'))  # noqa: S704 - as above


def _draw_when(kb: KnowledgeBase) -> Markup:
    rows = [
        {"text": "Tuesday 10 March 2026, 14:00 to 15:30", "datetime": "", "zone": "Europe/London, UTC+0", "note": ""},
        {"text": "Tuesday 14 April 2026, 14:00 to 15:30", "datetime": "", "zone": "", "note": "called off"},
    ]
    return render_component("when", rows=[{**row, "live": {}} for row in rows], precision="")


#: As a case study has it once its Markdown is HTML.
_STORY = Html(
    '<div class="gp-story"><h2 id="example-what-happened">What happened</h2><p>The story, from the beginning.</p>'
    '<h2 id="example-what-we-learned">What we learned</h2><p>What others can use.</p>'
    '<h2 id="example-what-did-not-work">What did not work</h2><p>What went wrong, told as plainly.</p></div>'
)


def _draw_sheet(kb: KnowledgeBase) -> Markup:
    want = FormField(id="want", ask="A question", help="What to think of.", example="Their answer", example_ours="Ours")
    part = Part(id="example", title="A part of a sheet", sides=True, fields=(want,))
    return render_blocks(kb, [show_parts("example", (part,), level=3)])


def _draw_reflection(kb: KnowledgeBase) -> Markup:
    helps = [{"name": "Chapters", "links": [_home("A chapter")]}]
    line = {"id": "example-line", "name": "A line", "question": "A question?", "steps": ["Weak", "Half-way", "Strong"]}
    drawn = render_component(
        "reflection", language=kb.language, dimensions=[{**line, "helps": helps}], follows="", rows=[1]
    )
    # Its headings stand below that of the example.
    return Markup(re.sub(r"(?<=<)(/?)h2", r"\1h3", str(drawn)))  # noqa: S704 - of our own making


_DRAWN: Mapping[str, Callable[[KnowledgeBase], Any]] = {
    "calendar": _draw_calendar,
    "chapter-head": _draw_head,
    "compare": lambda kb: render_component(
        "compare",
        language=kb.language,
        cases=page_href(COLLECTIONS[CASE_STUDY].url),
        find=page_href(OVERVIEWS["find"].url),
        ways=_home("Other ways in"),
        pairs=[],
        choices=[{"id": f"story-{number}", "title": f"Story {number}"} for number in (1, 2, 3)],
        more="",
    ),
    "events": _draw_events,
    "facts": _draw_facts,
    "replies": _draw_feedback,
    "figure": _draw_figure,
    "find": _draw_find,
    "glossary": _draw_glossary,
    "index": _draw_index,
    "jump": lambda kb: render_component("jump", label="Jump to a letter", entries=[{"id": "index-a", "name": "A"}]),
    "map": _draw_map,
    # Both lead to the home page: a list of the site may have one page only.
    "pagination": lambda kb: render_component(
        "pagination",
        language=kb.language,
        number=1,
        of=2,
        pages=[{"number": number, "href": page_href("")} for number in (1, 2)],
        previous=page_href(""),
        next=page_href(""),
    ),
    "photo": _draw_photo,
    "plan": _draw_plan,
    "chain": _draw_chain,
    "related": lambda kb: render_blocks(
        kb, [Related("Read next", (Group("Chapters", (Item(PageLink("", "A chapter"), "why it is here"),)),))]
    ),
    "schedule": _draw_schedule,
    "search": _draw_search,
    "reflection": _draw_reflection,
    "sheet": _draw_sheet,
    "sources": lambda kb: render_component(
        "sources", language=kb.language, sources=[{"link": _home("A report"), "publisher": "Who published it"}]
    ),
    "story": lambda kb: _STORY,
    "timeline": lambda kb: render_component(
        "timeline", steps=[{"date": "March 2024", "what": "What began."}, {"date": "2025", "what": "What came of it."}]
    ),
    "translation": lambda kb: render_component(
        "translation",
        language=kb.language,
        kind="draft",
        said="This translation was made by a program, and nobody has approved it.",
        href=page_href(""),
        own=kb.own_language,
        read="Read this page in English",
    ),
    "when": _draw_when,
}
