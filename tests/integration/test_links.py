"""A crawl through every built page: what it links to, what it loads, how it is headed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from goodpractice.render.stylesheet import SHEETS
from tests.helpers.built_pages import HELD_FILE, BuiltPage, BuiltSite
from tests.helpers.mkdocs_builds import REPO_URL
from tests.helpers.projects import name_records

SITES = ["built_site", "built_site_prefixed"]
EXTERNAL = ("http", "https", "mailto")
EDIT = re.compile(rf"{re.escape(REPO_URL)}/(edit|tree)/main/(.+)")
CLASSES = re.compile(r'class="([^"]*)"')
STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]([^'\"]+)")


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> BuiltSite:
    """The real site, once at the root of a host and once below it."""
    found: BuiltSite = request.getfixturevalue(request.param)
    return found


def list_dead(site: BuiltSite, page: BuiltPage) -> list[str]:
    """The links of a page that a reader could not follow, each with the reason."""
    dead = []
    for link in page.links:
        if not link.follows or link.rel in ("canonical", "alternate") or HELD_FILE.match(link.url):
            continue
        place = f"{page.url or 'home'}:{link.line}: {link.url!r}"
        # A calendar file is opened by the program for calendars, from the same address.
        address = re.sub("^webcal:", f"{urlsplit(site.base).scheme}:", site.resolve(page, link.url))
        parts = urlsplit(address)
        if parts.scheme not in EXTERNAL:
            dead.append(f"{place} has a scheme that is not allowed")
        elif not site.owns(address):
            if parts.scheme != "mailto" and "." not in (parts.hostname or ""):
                dead.append(f"{place} names no host")
        elif link.url.strip() in ("", "#"):
            dead.append(f"{place} leads nowhere")
        elif (file := site.find(address)) is None:
            dead.append(f"{place} is not a page")
        elif parts.fragment and unquote(parts.fragment) not in site.anchors(file):
            dead.append(f"{place}: the page has no such anchor")
    return dead


def test_every_internal_link_and_anchor_resolves(site: BuiltSite) -> None:
    dead = [problem for page in site.pages.values() for problem in list_dead(site, page)]
    assert dead == []


#: Where the name of a component is that of another part, too: the link in the header is a search on every page.
BLOCKS = {"search": "gp-search-page"}


def test_a_page_links_the_styles_of_its_parts_and_no_others(site: BuiltSite) -> None:
    parts = {sheet: {BLOCKS.get(name, f"gp-{name}") for name in names} for sheet, names in SHEETS.items()}
    wrong = {}
    for page in site.pages.values():
        shown = {re.split("__|--", name)[0] for names in CLASSES.findall(page.html) for name in names.split()}
        head = page.html[: page.html.index("</head>")]
        linked = re.findall(r'<link rel="stylesheet" href="[^"]*/styles/(\w+)\.css">', page.html)
        needed = [sheet for sheet, blocks in parts.items() if blocks & shown]
        if linked != needed or head.count("/styles/") != len(linked):
            wrong[page.url] = (linked, needed)
    assert wrong == {}


def test_moved_pages_lead_somewhere(site: BuiltSite) -> None:
    dead = []
    for page in site.moved.values():
        target = (page.refresh or "").partition("url=")[2].strip("'\" ")
        if not target or site.find(site.resolve(page, target)) is None:
            dead.append(f"{page.url}: {page.refresh}")
    assert dead == []


def test_the_canonical_address_is_the_pages_own(site: BuiltSite) -> None:
    wrong = {
        page.url: link.url
        for page in site.pages.values()
        for link in page.links
        if link.rel == "canonical" and link.url != site.base + page.url
    }
    assert wrong == {}
    lacking = [
        page.url
        for page in site.pages.values()
        if page.url != "404.html" and not any(link.rel == "canonical" for link in page.links)
    ]
    assert lacking == []


def test_pages_load_only_files_of_the_site(site: BuiltSite) -> None:
    wrong = []
    for page in site.pages.values():
        for link in page.links:
            if link.follows or link.url.startswith("data:"):
                continue
            if link.tag == "use" and link.url.startswith("#") and link.url[1:] in page.ids:
                continue
            file = site.find(site.resolve(page, link.url)) if site.owns(site.resolve(page, link.url)) else None
            # A picture or script whose address is that of a page is a mistake of configuration.
            if file is None or (file.suffix == ".html" and link.tag not in ("iframe", "form")):
                wrong.append(f"{page.url or 'home'}:{link.line}: <{link.tag} {link.attribute}={link.url!r}>")
    assert wrong == []


def test_styles_load_only_files_of_the_site(site: BuiltSite) -> None:
    sheets = [
        (site.base + file.relative_to(site.folder).as_posix(), file.read_text(encoding="utf-8"))
        for file in site.folder.rglob("*.css")
    ]
    sheets += [(site.address(page), style) for page in site.pages.values() for style in page.styles]
    assert sheets
    wrong = []
    for address, text in sheets:
        sheet = BuiltPage(address.removeprefix(site.base), Path())
        for url, imported in STYLE_URL.findall(text):
            link = url or imported
            if link.startswith(("data:", "#")):
                continue
            target = site.resolve(sheet, link)
            if not site.owns(target) or site.find(target) is None:
                wrong.append(f"{address}: {link!r}")
    assert wrong == []


def test_ids_are_unique_on_a_page(built_site: BuiltSite) -> None:
    repeated = {
        page.url: [name for name, count in Counter(page.ids).items() if count > 1] for page in built_site.pages.values()
    }
    assert {url: ids for url, ids in repeated.items() if ids} == {}


def test_every_page_has_one_first_heading(built_site: BuiltSite) -> None:
    wrong = {
        page.url: [text for level, text in page.headings if level == 1]
        for page in built_site.pages.values()
        if [bool(text) for level, text in page.headings if level == 1] != [True]
    }
    assert wrong == {}


def test_headings_go_down_one_level_at_a_time(built_site: BuiltSite) -> None:
    wrong = []
    for page in built_site.pages.values():
        before = 0
        for level, text in page.headings:
            if level > before + 1:
                wrong.append(f"{page.url}: h{level} {text!r} follows h{before}")
            before = level
    assert wrong == []


def test_no_heading_is_empty(built_site: BuiltSite) -> None:
    assert [page.url for page in built_site.pages.values() if not all(text for _, text in page.headings)] == []


def test_every_page_offers_to_share_a_story(site: BuiltSite) -> None:
    lacking = []
    for page in site.pages.values():
        targets = [
            site.find(site.resolve(page, link.url))
            for link in page.links
            if link.tag == "a" and link.name == "Share your story" and site.owns(site.resolve(page, link.url))
        ]
        if not targets or None in targets:
            lacking.append(page.url)
    assert lacking == []


def test_every_page_leads_to_the_source_it_is_edited_in(built_site: BuiltSite, project_root: Path) -> None:
    wrong = {}
    for page in built_site.pages.values():
        if page.url == "404.html":
            continue
        edits = [link for link in page.links if link.tag == "a" and "edit" in link.rel.split()]
        targets = [link.url for link in edits]
        found = [EDIT.fullmatch(target) for target in targets]
        good = len(found) == 1 and found[0] is not None and edits[0].name.startswith("Edit this page")
        if good and found[0] is not None:
            source = project_root / unquote(found[0][2])
            good = source.is_file() if found[0][1] == "edit" else source.is_dir()
        if not good:
            wrong[page.url] = targets
    assert wrong == {}


NAMED = name_records()


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("", "docs/index.md"),
        (f"handbook/{NAMED['chapter']}/", f"handbook/{NAMED['chapter']}.md"),
        (f"case-studies/{NAMED['case_study']}/", f"case_studies/{NAMED['case_study']}.md"),
        (f"partners/{NAMED['partner']}/", "partners.yml"),
        (f"networks/{NAMED['network']}/", "partners.yml"),
        (f"themes/{NAMED['theme']}/", "data/themes.yml"),
        (f"programmes/{NAMED['programme']}/", "data/programmes.yml"),
        ("glossary/", "data/glossary.yml"),
        ("resources/", "data/resources.yml"),
        ("events/", "data/events.yml"),
    ],
)
def test_the_source_is_the_right_one(built_site: BuiltSite, url: str, source: str) -> None:
    page = built_site.pages[url]
    assert [link.url for link in page.links if "edit" in link.rel.split()] == [f"{REPO_URL}/edit/main/{source}"]


def test_every_page_has_a_title_of_its_own(built_site: BuiltSite) -> None:
    titles = Counter(page.title for page in built_site.pages.values())
    assert {title: count for title, count in titles.items() if count > 1 or not title} == {}


def test_every_page_describes_itself(built_site: BuiltSite) -> None:
    # The theme falls back on the description of the site, which the page for unknown addresses may do.
    of_the_site = built_site.pages["404.html"].description
    assert of_the_site
    same = [page.url for page in built_site.pages.values() if page.description in (None, "", of_the_site)]
    assert same == ["404.html"]


def test_every_page_names_its_language(built_site: BuiltSite) -> None:
    def names(page: BuiltPage) -> str:
        return f'<html lang="{"cy" if page.url.startswith("cy/") else "en"}" dir="ltr">'

    assert [page.url for page in built_site.pages.values() if names(page) not in page.html] == []


def test_no_page_shows_template_syntax_or_tokens(built_site: BuiltSite) -> None:
    # `gp:/` is how links are written before they are resolved. Code may show both.
    odd = re.compile(r"\{\{|\{%|gp:/|gp-file:/")
    assert [page.url for page in built_site.pages.values() if odd.search(page.prose)] == []
    token = re.compile(r"=[\"']?gp(?:-file)?:/|[\ue000-\uf8ff]")
    assert [page.url for page in built_site.pages.values() if token.search(page.html)] == []


def test_links_work_both_ways(built_site: BuiltSite) -> None:
    def list_targets(page: BuiltPage) -> set[str]:
        links = (built_site.resolve(page, link.url) for link in page.links if link.tag == "a")
        return {link.partition("#")[0].removeprefix(built_site.base) for link in links}

    targets = {url: list_targets(page) for url, page in built_site.pages.items()}
    pairs = [
        (url, target)
        for url in targets
        if re.fullmatch(r"case-studies/[^/]+/", url)
        for target in targets[url]
        if re.fullmatch(r"(?:partners|themes|programmes)/[^/]+/", target)
    ]
    assert pairs
    assert [f"{target} does not link back to {url}" for url, target in pairs if url not in targets[target]] == []
