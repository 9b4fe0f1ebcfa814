from __future__ import annotations

from goodpractice.pages import Page
from goodpractice.render.navigation import (
    Link,
    Navigation,
    NavPage,
    NavSection,
    PageFile,
    build_navigation,
    collect_labels,
    expand_nav,
    marked_active,
)


def plan(kind: str, page_id: str, url: str, language: str = "") -> Page:
    return Page(kind, page_id, url, page_id.title(), "", "x.md", language=language)


PLAN = [
    plan("doc", "index.md", ""),
    plan("index", "chapter", "handbook/"),
    plan("index", "partner", "partners/"),
    plan("overview", "map", "map/"),
    plan("chapter", "one", "handbook/one/"),
    plan("chapter", "two", "handbook/two/"),
    plan("chapter", "one", "cy/handbook/one/", "cy"),
]


def build(nav: list[object]) -> Navigation:
    pages = {page.src_uri: NavPage(page.title, page.url, PageFile(page.src_uri), planned=page) for page in PLAN}
    return build_navigation(expand_nav(nav, PLAN), pages.get)


def test_addresses_of_lists_become_their_pages() -> None:
    chapters = ["handbook/index.md", "handbook/one.md", "handbook/two.md"]
    assert expand_nav([{"Book": "handbook/"}, "map/", {"Who": ["partners/", "themes/"]}], PLAN) == [
        {"Book": chapters},
        "map.md",
        {"Who": ["partners/index.md"]},
    ]
    # A list without entries has no page; a section without pages goes; the handbook may have no label.
    assert expand_nav(["themes/", {"Gone": ["themes/"]}, "handbook/", {"Far": "https://x/"}], PLAN) == [
        *chapters,
        {"Far": "https://x/"},
    ]
    assert expand_nav([{"Who": {"All": "partners/", "Map": "map/"}}], PLAN) == [
        {"Who": [{"All": "partners/index.md"}, {"Map": "map.md"}]}
    ]


def test_without_the_setting_the_menu_has_all_lists_and_pages() -> None:
    lists = [{"Chapter": ["handbook/index.md", "handbook/one.md", "handbook/two.md"]}, {"Partner": "partners/index.md"}]
    assert expand_nav([], [plan("doc", "about.md", "about/"), *PLAN]) == ["index.md", *lists, "about.md"]


def test_the_first_label_of_a_page_counts() -> None:
    nav = [{"A": "./a.md"}, "b.md", {"Deep": [{"B": "b.md"}, {"Deeper": [{"Other": "a.md"}, {"C": "c.md"}]}]}]
    assert collect_labels(nav) == {"a.md": "A", "b.md": "B", "c.md": "C"}


def test_the_menu_has_sections_pages_and_links() -> None:
    nav = build(["./index.md", {"Book": "handbook/"}, {"Who": [{"Below": ["partners/"]}, {"Far": "https://x/"}]}])
    home, book, who = nav.items
    assert isinstance(home, NavPage)
    assert isinstance(book, NavSection)
    assert isinstance(who, NavSection)
    below, far = who.children or []
    assert isinstance(far, Link)
    assert (far.title, far.url) == ("Far", "https://x/")
    assert [page.url for page in nav.pages] == ["", "handbook/", "handbook/one/", "handbook/two/", "partners/"]
    assert nav.homepage is home
    assert build(["partners/"]).homepage is None
    assert nav.pages[-1].ancestors == [below, who]
    assert (home.is_top_level, far.is_top_level) == (True, False)
    # Only sections have no address: templates tell them apart by that.
    assert [hasattr(item, "url") for item in (home, far, book)] == [True, True, False]


def test_only_chapters_lead_to_one_another() -> None:
    nav = build(["index.md", {"Book": "handbook/"}, "map/"])
    around = {page.url: [other and other.url for other in (page.previous_page, page.next_page)] for page in nav.pages}
    assert around == {
        "": [None, None],
        "handbook/": [None, None],
        "handbook/one/": [None, "handbook/two/"],
        "handbook/two/": ["handbook/one/", None],
        "map/": [None, None],
    }


def test_a_mark_reaches_all_sections_above_and_goes_again() -> None:
    nav = build([{"Who": [{"Below": ["partners/"]}, "map/"]}])
    who = nav.items[0]
    with marked_active(nav.pages[0]):
        assert [item.active for item in (who, (who.children or [])[0], *nav.pages)] == [True, True, True, False]
    assert not any(item.active for item in (who, *nav.pages))


def test_pages_are_equal_by_their_address() -> None:
    page = NavPage("A", "a/", PageFile("a.md"))
    assert page == NavPage("B", "a/", PageFile("b.md"))
    assert page != NavPage("A", "b/", PageFile("a.md"))
    assert page != Link("A", "a/")
    assert [PageFile(path).name for path in ("README.md", "x/index.md", "x/y.md")] == ["index", "index", "y"]
