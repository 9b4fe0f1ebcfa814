"""A page takes a photo away after its last day, whether or not the site is built again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from goodpractice.render.environment import Html, render_component
from tests.helpers.browser.serving import Watched, serve_folder, watch
from tests.helpers.built_pages import BuiltSite
from tests.helpers.pictures import draw, save

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "case-studies/stemtots/"
LAST_DAY = "2027-01-31"
CAPTION = "The room before it was opened, told at such a length that the words need more than a line on a telephone"


def put_photo(text: str) -> str:
    """A page with a photo at the top of its story, as `render.photos` writes it."""
    image = Html('<img class="gp-photo__image" src="../../room.webp" width="1600" height="1000" alt="A room">')
    figure = render_component("photo", picture=image, placement="end", caption=CAPTION, credit="")
    script = '<script type="module" src="../../assets/scripts/gp-photo.js"></script>'
    at = text.index('<div class="gp-story">')
    return f'{text[:at]}<gp-photo until="{LAST_DAY}">{figure}</gp-photo>{text[at:]}{script}'


@pytest.fixture
def tab(built_site: BuiltSite, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    with serve_folder(built_site.folder) as address:
        # What a worker fetches passes by the routes below.
        context = chromium.new_context(viewport={"width": 360, "height": 900}, service_workers="block", **request.param)
        watched = watch(context, address)

        def serve_page(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=put_photo(answer.text()))

        watched.page.route(f"**/{PAGE}", serve_page)
        watched.page.route(
            "**/room.webp", lambda route: route.fulfill(content_type="image/webp", body=save(draw(1600, 1000), "WEBP"))
        )
        yield watched
        watched.page.unroute_all(behavior="wait")  # a request that a route still answers would fail with the context
        context.close()


def measure(tab: Watched) -> dict[str, Any]:
    tab.page.wait_for_load_state("networkidle")
    return tab.page.evaluate(
        "() => ({story: document.querySelector('.gp-story').getBoundingClientRect().top,"
        " height: document.documentElement.scrollHeight})"
    )


@pytest.mark.parametrize("tab", [{}], indirect=True)
def test_a_photo_goes_after_its_last_day_and_its_place_stays(tab: Watched) -> None:
    photo, page = tab.page.get_by_role("img", name="A room"), tab.page
    page.clock.install(time=f"{LAST_DAY}T23:50:00Z")
    page.goto(tab.address + PAGE)
    expect(photo).to_be_visible()
    expect(page.get_by_text(CAPTION)).to_be_visible()
    before = measure(tab)
    page.clock.set_system_time("2027-02-01T00:10:00Z")
    page.goto(tab.address + PAGE)
    expect(page.get_by_text("This photo is not shown any more.")).to_be_visible()
    expect(photo).to_have_count(0)
    expect(page.get_by_text(CAPTION)).to_have_count(0)
    assert measure(tab) == before
    assert tab.is_clean(), tab


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_a_photo_is_shown(tab: Watched) -> None:
    tab.page.goto(tab.address + PAGE)
    expect(tab.page.get_by_role("img", name="A room")).to_be_visible()


@pytest.mark.parametrize("tab", [{}], indirect=True)
def test_nobody_sees_a_photo_before_its_day_was_looked_at(tab: Watched) -> None:
    tab.page.route("**/gp-photo.js", lambda route: route.abort())
    tab.page.goto(tab.address + PAGE)
    expect(tab.page.locator(".gp-photo__image")).to_be_hidden()
