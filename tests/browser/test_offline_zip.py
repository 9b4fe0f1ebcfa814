"""The whole site as a zip file: every link leads to a file, and browsers open it, search included."""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from goodpractice.outputs.archive import FOLDER, START, Archive, stand_alone
from goodpractice.outputs.site import Site
from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.marionette import open_firefox
from tests.helpers.projects import REPOSITORY, load_folder

LINK = re.compile(r'\b(?:href|src|action)="([^"#?:]+)(?:[#?][^"]*)?"')


def make_archive() -> bytes:
    site = Site(load_folder(REPOSITORY))
    (target,) = Archive().list_targets(site)
    return Archive().make(site, target).data


@pytest.fixture(scope="module")
def archive() -> bytes:
    return make_archive()


def unpack(archive: bytes, folder: Path) -> str:
    """Unpack it, and give the address of the site in it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(folder)
    return f"{(folder / FOLDER).as_uri()}/"


def wait_for(page: Page, element: str) -> None:
    """Wait until the script of an element runs: what happens before is lost."""
    page.wait_for_function("name => customElements.get(name)", arg=element)


def test_every_link_leads_to_a_file(archive: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        names = set(packed.namelist())
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        for name in (name for name in names if name.endswith(".html")):
            for link in LINK.findall(packed.read(name).decode()):
                there = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(link)))
                assert there in names, f"{link} in {name}"


@pytest.mark.browser
def test_the_real_site_opens_from_the_file_system(chromium: Browser, archive: bytes, tmp_path: Path) -> None:
    site = unpack(archive, tmp_path)
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    # Whoever goes on before the icon has come gives it up; a file that is not there is another failure.
    page.on("requestfailed", lambda asked: None if asked.failure == "net::ERR_ABORTED" else problems.append(asked.url))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else problems.append(asked.url))
    page.goto((tmp_path / START).as_uri())
    expect(page.get_by_text("What does not work here: PDFs")).to_be_visible()
    page.get_by_role("link", name="Open the site").click()
    page.get_by_role("link", name="Read the handbook").click()
    page.get_by_role("link", name="Challenge power dynamics").first.click()
    expect(page).to_have_url(f"{site}handbook/power-dynamics/index.html")
    expect(page.locator(".gp-kept")).to_contain_text("From a file, edition of")

    # The window of the search, a slip in it, its results, and one of them.
    wait_for(page, "gp-search")
    page.keyboard.press("/")
    expect(page.locator("#gp-search-input")).to_be_focused()
    page.keyboard.type("teenagrs")
    expect(page.locator("dialog .gp-meant")).to_contain_text("These are the results for “teenagers”")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}search/index.html?q=teenagrs")
    wait_for(page, "gp-search-page")
    page.locator(".gp-search-page__filters > summary").click()
    page.locator("#gp-kind-0").check()
    expect(page).to_have_url(re.compile(r"index\.html\?q=teenagrs&kind=\w+$"))
    with page.expect_download() as saved:
        page.locator(".gp-search-page__save").click()
    assert saved.value.suggested_filename.endswith(".csv")
    page.locator(".gp-result a").first.click()
    expect(page).to_have_url(re.compile(rf"{re.escape(site)}[\w/-]+/index\.html(#[\w-]+)?$"))

    # The finder, and two of its answers beside each other.
    page.goto(f"{site}find/index.html")
    wait_for(page, "gp-find")
    page.locator("gp-find label").first.click()
    expect(page.locator(".gp-find__card").first).to_be_visible()
    page.goto(f"{site}compare/index.html?c=dynamic-earth-bus,xplore-venture")
    expect(page.locator(".gp-compare__case a").first).to_have_attribute(
        "href", f"{site}case-studies/dynamic-earth-bus/index.html"
    )

    # What somebody marks is there again; pages that are printed together are fetched from their files.
    page.goto(f"{site}reflect/index.html")
    wait_for(page, "gp-reflection")
    page.locator("#reflection-name").fill("Ana")
    page.locator("[name='transforming-power/now']").first.check()
    page.reload()
    expect(page.locator("#reflection-name")).to_have_value("Ana")
    page.goto(f"{site}on-paper/index.html")
    page.evaluate("() => { window.print = () => {}; }")
    page.locator(".gp-shelf__tick").first.check()
    page.get_by_role("button", name="Print what is ticked").click()
    expect(page.locator(".gp-printed article")).to_have_count(1)
    assert problems == []
    # Axe asks for style sheets as the pages do not, so it comes last.
    for name in (START, f"{FOLDER}/handbook/power-dynamics/index.html"):
        page.goto((tmp_path / name).as_uri())
        assert list_violations(page) == [], name
    context.close()


@pytest.mark.skipif(not os.environ.get("GOODPRACTICE_FIREFOX"), reason="only where GOODPRACTICE_FIREFOX names one")
def test_in_firefox(archive: bytes, tmp_path: Path) -> None:
    site = unpack(archive, tmp_path)
    with open_firefox(os.environ["GOODPRACTICE_FIREFOX"], tmp_path / "profile", 360, 740) as firefox:
        firefox.go(f"{site}search/index.html?q=money")
        firefox.wait("return document.querySelector('.gp-result a')")
        firefox.run("document.querySelector('.gp-result a').click()")
        firefox.wait("return location.pathname.includes('/handbook/') && location.pathname.endsWith('/index.html')")
        firefox.wait("return customElements.get('gp-search')")
        firefox.press("/")
        firefox.wait("return document.querySelector('dialog[open] input:focus')")
        firefox.press("teenagrs")
        firefox.wait("return document.querySelector('dialog .gp-result')")
        firefox.go(f"{site}find/index.html")
        firefox.wait("return document.querySelector('gp-find:defined')")
        firefox.run("document.querySelector('gp-find input').click()")
        firefox.wait("return document.querySelector('.gp-find__card') && location.search")
        firefox.go(f"{site}compare/index.html?c=dynamic-earth-bus,xplore-venture")
        firefox.wait("return document.querySelector('.gp-compare__cases')")


def test_a_page_stands_alone() -> None:
    html = (
        '<head><script src="../a.js"></script><meta http-equiv="Content-Security-Policy" content="x"></head>'
        '<script type="module" src="../assets/scripts/offline.js"></script>'
        '<script type="module" src="../assets/scripts/words.js"></script>'
        '<a href="../">up</a><a href="../b/?q=1#x">beside</a><a href="#x">here</a><a href="https://e.org/">web</a>'
        '<a href="../b/paper.pdf">paper</a><img alt="Two &lt;b&gt;" src="../assets/photos/1.webp">'
    )
    names = {"index.html", "a.js", "a/index.html", "b/index.html", "assets/scripts/files.js", "assets/scripts/words.js"}
    told = stand_alone(html, "a/index.html", names, "https://s.org/")
    assert told == (
        '<head><script src="../assets/scripts/files.js"></script><script src="../a.js"></script>'
        '<link rel="stylesheet" href="https://s.org/assets/styles/kept.css"></head>'
        '<script defer src="../assets/scripts/words.js"></script>'
        '<a href="../index.html">up</a><a href="../b/index.html?q=1#x">beside</a><a href="#x">here</a>'
        '<a href="https://e.org/">web</a><a href="https://s.org/b/paper.pdf">paper</a>Two &lt;b&gt;'
    )
