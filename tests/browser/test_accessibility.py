"""What WCAG 2.2 asks of every template, as far as a machine can tell. The accessibility statement is made from this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.measures import (
    CUT_OFF,
    HANGING_MARKERS,
    MOVES,
    POOR_FOCUS,
    SMALL_TARGETS,
    SPACE_TEXT,
    SPACE_TEXT_NO_MORE,
    STICKS_OUT,
)
from tests.helpers.browser.schemes import choose
from tests.helpers.browser.templates import EVERY_TEMPLATE
from tests.helpers.browser.traffic import Traffic

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: One load of a page serves all tests of its template.
every_template = pytest.mark.parametrize("opened", EVERY_TEMPLATE, indirect=True, scope="module")

SIZES = [360, 1280]
NoteCheck = Callable[..., None]


class Opened(NamedTuple):
    """A page of the site, by the name of its template."""

    name: str
    page: Page


def resize(page: Page, width: int, height: int = 800) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => innerWidth === width", arg=width)


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, chromium: Browser, site_url: str) -> Iterator[Opened]:
    context = chromium.new_context(service_workers="block", reduced_motion="reduce")
    page = context.new_page()
    traffic = Traffic()
    traffic.watch(page)
    url = EVERY_TEMPLATE[request.param]
    resize(page, 360)
    page.goto(site_url + url)
    if url.startswith("compare/?c="):
        expect(page.get_by_role("columnheader")).to_have_count(3)
    if url.startswith("search/?"):
        expect(page.locator(".gp-result").first).to_be_visible()
    yield Opened(request.param, page)
    context.close()
    assert traffic == Traffic()


@every_template
def test_axe_finds_nothing(opened: Opened, note_check: NoteCheck) -> None:
    name, page = opened
    found = {}
    for width in SIZES:
        resize(page, width)
        for scheme in ("light", "dark", "forced colours"):
            choose(page, scheme)
            found[width, scheme] = list_violations(page)
            note_check("axe", name, width, scheme, found[width, scheme])
    assert {where: problems for where, problems in found.items() if problems} == {}


@every_template
def test_high_contrast_is_high(opened: Opened, note_check: NoteCheck) -> None:
    name, page = opened
    resize(page, 1280)
    found = {}
    for scheme in ("light, more contrast", "dark, more contrast"):
        choose(page, scheme)
        found[scheme] = list_violations(page, more_contrast=True)
        note_check("more contrast", name, 1280, scheme, found[scheme])
    assert {where: problems for where, problems in found.items() if problems} == {}


@every_template
def test_nothing_is_lost_however_it_is_read(opened: Opened, note_check: NoteCheck) -> None:
    name, page = opened
    choose(page, "light")
    resize(page, 320)
    found: dict[str, list[str]] = {}

    def look(check: str, width: int, *questions: str) -> None:
        problems = [problem for question in questions for problem in page.evaluate(question)]
        note_check(check, name, width, "light", problems)
        found[f"{check} at {width}"] = problems

    look("320 pixels", 320, STICKS_OUT, CUT_OFF, HANGING_MARKERS)
    page.evaluate(SPACE_TEXT)
    look("text spacing", 320, STICKS_OUT, CUT_OFF)
    page.evaluate(SPACE_TEXT_NO_MORE)
    page.evaluate("() => { Object.assign(document.documentElement.dataset, {gpSize: 'largest', gpSpacing: 'wider'}); }")
    look("largest text", 320, STICKS_OUT, CUT_OFF)
    page.evaluate(
        "() => { for (const name of ['gpSize', 'gpSpacing']) delete document.documentElement.dataset[name]; }"
    )
    resize(page, 360)
    look("targets", 360, SMALL_TARGETS)
    # A window of 1280 by 800 pixels at 200 %: half as many pixels, each drawn by four.
    screen = page.context.new_cdp_session(page)
    screen.send(
        "Emulation.setDeviceMetricsOverride", {"width": 640, "height": 400, "deviceScaleFactor": 2, "mobile": False}
    )
    assert page.evaluate("[innerWidth, devicePixelRatio]") == [640, 2]
    look("200 %", 640, STICKS_OUT, CUT_OFF)
    screen.send("Emulation.clearDeviceMetricsOverride")
    screen.detach()
    resize(page, 1280)
    look("targets", 1280, SMALL_TARGETS)
    page.evaluate(SPACE_TEXT)
    look("text spacing", 1280, STICKS_OUT, CUT_OFF)
    page.evaluate(SPACE_TEXT_NO_MORE)
    assert {where: problems for where, problems in found.items() if problems} == {}


@every_template
def test_the_focus_can_be_seen(opened: Opened, note_check: NoteCheck) -> None:
    name, page = opened
    page.keyboard.press("Tab")
    found = {}
    for width in SIZES:
        resize(page, width)
        for scheme in ("light", "dark"):
            choose(page, scheme)
            found[width, scheme] = page.evaluate(POOR_FOCUS)
            note_check("focus", name, width, scheme, found[width, scheme])
    assert {where: problems for where, problems in found.items() if problems} == {}


@every_template
def test_nothing_moves_for_readers_who_want_it_still(opened: Opened, note_check: NoteCheck) -> None:
    name, page = opened
    resize(page, 1280)
    found = page.evaluate(MOVES)
    note_check("reduced motion", name, 1280, "light", found)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colour_scheme_follows_the_reader(new_page: Callable[..., Page], site_url: str, scheme: str) -> None:
    page = new_page(1280, scheme)
    page.goto(site_url)
    channels = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)")
    brightness = sum(channels) / 3
    assert brightness < 80 if scheme == "dark" else brightness > 180


@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_with_results_of_a_search(
    new_page: Callable[..., Page], site_url: str, width: int, note_check: NoteCheck
) -> None:
    page = new_page(width)
    page.goto(site_url)
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("textbox").fill("budget")
    expect(dialog.get_by_role("listitem").first).to_be_visible()
    found = {}
    for scheme in ("light", "dark", "forced colours"):
        choose(page, scheme)
        found[scheme] = [*list_violations(page), *page.evaluate(CUT_OFF)]
        note_check("windows", "the search window", width, scheme, found[scheme])
    assert {scheme: problems for scheme, problems in found.items() if problems} == {}


@pytest.mark.parametrize("window", ["Menu", "Reading"])
def test_axe_finds_nothing_with_a_panel_open(
    new_page: Callable[..., Page], site_url: str, window: str, note_check: NoteCheck
) -> None:
    page = new_page(360)
    page.goto(site_url + EVERY_TEMPLATE["chapter"])
    page.locator(".gp-drop__open", has_text=window).click()
    expect(page.locator(".gp-drop__box[open] .gp-drop__panel")).to_be_visible()
    found = {}
    for scheme in ("light", "dark", "forced colours"):
        choose(page, scheme)
        found[scheme] = [*list_violations(page), *page.evaluate(SMALL_TARGETS, ".gp-drop__box[open]")]
        note_check("windows", f"{window.lower()}", 360, scheme, found[scheme])
    assert {scheme: problems for scheme, problems in found.items() if problems} == {}


def test_axe_is_awake(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.set_content("<html lang='en'><title>x</title><main><h1>x</h1><img src='data:,'><p style='color:#ccc'>pale</p>")
    found = "\n".join(list_violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found
    page.set_content("<html lang='en'><title>x</title><main><p style='color:#666;background:#fff'>not black</p>")
    assert list_violations(page) == []
    assert "color-contrast-enhanced" in "".join(list_violations(page, more_contrast=True))


@pytest.mark.parametrize(
    ("question", "body", "told"),
    [
        (STICKS_OUT, "<main><article><p style='width:500px'>wide</p></article></main>", "p. reaches from 8 to 508 px"),
        (HANGING_MARKERS, "<main><article><ol style='padding:0'><li>one</ol></article></main>", '"one" hangs'),
        (CUT_OFF, "<p style='height:10px;overflow:hidden'>two<br>lines</p>", "is cut off"),
        (CUT_OFF, "<p style='width:30px;overflow:hidden;white-space:nowrap'>a long line</p>", "is cut off"),
        (CUT_OFF, "<p style='height:10px'>two<br>lines</p>", "leaves its box"),
        (SMALL_TARGETS, "<button style='padding:0;height:15px'>a</button><button>b</button>", "beside <button>b"),
        (POOR_FOCUS, "<a href='#' style='outline:none'>a</a>", "no ring"),
        (POOR_FOCUS, "<a href='#' style='outline:3px solid #eee'>a</a>", "a pale ring"),
        (POOR_FOCUS, "<a href='#' style='outline:3px solid;position:fixed;left:-99px'>a</a>", "out of sight"),
        (
            POOR_FOCUS,
            "<a href='#' style='outline:3px solid'>a</a><div style='position:fixed;inset:0;background:#fff'></div>",
            "covered",
        ),
        (MOVES, "<div style='transition:width 1s'>slow</div>", "takes 1s"),
        (MOVES, "<div style='overflow:auto;scroll-behavior:smooth'>slow</div>", "glides"),
    ],
)
def test_the_questions_are_awake(new_page: Callable[..., Page], question: str, body: str, told: str) -> None:
    page = new_page(320)
    page.set_content(f"<!doctype html><html lang='en'><title>x</title><body>{body}")
    page.keyboard.press("Tab")
    assert told in "\n".join(page.evaluate(question))


def test_text_spacing_reaches_the_page_and_no_link_glides(new_page: Callable[..., Page], site_url: str) -> None:
    page = new_page(320)
    page.goto(site_url)
    before = page.evaluate("document.querySelector('main p').getBoundingClientRect().height")
    page.evaluate(SPACE_TEXT)
    assert page.evaluate("document.querySelector('main p').getBoundingClientRect().height") > before
    page.emulate_media(reduced_motion="no-preference")
    # A link that rolls through a long chapter for two seconds looks as if it had led to the wrong place.
    assert not [told for told in page.evaluate(MOVES) if "glides" in told]
