"""Where readers meet sheets, packs and events: on the pages of their themes, and at the top of the calendar."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from goodpractice.content import Project
from goodpractice.kinds.pack import PACK, say_aim
from goodpractice.kinds.template import TEMPLATE
from goodpractice.kinds.theme import THEME
from goodpractice.render.macros import bind_macros
from tests.helpers.projects import load_folder

EVENT = {"status": "held", "sources": ["https://example.org/"]}


def test_a_theme_leads_to_its_sheets_and_to_the_packs_of_its_chapters(repository: Project) -> None:
    kb = repository.kb
    macros = bind_macros(kb)
    for theme in kb.table(THEME):
        html = str(macros["theme_page"](theme))
        sheets = {id for id, sheet in kb.table(TEMPLATE).items() if theme in sheet.themes}
        packs = {chapter for chapter, _ in kb.select_chapters([theme])} & set(kb.table(PACK))
        assert {id for id in sheets if f'"gp:/templates/{id}/"' not in html} == set()
        assert {id for id in packs if f'"gp:/packs/{id}/"' not in html} == set()
        assert ("gp-sheets" in html, "gp-packs" in html) == (bool(sheets), bool(packs))


def test_what_a_pack_is_for_is_told_as_an_aim(full: Project) -> None:
    macros = bind_macros(full.kb)
    for id, pack in full.kb.table(PACK).items():
        assert say_aim(full.kb, pack).startswith("Aim: ")
        assert "Aim: " in str(macros["pack_page"](id))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "Nothing is announced that we know of."),
        (
            [{"start": "2019-05"}, {"start": "2020-03-01", "published_on": "2026-02-01"}, {"start": "2021"}],
            "As of 1 February 2026: no event is announced that we know of. The last that took place: Event 2, 2021.",
        ),
        (
            # What was announced and may never have been is no event that took place.
            [{"start": "2020-03-01"}, {"start": "2021", "status": "not documented"}],
            "Nothing is announced that we know of. The last that took place: Event 0, 1 March 2020.",
        ),
        (
            [{"start": "2020-03-01", "published_on": "2020-03-01"}, {"start": "2020-04-02", "status": "planned"}],
            "As of 1 March 2020: what is coming. Event 0, 1 March 2020 Event 1, 2 April 2020",
        ),
    ],
)
def test_the_calendar_begins_with_what_is_coming(tmp_path: Path, events: list[dict[str, str]], said: str) -> None:
    records = [{"id": f"e{at}", "name": f"Event {at}", **EVENT, **given} for at, given in enumerate(events)]
    files = {"mkdocs.yml": "site_name: A\nplugins: [goodpractice]\n", "docs/index.md": "# Home\n"}
    files |= {"data/events.yml": json.dumps({"events": records})} if events else {}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    macros = bind_macros(load_folder(tmp_path).kb)
    assert say(macros["coming_events"]()) == said
    if events:
        page = str(macros["calendar_page"]())
        assert say(page[page.index("gp-coming") : page.index('id="year-')]).find(said.split(" Event")[0]) > 0


def say(html: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(html))).split()).replace(" ,", ",").replace(" .", ".")


def test_an_event_with_a_date_in_words_is_in_the_calendar_too(tmp_path: Path) -> None:
    record = {"id": "fair", "name": "The fair", **EVENT, "period": "in the spring after the flood"}
    (tmp_path / "data").mkdir()
    (tmp_path / "data/events.yml").write_text(json.dumps({"events": [record]}), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [goodpractice]\n", encoding="utf-8")
    page = say(bind_macros(load_folder(tmp_path).kb)["calendar_page"]())
    assert "Dates in words in the spring after the flood The fair" in page


def test_a_link_to_a_file_says_of_what_it_is(full: Project) -> None:
    links = re.findall(r'<a href="([^"]*)"([^>]*)>([^<]*)</a>', str(bind_macros(full.kb)["data_page"]()))
    names: dict[str, set[str]] = {}
    for href, attributes, text in links:
        name = re.search(r'aria-label="([^"]*)"', attributes)
        names.setdefault(name[1] if name else text, set()).add(href)
        # Whoever speaks what they see finds the link.
        assert text.casefold() in (name[1] if name else text).casefold()
    assert "Case studies as CSV" in names
    assert {name: found for name, found in names.items() if len(found) > 1} == {}


def test_what_changed_is_told_where_it_is_listed(tmp_path: Path) -> None:
    changed = {"published_on": "2026-01-01", "updated_on": "2026-02-01", "what_changed": "It has <a> day."}
    records = [{"id": "a", "name": "The fair", **EVENT, "start": "2026-03", **changed}]
    records += [{"id": "b", "name": "New", **EVENT, "start": "2026-03", **changed, "updated_on": "2026-01-01"}]
    (tmp_path / "data").mkdir()
    (tmp_path / "data/events.yml").write_text(json.dumps({"events": records}), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [goodpractice]\n", encoding="utf-8")
    page = str(bind_macros(load_folder(tmp_path).kb)["new_page"]())
    assert "Event, changed: It has &lt;a&gt; day." in page
    assert page.count("day.") == 1


@pytest.mark.parametrize(
    ("published", "said"), [("2026-11-29", "1 to 29 November 2026"), (None, "1 to 30 November 2026")]
)
def test_an_issue_tells_of_no_day_that_is_still_to_come(tmp_path: Path, published: str | None, said: str) -> None:
    head = {"title": "A", "summary": "B.", "since": "2026-11-01", "until": "2026-11-30", "published_on": published}
    (tmp_path / "newsletters").mkdir()
    (tmp_path / "newsletters/2026-11.md").write_text(f"---\n{json.dumps(head)}\n---\nText.\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [goodpractice]\n", encoding="utf-8")
    assert said in say(bind_macros(load_folder(tmp_path).kb)["newsletter_page"]("2026-11", ""))
