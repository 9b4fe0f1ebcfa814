"""Parts of the shell that are rendered once for all pages of one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.content import Project
from goodpractice.outputs.site import Site
from goodpractice.render import RenderedPage
from tests.helpers.projects import load_folder

CONFIG = """\
site_name: Small
site_url: https://small.example.org/
theme: {name: null, custom_dir: overrides}
plugins: [goodpractice]
extra_css: [own.css]
nav: [index.md, handbook/, Partners: [partners/, map/]]
"""
MAIN = """\
{% set wide = page.meta.wide %}
{{ include_cached("part.html") }}
{{ page.content }}
"""
MENU = "{% for item in nav %}{{ item.title }}{{ '*' if item.active }}={{ item.url | url }} {% endfor %}"


@pytest.fixture
def project(project_copy: Path) -> Project:
    (project_copy / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (project_copy / "overrides").mkdir()
    (project_copy / "overrides/main.html").write_text(MAIN, encoding="utf-8")
    return load_folder(project_copy)


def finish(site: Site, *urls: str) -> list[str]:
    pages = {page.url: page for page in site.plan}
    return [site.finish(pages[url], RenderedPage("", [])).strip() for url in urls]


def write_part(project: Project, text: str) -> None:
    (project.root / "overrides/part.html").write_text(text, encoding="utf-8")


def test_pages_of_one_section_and_depth_share_it(project: Project) -> None:
    write_part(project, "{{ config.site_name }} {{ nav | length }} {{ page == nav.homepage }} {{ _('Search') }}")
    site = Site(project)
    pages = finish(site, "partners/river-group/", "partners/ty-celf/", "themes/trust/", "case-studies/supper/")
    assert set(pages) == {"Small 5 False Search"}
    assert len(site.take_fragments()) == 3
    assert site.take_fragments() == {}
    assert len(finish(site, "partners/ty-celf/")) == 1
    assert site.take_fragments() == {}


def test_a_page_in_the_menu_has_its_own(project: Project) -> None:
    write_part(project, "{% for item in nav if item == page %}{{ item.title }}{% endfor %}")
    site = Site(project)
    assert finish(site, "handbook/") == ["Handbook"]
    assert finish(site, "partners/ty-celf/") == [""]
    assert len(site.take_fragments()) == 1


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("{{ page.title }}", "Tŷ Celf"),
        ("{{ page['title'] }}", "Tŷ Celf"),
        ("{% if page.meta.wide %}{% else %}{{ page.url }}{% endif %}", "partners/ty-celf/"),
        ("{% if wide %}wide{% else %}narrow{% endif %}", "narrow"),
        ("{{ wide | d('none') }}", "none"),
        ("{% for edition in editions %}{% endfor %}x", "x"),
        ("{{ styles }}{{ is_listed }}", "True"),
        ("{{ extra_css }}", "['../../assets/goodpractice.css', '../../own.css']"),
    ],
)
def test_what_asks_something_of_a_page_is_rendered_for_each(project: Project, part: str, expected: str) -> None:
    write_part(project, part)
    site = Site(project)
    assert finish(site, "themes/trust/", "partners/ty-celf/")[1] == expected
    assert site.take_fragments() == {}


def test_links_lead_up_to_the_top_and_marks_are_those_of_the_section(project: Project) -> None:
    write_part(project, MENU)
    site = Site(project)
    shared, other = finish(site, "partners/ty-celf/", "themes/trust/")
    assert "Handbook=../../handbook/ " in shared
    assert "Partners*=" in shared
    assert "*" not in other


def test_the_fragments_of_the_last_build_are_used(project: Project) -> None:
    write_part(project, MENU)
    site = Site(project)
    finish(site, "partners/ty-celf/")
    known = dict.fromkeys(site.take_fragments(), "known")
    assert finish(Site(project, find_fragment=known.get), "partners/river-group/") == ["known"]
    (project.root / "docs/new.md").write_text("# May be in the menu\n", encoding="utf-8")
    assert finish(Site(load_folder(project.root), find_fragment=known.get), "partners/river-group/") != ["known"]
