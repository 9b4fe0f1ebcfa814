from __future__ import annotations

from goodpractice.engine.pages import read_plan, serialise_plan
from goodpractice.pages import Page, PageIndex, make_page_index

PAGE = Page("chapter", "b", "handbook/b/", "B", "", "handbook/b.md", previous="handbook/a/", next="handbook/c/")


def make(**titles: str) -> PageIndex:
    return PageIndex({"handbook/b.md": PAGE}, {f"handbook/{name}/": title for name, title in titles.items()}, {})


def test_a_plan_says_the_titles_of_its_neighbours() -> None:
    plan = serialise_plan(PAGE, make(a="A", c="C"))
    assert plan != serialise_plan(PAGE, make(a="Another", c="C"))
    assert plan != serialise_plan(PAGE, make(a="A", c="Another"))
    assert plan == serialise_plan(PAGE, make(a="A", c="C", d="D"))


def test_a_plan_says_whether_links_lead_to_the_page() -> None:
    pages = [
        Page("index", "partner", "partners/", "Partners", "", "partners.yml", scripts=("gp-filter",)),
        Page("partner", "a", "partners/a/", "A", "", "partners.yml"),
        Page(
            "index", "chapter", "handbook/", "Handbook", "", "handbook/", alternates=(("en", "handbook/"), ("cy", ""))
        ),
    ]
    page_index = make_page_index(pages)
    assert [serialise_plan(page, page_index).source for page in pages] == ["partners.yml", "", "handbook"]


def test_a_plan_comes_back() -> None:
    page, titles = read_plan(serialise_plan(PAGE, make(a="A", c="C")).text)
    assert page == PAGE
    assert titles == {"handbook/a/": "A", "handbook/c/": "C"}
    last = Page(
        "index", "theme", "themes/", "Themes", "", "data/themes.yml", scripts=("gp-filter",), alternates=(("cy", ""),)
    )
    assert read_plan(serialise_plan(last, make()).text) == (last, {})
