"""The whole site as a zip file: every link leads to a file, and a browser opens it from the file system."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from goodpractice.outputs.archive import FOLDER, START, Archive, stand_alone
from goodpractice.outputs.site import Site
from tests.helpers.browser.axe import list_violations
from tests.helpers.projects import REPOSITORY, load_folder

LINK = re.compile(r'\b(?:href|src|action)="([^"#?:]+)(?:[#?][^"]*)?"')


def make_archive() -> bytes:
    site = Site(load_folder(REPOSITORY))
    (target,) = Archive().list_targets(site)
    return Archive().make(site, target).data


@pytest.mark.browser
def test_the_real_site_opens_from_the_file_system(chromium: Browser, tmp_path: Path) -> None:
    data = make_archive()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        for name in (name for name in names if name.endswith(".html")):
            for link in LINK.findall(archive.read(name).decode()):
                there = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(link)))
                assert there in names, f"{link} in {name}"
        archive.extractall(tmp_path)
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else problems.append(asked.url))
    page.goto((tmp_path / START).as_uri())
    expect(page.get_by_text("the search and the counting questions of the finder do not work here")).to_be_visible()
    page.get_by_role("link", name="Open the site").click()
    page.get_by_role("link", name="Read the handbook").click()
    page.get_by_role("link", name="Challenge power dynamics").first.click()
    expect(page).to_have_url((tmp_path / FOLDER / "handbook/power-dynamics/index.html").as_uri())
    expect(page.locator(".gp-kept")).to_contain_text("From a file, edition of")
    page.goto((tmp_path / FOLDER / "find/index.html").as_uri())
    page.get_by_role("link", name="Who really decides here?").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert problems == []
    # Axe asks for style sheets as the pages do not, so it comes last.
    for name in (START, f"{FOLDER}/handbook/power-dynamics/index.html"):
        page.goto((tmp_path / name).as_uri())
        assert list_violations(page) == [], name
    context.close()


def test_a_page_stands_alone() -> None:
    html = (
        '<head><script src="../a.js"></script><meta http-equiv="Content-Security-Policy" content="x"></head>'
        '<a href="../">up</a><a href="../b/?q=1#x">beside</a><a href="#x">here</a><a href="https://e.org/">web</a>'
        '<a href="../b/paper.pdf">paper</a><img alt="Two &lt;b&gt;" src="../assets/photos/1.webp">'
    )
    told = stand_alone(html, "a/index.html", {"index.html", "a/index.html", "b/index.html"}, "https://s.org/")
    assert told == (
        '<head><link rel="stylesheet" href="https://s.org/assets/styles/kept.css"></head>'
        '<a href="../index.html">up</a><a href="../b/index.html?q=1#x">beside</a><a href="#x">here</a>'
        '<a href="https://e.org/">web</a><a href="https://s.org/b/paper.pdf">paper</a>Two &lt;b&gt;'
    )
