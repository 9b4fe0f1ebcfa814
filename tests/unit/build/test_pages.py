from __future__ import annotations

from goodpractice.build.pages import digest_plan
from goodpractice.pages import Page


def test_a_plan_says_the_titles_of_its_neighbours() -> None:
    page = Page("chapter", "b", "handbook/b/", "B", "", "b.md", previous="handbook/a/", next="handbook/c/")
    titles = {"handbook/a/": "A", "handbook/c/": "C"}
    assert digest_plan(page, titles) != digest_plan(page, {**titles, "handbook/a/": "Another"})
    assert digest_plan(page, titles) != digest_plan(page, {**titles, "handbook/c/": "Another"})
    assert digest_plan(page, titles) == digest_plan(page, {**titles, "handbook/d/": "D"})
