"""The page of everything that can be taken along: several pages are printed together."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.templates import TEMPLATES
from tests.helpers.built_pages import BuiltSite

pytestmark = pytest.mark.browser


def test_chosen_pages_are_printed_together(
    new_page: Callable[..., Page], prefixed_site_url: str, built_site_prefixed: BuiltSite
) -> None:
    page = new_page(width=360)
    page.goto(f"{prefixed_site_url}on-paper/")
    assert list_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Both are functions: an expression that ends in a function is called at once, and one that is asked again is
    # against the policy of the page.
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    button = page.get_by_role("button", name="Print what is ticked")
    button.click()
    expect(page.get_by_role("status").filter(has_text="Tick what you want")).to_be_visible()
    titles = [
        built_site_prefixed.pages[TEMPLATES[name]].title.rpartition(" - ")[0] for name in ("chapter", "case-study")
    ]
    for title in titles:
        page.get_by_role("checkbox", name=title).check()
    button.click()
    page.wait_for_function("() => window.printed")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = ["".join(sheet.extract_text().split()) for sheet in sheets]
    first, second = (
        next(number for number, text in enumerate(texts) if "".join(title.split()) in text) for title in titles
    )
    assert first == 0 < second, "each begins on a page of its own"
    assert "".join(titles[1].split()) in texts[second][:200]
    assert not any("Printwhatisticked" in text for text in texts)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(button).to_be_visible()
