"""`mkdocs build` and `goodpractice build` write the same bytes: every file of the site, the search too."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import copy_project, write_corpus
from tests.helpers.drivers import build_with
from tests.helpers.sites import write_small_site

REPOSITORY = Path(__file__).parents[2]


def build_both(root: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return build_with("mkdocs", root), build_with("goodpractice", root)


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.fixture
def real_site(tmp_path: Path) -> Path:
    """The repository's own content, in a folder that a test may change."""
    copy_project(REPOSITORY, tmp_path / "project")
    return tmp_path / "project"


@pytest.mark.slow
def test_the_real_site_is_the_same_and_follows_macros_py(real_site: Path) -> None:
    before, ours = build_both(real_site)
    assert_same(before, ours)
    # Facts that a page of editors tells the theme, in the navigation and outside of it; and a macro of the community.
    about = real_site / "docs/about.md"
    text = about.read_text(encoding="utf-8")
    facts, body = text[4:].split("\n---\n", 1) if text.startswith("---\n") else ("title: A & B", text)
    about.write_text(f"---\n{facts}\nhide: [toc, navigation]\n---\n{body}", encoding="utf-8")
    (real_site / "docs/beside.md").write_text(
        '---\nhide:\n  - toc\ndescription: "<b> & co"\n---\n# <Beside>\n\n## Two\n\n{{ greet("you") }}\n'
    )
    macros = real_site / "macros.py"
    text = macros.read_text(encoding="utf-8")
    macros.write_text(
        f"{text}\n    card = env.macros['case_study_page'] if 'case_study_page' in env.macros else None\n"
        "    env.macro(lambda name: f'Hello, {name}!', 'greet')\n"
        "    env.macro(lambda id, body: f'<p>From macros.py</p>{card(id, body)}', 'case_study_page')\n",
        encoding="utf-8",
    )
    after, ours = build_both(real_site)
    assert_same(after, ours)
    assert b"Hello, you!" in ours["beside/index.html"]
    stories = [
        name
        for name in ours
        if name.startswith("case-studies/") and name.endswith("/index.html") and name.count("/") == 2
        if "page" not in name
    ]
    assert len(stories) > 20
    assert all(b"<p>From macros.py</p>" in ours[name] for name in stories)


@pytest.mark.slow
def test_two_hundred_synthetic_pages_are_the_same(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", 200)
    assert_same(*build_both(tmp_path / "corpus"))


_SETTINGS = """\
extra_css: [assets/own.css, https://other.example.org/far.css]
extra_javascript:
  - assets/a.js
  - assets/b.mjs
  - {path: assets/c.js, defer: true, async: true}
nav:
  - Elsewhere: https://other.example.org/
  - assets/a.js
  - One of us: partners/partner-1.md
  - Deep:
      - Deeper:
          - ./notes/aside.md
          - Far: https://other.example.org/far/
"""
#: Prints every name that templates of MkDocs' themes know.
_NAMES = """\
{% extends "main.html" %}
{% macro show(item) %}
  {{ item.title }} {{ item.is_page }} {{ item.is_section }} {{ item.is_link }} {{ item.active }} {{ item.is_top_level }}
  {% if item.is_page %}{{ item.url }} {{ item.canonical_url }} {{ item.abs_url }} {{ item.meta.description }}
    {{ item.is_homepage }} {{ item.is_index }} {{ item.file.src_uri }} {{ item.file.name }}{% endif %}
  {% for other in item.ancestors %}{{ other.title }}{% endfor %}
  {% for child in item.children or [] %}{{ show(child) }}{% endfor %}
{% endmacro %}
{% block content %}
  {% for item in nav %}{{ show(item) }}{% endfor %} {{ nav | length }} {{ nav.pages | length }} {{ nav.homepage.title }}
  {% if page %}{{ show(page) }} {{ page.edit_url }} {{ page.parent.title }} {{ page == nav.homepage }}
    {{ page.meta.hide }} {{ page.previous_page.title }} {{ page.next_page.url }} {{ page.toc | length }}
    {% for one in page.toc recursive %}{{ one.title }}{{ one.url }}{{ one.level }}{{ loop(one.children) }}{% endfor %}
  {% endif %}
  {{ base_url }} {{ extra_css }} {{ config.repo_name }} {{ config.site_url }} {{ config.copyright }}
  {{ mkdocs_version }} {{ page.content }}
  {% for one in config.extra_javascript %}{{ one | script_tag }}{{ one }}{% endfor %}
  {% for one in ("../x", "./a/../b", "#x", "mailto:x", "", "/top/") %}{{ one | url }} {% endfor %}
  {{ {"a": "<b>"} | tojson }} {% trans %}Word{% endtrans %} {{ nothing }} {{ config['nothing'] }} {{ page['nothing'] }}
{% endblock %}
"""


def test_templates_of_a_project_find_the_same_names(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project")
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    macros = "plugins:\n  - macros: {module_name: macros, on_error_fail: true}"
    before, after = config.replace("plugins:", macros).split("nav:\n")
    site.write("mkdocs.yml", f"{before}{_SETTINGS}{after}")
    site.write("overrides/names.html", _NAMES)
    site.write("overrides/assets/under.txt", "Of the theme.")
    for name in ("own.css", "a.js", "b.mjs", "c.js"):
        site.write(f"docs/assets/{name}", "/* Nothing. */\n")
    site.write("docs/beside.md", "---\ntemplate: names.html\nhide: [toc]\n---\n# 'Beside' & <\n\n## Two\n\n### Three\n")
    for path in ("docs/about.md", "docs/notes/aside.md", "docs/index.md"):
        text = (site.root / path).read_text(encoding="utf-8").removeprefix("---\n")
        facts, body = text.split("---\n", 1) if "\n---\n" in text else ("", text)
        site.write(path, f"---\n{facts}template: names.html\n---\n{body}")
    by_mkdocs, ours = build_both(site.root)
    assert_same(by_mkdocs, ours)
    assert b"One of us" in ours["index.html"]
