"""The finder and the comparison in a browser: keyboard, no JavaScript, narrow screens, axe, never empty."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.schemes import choose

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NewPage = Callable[..., Page]
THREE = "compare/?c=dynamic-earth-bus,xplore-venture,young-carers-packages"


def answer(page: Page, name: str, value: str) -> None:
    box = page.locator(f'input[name="{name}"][value="{value}"]')
    if not box.is_visible():
        page.locator("details", has=box).locator("summary").click()
    box.check()


def fits_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("url", ["find/", "compare/", "regions/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(new_page: NewPage, prefixed_site_url: str, url: str) -> None:
    """Of what test_accessibility.py does not open: nothing answered, nothing compared, a list of lists."""
    page = new_page(320)
    page.goto(prefixed_site_url + url)
    page.evaluate("document.querySelectorAll('.gp-find details').forEach(details => { details.open = true; })")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            choose(page, scheme)
            assert list_violations(page) == [], (width, scheme)
        assert fits_sideways(page), width


def test_answers_narrow_and_every_card_says_why(page: Page, prefixed_site_url: str) -> None:
    page.goto(prefixed_site_url + "find/")
    status = page.locator(".gp-find__status")
    expect(status).to_contain_text("case studies and")
    answer(page, "theme", "welcome-and-logistics")
    expect(status).to_contain_text("from the handbook")
    first = int(re.match(r"\d+", status.inner_text())[0])  # type: ignore[index]
    count = page.locator('label:has(input[value="families"]) .gp-find__count').text_content() or ""
    answer(page, "audience", "families")
    expect(page.locator(".gp-find .gp-card--case-study .gp-find__why").first).to_contain_text("Families")
    # What was counted at the answer is what it leads to.
    assert status.inner_text().startswith(re.search(r"\d+", count)[0])  # type: ignore[index]
    assert int(re.match(r"\d+", status.inner_text())[0]) < first  # type: ignore[index]
    for card in page.locator(".gp-find .gp-card--case-study").all():
        why = card.locator(".gp-find__why").inner_text()
        assert "‘Welcome and logistics’" in why
        assert "‘Families’" in why
    assert page.locator(".gp-find .gp-card--chapter").count() > 0
    assert page.locator(".gp-find .gp-card--tip").count() > 0
    expect(page).to_have_url(re.compile("find/[?]theme=welcome-and-logistics&audience=families$"))
    page.go_back()
    expect(page.locator('input[value="families"]')).not_to_be_checked()


def test_money_is_answered_by_the_handbook(page: Page, prefixed_site_url: str) -> None:
    page.goto(prefixed_site_url + "find/?theme=equity-in-funding&moment=planning")
    chapter = page.locator(".gp-find .gp-card--chapter").first
    expect(chapter).to_contain_text("Equity in funding")
    expect(chapter).to_contain_text("Because it is about")


def test_it_is_never_empty(page: Page, prefixed_site_url: str) -> None:
    page.goto(prefixed_site_url + "find/")
    values = page.evaluate(
        "[...document.querySelectorAll('.gp-find input')].map(box => [box.name, box.value])",
    )
    by_name: dict[str, list[str]] = {}
    for name, value in values:
        by_name.setdefault(name, []).append(value)
    # Every answer alone, and with answers that seldom go together.
    queries = [f"{name}={value}" for name, value in values]
    queries += [f"audience=older-people&{query}" for query in queries]
    queries += [f"setting=online&moment=ending&audience={value}" for value in by_name["audience"]]
    found = page.evaluate(
        """async queries => {
          const find = document.querySelector("gp-find");
          const found = [];
          for (const query of queries) {
            history.replaceState(null, "", "?" + query);
            await find.read();
            const cards = kind => find.querySelectorAll(".gp-find__results .gp-card--" + kind).length;
            found.push([query, cards("case-study"), cards("chapter"), find.querySelectorAll(".gp-find__why").length,
                    find.querySelector(".gp-find__near")?.textContent ?? "", find.status.textContent]);
          }
          return found;
        }""",
        queries,
    )
    for query, cases, chapters, reasons, near, status in found:
        assert cases, query
        assert chapters, query
        assert reasons >= cases + chapters, query
        assert bool(near) == status.startswith("No case study"), query


def test_by_keyboard_alone(page: Page, prefixed_site_url: str) -> None:
    page.goto(prefixed_site_url + "find/")
    page.locator(".gp-find summary").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_be_checked()
    expect(page.locator(".gp-find__status")).to_contain_text("from the handbook")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "gp-find__mark":
            break
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("&c=[a-z]"))
    expect(page.locator(".gp-find__status")).to_have_text("1 case study chosen for comparison.")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "gp-find__go":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?c=*")
    expect(page.locator(".gp-compare__status")).to_contain_text("One case study is shown")


def test_without_javascript_every_answer_is_a_link(new_page: NewPage, prefixed_site_url: str) -> None:
    page = new_page(320, javascript=False)
    page.goto(prefixed_site_url + "find/")
    assert not page.locator(".gp-find__form").is_visible()
    page.get_by_role("link", name="Who gets paid, and who holds the money?").click()
    expect(page).to_have_url(prefixed_site_url + "themes/equity-in-funding/")
    page.goto(prefixed_site_url + "find/")
    page.get_by_role("link", name="Young carers").click()
    expect(page).to_have_url(prefixed_site_url + "audiences/young-carers/")
    page.locator(".gp-card--case-study a").first.click()
    page.get_by_role("link", name="Compare with other case studies").click()
    expect(page.get_by_text("Without it, open each case study in a window of its own")).to_be_visible()


def test_three_are_compared_at_most(page: Page, prefixed_site_url: str) -> None:
    page.goto(prefixed_site_url + "find/?theme=welcome-and-logistics")
    boxes = page.locator(".gp-find__mark")
    for at in range(3):
        boxes.nth(at).check()
    boxes.nth(3).click()
    expect(boxes.nth(3)).not_to_be_checked()
    expect(page.locator(".gp-find__status")).to_contain_text("Three can be compared at most")
    expect(page).to_have_url(re.compile("c=[^,]+,[^,]+,[^,]+$"))


def test_power_and_what_did_not_work_stand_side_by_side(page: Page, prefixed_site_url: str) -> None:
    page.goto(prefixed_site_url + THREE)
    table = page.get_by_role("table")
    expect(page.locator(".gp-compare__status")).to_have_text("3 case studies side by side.")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    row = table.get_by_role("row", name=re.compile("^Who held the money"))
    expect(row).to_contain_text("Edinburgh Young Carers, which received programme money directly")
    expect(row).to_contain_text("Not documented")
    for name in ("Who decided", "Who was paid", "What was learned", "What did not work"):
        expect(table.get_by_role("rowheader", name=name)).to_have_count(1)
    learned = table.get_by_role("row", name=re.compile("^What was learned"))
    expect(learned).to_contain_text("As the sources report it:")
    expect(learned).not_to_contain_text("Not documented")
    for link in table.get_by_role("link").all():
        assert "/repo/" in str(link.evaluate("link => link.href"))
    page.get_by_role("button", name="Remove: The bus ride").click()
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(page).to_have_url(re.compile("[?]c=xplore-venture,young-carers-packages$"))
    page.locator(".gp-compare__add").first.click()
    expect(table.get_by_role("columnheader")).to_have_count(3)
    page.go_back()
    expect(table.get_by_role("columnheader")).to_have_count(2)


def test_a_narrow_screen_keeps_the_roles(new_page: NewPage, prefixed_site_url: str) -> None:
    page = new_page(320)
    page.goto(prefixed_site_url + THREE)
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(page.locator(".gp-compare__of").first).to_be_visible()


def test_on_paper_only_the_comparison(page: Page, prefixed_site_url: str) -> None:
    page.goto(prefixed_site_url + THREE)
    expect(page.get_by_role("table")).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator(".gp-compare__cases").is_visible()
    for hidden in (".gp-compare__away", ".gp-compare__more", ".gp-leads-on"):
        assert not page.locator(hidden).first.is_visible()


def test_a_strange_address_does_no_harm(new_page: NewPage, prefixed_site_url: str) -> None:
    page = new_page()
    page.goto(prefixed_site_url + "compare/?c=../../evil,<img>,%22")
    expect(page.get_by_role("button", name="Put them side by side")).to_be_visible()
    page.goto(prefixed_site_url + "find/?theme=nothing&audience=%3Cb%3E&c=%3Cimg%3E,..%2Fevil,,")
    expect(page.locator(".gp-find__status")).to_contain_text("to choose from")
    assert not page.locator(".gp-find__bar").is_visible()


def test_the_first_counts_are_there_before_anything_is_loaded(page: Page, prefixed_site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(prefixed_site_url + "find/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "assets/search" in url]
    counted = page.locator(".gp-find__count").all_text_contents()
    assert all(re.fullmatch(r"\(\d+ case stud(y|ies)\)", count) for count in counted)
    # Answered and taken back: the counts of the first step again.
    answer(page, "theme", "evaluation")
    expect(page.locator(".gp-find__status")).to_contain_text("from the handbook")
    assert page.locator(".gp-find__count").all_text_contents() != counted
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".gp-find__status")).to_contain_text("to choose from")
    assert page.locator(".gp-find__count").all_text_contents() == counted


def test_other_labels_and_classes_leave_the_comparison_as_it_is(new_page: NewPage, prefixed_site_url: str) -> None:
    """The script goes by roles: nothing that a reader sees, and no name of a class, tells it what is what."""
    page = new_page()
    page.goto(prefixed_site_url + THREE)
    expect(page.get_by_role("table")).to_be_visible()
    cells = page.locator("td").all_text_contents()

    def rename(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace("gp-facts", "other").replace("gp-story", "other")
        for label in ("Who decided", "Who held the money", "Where", "Partners", "Read next", "Power and money"):
            text = text.replace(f">{label}<", ">⟦⟧<")
        route.fulfill(response=answer, body=text)

    page.route("**/case-studies/**", rename)
    page.reload()
    expect(page.get_by_role("table")).to_be_visible()
    assert page.locator("td").all_text_contents() == cells
