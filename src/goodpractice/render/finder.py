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
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import rank_case
from goodpractice.i18n.typography import has_these_quotes, set_quotes_of_text
from goodpractice.kinds import CASE_STUDY, CHAPTER, THEME, Chapter, Ref
from goodpractice.kinds.blocks import View, Widget
from goodpractice.kinds.chapter import say_reading_time
from goodpractice.kinds.marks import group_references, list_reference_fields
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.registry import COLLECTIONS, KINDS, QUESTIONS
from goodpractice.kinds.texts import Sentence, Text
from goodpractice.kinds.views.links import link_overview, name_inside
from goodpractice.kinds.views.lists import overview_head, say_cases, say_ways
from goodpractice.pages.plan import name_area
from goodpractice.render.digests import list_tips, plain_text
from goodpractice.render.environment import page_href
from goodpractice.render.links import record_url

#: Case studies that can be chosen for comparison by name; the finder leads to the others.
CHOICES = 60
#: Pairs that are suggested.
PAIRS = 3
#: The kinds of answers that chapters give, too, in the order of their fields.
_OF_CHAPTERS = tuple(
    mark.kind for _, mark in list_reference_fields(Chapter) if isinstance(mark, Ref) and mark.kind in QUESTIONS
)


def find_page(kb: KnowledgeBase) -> View:
    """Four questions about a situation, and what fits it."""
    answers = _collect_answers(kb)
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
        "ways": say_ways(kb, on_finder=True),
        "file": f"{CASE_STUDY}={KINDS[CASE_STUDY].data_name}",
        "compare": page_href(OVERVIEWS["compare"].url),
        "cases": page_href(COLLECTIONS[CASE_STUDY].url),
        "chapters": page_href(COLLECTIONS[CHAPTER].url),
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


def _collect_answers(kb: KnowledgeBase) -> dict[str, dict[str, tuple[str, str]]]:
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
    answers = _collect_answers(kb)
    entries = [entry for _, entry in kb.list_case_summaries()]
    places = {question: {value: at for at, value in enumerate(found)} for question, found in answers.items()}

    def encode(question: str, values: Iterable[str | None]) -> list[int]:
        return [places[question][value] for value in values if value in places[question]]

    carried = {
        question: [encode(question, entry.named.get(question, ())) for entry in entries] for question in QUESTIONS
    }
    set_marks = set_quotes_of_text if has_these_quotes(kb.language.code) else str
    chapters: list[list[Any]] = [
        [
            chapter_id,
            set_marks(chapter.title),
            set_marks(chapter.summary),
            f"{kb.gettext('Chapter {number}', number=chapter.order)} · {say_reading_time(kb, chapter_id)}",
            *(encode(kind, named.get(kind, ())) for kind in _OF_CHAPTERS),
            [[set_marks(title), set_marks(plain_text(text))] for title, text in kb.ask(list_tips.__name__, chapter_id)],
        ]
        for chapter_id, chapter in kb.ordered_chapters
        for named in (group_references(chapter, Chapter),)
    ]
    answered = {**carried}
    for place, kind in enumerate(_OF_CHAPTERS, start=4):
        answered[kind] = carried[kind] + [chapter[place] for chapter in chapters]
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


def _list_links(kb: KnowledgeBase) -> list[dict[str, Any]]:
    """The same questions as links: every answer leads to a page of its own, to a list, or to its chapters."""
    lists: list[dict[str, Any]] = []
    for kind, text in QUESTIONS.items():
        overview = next((overview for overview in OVERVIEWS.values() if overview.of == kind), None)
        shown: dict[str, Any] = {}
        if kind in COLLECTIONS:
            shown = {"entries": [_link_record(kb, kind, record_id) for record_id in kb.table(kind)]}
        elif overview is not None and kb.ordered_case_studies:
            shown = {
                "entries": [
                    _entry(overview.url_of(choice.id), choice.name, _say_cases_with(kb, kind, choice.id))
                    for choice in kb.list_choices(kind)
                ]
            }
        elif kind in _OF_CHAPTERS:
            shown = {"groups": _list_chapters(kb, kind)}
        if any(shown.values()):
            lists.append({"name": kb.gettext(text), **shown})
    areas = [
        _entry(OVERVIEWS["regions"].url_of(area.id), name_area(kb, area), say_cases(kb, area.number))
        for area in kb.areas
        if not area.among
    ]
    if areas:
        lists.append({"name": kb.gettext("Which region are you in?"), "entries": areas})
    return lists


def _say_cases_with(kb: KnowledgeBase, kind: str, record_id: str) -> str:
    return say_cases(kb, len(kb.select_case_studies(**{kind: record_id})))


def _link_record(kb: KnowledgeBase, kind: str, record_id: str) -> dict[str, str]:
    record = kb.table(kind)[record_id]
    note = f"{_say_cases_with(kb, kind, record_id)}, {_say_chapters(kb, len(kb.select_chapters([record_id])))}"
    return _entry(record_url(kind, record_id), record.question, f"{record.name}: {note}")


def _list_chapters(kb: KnowledgeBase, kind: str) -> list[dict[str, Any]]:
    """The chapters on each choice of a vocabulary that has any."""
    named = {chapter_id: group_references(chapter, Chapter) for chapter_id, chapter in kb.ordered_chapters}
    groups = [
        {
            "name": choice.name,
            "about": choice.description or "",
            "entries": [
                _entry(record_url(CHAPTER, chapter_id), chapter.title, say_reading_time(kb, chapter_id))
                for chapter_id, chapter in kb.ordered_chapters
                if choice.id in named[chapter_id].get(kind, ())
            ],
        }
        for choice in kb.list_choices(kind)
    ]
    return [group for group in groups if group["entries"]]


def _entry(url: str, title: str, note: str) -> dict[str, str]:
    return {"href": page_href(url), "title": title, "note": note}


def compare_page(kb: KnowledgeBase) -> View:
    """Up to three case studies side by side: the script fetches them from their own pages."""
    values = {
        "cases": page_href(COLLECTIONS[CASE_STUDY].url),
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
    # The order is that of lists, but asked of those that say so: that of all others does not matter here.
    told = [
        (case_id, case)
        for case_id, case in kb.case_studies.items()
        if case.power and (case.power.who_held_the_money or case.power.who_decided)
    ]
    told = sorted(told, key=lambda entry: rank_case(*entry))[:CHOICES]
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
        names = kb.language.join([name for theme in themes if (name := name_inside(kb, THEME, theme))])
        pairs.append(
            {
                "href": page_href(f"{OVERVIEWS['compare'].url}?c={first},{second}"),
                "first": kb.case_studies[first].title,
                "second": kb.case_studies[second].title,
                "why": kb.gettext("both about {names}", names=names),
            }
        )
    return pairs
