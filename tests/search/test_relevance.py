"""What people look for is found: the questions of queries.yml, asked of the built site in a browser.

They are put to the page's own engine, all at once, with the number of results
that the search page asks for; that the page shows them in this order is tried
in test_search.py.

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

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from tests.helpers.browser.serving import serve_folder
from tests.helpers.built_pages import BuiltSite

QUERIES = Path(__file__).with_name("queries.yml")
HELD_OUT = Path(__file__).with_name("held_out.yml")
#: Share of the questions whose wanted page must be among the first three, and the first.
AMONG_THREE, FIRST = 0.90, 0.70
#: In the address of the search page, so that the engine loads its files as the page does.
ASK = """async questions => {
  const { SearchEngine } = await import("../assets/scripts/search-engine.js");
  const engine = new SearchEngine();
  const answers = await Promise.all(questions.map(query => engine.search({ query, count: 10 })));
  return answers.map(({ results }) => results.map(({ url }) => `/${url}`));
}"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Ask = Callable[[list[str]], list[list[str]]]


@pytest.fixture(scope="module")
def ask(built_site: BuiltSite, chromium: Browser) -> Iterator[Ask]:
    """Asks questions, and gives for each the addresses of the results, as `/handbook/…/`, in order."""
    with serve_folder(built_site.folder, "/repo/") as address:
        page = chromium.new_page()
        page.goto(f"{address}search/")
        yield lambda questions: page.evaluate(ASK, questions)


def load(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        pytest.skip(f"{path.name} is missing: it must be written by somebody who has not read the pages")
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def place_of_wanted(found: list[str], wanted: list[str]) -> int | None:
    for place, url in enumerate(found, 1):
        if url in wanted or url.partition("#")[0] in wanted:
            return place
    return None


def ask_all(ask: Ask, questions: list[dict[str, Any]]) -> tuple[float, float, list[str]]:
    places: list[int | None] = []
    misses: list[str] = []
    for question, found in zip(questions, ask([question["query"] for question in questions]), strict=True):
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


def test_the_wanted_page_is_found(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    questions = load(QUERIES)
    assert len(questions) >= 60
    first, among_three, misses = ask_all(ask, questions)
    report(capsys, QUERIES, len(questions), first, among_three)
    assert among_three >= AMONG_THREE, "\n".join(misses)
    assert first >= FIRST, "\n".join(misses)


def test_the_held_out_questions_are_reported(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    questions = load(HELD_OUT)
    first, among_three, _ = ask_all(ask, questions)
    report(capsys, HELD_OUT, len(questions), first, among_three)
    assert questions
