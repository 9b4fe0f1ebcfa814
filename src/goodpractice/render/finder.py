"""The finder, which starts from a situation, and the comparison of case studies.

Without a script the finder is a page of links: every situation, audience,
moment and region leads to its own list. The script asks the same questions in
a form, whose first answers are counted here. What fits it works out from a
file that lies with the search and is loaded with the first answer: the page
itself does not grow with the number of case studies.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import Sentence, Text, View, Widget
from goodpractice.kinds.chapter import say_reading_time
from goodpractice.kinds.registry import COLLECTIONS, KINDS, QUESTIONS
from goodpractice.pages.plan import OVERVIEWS, lower_first, name_area
from goodpractice.render.environment import page_href
from goodpractice.render.links import area_url, audience_url, record_url, setting_url
from goodpractice.render.views.listing import say_cases, say_ways
from goodpractice.render.views.shared import link_overview, overview_head

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")

#: Case studies that can be chosen for comparison by name; the finder leads to the others.
CHOICES = 60
#: Pairs that are suggested.
PAIRS = 3


def find_page(kb: KnowledgeBase) -> View:
    """Four questions about a situation, and what fits it."""
    answers = _list_answers(kb)
    data = make_finder_data(kb)
    counts = count_answers(data)
    shown = [
        {
            "id": question,
            "name": kb.gettext(text),
            "answers": [
                {"id": value, "name": name, "says": says, "count": number, "unit": _unit(kb, number)}
                for (value, (name, says)), number in zip(answers[question].items(), counts[question], strict=True)
            ],
        }
        for question, text in QUESTIONS.items()
        if question in counts
    ]
    pages = [
        kb.language.ngettext("{number} case study", "{number} case studies", data["cases"]),
        _say_chapters(kb, len(data["chapters"])),
    ]
    values = {
        "questions": shown,
        "lists": _list_links(kb),
        "ways": say_ways(kb),
        "compare": page_href(OVERVIEWS["compare"].url),
        "cases": page_href(COLLECTIONS["case_study"].url),
        "chapters": page_href(COLLECTIONS["chapter"].url),
        "pages": kb.language.join(pages),
        # The page changes with its file, so that whoever looks at pages only sees that the file must be renewed.
        "version": hashlib.sha256(json.dumps(data).encode()).hexdigest()[:10],
    }
    return (overview_head(kb, "find", kb.gettext("Start from your situation")), Widget("find", values))


def _unit(kb: KnowledgeBase, number: int) -> str:
    """What is counted, for those who hear the number."""
    return kb.language.ngettext("case study", "case studies", number)


def _say_chapters(kb: KnowledgeBase, number: int) -> str:
    return kb.language.ngettext("{number} chapter", "{number} chapters", number)


def _list_answers(kb: KnowledgeBase) -> dict[str, dict[str, tuple[str, str]]]:
    """For each question its answers: id, what a reader chooses, what a reason says."""
    answers = {}
    for kind in QUESTIONS:
        says = "question" if "question" in KINDS[kind].model.model_fields else "name"
        answers[kind] = {id: (getattr(record, says), record.name) for id, record in kb.table(kind).items()}
    return answers


def make_finder_data(kb: KnowledgeBase) -> dict[str, Any]:
    """What the script works from, in a file of its own beside the search. Answers are places in the lists of answers.

    Returns:
        `cases`: how many there are; they are named by their places, newest
        first. `values`: for each question that enough pages can answer and
        each of its answers, the places of the case studies that give it
        themselves: a moment of a theme is no moment of every story on it.
        `chapters`: id, title, summary, reading time, themes, moments, tips as
        title and text.
    """
    answers = _list_answers(kb)
    entries = [entry for _, entry in kb.list_case_summaries()]
    places = {question: {value: at for at, value in enumerate(found)} for question, found in answers.items()}

    def encode(question: str, values: Iterable[str | None]) -> list[int]:
        return [places[question][value] for value in values if value in places[question]]

    carried = {
        question: [encode(question, entry.named.get(question, ())) for entry in entries] for question in QUESTIONS
    }
    chapters: list[list[Any]] = [
        [
            chapter_id,
            chapter.title,
            chapter.summary,
            f"{kb.gettext('Chapter {number}', number=chapter.order)} · {say_reading_time(kb, chapter_id)}",
            encode("theme", chapter.themes),
            encode("moment", chapter.moments),
            [[title, plain_text(text)] for title, text in kb.chapter_tips(chapter_id)],
        ]
        for chapter_id, chapter in kb.ordered_chapters
    ]
    answered = {
        **carried,
        "theme": carried["theme"] + [chapter[4] for chapter in chapters],
        "moment": carried["moment"] + [chapter[5] for chapter in chapters],
    }
    asked = [
        question
        for question, pages in answered.items()
        if answers[question] and pages and sum(map(bool, pages)) / len(pages) >= kb.share_needed and any(pages)
    ]
    values: dict[str, list[list[int]]] = {}
    for question in asked:
        values[question] = [[] for _ in answers[question]]
        for place, given in enumerate(carried[question]):
            for value in given:
                values[question][value].append(place)
    return {"cases": len(entries), "values": values, "chapters": chapters}


def count_answers(data: Mapping[str, Any]) -> dict[str, list[int]]:
    """For each question the number of case studies that each answer leads to: the counts of the first step."""
    return {question: [len(places) for places in found] for question, found in data["values"].items()}


def plain_text(markdown: str) -> str:
    """A sentence or two of Markdown as plain text: words of links stay, marks go."""
    return _MARKS.sub("", _LINK.sub(r"\1", markdown))


def _list_links(kb: KnowledgeBase) -> list[dict[str, Any]]:
    """The same questions as links: every answer leads to a page, or to its chapters."""
    asked = {question: kb.gettext(text) for question, text in QUESTIONS.items()}
    lists: list[dict[str, Any]] = [
        {
            "name": asked["theme"],
            "entries": [
                _entry(
                    record_url("theme", theme.id),
                    theme.question,
                    f"{theme.name}: {say_cases(kb, len(kb.select_case_studies(theme=theme.id)))}, "
                    f"{_say_chapters(kb, len(kb.select_chapters([theme.id])))}",
                )
                for theme in kb.themes.values()
            ],
        }
    ]
    audiences = [
        _entry(audience_url(choice.id), choice.name, say_cases(kb, len(kb.select_case_studies(audience=choice.id))))
        for choice in kb.list_choices("audience")
    ]
    moments = [
        {
            "name": choice.name,
            "about": choice.description or "",
            "entries": [
                _entry(record_url("chapter", chapter_id), chapter.title, say_reading_time(kb, chapter_id))
                for chapter_id, chapter in kb.ordered_chapters
                if choice.id in chapter.moments
            ],
        }
        for choice in kb.list_choices("moment")
    ]
    settings = [
        _entry(setting_url(choice.id), choice.name, say_cases(kb, len(kb.select_case_studies(setting=choice.id))))
        for choice in kb.list_choices("setting")
    ]
    areas = [
        _entry(area_url(area.id), name_area(kb, area), say_cases(kb, area.number))
        for area in kb.areas
        if not area.among
    ]
    if audiences and kb.ordered_case_studies:
        lists.append({"name": asked["audience"], "entries": audiences})
    if any(moment["entries"] for moment in moments):
        lists.append({"name": asked["moment"], "groups": [moment for moment in moments if moment["entries"]]})
    if settings and kb.ordered_case_studies:
        lists.append({"name": asked["setting"], "entries": settings})
    if areas:
        lists.append({"name": kb.gettext("Which region are you in?"), "entries": areas})
    return lists


def _entry(url: str, title: str, note: str) -> dict[str, str]:
    return {"href": page_href(url), "title": title, "note": note}


def compare_page(kb: KnowledgeBase) -> View:
    """Up to three case studies side by side: the script fetches them from their own pages."""
    values = {
        "cases": page_href(COLLECTIONS["case_study"].url),
        "find": page_href(OVERVIEWS["find"].url),
        "ways": say_ways(kb),
        "pairs": _suggest_pairs(kb),
        "choices": [{"id": case_id, "title": case.title} for case_id, case in kb.ordered_case_studies[:CHOICES]],
        "more": _lead_to_others(kb),
    }
    return (overview_head(kb, "compare", kb.gettext("Side by side")), Widget("compare", values))


def _lead_to_others(kb: KnowledgeBase) -> Text:
    if len(kb.case_studies) <= CHOICES:
        return ""
    return Sentence(
        kb.gettext("These are the {number} newest. Choose among all of them in {finder}."),
        {"number": str(CHOICES), "finder": link_overview(kb, "find", kb.gettext("the finder"))},
    )


def _suggest_pairs(kb: KnowledgeBase) -> list[dict[str, Any]]:
    """Pairs of case studies that say who held the money or who decided, and share themes: most shared themes first.

    Each case study stands in one pair only. Looked for among the newest that say so.
    """
    told = [
        (case_id, case)
        for case_id, case in kb.ordered_case_studies
        if case.power and (case.power.who_held_the_money or case.power.who_decided)
    ][:CHOICES]
    shared = {
        (first, second): [theme for theme in one.themes if theme in other.themes]
        for (first, one), (second, other) in combinations(told, 2)
    }
    pairs: list[dict[str, Any]] = []
    used: set[str] = set()
    for first, second in sorted(shared, key=lambda pair: -len(shared[pair])):
        themes = shared[first, second]
        if len(pairs) == PAIRS or not themes or {first, second} & used:
            continue
        used |= {first, second}
        names = kb.language.join([lower_first(kb.themes[theme].name) for theme in themes if theme in kb.themes])
        pairs.append(
            {
                "href": page_href(f"{OVERVIEWS['compare'].url}?c={first},{second}"),
                "first": kb.case_studies[first].title,
                "second": kb.case_studies[second].title,
                "why": kb.gettext("both about {names}", names=names),
            }
        )
    return pairs
