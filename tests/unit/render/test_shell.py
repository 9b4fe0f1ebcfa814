"""Finished pages from a project's own templates, without a site generator."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jinja2
import pytest

from goodpractice.config.site_folders import WORKER
from goodpractice.diagnostics.errors import SetupError
from goodpractice.markdown.passages import Passage
from goodpractice.outputs.site import Site
from goodpractice.render import RenderedPage
from goodpractice.render.shell import ShellRenderer
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
    return Site(load_folder(root)).shell


def render(root: Path, url: str) -> str:
    return finish(Site(load_folder(root)), url)


def finish(site: Site, url: str) -> str:
    page = next(page for page in site.plan if page.url == url)
    return site.finish(page, RenderedPage("{content}", [Passage(2, "a", ("A & B",)), Passage(3, "b", ("B",))]))


def test_a_chapter_has_its_menu_and_its_neighbours(root: Path) -> None:
    assert render(root, "handbook/money/") == (
        "Start=../.. Handbook*(Handbook=../ Begin together=../begin/ Share the money*=./ )"
        " Partners(Partners=../../partners/ Map=../../map/ ) Words=../../words.pdf Elsewhere=https://example.org/ \n"
        "../../assets/goodpractice.css ../../own.css \n"
        "Share the money|https://small.example.org/base/handbook/money/"
        "|https://github.com/OWNER/REPOSITORY/edit/main/handbook/money.md|Begin together=../begin/||\n"
        "<main>{content}</main>"
    )


def test_a_page_outside_of_the_menu_marks_its_section(root: Path) -> None:
    assert render(root, "partners/river-group/") == (
        "Start=../.. Handbook(Handbook=../../handbook/ Begin together=../../handbook/begin/"
        " Share the money=../../handbook/money/ ) Partners*(Partners=../ Map=../../map/ )"
        " Words=../../words.pdf Elsewhere=https://example.org/ \n"
        "../../assets/goodpractice.css ../../own.css \n"
        "River Community Group|https://small.example.org/base/partners/river-group/"
        "|https://github.com/OWNER/REPOSITORY/edit/main/partners.yml|||\n<main>{content}</main>"
    )


def test_a_page_beside_its_section_in_the_menu_marks_it(root: Path) -> None:
    write(root, "mkdocs.yml", CONFIG.replace("  - Words: words.pdf\n", "  - partners/ty-celf.md\n"))
    shell = render(root, "partners/ty-celf/")
    assert shell.count("*") == 2
    assert "Partners*(" in shell


def test_neighbours_outside_of_the_menu_are_named(root: Path) -> None:
    page = render(root, "case-studies/supper/")
    assert "||A museum in the park=../park/|" in page
    assert "*" not in page


def test_no_page_keeps_the_mark_of_the_last(root: Path) -> None:
    site = Site(load_folder(root))
    marks = [finish(site, url).count("*") for url in ("handbook/money/", "partners/", "", "themes/trust/")]
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


def test_a_template_without_the_content_is_told(root: Path) -> None:
    write(root, "overrides/main.html", "{% if page.content %}<p>Nothing.</p>{% endif %}")
    with pytest.raises(SetupError, match=r"the template `main\.html` has to print `page\.content`"):
        render(root, "")


def test_what_a_template_does_with_the_content_counts(root: Path) -> None:
    write(root, "overrides/main.html", "{{ page.content | replace('content', 'ours') | upper }}")
    assert render(root, "") == "{OURS}"


def test_content_keeps_its_white_space(root: Path) -> None:
    write(root, "overrides/main.html", "<p>\n\n  {{ page.content }}</p>")
    site = Site(load_folder(root))
    assert site.finish(site.plan[0], RenderedPage("<pre>\n\n  x</pre>", [])) == "<p>\n<pre>\n\n  x</pre></p>"


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
    files = Site(load_folder(root)).static_files
    assert {"404.html", "assets/logo.svg", "assets/fonts/OFL.txt"} <= set(files)
    assert not [path for path in files if path.startswith(("partials/", "assets/javascripts/"))]


def test_the_sheets_of_a_project_come_after_ours_and_those_of_the_page(root: Path) -> None:
    shutil.rmtree(root / "overrides")
    before, __, after = CONFIG.partition("theme:")
    write(root, "mkdocs.yml", f"{before}plugins:{after.partition('plugins:')[2]}")
    files: dict[str, bytes] = {}
    start(root).write_static(files.__setitem__)
    linked = re.findall(r'rel="stylesheet" href="/base/([^"]+)"', files["404.html"].decode())
    assert linked == ["assets/goodpractice.css", "assets/styles/home.css", "own.css"]


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
    files = Site(load_folder(root)).static_files
    ours = {path for path in files if path.startswith("assets/")}
    assert {"assets/goodpractice.css", "assets/scripts/gp-search.js"} <= ours
    assert {path: data.decode() for path, data in files.items() if path not in ours | {WORKER}} == {
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
    assert render(root, "wide/") == "['toc'] A &amp; B no name{content}"


def test_the_contents_of_a_page_are_its_headings(root: Path) -> None:
    write(
        root,
        "overrides/main.html",
        "{% for one in page.toc %}{{ one.url }} {{ one.title }}>{{ one.children[0].title }}{% endfor %}"
        "{{ page.content }}",
    )
    assert render(root, "partners/ty-celf/") == "#a A &amp; B>B{content}"


def test_pages_are_finished_without_a_site_generator(root: Path) -> None:
    write(root, "mkdocs.yml", CONFIG.replace("name: null", "name: material"))
    program = (
        "import sys\n"
        "from goodpractice.content import open_project\n"
        "from goodpractice.outputs.site import Site\n"
        "from goodpractice.render import RenderedPage\n"
        "from pathlib import Path\n"
        "site = Site(open_project(Path(sys.argv[1])))\n"
        "site.finish(site.plan[0], RenderedPage('', []))\n"
        "site.static_files\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('mkdocs', 'material')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, root], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_blocks_of_material_are_extended_by_its_names(root: Path) -> None:
    write(root, "mkdocs.yml", CONFIG.replace("name: null", "name: material"))
    write(
        root,
        "overrides/main.html",
        '{% extends "base.html" %}\n'
        "{% block htmltitle %}{{ super() }}<!-- {{ page.title }} of {{ config.site_name }} -->{% endblock %}\n"
        '{% block extrahead %}{{ super() }}<meta name="of" content="{{ nav.homepage.title }}">{% endblock %}\n'
        "{% block content %}<p>First</p>{{ super() }}{% endblock %}\n"
        "{% block footer %}{{ super() }}<p>{{ page.previous_page.title }}</p>{% endblock %}\n",
    )
    page = render(root, "handbook/money/")
    assert "<title>Share the money - Small</title>" in page
    assert "<!-- Share the money of Small -->" in page
    assert '<meta name="of" content="Start">' in page
    assert page.index("<p>First</p>") < page.index("{content}") < page.index("md-footer")
    assert "<p>Begin together</p>" in page


def test_labels_of_the_menu_win(root: Path) -> None:
    labels = {"index.md": "Door", "handbook/money.md": "Pay first", "partners/": "Who", "map/": "Where"}
    nav = "".join(f"  - {label}: {path}\n" for path, label in labels.items())
    write(root, "mkdocs.yml", f"{CONFIG.partition('nav:')[0]}nav:\n{nav}  - handbook/begin.md\n")
    page = render(root, "handbook/money/")
    assert page.startswith("Door=../.. Pay first*=./ Who=../../partners/ Where=../../map/ Begin together=../begin/ ")
    assert "Share the money|https:" in page, "what the page calls itself stays"


def test_a_process_that_stays_compiles_a_template_again_only_when_it_has_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = []
    real = jinja2.Environment.compile

    def note(self: jinja2.Environment, source: str, *arguments: Any, **options: Any) -> Any:
        compiled.append(source)
        return real(self, source, *arguments, **options)

    monkeypatch.setattr(jinja2.Environment, "compile", note)
    write(root, "overrides/main.html", f"{TEMPLATE}<!-- never seen before -->")
    assert "never seen before" in render(root, "")
    assert len(compiled) == 1
    assert "never seen before" in render(root, "")
    assert len(compiled) == 1
    write(root, "overrides/main.html", f"{TEMPLATE}<!-- changed -->")
    assert "changed" in render(root, "")
    assert len(compiled) == 2
