from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.outputs import pages
from goodpractice.outputs.output import Target
from goodpractice.outputs.pages import Pages, read_plan, render_planned
from goodpractice.outputs.site import Site, SiteInputs
from goodpractice.pages import Page, make_page_index
from goodpractice.query.tracking import record_trace
from goodpractice.render import RenderedPage, render_page

PAGE = Page("chapter", "b", "handbook/b/", "B", "", "handbook/b.md", previous="handbook/a/", next="handbook/c/")


def list_targets(*planned: Page) -> list[Target]:
    site = Site(Project(Path(), KnowledgeBase(), ()), inputs=SiteInputs("", "", ()))
    site.plan = planned
    site.page_index = make_page_index(planned)
    return list(Pages().list_targets(site))


def beside(**titles: str) -> list[Page]:
    return [Page("chapter", name, f"handbook/{name}/", title, "", "") for name, title in titles.items()]


def test_a_plan_says_the_titles_of_its_neighbours() -> None:
    plan = list_targets(PAGE, *beside(a="A", c="C"))[0].plan
    assert plan != list_targets(PAGE, *beside(a="Another", c="C"))[0].plan
    assert plan != list_targets(PAGE, *beside(a="A", c="Another"))[0].plan
    assert plan == list_targets(PAGE, *beside(a="A", c="C", d="D"))[0].plan


def test_a_target_says_whether_links_lead_to_the_page() -> None:
    planned = [
        Page("index", "partner", "partners/", "Partners", "", "partners.yml", scripts=("gp-filter",)),
        Page("partner", "a", "partners/a/", "A", "", "partners.yml"),
        Page(
            "index", "chapter", "handbook/", "Handbook", "", "handbook/", alternates=(("en", "handbook/"), ("cy", ""))
        ),
    ]
    assert [target.source for target in list_targets(*planned)] == ["partners.yml", "", "handbook"]
    assert [target.name for target in list_targets(*planned)] == [f"{page.url}index.html" for page in planned]


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


def test_a_page_is_rendered_once_for_all_that_lies_beside_it(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def render(page: Page, *inputs: Any) -> RenderedPage:
        rendered.append(page.url)
        return render_page(page, *inputs)

    monkeypatch.setattr(pages, "render_page", render)
    site = Site(small)
    first, second = [page for page in site.plan if page.kind in ("chapter", "partner")][:2]
    for page in (first, first, second, first):
        with record_trace() as trace:
            render_planned(site, page, site.render_inputs)
        assert trace.parts[0].fields  # what was read is noted each time
    assert rendered == [first.url, second.url, first.url]
