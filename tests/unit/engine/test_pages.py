from __future__ import annotations

from goodpractice.engine.pages import print_plan, read_plan
from goodpractice.pages import Directory, Page, make_directory

PAGE = Page("chapter", "b", "handbook/b/", "B", "", "handbook/b.md", previous="handbook/a/", next="handbook/c/")


def make(**titles: str) -> Directory:
    return Directory({"handbook/b.md": PAGE}, {f"handbook/{name}/": title for name, title in titles.items()}, {})


def test_a_plan_says_the_titles_of_its_neighbours() -> None:
    plan = print_plan(PAGE, make(a="A", c="C"))
    assert plan != print_plan(PAGE, make(a="Another", c="C"))
    assert plan != print_plan(PAGE, make(a="A", c="Another"))
    assert plan == print_plan(PAGE, make(a="A", c="C", d="D"))


def test_a_plan_says_whether_links_lead_to_the_page() -> None:
    pages = [
        Page("index", "partner", "partners/", "Partners", "", "partners.yml", scripts=("gp-filter",)),
        Page("partner", "a", "partners/a/", "A", "", "partners.yml"),
        Page("index", "chapter", "handbook/", "Handbook", "", "handbook/", editions=(("en", "handbook/"), ("cy", ""))),
    ]
    directory = make_directory(pages)
    assert [print_plan(page, directory).source for page in pages] == ["partners.yml", "", "handbook"]


def test_a_plan_comes_back() -> None:
    page, titles = read_plan(print_plan(PAGE, make(a="A", c="C")).text)
    assert page == PAGE
    assert titles == {"handbook/a/": "A", "handbook/c/": "C"}
    last = Page(
        "index", "theme", "themes/", "Themes", "", "data/themes.yml", scripts=("gp-filter",), editions=(("cy", ""),)
    )
    assert read_plan(print_plan(last, make()).text) == (last, {})
