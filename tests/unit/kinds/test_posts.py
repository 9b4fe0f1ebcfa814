"""The blog: the order of posts, series, years, who wrote them, and where readers meet them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goodpractice.checks import check_project
from goodpractice.content import Project
from goodpractice.kinds.post import POST, POSTS_ON_A_PAGE
from goodpractice.pages import Page, plan_pages
from goodpractice.render.macros import bind_macros
from tests.helpers.projects import load_folder

FACTS = {"title": "A post", "summary": "What it tells.", "authors": ["The editors"], "published_on": "2026-03-01"}


def make_blog(root: Path, posts: dict[str, dict[str, Any]], series: tuple[str, ...] = ()) -> Project:
    """A project with a blog and nothing else; each post is given by what differs from `FACTS`."""
    listed = [{"id": id, "title": f"On {id}", "about": "Some posts."} for id in series]
    files = {"mkdocs.yml": "site_name: Blog\nplugins: [goodpractice]\n", "docs/index.md": "# Home\n"}
    files |= {"data/series.yml": json.dumps({"series": listed})}
    files |= {f"posts/{id}.md": f"---\n{json.dumps(FACTS | given)}\n---\nText.\n" for id, given in posts.items()}
    for path, text in files.items():
        (root / path).parent.mkdir(exist_ok=True, parents=True)
        (root / path).write_text(text, encoding="utf-8")
    return load_folder(root)


def plan_blog(project: Project) -> dict[str, Page]:
    return {page.url: page for page in plan_pages(project.kb)}


def find_places(html: str, *parts: str) -> list[int]:
    return [html.index(part) for part in parts]


def test_the_latest_comes_first_and_each_year_has_its_list(tmp_path: Path) -> None:
    days = {"old": "2025-12-31", "b-new": "2026-02-01", "a-new": "2026-02-01"}
    project = make_blog(tmp_path, {id: {"published_on": day} for id, day in days.items()})
    assert [str(found) for found in (*project.diagnostics, *check_project(project))] == []
    macros = bind_macros(project.kb)
    html = str(macros["post_index"]())
    places = find_places(html, "blog/a-new/", "blog/b-new/", "blog/old/", "blog/year/2026/", "blog/year/2025/")
    assert places == sorted(places)
    assert "2026: 2 posts" in html
    assert {"blog/", "blog/year/2026/", "blog/year/2025/", "blog/old/"} <= set(plan_blog(project))
    assert "blog/old/" in macros["post_year"]("2025")
    assert "blog/a-new/" not in macros["post_year"]("2025")


def test_a_long_list_is_divided_and_only_its_first_page_has_the_years(tmp_path: Path) -> None:
    project = make_blog(tmp_path, {f"post-{number}": {} for number in range(POSTS_ON_A_PAGE + 1)})
    page = plan_blog(project)["blog/page/2/"]
    html = str(bind_macros(project.kb)["post_index"](number=2))
    assert (page.number, page.of, html.count("gp-card ")) == (2, 2, 1)
    assert "gp-years" not in html


def test_readers_turn_from_part_to_part_of_one_series(tmp_path: Path) -> None:
    parts = {"third": 3, "first": 1, "second": 2}
    posts: dict[str, dict[str, Any]] = {id: {"series": {"id": "one", "part": part}} for id, part in parts.items()}
    project = make_blog(tmp_path, {**posts, "other": {"series": {"id": "two", "part": 1}}, "alone": {}}, ("one", "two"))
    pages = plan_blog(project)
    turns = {id: (pages[f"blog/{id}/"].previous, pages[f"blog/{id}/"].next) for id in (*parts, "other", "alone")}
    assert turns == {
        "first": ("", "blog/second/"),
        "second": ("blog/first/", "blog/third/"),
        "third": ("blog/second/", ""),
        "other": ("", ""),
        "alone": ("", ""),
    }
    macros = bind_macros(project.kb)
    places = find_places(str(macros["series_page"]("one")), "blog/first/", "blog/second/", "blog/third/")
    assert places == sorted(places)
    html = str(macros["post_page"]("second", ""))
    assert 'part 2 of 3 in <a href="gp:/series/one/">On one</a>' in html
    assert "In this series" in html


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"authors": []}, "nobody is said to have written it"),
        ({"authors": ["Ann", "ann@example.org"]}, "`authors` holds an e-mail address"),
        ({"series": {"id": "one", "part": 0}}, "`series.part` is `0`"),
        ({"series": {"id": "nine", "part": 1}}, "`nine`"),
        ({"organisations": ["nobody"]}, "partners.yml is missing, and other files name what it holds"),
        ({"published_on": "2126-01-01"}, "`published_on` lies in the future"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, given: dict[str, Any], message: str) -> None:
    project = make_blog(tmp_path, {"a": given}, ("one",))
    (found,) = {str(found) for found in (*project.diagnostics, *check_project(project))}
    assert message in found
    # A report is read by everybody.
    assert "ann@" not in found


def test_a_post_stands_on_the_pages_of_its_themes(repository: Project) -> None:
    macros = bind_macros(repository.kb)
    for post_id, post in repository.kb.table(POST).items():
        for theme in post.themes:
            html = str(macros["theme_page"](theme))
            assert f"blog/{post_id}/" in html[html.index("gp-posts") :]


def test_no_post_takes_the_address_of_a_list(tmp_path: Path) -> None:
    project = make_blog(tmp_path, {"year": {}, "page": {}, "2026": {}, "feed": {}})
    urls = [page.url for page in plan_pages(project.kb)]
    assert len(urls) == len(set(urls))
