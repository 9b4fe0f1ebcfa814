"""What every reader can count on: narrow screens, no scripts, no network, no errors."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers import hostile
from tests.helpers.browser.measures import STICKS_OUT
from tests.helpers.browser.templates import EVERY_TEMPLATE, TEMPLATES
from tests.helpers.browser.traffic import Traffic
from tests.helpers.browser.weights import ANSWERED, CHAPTER, FIRST, FURTHER, LARGE, weigh
from tests.helpers.built_pages import BuiltSite
from tests.helpers.hostile import Attack
from tests.helpers.projects import name_records

pytestmark = pytest.mark.browser

#: Pages that answer a question are opened without one, too.
VISITS = EVERY_TEMPLATE | {f"{name}-not-asked": f"{name}/" for name in ("find", "search", "compare")}
SECTIONS = ["handbook/", "case-studies/", "partners/", "themes/", "programmes/", ""]


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.rstrip("/") or "the-rest")
def test_no_page_scrolls_sideways_at_320(
    new_page: Callable[..., Page], site_url: str, built_site: BuiltSite, section: str
) -> None:
    urls = [
        url
        for url in built_site.pages
        if (url.startswith(section) if section else not url.startswith(tuple(filter(None, SECTIONS))))
    ]
    assert urls
    page = new_page(320)
    wide = {}
    for url in urls:
        # Also watched here: requests, errors and what the policy stops, on every page (Traffic in conftest.py).
        page.goto(site_url + ("no/such/page/" if url == "404.html" else url))
        found = page.evaluate(STICKS_OUT)
        if found:
            wide[url] = found[:5]
    assert wide == {}


def test_the_check_for_width_is_awake(new_page: Callable[..., Page]) -> None:
    page = new_page(320)
    page.set_content("<main><article><p style='width:500px'>wide</p></article></main>")
    assert "p. reaches from 8 to 508 px" in page.evaluate(STICKS_OUT)


@pytest.fixture(scope="module")
def kept_from_a_chapter(chromium: Browser, prefixed_site_url: str) -> tuple[str, ...]:
    """What a browser has asked for once a chapter is open."""
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    paths: list[str] = []
    page.on("request", lambda request: paths.append(urlsplit(request.url).path.removeprefix("/repo/")))
    page.goto(prefixed_site_url + TEMPLATES["chapter"], wait_until="networkidle")
    context.close()
    return tuple(paths)


@pytest.mark.parametrize("url", VISITS.values(), ids=VISITS.keys())
def test_no_request_leaves_nothing_fails_and_little_is_fetched(
    new_page: Callable[..., Page],
    prefixed_site_url: str,
    built_site_prefixed: BuiltSite,
    kept_from_a_chapter: tuple[str, ...],
    url: str,
    traffic: Traffic,
) -> None:
    page = new_page()
    failed: list[str] = []
    paths: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("request", lambda request: paths.append(urlsplit(request.url).path.removeprefix("/repo/")))
    page.on(
        "response",
        lambda response: (
            failed.append(f"{response.url} from {page.url}")
            if response.status >= 400 and not response.request.is_navigation_request()
            else None
        ),
    )
    page.goto(prefixed_site_url + url)
    # What scripts ask for once they have begun is on its way when the page comes to rest.
    page.evaluate("() => new Promise(done => requestIdleCallback(done, {timeout: 1000}))")
    if "?" in url:
        page.wait_for_load_state("networkidle")
    assert failed == []
    assert traffic == Traffic()
    weights = weigh(built_site_prefixed.folder, paths, kept_from_a_chapter)
    assert "assets/goodpractice.css" in paths
    limits = ANSWERED if "?" in url else LARGE
    assert sum(weights.values()) <= limits.get(url.split("?")[0], FURTHER), weights
    first = weigh(built_site_prefixed.folder, paths)
    assert "?" in url or sum(first.values()) <= FIRST + LARGE.get(url, FURTHER) - FURTHER, first


def test_a_first_visit_to_a_chapter_is_light(
    built_site_prefixed: BuiltSite, kept_from_a_chapter: tuple[str, ...]
) -> None:
    weights = weigh(built_site_prefixed.folder, kept_from_a_chapter)
    assert any(path.endswith(".woff2") for path in weights)
    assert sum(weights.values()) <= CHAPTER, weights


def test_what_a_browser_has_kept_is_not_weighed_again(tmp_path: Path) -> None:
    for name in ("index.html", "404.html", "kept.css", "new.css", "photo.webp"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    weights = weigh(tmp_path, ["", "kept.css", "new.css", "photo.webp", "no/such/"], ["", "kept.css"])
    assert set(weights) == {"", "new.css", "photo.webp", "no/such/"}
    assert weights["photo.webp"] == 0
    assert weights["new.css"] == len(gzip.compress(b"new.css"))


def test_a_foreign_request_and_an_error_are_seen(new_page: Callable[..., Page], traffic: Traffic) -> None:
    page = new_page()
    with page.expect_event("requestfailed"):
        page.set_content("<img src='https://example.org/x.png'><script>console.error('refused')</script>")
    assert [request for request in traffic.foreign if "https://example.org/" in request]
    assert [error for error in traffic.errors if "refused" in error]
    traffic.foreign.clear()
    traffic.errors.clear()


def test_a_request_that_the_policy_stops_is_seen(
    new_page: Callable[..., Page], site_url: str, traffic: Traffic
) -> None:
    page = new_page()
    page.goto(site_url)
    with page.expect_console_message():
        page.evaluate("fetch('https://example.org/').catch(() => {})")
    assert [error for error in traffic.errors if "https://example.org/" in error]
    traffic.errors.clear()


#: A script divides events as of the reader's day, the page as of its edition; a sheet says whether it keeps entries.
SAY_WHAT_SCRIPTS_DO = {"events", "reference", "sheet"}


def test_a_page_is_complete_and_fits_without_scripts(new_page: Callable[..., Page], site_url: str) -> None:
    plain, with_scripts = new_page(320, javascript=False), new_page(320)
    wrong: dict[str, object] = {}
    for name, url in TEMPLATES.items():
        plain.goto(site_url + url)
        expect(plain.locator("h1"), name).to_be_visible()
        with_scripts.goto(site_url + url)
        text, other = (" ".join(page.locator("main article").inner_text().split()) for page in (plain, with_scripts))
        found = plain.evaluate(STICKS_OUT)
        if found:
            wrong[f"{name} scrolls sideways"] = found[:5]
        if len(text) <= 80:
            wrong[f"{name} says next to nothing"] = text
        if text != other and name not in SAY_WHAT_SCRIPTS_DO:
            wrong[f"{name} says something else with scripts"] = (text, other)
    assert wrong == {}


@pytest.mark.parametrize("url", ["", "case-studies/lab13/", "no/such/page/"])
def test_the_sections_are_one_step_away_without_scripts(new_page: Callable[..., Page], site_url: str, url: str) -> None:
    page = new_page(1280, javascript=False)
    page.goto(site_url + url)
    page.locator("nav a:visible", has_text="Case studies").first.click()
    expect(page).to_have_url(site_url + "case-studies/")


@pytest.mark.parametrize("url", ["", "case-studies/lab13/", "no/such/page/"])
def test_the_menu_of_a_phone_opens_without_scripts(new_page: Callable[..., Page], site_url: str, url: str) -> None:
    page = new_page(360, javascript=False)
    page.goto(site_url + url)
    page.get_by_text("Menu", exact=True).click()
    menu = page.get_by_role("navigation", name="Menu")
    # A long part is one line to whoever is elsewhere.
    expect(menu.get_by_role("link", name="Handbook", exact=True)).to_be_visible()
    expect(menu.get_by_role("link", name="Equity in funding")).to_have_count(0)
    link = menu.get_by_role("link", name="Case studies", exact=True)
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(site_url + "case-studies/")


def test_the_menu_of_a_phone_lists_the_part_that_a_reader_is_in(new_page: Callable[..., Page], site_url: str) -> None:
    page = new_page(360, javascript=False)
    page.goto(site_url + TEMPLATES["chapter"])
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link", name="Equity in funding")).to_be_visible()


def test_an_unknown_address_below_a_prefix_has_its_styles_and_doors(
    new_page: Callable[..., Page], prefixed_site_url: str
) -> None:
    page = new_page()
    answer = page.goto(prefixed_site_url + "deep/down/nothing/")
    assert answer is not None
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--gp-ink')")
    page.locator("main article a", has_text="Handbook").click()
    expect(page).to_have_url(prefixed_site_url + "handbook/")


@pytest.mark.parametrize(
    "url", [hostile.CASE_URL, hostile.PARTNER_URL, "case-studies/", "partners/", f"themes/{name_records()['theme']}/"]
)
def test_a_hostile_contribution_runs_nothing(
    new_page: Callable[..., Page], attack: Attack, serve: Callable[..., str], url: str
) -> None:
    page = new_page()
    page.add_init_script(f"window.{hostile.MARK} = 0; window.alert = () => {{ window.{hostile.MARK} = 2; }};")
    page.goto(serve(attack.after.folder) + url, wait_until="networkidle")
    page.locator("main a:not([href^='http'])").evaluate_all(
        "all => { for (const link of all) link.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); }"
    )
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("textbox").fill("zebra")
    expect(dialog.get_by_role("list").get_by_role("link", name="Zebra").first).to_be_visible()
    assert page.evaluate(f"window.{hostile.MARK}") == 0


def test_paper_shows_what_is_closed_and_says_where_it_comes_from(
    new_page: Callable[..., Page], prefixed_site_url: str
) -> None:
    page = new_page()
    page.goto(prefixed_site_url + TEMPLATES["chapter"])
    page.evaluate(
        "document.querySelector('main article').insertAdjacentHTML('beforeend',"
        " '<details class=note><summary>More</summary><p id=closed>Closed on the screen</p></details>')"
    )
    shown = "() => document.getElementById('closed').checkVisibility()"
    assert not page.evaluate(shown)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(shown)
    foot = page.locator(".gp-footer__print")
    expect(foot).to_be_visible()
    expect(foot).to_contain_text(TEMPLATES["chapter"])
    assert page.locator(".gp-footer__day").inner_text()
    expect(page.locator(".gp-related[aria-labelledby=gp-related]")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.evaluate(shown)
    expect(foot).to_be_hidden()
    page.emulate_media(media="null")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    for number, sheet in enumerate(sheets, start=1):
        text = "".join(sheet.extract_text().split())
        assert prefixed_site_url + TEMPLATES["chapter"] in text
        assert f"{number}/{len(sheets)}" in text
    everything = " ".join(sheet.extract_text() for sheet in sheets)
    assert "Closed on the screen" in everything
    assert "Read next" not in everything
    assert "This chapter as PDF" not in everything
