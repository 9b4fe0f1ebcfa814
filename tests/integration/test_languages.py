"""Pages in other languages: approved ones are found in every way, drafts in none; both builds give the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from goodpractice.content import load_project
from goodpractice.pages import Page, plan_pages
from tests.helpers.building import build_site
from tests.helpers.sites import SmallSite, write_small_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    made = write_small_site(tmp_path_factory.mktemp("languages") / "project")
    config = (made.root / "mkdocs.yml").read_text(encoding="utf-8")
    macros = "plugins:\n  - goodpractice\n  - macros: {module_name: macros, on_error_fail: true}\n"
    made.write("mkdocs.yml", config.replace("plugins:\n  - goodpractice\n", macros))
    made.translations["docs/about.cy"]["body"] += "\n[Adran](../handbook/chapter-2.md#in-short)\n"
    made.write_translation("docs/about.cy")
    report = build_site(made.root, made.root / "site", jobs=1, use_cache=False, search=False)
    assert report.diagnostics == []
    return made


def read(site: SmallSite, url: str) -> str:
    return (site.root / "site" / url / "index.html").read_text(encoding="utf-8")


def plan(site: SmallSite) -> dict[str, Page]:
    kb, _ = load_project(site.root)
    return {page.url: page for page in plan_pages(kb)}


def list_editions(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)


def test_an_approved_translation_and_its_source_name_each_other(site: SmallSite) -> None:
    expected = [
        ("en", "https://small.example.org/handbook/chapter-2/"),
        ("cy", "https://small.example.org/cy/handbook/chapter-2/"),
    ]
    for url in ("handbook/chapter-2/", "cy/handbook/chapter-2/"):
        assert list_editions(read(site, url)) == expected
        assert "noindex" not in read(site, url)
    assert '<html lang="en" dir="ltr"' in read(site, "handbook/chapter-2/")
    assert '<html lang="cy" dir="ltr"' in read(site, "cy/handbook/chapter-2/")
    assert 'English: <a href="../../../handbook/chapter-2/">' in read(site, "cy/handbook/chapter-2/")
    assert 'Cymraeg: <a href="../../cy/handbook/chapter-2/">' in read(site, "handbook/chapter-2/")


def test_a_page_that_is_not_translated_says_so(site: SmallSite) -> None:
    assert list_editions(read(site, "handbook/chapter-1/")) == [("en", "https://small.example.org/handbook/chapter-1/")]
    assert "Cymraeg: -" in read(site, "handbook/chapter-1/")
    # A language in which nothing is approved is not named at all; nor is any on pages that are never translated.
    assert "العربية" not in read(site, "handbook/chapter-1/")
    assert "Cymraeg" not in read(site, "case-studies/case-01/")


@pytest.mark.parametrize("url", ["cy/handbook/chapter-3/", "ar/handbook/chapter-2/"])
def test_a_draft_is_shown_to_those_who_know_its_address_only(site: SmallSite, url: str) -> None:
    html = read(site, url)
    assert '<meta name="robots" content="noindex">' in html
    assert '<div class="gp-translation gp-translation--draft"' in html
    assert "nobody has approved it" in html
    assert list_editions(html) == []
    others = [file for file in (site.root / "site").rglob("*.html") if file != site.root / "site" / url / "index.html"]
    assert len(others) > 50
    for file in others:
        text = file.read_text(encoding="utf-8")
        links = {os.path.normpath(file.parent / link) for link in re.findall(r'(?:href|src)="([^"#?]*)"', text)}
        assert str(site.root / "site" / url).rstrip("/") not in links, file
    assert url not in (site.root / "site/sitemap.xml").read_text(encoding="utf-8")


def test_right_to_left_is_a_fact_of_the_language(site: SmallSite) -> None:
    assert '<html lang="ar" dir="rtl"' in read(site, "ar/handbook/chapter-2/")


def test_the_sitemap_names_the_editions(site: SmallSite) -> None:
    text = (site.root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert 'xmlns:xhtml="http://www.w3.org/1999/xhtml"' in text
    line = next(line for line in text.split("\n") if "<loc>https://small.example.org/cy/handbook/chapter-2/<" in line)
    assert re.findall(r'hreflang="([^"]+)" href="https://small.example.org/([^"]+)"', line) == [
        ("en", "handbook/chapter-2/"),
        ("cy", "cy/handbook/chapter-2/"),
        ("x-default", "handbook/chapter-2/"),
    ]


def test_links_lead_to_the_language_of_the_page_where_it_is_approved(site: SmallSite) -> None:
    html = read(site, "cy/about/")
    content = html[html.index("<h1") :]
    assert '<a href="../../cy/handbook/chapter-2/">Teitl handbook/chapter-2</a>' in content
    # A draft is never linked to.
    assert '<a href="../../handbook/chapter-3/" hreflang="en" lang="en">Chapter 3</a>' in content
    assert "Crynodeb handbook/chapter-2." in content
    # Headings of the translation have other names.
    assert '<a href="../../handbook/chapter-2/#in-short" hreflang="en">Adran</a>' in content


def test_neighbours_of_a_translation_are_translations(site: SmallSite) -> None:
    pages = plan(site)
    assert pages["cy/handbook/chapter-2/"].next == "cy/handbook/chapter-4/"
    assert pages["cy/handbook/chapter-4/"].previous == "cy/handbook/chapter-2/"
    assert pages["cy/handbook/chapter-3/"].previous == pages["cy/handbook/chapter-3/"].next == ""


def test_words_that_nobody_approved_are_english_and_marked(site: SmallSite) -> None:
    html = read(site, "cy/handbook/chapter-2/")
    assert (
        '<p class="gp-chapter-head__kicker" lang="en"><a href="../../../handbook/" hreflang="en">Handbook</a>' in html
    )
    assert '<span class="gp-term__meaning" id="gp-term-partner" popover lang="en">' in html
    assert 'lang="en">Translated by a program on 1 February 2025. Read and approved by A Reader on' in html


def test_a_source_that_changes_leaves_a_notice_on_the_translation(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    assert plan(site)["cy/handbook/chapter-2/"].translation == ""
    # Who looks after a chapter is not translated.
    site.chapters["chapter-2"]["owner"] = "somebody else"
    site.write_chapter("chapter-2")
    assert plan(site)["cy/handbook/chapter-2/"].translation == ""
    site.chapters["chapter-2"]["body"] += "\nAnd this is new.\n"
    site.write_chapter("chapter-2")
    page = plan(site)["cy/handbook/chapter-2/"]
    assert (page.translation, page.is_listed) == ("older", True)
    build_site(site.root, site.root / "site", jobs=1, use_cache=False, search=False)
    html = read(site, "cy/handbook/chapter-2/")
    assert "The page in English has changed since it was translated into Cymraeg." in html
    assert 'href="../../../handbook/chapter-2/" hreflang="en">Read this page in English</a>' in html


@pytest.mark.slow
def test_both_builds_give_the_same(site: SmallSite) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site.root / "by-mkdocs")]
    done = subprocess.run(command, cwd=site.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {
        folder: {
            str(file.relative_to(site.root / folder)): file.read_bytes()
            for file in (site.root / folder).rglob("*")
            if file.suffix in (".html", ".xml")
        }
        for folder in ("site", "by-mkdocs")
    }
    ours, theirs = pages["site"], pages["by-mkdocs"]
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
