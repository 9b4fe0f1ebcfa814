"""The search in a browser: by keyboard, announced, on narrow screens, without scripts, when its files are gone."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.schemes import choose
from tests.helpers.browser.serving import Watched, serve_folder, watch
from tests.helpers.built_pages import BuiltSite
from tests.helpers.twenty_searches import publish_anew

WINDOW = ".gp-search__window"
FIELD = "#gp-search-input"

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenTab = Callable[..., Watched]


@pytest.fixture(scope="module")
def site(built_site: BuiltSite) -> Path:
    return built_site.folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve_folder(site, "/repo/") as served:
        yield served


@pytest.fixture
def open_tab(chromium: Browser, address: str) -> Iterator[OpenTab]:
    contexts = []

    def visit(url: str, width: int = 1280, where: str = address, **options: Any) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        tab = watch(context, where)
        tab.page.goto(where + url)
        return tab

    yield visit
    for context in contexts:
        context.close()


# The search in the header


def open_window(tab: Watched) -> None:
    tab.page.locator(".gp-search--ready").wait_for()
    tab.page.keyboard.press("/")
    expect(tab.page.locator(".gp-search__input")).to_be_focused()


def test_by_keyboard_alone_and_the_focus_returns(open_tab: OpenTab) -> None:
    tab = open_tab("partners/techniquest/")
    page = tab.page
    page.locator(".gp-search__open").focus()
    open_window(tab)
    page.keyboard.type("young carers")
    links = page.locator(f"{WINDOW} .gp-result__title a")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".gp-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(WINDOW)).to_be_hidden()
    expect(page.locator(".gp-search__open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    wanted = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)
    assert tab.is_clean(), tab


def test_enter_leads_to_the_search_page(open_tab: OpenTab) -> None:
    tab = open_tab("")
    open_window(tab)
    tab.page.keyboard.type("evaluation")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(f"{tab.address}search/?q=evaluation")
    expect(tab.page.locator(".gp-result").first).to_be_visible()
    assert tab.is_clean(), tab


def test_a_result_shows_kind_title_and_marks_and_leads_to_the_section(open_tab: OpenTab) -> None:
    tab = open_tab("")
    open_window(tab)
    tab.page.keyboard.type("ask for your time to be counted")
    result = tab.page.locator(f"{WINDOW} .gp-result", has_text="For community partners").first
    expect(result.locator(".gp-result__kind")).to_have_text("Chapter")
    expect(result.locator("mark").first).to_have_text(re.compile("time|counted", re.IGNORECASE))
    link = result.locator("a")
    assert link.get_attribute("href").endswith("/repo/handbook/for-community-partners/#ask-for-your-time-to-be-counted")
    link.click()
    tab.page.wait_for_url("**/#ask-for-your-time-to-be-counted")
    assert tab.is_clean(), tab


def test_results_are_announced(open_tab: OpenTab) -> None:
    tab = open_tab("")
    open_window(tab)
    tab.page.keyboard.type("ecsite")
    expect(tab.page.get_by_role("status")).to_have_text(re.compile(r"^\d+ results? for “ecsite”$"))
    expect(tab.page.get_by_role("dialog", name="Search")).to_be_visible()


def test_the_key_is_text_in_a_field_and_can_be_switched_off(open_tab: OpenTab) -> None:
    tab = open_tab("search/")
    page = tab.page
    page.locator(".gp-search--ready").wait_for()
    page.locator("#gp-search-query").focus()
    page.keyboard.type("a/b")
    assert page.locator("#gp-search-query").input_value() == "a/b"
    page.locator("h1").click()
    page.keyboard.press("/")
    page.locator("#gp-search-key").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator(WINDOW)).to_be_hidden()
    page.goto(tab.address)
    page.keyboard.press("/")
    expect(page.locator(WINDOW)).to_have_count(0)


@pytest.mark.parametrize(("url", "before"), [("", 0), ("search/", 1)])
def test_nothing_is_loaded_before_the_search_is_opened_and_nothing_twice(
    open_tab: OpenTab, chromium: Browser, url: str, before: int
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(open_tab("").address + url)
    page.wait_for_load_state("networkidle")
    assert not [path for path in asked if "assets/search" in path or "search-window" in path]
    assert sum("search-client" in path for path in asked) == before
    assert sum("styles/search.css" in path for path in asked) == before
    for _ in range(2):
        page.keyboard.press("/")
        expect(page.locator(".gp-search__input")).to_be_focused()
        expect(page.locator(WINDOW)).to_have_css("padding", "0px")
        page.keyboard.press("Escape")
        # The browser gives the focus back a moment after the window is gone.
        expect(page.locator("body")).to_be_focused()
    loaded = [path for path in asked if re.search("styles/search|search-window|search-client", path)]
    assert len(loaded) == len(set(loaded)) == 3, loaded
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_window(open_tab: OpenTab, width: int) -> None:
    tab = open_tab("handbook/", width)
    tab.page.locator(".gp-search--ready").wait_for()
    tab.page.locator(".gp-search__open").click()
    expect(tab.page.locator(".gp-search__input")).to_be_focused()
    tab.page.keyboard.type("poor families")
    expect(tab.page.locator(f"{WINDOW} .gp-result").first).to_be_visible()
    expect(tab.page.locator(f"{WINDOW} .gp-term-note")).to_be_visible()
    for scheme in ("light", "dark"):
        choose(tab.page, scheme)
        assert list_violations(tab.page, best_practice=True) == [], scheme
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    box = tab.page.locator(WINDOW).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert tab.is_clean(), tab


# The search page


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("url", ["search/", "search/?q=disadvantaged+famlies&kind=chapter"])
def test_axe_finds_nothing_on_the_page(open_tab: OpenTab, url: str, width: int) -> None:
    tab = open_tab(url, width)
    tab.page.evaluate("document.querySelector('.gp-search-page__filters').open = true")
    expect(tab.page.locator(".gp-search-page__filter").first).to_be_attached()
    tab.page.evaluate("document.querySelectorAll('gp-search-page details').forEach(part => { part.open = true; })")
    for scheme in ("light", "dark"):
        choose(tab.page, scheme)
        assert list_violations(tab.page, best_practice=True) == [], scheme
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    small = tab.page.evaluate(
        "[...document.querySelectorAll('gp-search-page :is(button, label, summary), .gp-result__title a')]"
        ".filter(e => e.checkVisibility()).filter(e => e.getBoundingClientRect().height < 23.9).map(e => e.outerHTML)"
    )
    assert small == []
    assert tab.is_clean(), tab


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps(chromium: Browser, address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(
        "window.moved = 0;"
        "window.add = entries => { for (const entry of entries) moved += entry.value; };"
        "window.watch = new PerformanceObserver(list => add(list.getEntries()));"
        "watch.observe({ type: 'layout-shift', buffered: true })"
    )
    page = context.new_page()
    # As on a telephone: the page is painted before its scripts and files are there.
    late = re.compile("/assets/(?:scripts/gp-(?:compare|find|map|search)|search/current)")
    page.route(late, lambda route: (time.sleep(0.1), route.continue_()))
    moved = {}
    for url in (
        "search/",
        "search/?q=families",
        "find/",
        "find/?theme=evaluation",
        "map/",
        "compare/",
        "compare/?c=lab13,stemtots",
    ):
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
        # What was asked for last is painted in the next frame, and told after it.
        moved[url] = page.evaluate(
            """async () => {
              for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
              await new Promise(done => requestIdleCallback(done, {timeout: 1000}));
              add(watch.takeRecords());
              return moved;
            }"""
        )
    assert {url: by for url, by in moved.items() if by >= 0.02} == {}
    context.close()


def test_nothing_is_loaded_before_somebody_writes(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}search/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.startswith("assets/search/")]
    # Filters alone need one file, and no index.
    page.locator(".gp-search-page__filters > summary").click()
    expect(page.locator(".gp-search-page__filter").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    loaded = {url.rsplit("/", 1)[-1] for url in asked if url.startswith("assets/search/")}
    assert {name.partition("?")[0] for name in loaded} == {"index.json", "facets.json"}
    context.close()


def count_of(tab: Watched, name: str, value: str) -> int:
    label = tab.page.locator(f"label:has(input[name={name}][value={value}]) .gp-search-page__count")
    return int((label.text_content() or "").strip("()"))


def status_count(tab: Watched) -> int:
    status = tab.page.locator(".gp-search-page__status")
    expect(status).to_have_text(re.compile("result|Nothing"))
    found = re.match(r"[\d,]+", status.text_content() or "")
    return int(found[0].replace(",", "")) if found else 0


def test_counts_tell_what_a_filter_gives(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=families")
    page = tab.page
    expect(page.locator("input[name=kind][value=chapter]")).to_be_visible()
    everything = status_count(tab)
    chapters = count_of(tab, "kind", "chapter")
    cases = count_of(tab, "kind", "case_study")
    assert 0 < chapters < everything
    page.locator("input[name=kind][value=chapter]").check()
    page.wait_for_url("**/search/?q=families&kind=chapter")
    expect(page.locator(".gp-search-page__status")).to_have_text(re.compile(f"^{chapters} results?"))
    # Inside one filter "or": the count of the other kind stays, and both together add up.
    assert count_of(tab, "kind", "case_study") == cases
    page.locator("input[name=kind][value=case_study]").check()
    expect(page.locator(".gp-search-page__status")).to_have_text(re.compile(f"^{chapters + cases} results?"))
    expect(page.locator("input[name=kind][value=case_study]")).to_be_focused()
    page.go_back()
    expect(page.locator(".gp-search-page__status")).to_have_text(re.compile(f"^{chapters} results?"))
    expect(page.locator("input[name=kind][value=case_study]")).not_to_be_checked()
    assert tab.is_clean(), tab


def test_back_leads_through_the_searches_that_were_sent_off(open_tab: OpenTab) -> None:
    tab = open_tab("search/")
    page = tab.page
    field = page.locator("#gp-search-query")
    for words in ("money", "trust"):
        # Slower than the pause after which a search follows the letters.
        field.press_sequentially(words, delay=150)
        expect(page.locator(".gp-search-page__status")).to_contain_text(f"“{words}”")
        field.press("Enter")
        field.select_text()
    page.go_back()
    expect(page.locator(".gp-search-page__status")).to_contain_text("“money”")
    expect(field).to_have_value("money")
    assert page.title() == "“money”: Search - Good Practice"
    page.go_back()
    expect(field).to_have_value("")
    assert page.title() == "Search - Good Practice"
    assert tab.is_clean(), tab


@pytest.mark.parametrize(
    "address_part",
    [f"search/?{name}=x&q=museum" for name in ("__proto__", "constructor", "toString", "hasOwnProperty")]
    + ["search/?q=constructor", "search/?q=__proto__", "map/#constructor", "map/?show=toString&programme=__proto__"]
    + ["find/?constructor=x&theme=__proto__", "compare/?c=constructor,toString"],
)
def test_names_that_every_object_has_are_words_like_others(open_tab: OpenTab, address_part: str) -> None:
    tab = open_tab(address_part)
    tab.page.wait_for_load_state("networkidle")
    if "q=museum" in address_part:
        assert tab.page.locator("#gp-search-query").input_value() == "museum"
    if "map" in address_part:
        expect(tab.page.locator(".gp-map__choice[aria-current]")).to_have_text(["Partners and case studies"])
    assert tab.errors == []


def test_before_somebody_writes_the_window_offers_questions(open_tab: OpenTab) -> None:
    tab = open_tab("about/", 360)
    open_window(tab)
    links = tab.page.locator(".gp-search__notes ul a")
    expect(links).to_have_count(5)
    tab.page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    tab.page.locator(".gp-search__input").fill("money")
    expect(links.first).to_be_hidden()
    assert tab.is_clean(), tab


@pytest.mark.parametrize("width", [360, 1280])
def test_three_steps_lead_from_the_field_to_the_first_result(open_tab: OpenTab, width: int) -> None:
    tab = open_tab("search/?q=trust", width)
    first = tab.page.locator(".gp-result__title a").first
    expect(first).to_be_visible()
    tab.page.locator("#gp-search-query").focus()
    for _ in range(3):
        tab.page.keyboard.press("Tab")
    expect(first).to_be_focused()
    # A note above them is read on the way and is no step; its links follow. What serves better comes first.
    for query, note, after, wanted in (
        ("outreach to poor families", ".gp-term-note", "Disadvantaged", ".gp-result__title a"),
        ("techniqest", ".gp-meant", "Search for “techniqest” as written", ".gp-result__title a"),
        ("who really decides", "", "", ".gp-offer a"),
    ):
        tab.page.goto(f"{tab.address}search/?q={query}")
        first = tab.page.locator(f".gp-search-page__results {wanted}").first
        expect(first).to_be_visible()
        tab.page.locator("#gp-search-query").focus()
        for _ in range(3):
            tab.page.keyboard.press("Tab")
        expect(first).to_be_focused()
        if note:
            assert tab.page.locator(f"{note} :is(a, button)").count() == 0
            expect(tab.page.locator(".gp-search-page__leads")).to_contain_text(after)


def test_at_the_side_of_the_results_a_link_leads_to_the_filters(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=trust")
    expect(tab.page.locator("input[name=kind]").first).to_be_visible()
    tab.page.locator(".gp-search-page__button").focus()
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("link", name="To the filters")).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".gp-search-page__filters > summary")).to_be_focused()
    # They are read where they are seen: after the results here, before them on a narrow screen.
    order = """document.querySelector(".gp-search-page__found")
        .compareDocumentPosition(document.querySelector(".gp-search-page__filters"))"""
    assert tab.page.evaluate(order) == 4
    tab.page.locator("#gp-search-query").focus()
    tab.page.set_viewport_size({"width": 360, "height": 900})
    tab.page.wait_for_function(f"() => {order} === 2")


def test_kind_and_theme_come_first_and_the_rest_on_demand(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=families")
    choices = tab.page.locator(".gp-search-page__choices > details > summary")
    expect(choices).to_have_text(["Kind", "Theme", "More filters"])
    expect(tab.page.locator("input[name=audience]").first).to_be_hidden()
    choices.last.click()
    tab.page.locator("#gp-filter-audience").click()
    tab.page.locator("input[name=audience]").first.check()
    # The filters are drawn anew, and stay as they were.
    expect(tab.page.locator("input[name=audience]").first).to_be_checked()
    expect(tab.page.locator("input[name=audience]").first).to_be_focused()


def test_between_filters_and(open_tab: OpenTab) -> None:
    tab = open_tab("search/?kind=case_study&theme=evaluation&theme=why-partner")
    either = status_count(tab)
    alone = [
        status_count(open_tab(f"search/?kind=case_study&theme={theme}")) for theme in ("evaluation", "why-partner")
    ]
    assert max(alone) <= either <= sum(alone)
    everything = status_count(open_tab("search/?theme=evaluation&theme=why-partner"))
    assert either < everything


def test_filters_alone_list_pages_without_an_empty_search(open_tab: OpenTab, chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}search/?partner=techniquest")
    expect(page.locator(".gp-result").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith((".pf_index", ".pf_filter"))]
    assert "Techniquest" in (page.locator(".gp-search-page__results").text_content() or "")
    context.close()


def test_more_results_follow_and_take_the_focus(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=science")
    page = tab.page
    expect(page.locator(".gp-result")).to_have_count(10)
    page.locator(".gp-search-page__more").click()
    expect(page.locator(".gp-result")).to_have_count(20)
    expect(page.locator(".gp-result").nth(10).locator("h2 a")).to_be_focused()


def test_a_word_we_avoid_is_explained(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=outreach+to+poor+families")
    note = tab.page.locator(".gp-term-note")
    expect(note).to_contain_text("We do not say “poor families” of people")
    expect(note).to_contain_text("the words your partner chooses")
    lead = tab.page.locator(".gp-search-page__leads a")
    assert (lead.get_attribute("href") or "").endswith("/repo/glossary/#disadvantaged")
    assert status_count(tab) > 3


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("comunity", "community"),
        ("techniqest", "techniquest"),
        ("evalution with famlies", "evaluation with families"),
        ("musuem of london", "museum of london"),
        # A word of the pages, which is in no title.
        ("safegaurding", "safeguarding"),
        # The index has the beginning of it only.
        ("confidentialty", "confidentiality"),
    ],
)
def test_a_slip_among_few_words_is_put_right_and_said(open_tab: OpenTab, query: str, wanted: str) -> None:
    tab = open_tab(f"search/?q={query}")
    expect(tab.page.locator(".gp-search-page__status")).to_contain_text(f"for “{wanted}”")
    expect(tab.page.locator(".gp-meant")).to_contain_text("These are the results for")
    expect(tab.page.locator(".gp-result").first).to_be_visible()
    # And there is a way back.
    tab.page.locator(".gp-search-page__leads a").click()
    expect(tab.page.locator(".gp-search-page__status")).to_contain_text(f"for “{query}”")
    assert tab.page.url.endswith("&exact=1")
    tab.page.go_back()
    expect(tab.page.locator(".gp-search-page__status")).to_contain_text(f"for “{wanted}”")


def test_in_a_sentence_a_slip_is_asked_about_and_nothing_is_changed(open_tab: OpenTab) -> None:
    tab = open_tab("")
    open_window(tab)
    query = "who pays when famlies travel to the museum"
    tab.page.keyboard.type(query)
    note = tab.page.locator(f"{WINDOW} .gp-meant")
    expect(note).to_contain_text("No page has “famlies”.")
    offer = tab.page.locator(f"{WINDOW} .gp-offer")
    expect(offer).to_contain_text("who pays when families travel to the museum")
    expect(tab.page.locator(".gp-search__status")).to_contain_text(f"for “{query}”")
    offer.locator("a").click()
    expect(tab.page.locator(FIELD)).to_have_value(query.replace("famlies", "families"))
    expect(tab.page.locator(FIELD)).to_be_focused()
    expect(note).to_have_count(0)
    assert tab.is_clean(), tab


def test_of_an_ending_that_falls_away_each_letter_is_a_slip(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=how+can+we+evaluat+it+without+making+teenagers+sit+tests")
    expect(tab.page.locator(".gp-offer")).to_contain_text("how can we evaluate it without")


@pytest.mark.parametrize("word", ["nice", "scared", "clashes", "fleeing", "can't", "can’t", "cant", "didn't"])
def test_a_word_of_the_language_is_no_slip(open_tab: OpenTab, word: str) -> None:
    tab = open_tab(f"search/?q={word}")
    expect(tab.page.locator(".gp-search-page__status")).to_contain_text(f"for “{word}”")
    expect(tab.page.locator(".gp-search-page__leads a, .gp-offer a")).to_have_count(0)


def test_pages_for_editors_come_after_those_for_readers(open_tab: OpenTab) -> None:
    for word in ("consent", "template", "language", "policy", "report", "security"):
        tab = open_tab(f"search/?q={word}")
        expect(tab.page.locator(".gp-result").first).to_be_visible()
        kinds = tab.page.locator(".gp-result__kind").all_text_contents()
        assert kinds == sorted(kinds, key=lambda kind: kind == "For editors"), word


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("words", "handbook/words-matter/"),
        ("wellcome", "partners/wellcome/"),
        ("more than words", "partners/more-than-words/"),
    ],
)
def test_a_name_needs_all_of_its_words(open_tab: OpenTab, word: str, first: str) -> None:
    tab = open_tab(f"search/?q={word}")
    expect(tab.page.locator(".gp-result__title a").first).to_have_attribute("href", re.compile(f"/{first}"))


# What is offered before and above the results


def test_the_question_of_the_finder_that_fits_stands_above_the_results(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=who+really+decides")
    link = tab.page.locator(".gp-offer a")
    expect(link).to_have_text("Who really decides here?")
    link.click()
    tab.page.wait_for_url("**/find/?theme=power-dynamics")
    expect(tab.page.locator(".gp-find__status")).not_to_be_empty()
    assert tab.is_clean(), tab
    tab = open_tab("search/?q=food+and+transport+for+families")
    expect(tab.page.locator(".gp-result").first).to_be_visible()
    expect(tab.page.locator(".gp-offer")).to_have_count(0)


def test_the_last_searches_stay_on_the_device_until_they_are_forgotten(open_tab: OpenTab) -> None:
    tab = open_tab("search/")
    page = tab.page
    page.locator("#gp-search-query").fill("trust")
    page.keyboard.press("Enter")
    expect(page.locator(".gp-result").first).to_be_visible()
    page.goto(tab.address)
    open_window(tab)
    recent = page.locator(f"{WINDOW} .gp-recent")
    expect(recent.locator("a")).to_have_text(["trust"])
    recent.locator("a").click()
    expect(page.locator(FIELD)).to_have_value("trust")
    expect(page.locator(f"{WINDOW} .gp-result").first).to_be_visible()
    page.locator(FIELD).fill("")
    recent.get_by_role("button", name="Forget them").click()
    expect(recent).to_have_count(0)
    expect(page.locator(FIELD)).to_be_focused()
    assert page.evaluate("localStorage.getItem('gp-searches')") is None
    assert tab.is_clean(), tab


def test_whoever_comes_back_from_a_result_finds_the_search_again(open_tab: OpenTab) -> None:
    tab = open_tab("about/")
    open_window(tab)
    tab.page.keyboard.type("trust")
    tab.page.locator(f"{WINDOW} .gp-result a").first.click()
    tab.page.wait_for_url("**/handbook/**")
    tab.page.go_back()
    expect(tab.page.locator(FIELD)).to_have_value("trust")
    expect(tab.page.locator(f"{WINDOW} .gp-result a").first).to_be_visible()
    # A page that is only loaded anew has no window.
    tab.page.keyboard.press("Escape")
    tab.page.reload()
    tab.page.locator(".gp-search--ready").wait_for()
    expect(tab.page.locator(WINDOW)).to_have_count(0)


def test_what_the_search_needs_is_fetched_before_it_is_opened(open_tab: OpenTab) -> None:
    tab = open_tab("about/")
    tab.page.locator(".gp-search--ready").wait_for()
    with tab.page.expect_response("**/terms.json?*"):
        tab.page.locator(".gp-search__open").hover()
    expect(tab.page.locator(WINDOW)).to_have_count(0)
    assert tab.is_clean(), tab


def test_nothing_that_the_first_search_needs_waits_for_its_turn(open_tab: OpenTab) -> None:
    """On a phone each way there and back takes as long as thirty kilobytes.

    The scripts of the worker, the first file of the index and the window are asked for side by side, and so are the
    words that people use and the first shard.
    """
    tab = open_tab("about/")
    page = tab.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        # The copy that a device keeps of a page is asked for whenever there is time.
        if "x-fresh" in route.request.headers:
            route.continue_()
        else:
            held.append(route)

    for name in ("search-client.js", "terms.json"):
        page.route(re.compile(rf"/{re.escape(name)}"), hold)
    page.locator(".gp-search--ready").wait_for()
    parts = ("engine", "excerpts", "index", "question", "words", "window")
    with ExitStack() as awaited:
        for name in (*(f"scripts/search-{part}.js" for part in parts), "assets/search/index.json"):
            awaited.enter_context(page.expect_request(f"**/{name}"))
        page.locator(".gp-search__open").hover()
    with page.expect_request("**/shards/*.bin"):
        held[0].continue_()
        open_window(tab)
        # It is whole at once, as from a voice, and not looked for letter by letter.
        page.keyboard.insert_text("families")
    assert [route.request.url.rsplit("/", 1)[-1].partition("?")[0] for route in held] == [
        "search-client.js",
        "terms.json",
    ]
    held[1].continue_()
    expect(page.locator(f"{WINDOW} .gp-result").first).to_be_visible()
    assert tab.is_clean(), tab


def test_words_that_no_page_has_are_named(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=accordion+families")
    expect(tab.page.locator(".gp-meant")).to_have_text(
        "No page has “accordion”. These are the results for your other words."
    )
    assert status_count(tab) == status_count(open_tab("search/?q=families"))
    # A word that only begins alike (according) is no answer.
    tab = open_tab("search/?q=accordion")
    expect(tab.page.locator(".gp-search-page__status")).to_contain_text("Nothing found for “accordion”")


def test_a_situation_in_one_sentence(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=teenagers,+almost+no+money,+three+weeks,+first+meeting")
    assert status_count(tab) > 5
    expect(tab.page.locator(".gp-meant")).to_have_count(0)
    expect(tab.page.locator(".gp-result").first.locator("mark").first).to_be_visible()


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("organization", "organisation"),
        ("science center", "science centre"),
        ("cafe", "café"),
        ("community partner", "community partners"),
        ("hard-to-reach", "hard to reach"),
        ("EUAN’S GUIDE", "euans guide"),
    ],
)
def test_other_forms_find_the_same(open_tab: OpenTab, query: str, other: str) -> None:
    def first(words: str) -> list[str]:
        tab = open_tab(f"search/?q={words}")
        expect(tab.page.locator(".gp-result").first).to_be_visible()
        return tab.page.locator(".gp-result__title a").evaluate_all("all => all.slice(0, 3).map(link => link.href)")

    assert first(query) == first(other)


def test_an_accent_may_be_missing_and_welsh_is_found(open_tab: OpenTab) -> None:
    assert status_count(open_tab("search/?q=Eryri")) > 0
    assert status_count(open_tab("search/?q=mïde")) > 0


def test_nothing_found_leads_to_the_lists(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=qqxxzz")
    expect(tab.page.locator(".gp-search-page__status")).to_contain_text("Nothing found for “qqxxzz”")
    expect(tab.page.locator(".gp-search-page__filters")).to_be_hidden()
    expect(tab.page.locator(".gp-search-page__doors a").first).to_be_visible()


def test_markup_in_a_query_stays_text(open_tab: OpenTab) -> None:
    tab = open_tab("search/?q=%3Cimg+src=x+onerror=hit(1)%3E+museum")
    expect(tab.page.locator(".gp-search-page__status")).to_contain_text("result")
    assert tab.hits() == []
    assert tab.page.locator("gp-search-page img").count() == 0
    assert tab.is_clean(), tab


# Without scripts, and without its files


def test_without_scripts_the_search_is_a_page_of_links(open_tab: OpenTab) -> None:
    tab = open_tab("handbook/", 320, java_script_enabled=False)
    page = tab.page
    page.locator(".gp-search__open").click()
    page.wait_for_url(f"{tab.address}search/")
    assert page.locator("#gp-search-query").is_hidden()
    links = page.locator(".gp-search-page__doors a").evaluate_all("all => all.map(link => link.href)")
    assert {tab.address + part for part in ("handbook/", "case-studies/", "partners/", "glossary/", "map/")} <= set(
        links
    )
    for link in links:
        assert page.request.get(link).ok


@pytest.fixture(scope="module")
def broken(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("broken") / "site"
    shutil.copytree(site, folder)
    shutil.rmtree(folder / "assets/search")
    with serve_folder(folder, "/repo/") as served:
        yield served


def test_without_its_files_the_page_is_a_list_of_lists(open_tab: OpenTab, broken: str) -> None:
    tab = open_tab("search/?q=families", where=broken)
    expect(tab.page.get_by_role("status")).to_have_text(
        "The search could not be loaded. These lists lead to every page:"
    )
    expect(tab.page.locator(".gp-search-page__doors a").first).to_be_visible()
    assert tab.errors == []


def test_without_its_files_the_window_says_so(open_tab: OpenTab, broken: str) -> None:
    tab = open_tab("", where=broken)
    open_window(tab)
    tab.page.keyboard.type("families")
    expect(tab.page.locator(".gp-search__status")).to_contain_text("could not be loaded")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/search/?q=families")
    assert tab.errors == []


def test_after_a_break_the_search_goes_on(open_tab: OpenTab, site: Path, tmp_path: Path) -> None:
    search = tmp_path / "site/assets/search"
    shutil.copytree(site, tmp_path / "site")
    with serve_folder(tmp_path / "site", "/repo/") as address:
        tab = open_tab("", where=address)
        open_window(tab)
        status = tab.page.locator(".gp-search__status")
        tab.page.keyboard.type("families")
        expect(status).to_contain_text("results for “families”")
        search.rename(tmp_path / "away")
        tab.page.locator(FIELD).fill("scientist")
        expect(status).to_contain_text("could not be loaded")
        (tmp_path / "away").rename(search)
        publish_anew(search)
        tab.page.locator(FIELD).fill("families")
        expect(status).to_contain_text("results for “families”")
        tab.page.locator(FIELD).fill("scientist")
        expect(status).to_contain_text("for “scientist”")


def test_without_its_file_the_finder_leads_to_the_lists(open_tab: OpenTab, broken: str) -> None:
    tab = open_tab("find/?theme=evaluation", where=broken)
    expect(tab.page.locator(".gp-find__status")).to_have_text(re.compile("could not be loaded. These lists"))
    expect(tab.page.get_by_role("link", name="Who gets paid, and who holds the money?")).to_be_visible()
    assert tab.errors == []
