"""The map and the pictures of the whole in a browser: axe, keyboard, narrow screens, no JavaScript, filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.schemes import choose
from tests.helpers.browser.serving import serve_folder
from tests.helpers.built_pages import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(built_site: BuiltSite) -> Iterator[str]:
    with serve_folder(built_site.folder, "/repo/") as served:
        yield served


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Any]:
    contexts = []

    def visit(url: str, width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + url)
        return page

    yield visit
    for context in contexts:
        context.close()


def shown_marks(page: Page) -> int:
    return page.locator(".gp-map__mark:visible").count()


@pytest.mark.parametrize("url", ["map/", "at-a-glance/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page: Any, url: str) -> None:
    page = open_page(url, 320)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            choose(page, scheme)
            assert list_violations(page, best_practice=True) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 460, 1280])
def test_marks_are_large_enough_and_apart(open_page: Any, width: int) -> None:
    page = open_page("map/", width)
    for layer in page.locator(".gp-map__layer:visible").all():
        boxes = layer.locator(".gp-map__target").evaluate_all(
            "all => all.map(target => target.getBoundingClientRect().toJSON())"
        )
        for i, a in enumerate(boxes):
            assert min(a["width"], a["height"]) >= 23.9
            for b in boxes[:i]:
                apart = ((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5
                assert apart >= a["width"] - 0.5


def test_by_keyboard(open_page: Any) -> None:
    page = open_page("map/")
    page.locator("#only-case-studies").focus()
    page.keyboard.press("Enter")
    # What a key sets off in the address is told to Playwright in its own time.
    expect(page).to_have_url(re.compile("show=cases"))
    expect(page.locator(".gp-map__status")).to_have_text(re.compile(r"^On the map: \d+ case studies\.$"))
    page.locator(".gp-map__skip a").focus()
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.querySelector('title')?.textContent"))
        ring = "getComputedStyle(document.activeElement.querySelector('.gp-map__target')).stroke"
        assert page.evaluate(ring) != "none"
    assert len(set(names)) == 4
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#(?:place|uk)-|/repo/partners/[^/]+/"))


def test_a_mark_for_several_places_opens_the_key(open_page: Any) -> None:
    page = open_page("map/")
    page.locator('.gp-map__layer--wide .gp-map__mark[href^="#uk-wide-"]').first.click()
    expect(page.locator(".gp-map__key li:target")).to_be_visible()


def test_filters_are_kept_in_the_address(open_page: Any) -> None:
    page = open_page("map/")
    everything = shown_marks(page)
    page.locator(".gp-map__programmes summary").click()
    page.locator("[data-programme]").nth(4).click()
    programme = page.locator("[data-programme][aria-current=true]").inner_text()
    expect(page.locator(".gp-map__status")).to_contain_text(programme)
    expect(page).to_have_url(re.compile("programme="))
    some = shown_marks(page)
    assert 0 < some < everything
    # What the marks say is what the list shows.
    told = page.locator(".gp-map__status").inner_text()
    listed = page.locator(".gp-map__places > div[data-m] li:visible").count()
    assert sum(map(int, re.findall(r"(\d+) (?:partner|case)", told))) == listed
    again = open_page(page.url.split("/repo/")[1])
    assert shown_marks(again) == some
    again.locator("[data-programme][aria-current=true]").click()
    expect(again.locator("[data-programme][aria-current=true]")).to_have_count(0)
    assert shown_marks(again) == everything


def test_without_javascript(open_page: Any) -> None:
    page = open_page("map/", java_script_enabled=False)
    everything = shown_marks(page)
    assert page.locator(".gp-map__partners").first.is_visible()
    page.goto(page.url.split("#")[0] + "#only-case-studies")
    assert not page.locator(".gp-map__partners").first.is_visible()
    assert page.locator(".gp-map__cases").first.is_visible()
    assert 0 < shown_marks(page) < everything
    page.goto(page.url.split("#")[0] + "#only-partners")
    assert shown_marks(page) == everything
    assert not page.locator(".gp-map__cases").first.is_visible()
    for link in page.locator("[data-programme]").all():
        assert "/programmes/" in str(link.evaluate("link => link.href"))


def test_in_forced_colours_marks_and_land_are_told_apart(open_page: Any) -> None:
    page = open_page("map/", forced_colors="active")
    fill = "selector => getComputedStyle(document.querySelector(selector)).fill"
    assert page.evaluate(fill, ".gp-map__dot") != page.evaluate(fill, ".gp-map__land")
    assert page.evaluate(fill, ".gp-map__dot") != page.evaluate(fill, ".gp-map__number")


def test_on_paper_without_filters(open_page: Any) -> None:
    page = open_page("map/")
    page.emulate_media(media="print")
    assert not page.locator(".gp-map__filters").is_visible()
    assert page.locator(".gp-map__picture:visible").count() == 2
    assert page.locator("#gp-places").is_visible()


def test_pictures_fit_and_their_words_stay_legible(open_page: Any) -> None:
    for width in (320, 1280):
        page = open_page("at-a-glance/", width)
        for chart in page.locator(".gp-chart:visible").all():
            box = chart.bounding_box()
            assert box["x"] + box["width"] <= width
            size = chart.locator("text").first.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
            assert size >= 12
        assert page.locator(".gp-chart:visible").count() == 3
