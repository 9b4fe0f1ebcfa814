"""Twenty searches on a narrow screen, by keyboard and by touch, in the browsers that are there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser.marionette import Firefox, open_firefox
from tests.helpers.browser.serving import serve_folder
from tests.helpers.built_pages import BuiltSite
from tests.helpers.twenty_searches import search_twenty_times

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIELD, STATUS, RESULTS = "#gp-search-input", ".gp-search__status", ".gp-search__window .gp-result__title a"
LIST = f"[...document.querySelectorAll('{RESULTS}')].map(link => link.href)"


@pytest.fixture
def site(built_site: BuiltSite, tmp_path: Path) -> Path:
    shutil.copytree(built_site.folder, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with serve_folder(site, "/repo/") as served:
        yield served


class ChromiumHand:
    """A finger or a keyboard on a page in Chromium."""

    def __init__(self, page: Page, *, touches: bool) -> None:
        self.page = page
        self.touches = touches

    def open(self) -> None:
        if self.page.locator(FIELD).is_visible():
            return
        self.page.locator(".gp-search--ready").wait_for()
        if self.touches:
            self.page.locator(".gp-search__open").tap()
        else:
            self.page.keyboard.press("/")
        expect(self.page.locator(FIELD)).to_be_focused()

    def write(self, text: str) -> None:
        if self.touches:
            self.page.locator(FIELD).tap()
        self.page.locator(FIELD).select_text()
        self.page.keyboard.type(text)

    def wait_for(self, text: str) -> None:
        expect(self.page.locator(STATUS)).to_contain_text(text)

    def list_results(self) -> list[str]:
        return list(self.page.evaluate(LIST))

    def follow(self) -> str:
        first = self.page.locator(RESULTS).first
        wanted = self.page.evaluate(f"{LIST}[0]")
        if self.touches:
            first.tap()
        else:
            while not first.evaluate("link => link === document.activeElement"):
                self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")
        self.page.wait_for_url(wanted)
        return self.page.url

    def go_back(self) -> None:
        self.page.go_back()


@pytest.mark.parametrize("touches", [False, True], ids=["keyboard", "touch"])
def test_in_chromium(chromium: Browser, address: str, site: Path, touches: bool) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=touches, is_mobile=touches)
    page = context.new_page()
    page.goto(f"{address}about/")
    search_twenty_times(ChromiumHand(page, touches=touches), site)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


class FirefoxHand:
    """The same in Firefox."""

    def __init__(self, firefox: Firefox, *, touches: bool) -> None:
        self.firefox = firefox
        self.touches = touches

    def open(self) -> None:
        if self.firefox.run(f"return document.querySelector('{FIELD}')?.checkVisibility() ?? false"):
            return
        self.firefox.wait(f"return document.querySelector('.gp-search--ready') !== null && {self._is_quiet()}")
        if self.touches:
            self.firefox.tap(".gp-search__open")
        else:
            self.firefox.press("/")
        self.firefox.wait(f"return document.activeElement === document.querySelector('{FIELD}')")

    def _is_quiet(self) -> str:
        return "document.readyState === 'complete'"

    def write(self, text: str) -> None:
        if self.touches:
            self.firefox.tap(FIELD)
        self.firefox.run(f"document.querySelector('{FIELD}').select()")
        self.firefox.press(text)

    def wait_for(self, text: str) -> None:
        self.firefox.wait(
            "return document.querySelector(arguments[0])?.textContent.includes(arguments[1])", STATUS, text
        )

    def list_results(self) -> list[str]:
        return list(self.firefox.run(f"return {LIST}"))

    def follow(self) -> str:
        wanted = self.list_results()[0]
        if self.touches:
            self.firefox.tap(RESULTS)
        else:
            is_there = "return document.activeElement === document.querySelector(arguments[0])"
            while not self.firefox.run(is_there, RESULTS):
                self.firefox.press("\ue015")
            self.firefox.press("\ue007")
        self.firefox.wait("return location.href === arguments[0] && document.readyState === 'complete'", wanted)
        return str(self.firefox.run("return location.href"))

    def go_back(self) -> None:
        self.firefox.send("WebDriver:Back")


@pytest.mark.skipif(not os.environ.get("GOODPRACTICE_FIREFOX"), reason="only where GOODPRACTICE_FIREFOX names one")
@pytest.mark.parametrize("touches", [False, True], ids=["keyboard", "touch"])
def test_in_firefox(address: str, site: Path, tmp_path: Path, touches: bool) -> None:
    with open_firefox(os.environ["GOODPRACTICE_FIREFOX"], tmp_path / "profile", 360, 740) as firefox:
        firefox.go(f"{address}about/")
        search_twenty_times(FirefoxHand(firefox, touches=touches), site)
        assert firefox.run("return document.documentElement.scrollWidth") <= firefox.run("return innerWidth")
