"""What people look for is found: sets of questions, asked of the built site in a browser.

They are put to the page's own engine, all at once, with the number of results
that the search page asks for; that the page shows them in this order is tried
in test_search.py.

Format of a set, a list of:

    - query: first meeting with a community group   # as somebody types it
      wanted: [/handbook/time-and-trust/]           # any one of these pages, as the first result, answers it;
                                                    # with #id only that place on a list, without it any place
      audience: museum-staff                        # optional: an id from data/vocabularies.yml

Each file says how its questions were written. The search may be improved in
the light of the sets of `LEAST`. Those of `KEPT` are only reported: nothing is
ever tuned to them, so that they tell whether the tuning went too far.
`python -m benchmarks.relevance` shows all of them with their intervals.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from benchmarks.relevance import ASK, find_place
from tests.helpers.browser.serving import serve_folder
from tests.helpers.built_pages import BuiltSite

#: Sets, each with the share of its questions whose wanted page must be the first result, and among the first three.
LEAST = {
    "queries": (0.70, 0.90),
    "situations": (0.50, 0.75),
    "names": (0.90, 1.0),
    "single_words": (0.80, 0.95),
    "slips": (0.80, 0.95),
}
KEPT = ("held_out", "situations_kept")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

Ask = Callable[[list[str]], list[list[str]]]


@pytest.fixture(scope="module")
def ask(built_site: BuiltSite, chromium: Browser) -> Iterator[Ask]:
    """Asks questions, and gives for each the addresses of the results, as `/handbook/…/`, in order."""
    with serve_folder(built_site.folder, "/repo/") as address:
        page = chromium.new_page()
        page.goto(f"{address}search/")
        yield lambda questions: page.evaluate(ASK, questions)


def load(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load(Path(__file__).with_name(f"{name}.yml").read_text(encoding="utf-8")))


def ask_all(ask: Ask, name: str) -> tuple[float, float, list[str]]:
    """Ask a set, and report it. Gives the shares of answers that come first and among three, and what was missed."""
    questions = load(name)
    places: list[int | None] = []
    misses: list[str] = []
    for question, found in zip(questions, ask([question["query"] for question in questions]), strict=True):
        place = find_place(found, question["wanted"])
        places.append(place)
        if place is None or place > 3:
            misses.append(f"{question['query']}: wanted {question['wanted'][0]}, found {found[:3]}")
    first = sum(place == 1 for place in places) / len(places)
    among_three = sum(place is not None and place <= 3 for place in places) / len(places)
    sys.stdout.write(
        f"\n{name}, {len(questions)} questions: first {first:.1%}, among the first three {among_three:.1%}\n"
    )
    return first, among_three, misses


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_the_wanted_page_is_found(
    name: str, least: tuple[float, float], ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        first, among_three, misses = ask_all(ask, name)
    assert first >= least[0], "\n".join(misses)
    assert among_three >= least[1], "\n".join(misses)


@pytest.mark.parametrize("name", KEPT)
def test_the_questions_that_are_kept_apart_are_reported(
    name: str, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        ask_all(ask, name)
