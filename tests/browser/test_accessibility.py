"""axe finds nothing on any template, in either colour scheme, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.templates import TEMPLATES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "resultTypes": ["violations"],
}
SIZES = [360, 1280]
SCHEMES = ["light", "dark"]


def list_violations(page: Page) -> list[str]:
    """What axe objects to: rule, element, reason."""
    results: dict[str, Any] = Axe().run(page, options=WCAG).response
    assert results["testEngine"]["name"] == "axe-core"
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("url", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_axe_finds_nothing(new_page: Callable[..., Page], site_url: str, url: str, scheme: str) -> None:
    page = new_page(SIZES[0], scheme)
    page.goto(site_url + url)
    found = {SIZES[0]: list_violations(page)}
    for width in SIZES[1:]:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = list_violations(page)
    assert found == {width: [] for width in SIZES}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colour_scheme_follows_the_reader(new_page: Callable[..., Page], site_url: str, scheme: str) -> None:
    page = new_page(1280, scheme)
    page.goto(site_url)
    channels = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)")
    brightness = sum(channels) / 3
    assert brightness < 80 if scheme == "dark" else brightness > 180


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_with_results_of_a_search(
    new_page: Callable[..., Page], site_url: str, scheme: str, width: int
) -> None:
    page = new_page(width, scheme)
    page.goto(site_url)
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("textbox").fill("budget")
    expect(dialog.get_by_role("listitem").first).to_be_visible()
    assert list_violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_with_the_menu_open(new_page: Callable[..., Page], site_url: str, scheme: str) -> None:
    page = new_page(360, scheme)
    page.goto(site_url + "handbook/power-dynamics/")
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link").first).to_be_visible()
    assert list_violations(page) == []


def test_axe_is_awake(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.set_content("<html lang='en'><title>x</title><main><h1>x</h1><img src='data:,'><p style='color:#ccc'>pale</p>")
    found = "\n".join(list_violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found
