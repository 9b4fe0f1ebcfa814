"""A sheet in a browser: typed, kept, summed, saved, opened elsewhere, cleared and printed, without any request."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.schemes import choose
from tests.helpers.browser.traffic import Traffic
from tests.helpers.built_pages import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

URL = "templates/budget/"


def test_what_is_typed_stays_and_can_be_taken_along(
    new_page: Callable[..., Page], site_url: str, tmp_path: Path
) -> None:
    page = new_page(1280)
    page.goto(site_url + URL)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    text = page.locator(".gp-sheet textarea").first
    table = page.locator(".gp-sheet__table:has(tfoot)").first
    total = table.locator("tfoot output").first
    column = table.locator("tbody tr td:nth-child(2) input")
    text.fill("A line\nand <another>, long enough to wrap " * 9)
    assert text.evaluate("field => field.scrollHeight <= field.clientHeight + 1")
    column.nth(0).fill("£1,200.50")
    column.nth(1).fill("99.5")
    column.nth(2).fill("12 or 15")
    expect(total).to_have_text("1,300")
    expect(column.nth(2)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".gp-sheet__unread").first).to_contain_text("12 or 15")
    page.locator(".gp-sheet__show").check()
    expect(page.locator(".gp-sheet__example").first).to_be_visible()
    for width, scheme in ((1280, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        choose(page, scheme)
        assert list_violations(page) == [], (width, scheme)

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as a file").last.click()
    file = tmp_path / "mine.json"
    waiting.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert (saved["sheet"], len(saved["values"])) == ("budget", 4)

    # What a press at the end does is said there, and can be taken back there.
    page.get_by_role("button", name="Clear the sheet").last.click()
    expect(total).to_have_text("")
    expect(page.locator(".gp-sheet__status").last).to_contain_text("empty again")
    page.get_by_role("button", name="Undo").click()
    expect(total).to_have_text("1,300")
    page.reload()
    expect(total).to_have_text("1,300")
    page.get_by_role("button", name="Clear the sheet").first.click()
    page.reload()
    expect(total).to_have_text("")

    status = page.locator(".gp-sheet__status").first
    chooser = page.locator(".gp-sheet input[type=file]")
    for broken in ('{"format": "goodpractice-sheet", "values": []}', "[", "null", '{"format": "x", "values": {}}'):
        (tmp_path / "broken.json").write_text(broken, encoding="utf-8")
        chooser.set_input_files(tmp_path / "broken.json")
        expect(status).to_have_text("broken.json is no saved sheet. Nothing was changed.")
    (tmp_path / "other.json").write_text(json.dumps(saved | {"sheet": "other"}), encoding="utf-8")
    chooser.set_input_files(tmp_path / "other.json")
    expect(status).to_contain_text("belongs to another sheet")
    saved["values"] |= {"__proto__": "x", "nowhere": ["y"]}
    file.write_text(json.dumps(saved), encoding="utf-8")
    chooser.set_input_files(file)
    expect(total).to_have_text("1,300")
    assert [url for url in requests if not url.startswith((site_url, "blob:"))] == []

    page.emulate_media(media="print")
    page.evaluate("document.documentElement.dataset.gpPrint = 'sheet'")
    expect(page.locator(".gp-sheet__tools:visible")).to_have_count(0)
    expect(page.locator(".gp-sources")).to_be_hidden()
    expect(text).to_be_visible()


def test_without_scripts_the_page_is_a_form_to_print(new_page: Callable[..., Page], site_url: str) -> None:
    page = new_page(320, javascript=False)
    page.goto(site_url + URL)
    expect(page.locator(".gp-sheet__tools:visible")).to_have_count(0)
    expect(page.locator(".gp-sheet__without")).to_be_visible()
    page.locator(".gp-sheet__show").check()
    expect(page.locator(".gp-sheet__example").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_table_takes_more_rows_and_all_of_it_goes_to_word_and_paper(
    new_page: Callable[..., Page], site_url: str
) -> None:
    page = new_page(360)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site_url + URL)
    box = page.locator('.gp-sheet__sums:has(tfoot):has([data-does="add"])').last
    rows, add = box.locator("tbody tr"), box.get_by_role("button", name="Add a row")
    before = rows.count()
    rows.last.locator("textarea, input").first.fill("Before")
    add.click()
    expect(rows).to_have_count(before + 1)
    added = rows.last.locator("[name]")
    expect(added.first).to_be_focused()
    expect(added.first).to_have_accessible_name(re.compile(f": row {before + 1}$"))
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(one => one.id)).size") == (
        page.locator("[id]").count()
    )
    added.first.fill("Interpreter\n<b>twice</b>")
    added.last.fill("400")
    expect(box.locator("tfoot output").last).to_have_text("400")
    page.reload()
    expect(rows).to_have_count(before + 1)
    expect(added.last).to_have_value("400")

    page.get_by_role("button", name="Copy it for Word or a message").click()
    expect(page.locator(".gp-sheet__status").last).to_contain_text("Copied")
    html, plain = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return Promise.all(["text/html", "text/plain"].map(async (type) => (await item.getType(type)).text()));
        }"""
    )
    assert "&lt;b&gt;twice&lt;/b&gt;" in html
    assert re.search(r"Interpreter <b>twice</b>\t.*\b400$", plain, re.MULTILINE)
    assert "Example" not in plain
    page.emulate_media(media="print")
    expect(added.last).to_be_visible()
    expect(add).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Clear the sheet").last.click()
    expect(rows).to_have_count(before)


#: What an A4 page has between its margins, in CSS pixels.
PAPER_WIDTH = 672
#: Writes the example into each place, and gives what was written.
FILL_IN = """() => {
  const said = [];
  for (const entry of document.querySelectorAll(".gp-sheet__entry")) {
    const place = entry.closest(".gp-sheet__cell, .gp-sheet__side, .gp-sheet__field");
    entry.value = place?.querySelector(".gp-sheet__example")?.textContent.replace("Example:", "").trim() ?? "";
    entry.dispatchEvent(new Event("input", { bubbles: true }));
    if (entry.value) said.push(entry.value);
  }
  document.documentElement.dataset.gpPrint = "sheet";
  return said;
}"""
#: What reaches out of the paper, so that a browser prints all of it smaller; and fields that hide some of their text.
FIND_CUT = """() => [...document.querySelectorAll(".gp-sheet *")].filter((element) => {
  const { right, width } = element.getBoundingClientRect();
  const isCut = element.matches(".gp-sheet__entry") && element.scrollHeight > element.clientHeight + 1;
  return isCut || (width && right > innerWidth + 1);
}).map((element) => element.name || element.className || element.textContent)"""
#: The pages of those that say how many they are, or whose hand-outs are one page each.
PAGES = {"partnership-agreement": 1, "monthly-message": 1, "first-meeting-pack": 4, "meet-up-plans": 4}


def squeeze(text: str) -> str:
    """A text without white space, with letters in the place of ligatures."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_every_sheet_is_printed_whole_and_filled_in(
    new_page: Callable[..., Page], site_url: str, built_site: BuiltSite
) -> None:
    names = sorted(folder.name for folder in (built_site.folder / "templates").iterdir() if folder.is_dir())
    assert set(PAGES) < set(names)
    page = new_page(1280)
    for name in names:
        page.goto(f"{site_url}templates/{name}/")
        said = page.evaluate(FILL_IN)
        # No telephone enlarges the page for a field: letters have 16 px at least.
        sizes = "all => Math.min(...all.map(one => parseFloat(getComputedStyle(one).fontSize)))"
        assert page.locator(".gp-sheet__entry").evaluate_all(sizes) >= 16
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
        assert page.evaluate(FIND_CUT) == [], name
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(sheets) == PAGES.get(name, len(sheets)), name
        text = squeeze("".join(sheet.extract_text() for sheet in sheets))
        assert [words for words in said if squeeze(words) not in text] == [], name
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 800})
    # A whole pack: its sums stand once, and the heading of the cards above them.
    page.goto(f"{site_url}packs/find-a-partner/")
    texts = [squeeze(sheet.extract_text()) for sheet in pypdf.PdfReader(io.BytesIO(page.pdf())).pages]
    assert sum("Total306090" in text for text in texts) == 1
    assert [text for text in texts if "Cardsandworksheet" in text and "Cardstocutout" not in text] == []


def test_the_story_form_offers_themes_in_readers_words_and_chooses_none(
    new_page: Callable[..., Page], site_url: str, traffic: Traffic
) -> None:
    page = new_page(360)
    page.goto(f"{site_url}templates/your-story/")
    button = page.get_by_role("button", name="Find what fits what I wrote")
    said, fits = page.locator(".gp-sheet__offers .gp-sheet__status"), page.locator(".gp-sheet__fits > li")
    answer = page.get_by_label("What is it about?")
    button.click()
    expect(said).to_contain_text("Write what happened first")
    page.get_by_label("What happened? Tell it").fill(
        "The centre had got the grant and kept the budget. We did the work for free, and nobody paid us for our time."
    )
    button.click()
    expect(said).to_contain_text("Nothing is chosen")
    expect(fits.first).to_contain_text("Equity in funding: “Who gets paid, and who holds the money?”")
    assert fits.count() <= 3
    assert answer.input_value() == ""
    assert list_violations(page) == []
    answer.fill("Superpowers")
    for _ in range(2):
        page.get_by_role("button", name="Add “Equity in funding”").click()
        expect(answer).to_have_value("Superpowers; Equity in funding")
    expect(answer).to_be_focused()
    page.reload()
    expect(answer).to_have_value("Superpowers; Equity in funding")
    page.route("**/assets/search/**", lambda route: route.abort())
    button.click()
    expect(said).to_contain_text("could not be loaded")
    assert traffic.errors
    traffic.errors.clear()
    page.locator(".gp-sheet__all summary").click()
    expect(page.locator(".gp-sheet__all")).to_contain_text("They don’t trust us yet")


def test_without_scripts_the_story_form_lists_themes_in_readers_words(
    new_page: Callable[..., Page], site_url: str
) -> None:
    page = new_page(360, javascript=False)
    page.goto(f"{site_url}templates/your-story/")
    expect(page.get_by_role("button", name="Find what fits")).to_have_count(0)
    page.locator(".gp-sheet__all summary").click()
    expect(page.locator(".gp-sheet__all li").first).to_contain_text("What’s the point of working with community groups")
