from __future__ import annotations

import json
from pathlib import Path

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.outputs.output import Target
from goodpractice.outputs.pages import Pages, read_plan
from goodpractice.outputs.site import Site, SiteInputs
from goodpractice.pages import Page, make_page_index

PAGE = Page("chapter", "b", "handbook/b/", "B", "", "handbook/b.md", previous="handbook/a/", next="handbook/c/")


def list_targets(*pages: Page) -> list[Target]:
    site = Site(Project(Path(), KnowledgeBase(), ()), inputs=SiteInputs("", "", ()))
    site.plan = pages
    site.page_index = make_page_index(pages)
    return list(Pages().list_targets(site))


def beside(**titles: str) -> list[Page]:
    return [Page("chapter", name, f"handbook/{name}/", title, "", "") for name, title in titles.items()]


def test_a_plan_says_the_titles_of_its_neighbours() -> None:
    plan = list_targets(PAGE, *beside(a="A", c="C"))[0].plan
    assert plan != list_targets(PAGE, *beside(a="Another", c="C"))[0].plan
    assert plan != list_targets(PAGE, *beside(a="A", c="Another"))[0].plan
    assert plan == list_targets(PAGE, *beside(a="A", c="C", d="D"))[0].plan


def test_a_target_says_whether_links_lead_to_the_page() -> None:
    pages = [
        Page("index", "partner", "partners/", "Partners", "", "partners.yml", scripts=("gp-filter",)),
        Page("partner", "a", "partners/a/", "A", "", "partners.yml"),
        Page(
            "index", "chapter", "handbook/", "Handbook", "", "handbook/", alternates=(("en", "handbook/"), ("cy", ""))
        ),
    ]
    assert [target.source for target in list_targets(*pages)] == ["partners.yml", "", "handbook"]
    assert [target.name for target in list_targets(*pages)] == [f"{page.url}index.html" for page in pages]


def test_a_target_names_the_text_that_it_shows() -> None:
    story = Page("case_study", "x", "case-studies/x/", "X", "", "case_studies/x.md")
    translated = Page("chapter", "b", "cy/handbook/b/", "B", "", "handbook/b.cy.md", language="cy")
    partner = Page("partner", "a", "partners/a/", "A", "", "partners.yml")
    found = [target.document for target in list_targets(story, translated, partner)]
    assert found == [("case_study", "x"), ("translation", "handbook/b.cy"), None]


def test_a_plan_comes_back() -> None:
    page, titles = read_plan(list_targets(PAGE, *beside(a="A", c="C"))[0].plan)
    assert page == PAGE
    assert titles == {"handbook/a/": "A", "handbook/c/": "C"}
    last = Page(
        "index", "theme", "themes/", "Themes", "", "data/themes.yml", scripts=("gp-filter",), alternates=(("cy", ""),)
    )
    plan = list_targets(last)[0].plan
    assert json.loads(plan)
    assert read_plan(plan) == (last, {})
