"""A site in the colours, with the logo, font, menu and footer of another community can be read as ours can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.measures import CUT_OFF, STICKS_OUT
from tests.helpers.browser.schemes import choose
from tests.helpers.building import build_site
from tests.helpers.looks import make_other_look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("", "case-studies/lab13/", "handbook/power-dynamics/", "map/", "design/", "find/", "no/such/page/")


@pytest.fixture(scope="module")
def site(make_once: Callable[..., Path]) -> Path:
    def fill(folder: Path) -> None:
        build_site(make_other_look(folder / "project"), folder / "site", jobs=1)

    return make_once("look", fill) / "site"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(new_page: Callable[..., Page], serve: Callable[..., str], site: Path, path: str) -> None:
    page = new_page(360)
    page.goto(serve(site) + path)
    found: dict[str, list[str]] = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            choose(page, scheme)
            found[f"{width}, {scheme}"] = list_violations(page)
    for scheme in ("light, more contrast", "dark, more contrast"):
        choose(page, scheme)
        found[scheme] = list_violations(page, more_contrast=True)
    page.set_viewport_size({"width": 320, "height": 800})
    found["320"] = [problem for question in (STICKS_OUT, CUT_OFF) for problem in page.evaluate(question)]
    assert {where: problems for where, problems in found.items() if problems} == {}


def test_the_font_is_that_of_the_community(
    new_page: Callable[..., Page], serve: Callable[..., str], site: Path
) -> None:
    page = new_page()
    page.goto(serve(site) + "about/")
    families = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(({family}) => family))")
    assert families == ["Headings"]
    assert page.evaluate("document.fonts.check('700 16px Headings')")
    header = page.evaluate("getComputedStyle(document.querySelector('.md-header')).backgroundColor")
    assert header == "rgb(29, 78, 95)"
