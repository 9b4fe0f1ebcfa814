"""The finder, which starts from a situation, and the comparison of case studies.

Without a script the finder is a page of links: every situation, audience,
moment and region leads to its own list. The script asks the same questions in
a form and works from the data that stand in the page. There is no file beside
it to load or to forget.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from goodpractice.knowledge_base import KnowledgeBase
from goodpractice.pages.plan import OVERVIEWS, SECTIONS
from goodpractice.related import Entry
from goodpractice.render.environment import page_href, render_component, render_template
from goodpractice.render.layouts import head
from goodpractice.render.lists import list_ways, say_cases, say_number
from goodpractice.render.references import area_url, audience_url, chapter_minutes, record_url

#: Up to so many case studies the data hold their summaries; beyond, titles alone keep the page light.
MOST_SUMMARIES = 200

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")

#: The questions: id, kind of the answers, what is asked, and how a reason begins.
QUESTIONS = (
    ("theme", "theme", "What are you struggling with?", "about"),
    ("audience", "audience", "Who do you work with?", "with"),
    ("moment", "moment", "Where are you in the partnership?", "for"),
    ("setting", "setting", "Where do people meet?", "in"),
)


def find_page(kb: KnowledgeBase, id: str = "find", number: int = 1) -> Markup:
    """Four questions about a situation, and what fits it.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    overview = OVERVIEWS[id]
    answers = _list_answers(kb)
    entries = kb.list_entries()
    data = make_finder_data(kb, entries, answers)
    shown = [
        {
            "id": question,
            "name": text,
            "answers": [{"id": value, "name": name, "says": says} for value, (name, says) in answers[question].items()],
        }
        for question, _, text, _ in QUESTIONS
        if question in data["questions"]
    ]
    return render_template(
        "list_page.html",
        head=head("index", "Start from your situation", overview.title, overview.description),
        before="",
        body=render_component(
            "find",
            questions=shown,
            lists=_list_links(kb),
            ways=list_ways(kb),
            compare=page_href(OVERVIEWS["compare"].url),
            cases=page_href(SECTIONS["case_study"].url),
            chapters=page_href(SECTIONS["chapter"].url),
            data=print_data(data),
        ),
        pagination="",
    )


def _list_answers(kb: KnowledgeBase) -> dict[str, dict[str, tuple[str, str]]]:
    """For each question its answers: id, what a reader chooses, what a reason says."""
    themes = {theme.id: (theme.question, theme.name) for theme in kb.themes.values()}
    choices = {
        kind: {choice.id: (choice.name, choice.name) for choice in kb.list_choices(kind)}
        for kind in ("audience", "moment", "setting")
    }
    return {"theme": themes, **choices}


def make_finder_data(
    kb: KnowledgeBase, entries: Sequence[tuple[str, Entry]], answers: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """What the script works from. Values are places in the lists of answers, so that the data stay small.

    Args:
        kb: The knowledge base.
        entries: Case studies, newest first.
        answers: For each question its answers by id.

    Returns:
        `questions`: the ids of the answers of each question that enough pages
        can answer. `moments`: for each theme, the moments at which it matters.
        `cases`: id, title, time and place, then values by question, then the
        summary where there is room. `chapters`: id, title, summary, reading
        time, themes, moments, tips as title and text.
    """
    places = {question: {value: at for at, value in enumerate(found)} for question, found in answers.items()}

    def encode(question: str, values: Iterable[str | None]) -> list[int]:
        return [places[question][value] for value in values if value in places[question]]

    brief = len(entries) > MOST_SUMMARIES
    cases: list[list[Any]] = [
        [
            case_id,
            entry.title,
            " · ".join(part for part in (entry.region or entry.country, entry.when) if part),
            encode("theme", entry.themes),
            encode("audience", entry.audiences),
            encode("moment", entry.moments),
            encode("setting", [entry.setting]),
            *([] if brief else [entry.summary]),
        ]
        for case_id, entry in entries
    ]
    moments = [encode("moment", theme.moments) for theme in kb.themes.values()]
    chapters: list[list[Any]] = [
        [
            chapter_id,
            chapter.title,
            chapter.summary,
            f"Chapter {chapter.order} · {chapter_minutes(kb, chapter_id)}",
            encode("theme", chapter.themes),
            encode("moment", chapter.moments),
            [[title, plain_text(text)] for title, text in kb.chapter_tips(chapter_id)],
        ]
        for chapter_id, chapter in kb.ordered_chapters
    ]
    carried = {
        "theme": [case[3] for case in cases] + [chapter[4] for chapter in chapters],
        "audience": [case[4] for case in cases],
        "moment": [case[5] or [m for theme in case[3] for m in moments[theme]] for case in cases]
        + [chapter[5] for chapter in chapters],
        "setting": [case[6] for case in cases],
    }
    asked = [
        question
        for question, pages in carried.items()
        if answers[question] and pages and sum(map(bool, pages)) / len(pages) >= kb.share_needed and any(pages)
    ]
    return {
        "questions": {question: list(answers[question]) for question in asked},
        "moments": moments,
        "cases": cases,
        "chapters": chapters,
    }


def print_data(data: Mapping[str, Any]) -> Markup:
    """Data as JSON that may stand in a page: nothing in it can end the element, or be taken for a tag."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - JSON whose every <, > and & is written as an escape


def plain_text(markdown: str) -> str:
    """A sentence or two of Markdown as plain text: words of links stay, marks go."""
    return _MARKS.sub("", _LINK.sub(r"\1", markdown))


def _list_links(kb: KnowledgeBase) -> list[dict[str, Any]]:
    """The same questions as links: every answer leads to a page, or to its chapters."""
    lists: list[dict[str, Any]] = [
        {
            "name": QUESTIONS[0][2],
            "entries": [
                _entry(
                    record_url("theme", theme.id),
                    theme.question,
                    f"{theme.name}: {say_cases(len(kb.select_case_studies(theme=theme.id)))}, "
                    f"{say_number(len(kb.select_chapters([theme.id])), 'chapter')}",
                )
                for theme in kb.themes.values()
            ],
        }
    ]
    audiences = [
        _entry(audience_url(choice.id), choice.name, say_cases(len(kb.select_case_studies(audience=choice.id))))
        for choice in kb.list_choices("audience")
    ]
    moments = [
        {
            "name": choice.name,
            "about": choice.description or "",
            "entries": [
                _entry(record_url("chapter", chapter_id), chapter.title, chapter_minutes(kb, chapter_id))
                for chapter_id, chapter in kb.ordered_chapters
                if choice.id in chapter.moments
            ],
        }
        for choice in kb.list_choices("moment")
    ]
    areas = [_entry(area_url(area.id), area.name, say_cases(area.number)) for area in kb.areas]
    if audiences and kb.ordered_case_studies:
        lists.append({"name": QUESTIONS[1][2], "entries": audiences})
    if any(moment["entries"] for moment in moments):
        lists.append({"name": QUESTIONS[2][2], "groups": [moment for moment in moments if moment["entries"]]})
    if areas:
        lists.append({"name": "Which region are you in?", "entries": areas})
    return lists


def _entry(url: str, title: str, note: str) -> dict[str, str]:
    return {"href": page_href(url), "title": title, "note": note}


def compare_page(kb: KnowledgeBase, id: str = "compare", number: int = 1) -> Markup:
    """Up to three case studies side by side: the script fetches them from their own pages.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    overview = OVERVIEWS[id]
    return render_template(
        "list_page.html",
        head=head("index", "Side by side", overview.title, overview.description),
        before="",
        body=render_component(
            "compare",
            cases=page_href(SECTIONS["case_study"].url),
            find=page_href(OVERVIEWS["find"].url),
            ways=list_ways(kb),
        ),
        pagination="",
    )
