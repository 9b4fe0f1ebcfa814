"""Events in a browser: the reader's own time, what has passed since the site was built, and both without scripts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.schemes import choose
from tests.helpers.browser.serving import Watched, serve_folder, watch
from tests.helpers.building import build_site
from tests.helpers.projects import SMALL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVENTS = """\
events:
  - id: meeting
    name: Meeting of the museums
    status: planned
    start: 2027-03-09 14:00
    end: 2027-03-09 15:30
    zone: Europe/London
    online: true
    networks: [museum-net]
    repeats:
      every: month
      weekday: second Tuesday
      until: 2027-06-30
      called_off: [2027-05-11]
      moved: [{day: 2027-04-13, to: 2027-04-15 10:00}]
    published_on: 2026-01-15
    sources: [annual-report]
  - id: summit
    name: Summit of everybody who has ever worked with a museum
    status: planned
    start: 2027-02-01
    end: 2027-02-03
    town: Llanfairpwllgwyngyll
    sources: [annual-report]
  - id: founding
    name: Founding meeting
    status: held
    start: 2019-05
    sources: [annual-report]
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("events") / "project"))
    (root / "data/events.yml").write_text(EVENTS)
    settings = root / "mkdocs.yml"
    settings.write_text(f"site_url: https://example.org/kb/\ntheme: {{name: goodpractice}}\n{settings.read_text()}")
    assert build_site(root, root / "site").diagnostics == []
    with serve_folder(root / "site", "/kb/") as served:
        yield served


@pytest.fixture
def tab(address: str, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    options = {"viewport": {"width": 320, "height": 900}, "timezone_id": "America/New_York", **request.param}
    context = chromium.new_context(**options)
    watched = watch(context, address)
    yield watched
    context.close()


def is_narrow(tab: Watched) -> bool:
    return bool(tab.page.evaluate("document.documentElement.scrollWidth <= 320"))


@pytest.mark.parametrize("tab", [{}], indirect=True)
def test_a_page_says_the_time_of_the_reader_and_what_has_passed(tab: Watched) -> None:
    page = tab.page
    page.clock.install(time="2027-03-20T12:00:00Z")
    page.goto(f"{tab.address}events/meeting/")
    rows = page.locator(".gp-when__row")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text("Tuesday 9 March 2027, 14:00 to 15:30")
    expect(rows.nth(0)).to_contain_text("This day has passed.")
    expect(rows.nth(1)).to_contain_text("Thursday 15 April 2027, 10:00 to 11:30 Europe/London, UTC+1")
    expect(rows.nth(1)).to_contain_text("At your own time (America/New_York): Thursday, 15 April 2027, 05:00")
    expect(rows.nth(1)).to_contain_text("moved from 13 April 2027")
    expect(rows.nth(2)).to_contain_text("called off")
    expect(rows.nth(2)).not_to_contain_text("At your own time")
    assert is_narrow(tab)
    page.goto(f"{tab.address}events/")
    coming, past = page.get_by_role("region", name="Coming"), page.get_by_role("region", name="Past")
    expect(coming.get_by_role("link")).to_have_text(["Meeting of the museums"])
    expect(past.get_by_role("link", name="Summit")).to_be_visible()
    page.clock.set_system_time("2027-07-01T12:00:00Z")
    page.goto(f"{tab.address}events/")
    expect(coming).to_contain_text("Nothing is announced that we know of.")
    expect(coming).not_to_contain_text("As of")
    page.goto(f"{tab.address}calendar/")
    assert is_narrow(tab)
    page.get_by_role("table", name="April 2027").get_by_role("link", name=re.compile("^15")).click()
    expect(page.locator(":target")).to_contain_text(
        "Thursday 15 April 2027, 10:00 to 11:30 (Europe/London, UTC+1): moved"
    )
    for url in ("calendar/", "events/meeting/", "events/"):
        page.goto(tab.address + url)
        for scheme in ("light", "dark"):
            choose(page, scheme)
            assert list_violations(page, best_practice=True) == [], (url, scheme)
    assert tab.is_clean(), tab


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_time_of_the_place_and_the_day_of_the_list_stand_there(tab: Watched) -> None:
    tab.page.goto(f"{tab.address}events/meeting/")
    expect(tab.page.locator(".gp-when__row").nth(0)).to_have_text(
        "Tuesday 9 March 2027, 14:00 to 15:30 Europe/London, UTC+0"
    )
    tab.page.goto(f"{tab.address}events/")
    coming = tab.page.get_by_role("region", name="Coming")
    expect(coming).to_contain_text("As of 15 January 2026, when this list last changed.")
    expect(coming.get_by_role("link")).to_have_count(2)
