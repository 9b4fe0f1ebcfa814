"""Everything can be reached and left by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.helpers.browser.serving import PATIENCE
from tests.helpers.browser.templates import EVERY_TEMPLATE, TEMPLATES

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"
VISIBLE = """() => {
  let e = document.activeElement;
  // A switch of one pixel that is drawn by the label after it.
  if (e.matches("input[type=radio]") && e.nextElementSibling?.matches("label")) e = e.nextElementSibling;
  const box = e.getBoundingClientRect();
  return e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.width > 1 && box.height > 1
    && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
}"""


def focus_is_visible(page: Page) -> bool:
    """Whether what has the focus can be seen, if not at once then after what the focus sets off.

    Waiting needs the page's scripts; without them nothing is set off.
    """
    if page.evaluate(VISIBLE):
        return True
    try:
        page.wait_for_function(VISIBLE, timeout=PATIENCE)
    except PlaywrightTimeoutError:
        return False
    return True


def describe_focus(page: Page) -> str:
    text: str = page.evaluate(f"{FOCUSED}.outerHTML.slice(0, 160)")
    return " ".join(text.split())


def press_until(page: Page, condition: str, most: int) -> list[str]:
    """Press Tab until a condition on the focused element `e` holds; returns the stops that could not be seen."""
    lost = []
    look = f"() => [({VISIBLE})(), (e => {condition})({FOCUSED})]"
    for _ in range(most):
        page.keyboard.press("Tab")
        seen, there = page.evaluate(look)
        if not seen and not focus_is_visible(page):
            lost.append(describe_focus(page))
        if there:
            return lost
    pytest.fail(f"{most} tab stops did not lead to where {condition}")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["home", "chapter", "case-study", "partner-with-little-to-say", "unknown-address"])
def test_the_first_tab_stop_skips_to_the_content(
    new_page: Callable[..., Page],
    site_url: str,
    name: str,
    width: int,
    javascript: bool,
    note_check: Callable[..., None],
) -> None:
    page = new_page(width, javascript=javascript)
    page.goto(site_url + TEMPLATES[name])
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.textContent.trim()") == "Skip to content"
    assert focus_is_visible(page)
    page.keyboard.press("Enter")
    # The browser goes there in its own time: a Tab before that would start from the link.
    expect(page.locator("#gp-content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(f"!!{FOCUSED}.closest('main')")
    assert not page.evaluate(f"!!{FOCUSED}.closest('.md-sidebar')")
    assert focus_is_visible(page)
    note_check("keyboard", name, width, "light", [])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["home", "case-study", "unknown-address"])
def test_search_opens_with_a_slash_and_gives_the_focus_back(
    new_page: Callable[..., Page], site_url: str, name: str, width: int
) -> None:
    page = new_page(width)
    page.goto(site_url + TEMPLATES[name])
    start = page.locator("main article a:visible").last
    start.focus()
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    expect(dialog.get_by_role("textbox")).to_be_in_viewport()
    page.keyboard.type("power")
    expect(dialog.get_by_role("listitem").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(start).to_be_focused()


def test_a_result_of_the_search_opens_with_enter(new_page: Callable[..., Page], prefixed_site_url: str) -> None:
    page = new_page()
    page.goto(prefixed_site_url + "partners/techniquest/")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("superpowers")
    first = dialog.get_by_role("listitem").get_by_role("link").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(prefixed_site_url + "partners/techniquest/")
    assert page.url.startswith(prefixed_site_url)
    expect(page.locator("h1")).to_be_visible()


#: What stays at the edges of the window and what has the focus: whether the one hides the other.
COVERED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused.closest(".gp-toc--line, dialog")) return "";
  const box = focused.getBoundingClientRect();
  const bar = document.querySelector(".gp-toc--line")?.getBoundingClientRect();
  return bar && bar.height && box.height && box.top < bar.bottom - 1 && box.bottom <= bar.bottom + 1 && bar.top <= 0
    ? focused.outerHTML.slice(0, 160) : "";
}"""


@pytest.mark.parametrize("name", ["chapter", "case-study", "glossary", "map"])
def test_backwards_nothing_hides_under_the_line_of_contents(
    new_page: Callable[..., Page], site_url: str, name: str
) -> None:
    page = new_page(360)
    page.goto(site_url + TEMPLATES[name])
    page.locator(".md-footer a").first.focus()
    covered = []
    for _ in range(70):
        page.keyboard.press("Shift+Tab")
        found = page.evaluate(COVERED)
        if found:
            covered.append(found)
    assert covered == []


def test_the_contents_follow_fast_scrolling(new_page: Callable[..., Page], site_url: str) -> None:
    page = new_page(1280)
    page.goto(site_url + TEMPLATES["chapter"])
    marked = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
      const links = [...document.querySelectorAll(".gp-toc--side nav a")];
      const heads = links.map(link => document.getElementById(link.hash.slice(1)));
      const passed = heads.filter(head => head.getBoundingClientRect().top <= innerHeight / 3).length;
      done([passed - 1, links.findIndex(link => link.hasAttribute("aria-current"))]);
    })))"""
    for step in (900, 2600, -1700, 3000, -4800, 600):
        page.evaluate(f"scrollBy({{top: {step}, behavior: 'instant'}})")
        wanted, shown = page.evaluate(marked)
        assert shown == wanted, step


IS_MENU = "e.textContent.trim() === 'Menu'"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("name", ["home", "case-study", "unknown-address"])
def test_the_menu_of_a_phone_works_by_keyboard(
    new_page: Callable[..., Page], site_url: str, name: str, javascript: bool
) -> None:
    page = new_page(360, javascript=javascript)
    page.goto(site_url + TEMPLATES[name])
    assert press_until(page, IS_MENU, 6) == []
    page.keyboard.press("Enter")
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Case studies", exact=True)
    expect(link).to_be_visible()
    assert press_until(page, "e.textContent.trim() === 'Case studies'", 60) == []
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site_url + "case-studies/")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "name", ["home", "chapter", "case-study", "partners", "glossary", "plan-at-work", "reflection"]
)
def test_the_focus_is_never_lost_or_trapped(
    new_page: Callable[..., Page], site_url: str, name: str, width: int, note_check: Callable[..., None]
) -> None:
    page = new_page(width)
    page.goto(site_url + EVERY_TEMPLATE[name])
    lost = press_until(page, "e === document.body || e === document.documentElement", 400)
    # Leaving the page is the end.
    lost = [stop for stop in lost if not stop.startswith(("<body", "<html"))]
    note_check("keyboard", name, width, "light", lost)
    assert lost == []
