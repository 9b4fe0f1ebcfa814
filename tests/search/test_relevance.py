"""What people look for is found: the questions of queries.yml, asked of the built site in a browser.

Format of queries.yml and held_out.yml, a list of:

    - query: first meeting with a community group   # as somebody types it
      wanted: [/handbook/time-and-trust/]           # any one of these pages, as the first result, answers it;
                                                    # with #id only that place on a list, without it any place
      audience: museum-staff                        # optional: an id from data/vocabularies.yml

The questions were written by somebody who had not read the pages. The search
may be improved in the light of queries.yml. held_out.yml is only reported:
nothing is ever tuned to it, so that it tells whether the tuning went too far.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
import yaml
from browser.serving import open_browser
from playwright.sync_api import Browser, Page, expect

from search.built import build, serve

QUERIES = Path(__file__).with_name("queries.yml")
HELD_OUT = Path(__file__).with_name("held_out.yml")
#: Share of the questions whose wanted page must be among the first three, and the first.
AMONG_THREE, FIRST = 0.90, 0.70

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("search")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as started:
        yield started


@pytest.fixture(scope="module")
def tab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    with serve(build(tmp_path_factory.mktemp("relevance") / "site")) as address:
        page = browser.new_page()
        yield page, address
        page.close()


def load(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        pytest.skip(f"{path.name} is missing: it must be written by somebody who has not read the pages")
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def results(tab: tuple[Page, str], query: str) -> list[str]:
    """Addresses of the results on the search page, as `/handbook/…/`, in order."""
    page, address = tab
    page.goto(f"{address}search/?q={quote_plus(query)}")
    expect(page.locator(".gp-search-page__status")).to_have_text(re.compile("result|Nothing"))
    links = page.locator(".gp-result__title a").evaluate_all("links => links.map(link => link.href)")
    return [f"/{link.removeprefix(address)}" for link in links]


def place_of_wanted(found: list[str], wanted: list[str]) -> int | None:
    for place, url in enumerate(found, 1):
        if url in wanted or url.partition("#")[0] in wanted:
            return place
    return None


def ask_all(tab: tuple[Page, str], questions: list[dict[str, Any]]) -> tuple[float, float, list[str]]:
    places: list[int | None] = []
    misses: list[str] = []
    for question in questions:
        found = results(tab, question["query"])
        place = place_of_wanted(found, question["wanted"])
        places.append(place)
        if place is None or place > 3:
            misses.append(f"{question['query']}: wanted {question['wanted'][0]}, found {found[:3]}")
    first = sum(place == 1 for place in places) / len(places)
    among_three = sum(place is not None and place <= 3 for place in places) / len(places)
    return first, among_three, misses


def report(capsys: pytest.CaptureFixture[str], path: Path, asked: int, first: float, among_three: float) -> None:
    with capsys.disabled():
        sys.stdout.write(
            f"\n{path.name}, {asked} questions: first {first:.1%}, among the first three {among_three:.1%}\n"
        )


def test_the_wanted_page_is_found(tab: tuple[Page, str], capsys: pytest.CaptureFixture[str]) -> None:
    questions = load(QUERIES)
    assert len(questions) >= 60
    first, among_three, misses = ask_all(tab, questions)
    report(capsys, QUERIES, len(questions), first, among_three)
    assert among_three >= AMONG_THREE, "\n".join(misses)
    assert first >= FIRST, "\n".join(misses)


def test_the_held_out_questions_are_reported(tab: tuple[Page, str], capsys: pytest.CaptureFixture[str]) -> None:
    questions = load(HELD_OUT)
    first, among_three, _ = ask_all(tab, questions)
    report(capsys, HELD_OUT, len(questions), first, among_three)
    assert questions
