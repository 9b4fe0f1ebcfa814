"""Page shells from a project's own templates, without a site generator."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from goodpractice.diagnostics.errors import SetupError
from goodpractice.markdown.rendered import Heading
from goodpractice.pages import plan_pages
from goodpractice.render.shell import ShellRenderer
from goodpractice.render.shells import placeholder, shell_key_of
from tests.helpers.projects import load_folder

CONFIG = """\
site_name: Small
site_url: https://small.example.org/base
repo_url: https://github.com/OWNER/REPOSITORY
theme:
  name: null
  custom_dir: overrides
  static_templates: [404.html, absent.html]
plugins: [goodpractice]
extra_css: [own.css]
nav:
  - Start: index.md
  - Handbook: handbook/
  - Partners:
      - partners/
      - Map: map/
  - Words: words.pdf
  - Elsewhere: https://example.org/
"""
TEMPLATE = """\
{%- macro entry(item) -%}
  {{ item.title }}{{ "*" if item.active }}
  {%- if item.children %}({% for child in item.children %}{{ entry(child) }} {% endfor %})
  {%- else %}={{ item.url | url }}{% endif %}
{%- endmacro -%}
{% block all -%}
{% for item in nav.items %}{{ entry(item) }} {% endfor %}
{% for path in config.extra_css %}{{ path | url }} {% endfor %}
{% if page %}{{ page.meta.title }}|{{ page.canonical_url }}|{{ page.edit_url }}|
{%- for other in (page.previous_page, page.next_page) %}
  {%- if other %}{{ other.title }}={{ other.url | url }}{% endif %}|{% endfor %}
<main>{{ page.content }}</main>{% endif %}
{%- endblock %}
"""


@pytest.fixture
def root(project_copy: Path) -> Path:
    write(project_copy, "mkdocs.yml", CONFIG)
    write(project_copy, "overrides/main.html", TEMPLATE)
    write(project_copy, "docs/words.pdf", "%PDF")
    return project_copy


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def start(root: Path) -> ShellRenderer:
    project = load_folder(root)
    return ShellRenderer(project, plan_pages(project.kb))


def render(root: Path, url: str) -> str:
    """The shell of a page, with the names of the placeholders in braces."""
    project = load_folder(root)
    plan = plan_pages(project.kb)
    shells = ShellRenderer(project, plan)
    page = next(page for page in plan if page.url == url)
    shell = shells.make_shell(shell_key_of(page, [], page.url in shells.in_nav), page)
    names = (*(f"{{{name}}}" for name in shell.names), "")
    return "".join(text + name for text, name in zip(shell.texts, names, strict=True))


def test_the_shell_of_a_chapter_has_its_menu_and_its_neighbours(root: Path) -> None:
    assert render(root, "handbook/money/") == (
        "Start=../.. Handbook*(Handbook=../ Begin together=../begin/ Share the money*=./ )"
        " Partners(Partners=../../partners/ Map=../../map/ ) Words=../../words.pdf Elsewhere=https://example.org/\n"
        "../../own.css ../../assets/goodpractice.css\n"
        "{title}|{canonical}|{edit}|Begin together=../begin/||\n<main>{content}</main>"
    )


def test_the_shell_of_a_page_outside_of_the_menu_marks_its_section(root: Path) -> None:
    assert render(root, "partners/river-group/") == (
        "Start=../.. Handbook(Handbook=../../handbook/ Begin together=../../handbook/begin/"
        " Share the money=../../handbook/money/ ) Partners*(Partners=../ Map=../../map/ )"
        " Words=../../words.pdf Elsewhere=https://example.org/\n"
        "../../own.css ../../assets/goodpractice.css\n"
        "{title}|{canonical}|{edit}|||\n<main>{content}</main>"
    )


def test_a_page_beside_its_section_in_the_menu_marks_it(root: Path) -> None:
    write(root, "mkdocs.yml", CONFIG.replace("  - Words: words.pdf\n", "  - partners/ty-celf.md\n"))
    shell = render(root, "partners/ty-celf/")
    assert shell.count("*") == 2
    assert "Partners*(" in shell


def test_neighbours_outside_of_the_menu_are_placeholders(root: Path) -> None:
    shell = render(root, "case-studies/supper/")
    assert "|{aftertitle}=../{after}/|" in shell
    assert "*" not in shell


def test_no_page_keeps_the_mark_of_the_last(root: Path) -> None:
    project = load_folder(root)
    plan = {page.url: page for page in plan_pages(project.kb)}
    shells = ShellRenderer(project, list(plan.values()))
    marks = [
        "".join(shells.make_shell(shell_key_of(plan[url], [], url in shells.in_nav), plan[url]).texts).count("*")
        for url in ("handbook/money/", "partners/", "", "themes/trust/")
    ]
    assert marks == [2, 2, 1, 0]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<p>\n{{ page.nothing.more }}", "overrides/main.html, line 2, does not work: "),
        ("{% include 'gone.html' %}", "overrides/main.html, line 1, does not work: there is no template `gone.html`"),
        ("{% if %}", "overrides/main.html, line 1, does not work: "),
        ("\n{% for one in pages %}{% endfor %}", "overrides/main.html, line 2, does not work: `pages` cannot be used"),
        ("\n\n{{ config.extra.a.b }}", "overrides/main.html, line 3, does not work: "),
    ],
)
def test_a_template_that_does_not_work_is_told_with_its_line(root: Path, template: str, told: str) -> None:
    write(root, "overrides/main.html", template)
    with pytest.raises(SetupError) as caught:
        render(root, "")
    assert str(caught.value).startswith(told)
    assert caught.value.path == "overrides/main.html"


@pytest.mark.parametrize("template", ["<p>Nothing.</p>", "{{ page.content }}{{ page.content }}"])
def test_a_template_without_the_content_is_told(root: Path, template: str) -> None:
    write(root, "overrides/main.html", template)
    with pytest.raises(SetupError, match=r"the template `main\.html` has to print `page\.content`, and only once"):
        render(root, "")


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("  name: null\n", "  name: materiel\n", "mkdocs.yml, line 5: there is no theme `materiel`; installed are "),
        ("custom_dir: overrides", "custom_dir: over", "mkdocs.yml, line 6: there is no folder `over`"),
        ("  custom_dir: overrides\n", "", "mkdocs.yml, line 4: the theme has neither a name nor a folder"),
    ],
)
def test_a_theme_that_is_not_there_is_told_at_its_line(root: Path, written: str, instead: str, told: str) -> None:
    assert written in CONFIG
    write(root, "mkdocs.yml", CONFIG.replace(written, instead))
    with pytest.raises(SetupError) as caught:
        start(root)
    assert str(caught.value).startswith(told)
    assert (caught.value.path, bool(caught.value.line)) == ("mkdocs.yml", True)


def test_an_installed_theme_stands_below_the_templates_of_the_project(root: Path) -> None:
    write(root, "mkdocs.yml", CONFIG.replace("name: null", "name: material"))
    write(
        root, "overrides/main.html", '{% extends "base.html" %}{% block content %}Ours{{ page.content }}{% endblock %}'
    )
    shell = render(root, "")
    assert "Ours" in shell
    assert "md-header" in shell


@pytest.mark.parametrize("theme", ["", "theme: goodpractice\n", "theme: {name: material, logo: }\n"])
def test_a_project_without_templates_has_our_frame(root: Path, theme: str) -> None:
    shutil.rmtree(root / "overrides")
    before, __, after = CONFIG.partition("theme:")
    write(root, "mkdocs.yml", f"{before}{theme}plugins:{after.partition('plugins:')[2]}")
    shell = render(root, "handbook/money/")
    assert 'class="gp-search"' in shell
    assert 'href="../../assets/favicon.svg"' in shell
    assert 'src="../../assets/logo.svg"' in shell
    files: dict[str, bytes] = {}
    start(root).write_static(files.__setitem__)
    assert {"404.html", "assets/logo.svg", "assets/fonts/OFL.txt"} <= set(files)
    assert not [path for path in files if path.startswith(("partials/", "assets/javascripts/"))]


def test_what_is_no_page_is_handed_over(root: Path) -> None:
    for path in ("overrides/.git/x", "overrides/notes.md", "overrides/mine.svg", "overrides/own.css", "docs/own.css"):
        write(root, path, path)
    write(root, "shared/far.txt", "linked")
    (root / "docs/linked").symlink_to(root / "shared")
    for path in ("docs/~$a.docx", "docs/.hidden", "docs/templates/x.txt", "docs/index.html", "docs/a/index.html"):
        write(root, path, path)
    write(
        root, "overrides/404.html", '{% extends "main.html" %}{% block all %}{{ "a/" | url }}  \n\n  Gone{% endblock %}'
    )
    files: dict[str, bytes] = {}
    start(root).write_static(files.__setitem__)
    ours = {path for path in files if path.startswith("assets/")}
    assert {"assets/goodpractice.css", "assets/scripts/gp-search.js"} <= ours
    assert {path: data.decode() for path, data in files.items() if path not in ours} == {
        "words.pdf": "%PDF",
        "linked/far.txt": "linked",
        "own.css": "docs/own.css",
        "mine.svg": "overrides/mine.svg",
        "a/index.html": "docs/a/index.html",
        "404.html": "/base/a/\nGone",
    }


def test_the_home_page_is_known(root: Path) -> None:
    write(
        root,
        "overrides/main.html",
        "{{ page.is_homepage }} {{ nav.homepage.title }} {{ page == nav.homepage }}{{ page.content }}",
    )
    assert render(root, "") == "True Start True{content}"
    assert render(root, "handbook/") == "False Start False{content}"


def test_front_matter_steers_the_template(root: Path) -> None:
    write(root, "docs/wide.md", '---\ntitle: "A & B"\ntemplate: wide.html\nhide: [toc]\n---\nText.\n')
    write(
        root,
        "overrides/wide.html",
        "{{ page.meta.hide }} {{ page.title }} {{ placed | d('no name') }}{{ page.content }}",
    )
    assert render(root, "wide/") == "['toc'] {plaintitle} no name{content}"


def test_a_placeholder_stands_for_every_heading(root: Path) -> None:
    project = load_folder(root)
    page = next(page for page in plan_pages(project.kb) if page.url == "partners/ty-celf/")
    write(
        root,
        "overrides/main.html",
        "{% for one in page.toc %}{{ one.url }} {{ one.children[0].title }};{% endfor %}{{ page.content }}",
    )
    headings = [Heading(level, "x", "x") for level in (1, 2, 3, 2, 4)]
    shell = start(root).make_shell(shell_key_of(page, headings, False), page)
    assert shell.names == ("h0id", "h1name", "h2id", "h3name", "content")
    assert placeholder("h0id") not in "".join(shell.texts)


def test_shells_are_made_without_a_site_generator(root: Path) -> None:
    write(root, "mkdocs.yml", CONFIG.replace("name: null", "name: material"))
    program = (
        "import sys\n"
        "from goodpractice.content import open_project\n"
        "from goodpractice.pages import plan_pages\n"
        "from goodpractice.render.shell import ShellRenderer\n"
        "from goodpractice.render.shells import shell_key_of\n"
        "from pathlib import Path\n"
        "project = open_project(Path(sys.argv[1]))\n"
        "plan = plan_pages(project.kb)\n"
        "shells = ShellRenderer(project, plan)\n"
        "shells.make_shell(shell_key_of(plan[0], [], True), plan[0])\n"
        "shells.write_static(lambda path, data: None)\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('mkdocs', 'material')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, root], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
