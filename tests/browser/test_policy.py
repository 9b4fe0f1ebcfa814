"""The whole site works under its Content-Security-Policy, at the root of a server and below a path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.browser.serving import Watched, serve_folder, watch
from tests.helpers.built_pages import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(built_site: BuiltSite) -> Path:
    return built_site.folder


@pytest.fixture(params=["/", "/repo/"])
def tab(request: pytest.FixtureRequest, site: Path, chromium: Browser) -> Iterator[Watched]:
    with serve_folder(site, request.param) as address:
        context = chromium.new_context()
        yield watch(context, address)
        context.close()


def addresses(site: Path) -> list[str]:
    """Every page with a frame; a page that only leads on to another has none."""
    framed = [file for file in site.rglob("*.html") if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8")]
    return sorted(file.relative_to(site).as_posix().removesuffix("index.html") for file in framed)


@pytest.mark.parametrize("tab", ["/repo/"], indirect=True)
def test_a_page_of_each_section_loads_without_a_violation(tab: Watched, site: Path) -> None:
    # test_reading.py opens every page at the root, and fails for anything that a page complains of.
    for url in [""] + [url for url in addresses(site) if re.fullmatch(r"[^/.]*/[b-d][^/]*/", url)]:
        tab.page.goto(tab.address + url)
    assert tab.is_clean(), tab


def test_colours_are_chosen_and_kept(tab: Watched) -> None:
    page = tab.page
    page.goto(tab.address)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("gp-comfort summary").click()
    page.locator("gp-comfort label", has_text="Dark").click()
    expect(page.locator("body")).not_to_have_css("background-color", before)
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(tab.address + "partners/techniquest/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
    assert tab.is_clean(), tab


def test_the_menu_opens(tab: Watched) -> None:
    tab.page.set_viewport_size({"width": 360, "height": 700})
    tab.page.goto(tab.address + "handbook/")
    tab.page.locator(".gp-menu summary").click()
    expect(tab.page.locator(".gp-menu__panel")).to_be_visible()
    assert tab.is_clean(), tab


def test_the_search_answers(tab: Watched) -> None:
    tab.page.goto(f"{tab.address}search/?q=families")
    tab.page.locator("article a[href*='case-studies/']").nth(1).wait_for()
    assert tab.is_clean(), tab


def test_a_blocked_script_is_noticed(tab: Watched) -> None:
    """Without this, the other tests would pass on a page without any policy."""
    tab.page.goto(tab.address)
    tab.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit(1) style=color:red>')")
    with tab.page.expect_console_message(lambda message: "POLICY connect-src" in message.text):
        tab.page.evaluate("fetch('https://example.org/').catch(() => 0)")
    assert tab.hits() == []
    assert {re.search(r"POLICY (\S+)", text)[1] for text in tab.violations if "POLICY" in text} == {
        "script-src-attr",
        "style-src-attr",
        "connect-src",
    }


def test_the_policy_comes_before_anything_that_loads(site: Path) -> None:
    for url in addresses(site):
        source = (site / url / "index.html" if not url.endswith(".html") else site / url).read_text(encoding="utf-8")
        first = re.search(r"<(script|link|style|img)\b", source)
        policy = source.find('<meta http-equiv="Content-Security-Policy"')
        assert first is not None, url
        assert 0 < policy < first.start(), url
        assert "<meta charset" in source[:1024], url
        assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))", source), url
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=|<style", source), url
