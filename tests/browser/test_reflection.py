"""Where partners stand, in a browser: marked by keyboard, kept, merged, planned, printed and deleted on the device."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.marionette import open_firefox
from tests.helpers.browser.schemes import choose
from tests.helpers.browser.serving import CutSite
from tests.helpers.built_pages import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

URL = "reflect/"
HOSTILE = "<img src=x onerror=alert(1)>"
KEPT = "localStorage.getItem('gp-reflection:' + location.pathname)"
TIME = "2026-11-20T10:00:00Z"


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press a key until the focus is there."""
    for _ in range(200):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached by {key}")


def list_asked(requests: list[str]) -> list[str]:
    """What a page asked for. What is made on the device is no request; icon and worker a browser looks up itself."""
    return [url for url in requests if not url.startswith("blob:") and not re.search("favicon|service-worker", url)]


def write_file(folder: Path, name: str, side: str, *rounds: tuple[str, dict[str, tuple[int, int]]]) -> Path:
    said: list[dict[str, Any]] = [
        {
            "date": date,
            "changed": TIME,
            "marks": {id: {"now": now, "wanted": wanted} for id, (now, wanted) in marks.items()},
        }
        for date, marks in rounds
    ]
    view = {"id": name.lower(), "name": name, "side": side, "changed": TIME, "rounds": said}
    file = folder / f"{name}.json"
    saved = {"format": "goodpractice-reflection", "version": 1, "views": [view], "actions": []}
    file.write_text(json.dumps(saved), encoding="utf-8")
    return file


def test_a_reflection_by_keyboard_and_with_the_files_of_others(
    new_page: Callable[..., Page], site_url: str, tmp_path: Path
) -> None:
    page = new_page(1280)
    page.goto(site_url + URL, wait_until="networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    # Everything by keyboard: past the menu and the search, which loads itself when somebody comes near it.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "#reflection-name")
    page.keyboard.type(HOSTILE)
    tab_to(page, "[name=side]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name='transforming-power/now']")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#transforming-power--why")
    page.keyboard.type("The dates came <b>later</b>.")
    tab_to(page, "[data-does=add-action]")
    page.keyboard.press("Enter")
    page.keyboard.type("Ask first; then plan, together")
    page.keyboard.press("Tab")
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.type("01312027")
    tab_to(page, "[data-does=calendar]")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    (event,) = Calendar.from_ical(Path(waiting.value.path()).read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Ask first; then plan, together (Ana)"
    assert str(event["DESCRIPTION"]) == "Transforming power relations"
    assert str(event.decoded("DTSTART")) == "2027-01-31"
    assert page.evaluate("document.activeElement.dataset.does") == "calendar", "the focus stays where it was"
    said = f"{HOSTILE}: today 1 of 4; wanted 3 of 4."
    expect(drawn_in(page).nth(1)).to_have_attribute("aria-label", said)
    expect(page.locator(".gp-reflection__talk")).to_contain_text("Transforming power relations")
    expect(page.locator(".gp-reflection__talk a", has_text="Power check")).to_be_visible()
    expect(page.locator(".gp-reflection__table")).to_contain_text("The dates came <b>later</b>.")
    assert page.locator(".gp-reflection :is(img, b, script)").count() == 0

    # Nothing was asked for, and it is all there when the page is killed and opened again.
    assert list_asked(requests) == []
    requests.clear()
    context = page.context
    page.close()
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.goto(site_url + URL, wait_until="networkidle")
    assert [url for url in requests if not url.startswith(site_url)] == []
    requests.clear()
    expect(page.locator("#reflection-name")).to_have_value(HOSTILE)
    expect(page.locator(".gp-reflection__actions textarea")).to_have_value("Ask first; then plan, together")
    expect(drawn_in(page).nth(1)).to_have_attribute("aria-label", said)

    # The files of three people, one of whom has marked before.
    power = "transforming-power"
    before = ("2026-05-02", {power: (1, 4), "long-term": (1, 4)})
    today = page.locator("#reflection-date").input_value()
    files = [
        write_file(tmp_path, "Nadia", "partner", before, (today, {power: (2, 4), "long-term": (1, 4)})),
        write_file(tmp_path, "Board", "ours", (today, {power: (4, 4), "long-term": (3, 4)})),
        write_file(tmp_path, "Learning", "ours", (today, {power: (3, 4), "long-term": (2, 4)})),
    ]
    with page.expect_file_chooser() as choosing:
        page.locator("[data-does=add]").press("Enter")
    choosing.value.set_files(files)
    status = page.locator(".gp-reflection__files [role=status]")
    expect(status).to_contain_text("Added: Nadia.json, Board.json and Learning.json.")
    assert page.locator("#reflection-view option").all_inner_texts() == [HOSTILE, "Nadia", "Board", "Learning"]
    expect(drawn_in(page).nth(3)).to_have_attribute(
        "aria-label", "Museum or science centre: today between 3 and 4 of 4; wanted 4 of 4."
    )
    said = "Community partner: today between 1 and 2 of 4; wanted between 3 and 4 of 4; in the round before 1 of 4."
    expect(drawn_in(page).nth(2)).to_have_attribute("aria-label", said)
    expect(page.locator(".gp-reflection__table")).to_contain_text("up by 1")
    page.locator("#reflection-shown").select_option(index=0)
    expect(page.locator(".gp-reflection__days")).to_have_text("Nadia: 2 May 2026.")

    # What is none of ours changes nothing.
    kept = page.evaluate(KEPT)
    broken = json.loads(files[0].read_text(encoding="utf-8"))
    broken["views"][0]["rounds"][0]["marks"][power]["now"] = "<script>"
    (tmp_path / "broken.json").write_text(json.dumps(broken), encoding="utf-8")
    (tmp_path / "foreign.json").write_text('{"format": "x"}', encoding="utf-8")
    chooser = page.locator(".gp-reflection input[type=file]")
    for name, words in (("broken", "is damaged"), ("foreign", "is no saved reflection")):
        chooser.set_input_files([files[1], tmp_path / f"{name}.json"])
        expect(status).to_contain_text(f"{name}.json {words}")
        assert page.evaluate(KEPT) == kept

    for width, scheme in ((1280, "light"), (320, "dark"), (320, "forced colours")):
        page.set_viewport_size({"width": width, "height": 800})
        choose(page, scheme)
        page.evaluate("scrollTo(0, 0)")
        assert list_violations(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # The report holds the table, which is folded on the screen, and the plan.
    page.locator("#reflection-shown").select_option(index=1)
    page.emulate_media(media="print", color_scheme="light")
    (tmp_path / "report.pdf").write_bytes(page.pdf())
    text = " ".join("".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "report.pdf").pages).split())
    for words in ("The dates came <b>later</b>.", "4 of 4", "31 January 2027", "Learning"):
        assert words in text
    for words in ("Delete everything", "What you mark stays", "Unmark"):
        assert words not in text
    page.emulate_media(media="screen")

    page.locator("[data-does=delete]").press("Enter")
    assert page.evaluate(KEPT) is None
    expect(page.locator("#reflection-name")).to_have_value("")
    page.locator("[data-does=undo]").press("Enter")
    assert json.loads(page.evaluate(KEPT))["views"] == json.loads(kept)["views"]
    expect(status).to_be_focused()
    assert list_asked(requests) == []


def drawn_in(page: Page) -> Any:
    return page.locator(".gp-reflection__line svg[role=img]")


def test_without_scripts_the_page_is_a_form_to_print(new_page: Callable[..., Page], site_url: str) -> None:
    page = new_page(320, javascript=False)
    page.goto(site_url + URL)
    expect(page.locator(".gp-reflection button").first).to_be_hidden()
    expect(page.get_by_text("one sheet for each person or team")).to_be_visible()
    expect(page.locator("#long-term--why")).to_be_visible()
    expect(page.locator(".gp-reflection__blank").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.skipif(not os.environ.get("GOODPRACTICE_FIREFOX"), reason="only where GOODPRACTICE_FIREFOX names one")
def test_in_firefox(built_site: BuiltSite, tmp_path: Path) -> None:
    site = CutSite(built_site.folder, "/")
    said = "return document.querySelectorAll('.gp-reflection__line svg[role=img]')[{}]?.getAttribute('aria-label')"
    views = "return [...document.querySelectorAll('#reflection-view option')].map(option => option.textContent)"
    looked = "performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('edition.json')).length"
    with open_firefox(os.environ["GOODPRACTICE_FIREFOX"], tmp_path / "profile", 360, 740) as firefox:

        def tab_to_there(selector: str) -> None:
            for _ in range(200):
                if firefox.run("return document.activeElement.matches(arguments[0])", selector):
                    return
                firefox.press("\ue004")
            raise AssertionError(selector)

        # The site keeps a copy of every page that is read: it looks at its edition before and after.
        firefox.go(site.url + URL)
        firefox.wait(f"return {looked} === 2")
        site.asked.clear()
        firefox.press("\ue004\ue007")
        tab_to_there("#reflection-name")
        firefox.press("Ana")
        tab_to_there("[name=side]")
        firefox.press("\ue015")
        tab_to_there("[name='transforming-power/now']")
        firefox.press(" ")
        tab_to_there("[name='transforming-power/wanted']")
        firefox.press(" ")
        firefox.press("\ue015")
        tab_to_there("#transforming-power--why")
        firefox.press("The dates came <b>later</b>.")
        tab_to_there("[data-does=add-action]")
        firefox.press("\ue007")
        firefox.press("Ask first")
        tab_to_there("[data-does=save]")
        assert firefox.run(said.format(1)) == "Ana: today 1 of 4; wanted 2 of 4."
        assert list_asked(site.asked) == []

        # Killed, and opened again. What is kept already is not asked for again.
        firefox.open_anew()
        firefox.go(site.url + URL)
        firefox.wait(f"return {looked} === 1")
        site.asked.clear()
        assert firefox.run(said.format(1)) == "Ana: today 1 of 4; wanted 2 of 4."
        assert firefox.run("return document.querySelector('.gp-reflection__actions textarea').value") == "Ask first"
        today = firefox.run("return document.querySelector('#reflection-date').value")
        power = "transforming-power"
        files = [
            write_file(tmp_path, name, side, (today, {power: marks}))
            for name, side, marks in (
                ("Nadia", "partner", (2, 4)),
                ("Board", "ours", (4, 4)),
                ("Learning", "ours", (3, 4)),
            )
        ]
        firefox.upload(".gp-reflection input[type=file]", files)
        firefox.wait(f"return ({views.removeprefix('return ')}).length === 4")
        assert firefox.run(views) == ["Ana", "Nadia", "Board", "Learning"]
        assert firefox.run(said.format(3)) == "Museum or science centre: today between 3 and 4 of 4; wanted 4 of 4."
        assert firefox.run("return document.documentElement.scrollWidth <= innerWidth")
        assert list_asked(site.asked) == []
        (tmp_path / "report.pdf").write_bytes(firefox.print())
        text = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "report.pdf").pages)
        text = " ".join(unicodedata.normalize("NFKC", text).split())
        for words in ("The dates came <b>later</b>.", "4 of 4", "Ask first", "Learning"):
            assert words in text
        for words in ("Delete everything", "What you mark stays", "Unmark"):
            assert words not in text
        # For paper, Firefox loads the letters of a page once more.
        assert [path for path in list_asked(site.asked) if not path.endswith(".woff2")] == []
    site.stop()
