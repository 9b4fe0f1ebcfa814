"""Without an account, on a telephone: what a reader says reaches a prepared message with all that an editor needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from goodpractice.kinds.case_study.questions import NEEDED, WELCOME
from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.measures import STICKS_OUT
from tests.helpers.browser.traffic import Traffic
from tests.helpers.building import build_site
from tests.helpers.projects import copy_repository

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAIL, FORM = "hello@example.org", "https://forms.example.org/hello"
PAGE = "handbook/power-dynamics/"


@pytest.fixture(scope="module")
def site(make_once: Callable[..., Path]) -> Path:
    def fill(folder: Path) -> None:
        root = copy_repository(folder / "project")
        config = root / "mkdocs.yml"
        lines = f"  goodpractice:\n    contact: {{email: {MAIL}, form: '{FORM}?page={{page}}&about={{about}}'}}\n"
        config.write_text(config.read_text(encoding="utf-8").replace("  goodpractice:\n", lines), encoding="utf-8")
        assert build_site(root, folder / "site", jobs=1, search=False).diagnostics == []

    return make_once("contact", fill) / "site"


def read_message(href: str) -> tuple[str, str]:
    """Subject and body of a prepared message."""
    said = parse_qs(urlsplit(href).query)
    assert href.startswith(f"mailto:{MAIL}?")
    return said["subject"][0], said["body"][0]


def test_three_ways_stand_at_the_foot_of_a_page(
    new_page: Callable[..., Page], serve: Callable[..., str], site: Path
) -> None:
    page = new_page(360)
    page.goto(serve(site) + PAGE)
    foot = page.get_by_role("complementary", name="Was this page useful?")
    links = foot.get_by_role("link", name="or by e-mail")
    messages = [read_message(link.get_attribute("href") or "") for link in links.all()]
    assert [subject for subject, __ in messages] == [
        f"{about}: Challenge power dynamics" for about in ("About a page", "A question", "A correction")
    ]
    for body, prompt in zip(
        (body for __, body in messages), ("What was useful:", "My question:", "What is wrong:"), strict=True
    ):
        assert f"/{PAGE}\r\n" in body
        assert prompt in body
    assert "account" in foot.inner_text()
    assert page.evaluate(STICKS_OUT) == []
    assert list_violations(page) == []


def test_the_form_opens_with_the_page_named(
    new_page: Callable[..., Page], serve: Callable[..., str], site: Path, traffic: Traffic
) -> None:
    page = new_page(360)
    page.context.route(f"{FORM}**", lambda route: route.fulfill(body="<title>Form</title>", content_type="text/html"))
    page.goto(serve(site) + PAGE)
    assert traffic.foreign == []
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Correct a mistake (form, new tab)").click()
    said = parse_qs(urlsplit(opened.value.url).query)
    assert said["page"][0].endswith(f"/{PAGE}")
    assert said["about"] == ["A correction"]


def test_a_story_is_sent_with_the_questions_of_the_check(
    new_page: Callable[..., Page], serve: Callable[..., str], site: Path
) -> None:
    page = new_page(360)
    page.goto(serve(site) + "share/")
    expect(page.locator("main")).to_contain_text("You need no account.")
    __, body = read_message(page.get_by_role("link", name="by e-mail").first.get_attribute("href") or "")
    assert {*NEEDED.values(), *WELCOME.values()} <= set(body.splitlines())
    for path in ("feedback/", "about/", "take-down/"):
        page.goto(serve(site) + path)
        assert page.locator(f"main article a[href^='mailto:{MAIL}']").count()


def test_where_nothing_is_set_nothing_pretends(new_page: Callable[..., Page], site_url: str) -> None:
    page = new_page(360)
    for path in (PAGE, "share/", "feedback/", "about/"):
        page.goto(site_url + path)
        assert page.locator("[href^='mailto:']").count() == 0
        assert "by e-mail" not in page.locator("main").inner_text()
