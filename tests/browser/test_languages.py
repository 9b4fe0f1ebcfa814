"""A page from right to left, and the way from one language to another, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.measures import STICKS_OUT
from tests.helpers.browser.serving import serve_folder

ARABIC = "ar/handbook/superpowers/"
WELSH = "cy/handbook/power-dynamics/"
#: Stands for a language whose words have all been approved.
BRETON = "br/handbook/superpowers/"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(translated_site: Path) -> Iterator[str]:
    with serve_folder(translated_site) as url:
        yield url


@pytest.mark.parametrize("width", [320, 800, 1280])
def test_a_page_from_right_to_left_fits(new_page: Callable[..., Page], address: str, width: int) -> None:
    page = new_page(width)
    page.goto(address + ARABIC)
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.gp-chapter p')).direction") == "rtl"


@pytest.mark.parametrize("url", [ARABIC, WELSH])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(new_page: Callable[..., Page], address: str, url: str, width: int) -> None:
    page = new_page(width)
    page.goto(address + url)
    assert list_violations(page) == []


def test_the_layout_is_mirrored(new_page: Callable[..., Page], address: str) -> None:
    """What stands at the start of a line stands on the right, and the other way round."""
    page = new_page(1280)

    def places(url: str) -> dict[str, float]:
        page.goto(address + url)
        found: dict[str, float] = page.evaluate(
            """() => Object.fromEntries([".md-logo", ".gp-comfort", ".md-sidebar--primary", ".md-sidebar--secondary",
                ".gp-editions__item", "main h1", ".md-typeset ol li", ".gp-tip__label"].map((name) => {
                const box = document.querySelector(name).getBoundingClientRect();
                return [name, (box.left + box.right) / 2 / innerWidth];
            }))"""
        )
        return found

    english, arabic = places("handbook/superpowers/"), places(ARABIC)
    for name in (".md-logo", ".md-sidebar--primary"):
        assert english[name] < 0.5 < arabic[name], name
    for name in (".gp-comfort", ".md-sidebar--secondary"):
        assert arabic[name] < 0.5 < english[name], name


def test_english_words_keep_their_order_on_a_page_from_right_to_left(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(1280)
    page.goto(address + ARABIC)
    for selector in ("#gp-share", ".gp-related__title", ".gp-skip"):
        found = page.locator(selector).first
        assert found.evaluate("element => element.closest('[lang]').lang") == "en"
        style = found.evaluate(
            "element => [getComputedStyle(element).direction, getComputedStyle(element).unicodeBidi]"
        )
        assert style[0] == "ltr" or style[1] == "plaintext"
    assert page.locator("#gp-share").evaluate("element => getComputedStyle(element).textAlign") == "right"


def test_scripts_speak_the_language_of_the_page(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(1280)
    page.goto(address + BRETON)
    page.locator(".gp-comfort summary").click()
    expect(page.locator(".gp-comfort__legend").first).to_have_text("⟦Colours⟧")
    page.locator(".gp-search__open").click()
    expect(page.locator(".gp-search__close")).to_have_text("⟦Close⟧")
    assert page.locator(".gp-search__window").get_attribute("lang") == "br"
    page.locator(".gp-search__input").fill("library")
    expect(page.locator(".gp-search__status")).to_have_text(re.compile("^⟦\\d+ results? for “library”⟧$"))
    page.locator(".gp-search__close").click()
    page.set_viewport_size({"width": 360, "height": 800})
    page.mouse.wheel(0, 3000)
    expect(page.locator(".gp-toc__now")).to_contain_text("⟦", use_inner_text=False)
    # Where nothing is approved, the same scripts speak English and say so.
    page.goto(address + WELSH)
    page.locator(".gp-search__open").click()
    expect(page.locator(".gp-search__close")).to_have_text("Close")
    assert page.locator(".gp-search__window").get_attribute("lang") == "en"
    # What is found is in the language of the page.
    assert page.locator(".gp-search__results").get_attribute("lang") == "cy"


@pytest.mark.parametrize(
    ("url", "query", "found", "elsewhere"),
    [
        (WELSH, "ystafell", WELSH, "superpowers"),
        (WELSH, "tŷ geiriau", WELSH, "superpowers"),
        (ARABIC, "مكتبة", ARABIC, "superpowers"),
        ("handbook/power-dynamics/", "café library", "handbook/power-dynamics/", "ystafell"),
    ],
)
def test_each_language_has_a_search_of_its_own(
    new_page: Callable[..., Page], address: str, url: str, query: str, found: str, elsewhere: str
) -> None:
    page = new_page(1280)
    page.goto(address + url)
    page.locator(".gp-search__open").click()
    page.locator(".gp-search__input").fill(query)
    results = page.locator(".gp-search__results .gp-result__title a")
    expect(results.first).to_be_visible()
    links = [link.get_attribute("href") or "" for link in results.all()]
    assert any(link.split("#")[0] == address + found for link in links)
    other = {link for link in links if ("/cy/" in link or "/ar/" in link) != (url[:3] in ("cy/", "ar/"))}
    assert other == set()
    page.locator(".gp-search__input").fill(elsewhere)
    expect(page.locator(".gp-search__status")).to_contain_text(elsewhere)
    links = [link.get_attribute("href") or "" for link in results.all()]
    assert {link for link in links if ("/cy/" in link or "/ar/" in link) != (url[:3] in ("cy/", "ar/"))} == set()


def test_the_search_page_goes_on_in_the_language(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(1280)
    page.goto(address + WELSH)
    page.locator(".gp-search__open").click()
    page.locator(".gp-search__input").fill("ystafell")
    expect(page.locator(".gp-search__results a").first).to_be_visible()
    page.locator(".gp-search__foot a").click()
    expect(page).to_have_url(f"{address}search/?language=cy&q=ystafell")
    first = page.locator(".gp-search-page__results a").first
    expect(first).to_have_attribute("href", re.compile("/cy/handbook/power-dynamics/"))
    page.locator(".gp-search-page__input").fill("cyllideb")
    expect(page).to_have_url(f"{address}search/?language=cy&q=cyllideb")


def test_the_way_to_the_same_page_and_back(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(360)
    page.goto(f"{address}handbook/power-dynamics/")
    line = page.get_by_role("navigation", name="Languages")
    expect(line.get_by_text("not translated yet")).to_have_count(1)
    link = line.get_by_role("link", name="Cymraeg")
    assert link.bounding_box()["height"] >= 24  # type: ignore[index]
    link.click()
    expect(page).to_have_url(address + WELSH)
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{address}handbook/power-dynamics/")
    page.goto(f"{address}ar/")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="English").click()
    expect(page).to_have_url(address)
    sitemap = page.request.get(f"{address}sitemap.xml").text()
    assert len(re.findall('hreflang="ar"', sitemap)) == 4


def test_a_notice_on_a_translation_that_is_older(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(360)
    page.goto(address + ARABIC)
    note = page.get_by_role("note").first
    expect(note).to_contain_text("has changed since it was translated")
    note.get_by_role("link").click()
    expect(page).to_have_url(f"{address}handbook/superpowers/")
