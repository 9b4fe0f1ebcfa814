from __future__ import annotations

import pytest

from goodpractice.pages import LinkResolver, Page, make_page_index
from goodpractice.pages.link_resolver import resolve_internal_uris

PAGES = (
    Page("doc", "index.md", "", "Home", "", "docs/index.md"),
    Page("doc", "about.md", "about/", "About", "", "docs/about.md"),
    Page("chapter", "money", "handbook/money/", "Money", "", "handbook/money.md"),
    Page("case_study", "supper", "case-studies/supper/", "Supper", "", "case_studies/supper.md"),
    Page("index", "partner", "partners/", "Partners", "", "partners.yml"),
    Page("index", "chapter", "handbook/", "Handbook", "", "handbook/"),
)
FILES = {"LICENSE", "docs/assets/kit.pdf", "case_studies/supper/room.jpg", "docs/draft.md", "case studies.txt"}
ADDRESSES = LinkResolver(make_page_index(PAGES), FILES.__contains__)


@pytest.mark.parametrize(
    ("link", "path", "kind", "href"),
    [
        ("../handbook/money.md", "case_studies/supper.md", "page", "gp:/handbook/money/"),
        ("../handbook/money.md#a-b", "case_studies/supper.md", "page", "gp:/handbook/money/#a-b"),
        ("money.md", "handbook/other.md", "page", "gp:/handbook/money/"),
        ("./money.md", "handbook/other.md", "page", "gp:/handbook/money/"),
        ("../docs/index.md", "handbook/money.md", "page", "gp:/"),
        ("../partners.yml", "docs/index.md", "page", "gp:/partners/"),
        ("../handbook/", "docs/index.md", "page", "gp:/handbook/"),
        ("#here", "docs/index.md", "page", "#here"),
        ("#", "docs/index.md", "page", "#"),
        ("../LICENSE", "docs/index.md", "file", "gp-file:/LICENSE"),
        ("assets/kit.pdf#page=2", "docs/index.md", "asset", "gp:/assets/kit.pdf#page=2"),
        ("supper/room.jpg", "case_studies/supper.md", "file", "gp-file:/case_studies/supper/room.jpg"),
        ("../case%20studies.txt", "docs/index.md", "file", "gp-file:/case%20studies.txt"),
        ("https://example.org/a?b#c", "docs/index.md", "external", "https://example.org/a?b#c"),
        ("HTTPS://example.org", "docs/index.md", "external", "HTTPS://example.org"),
        ("mailto:a@example.org", "docs/index.md", "external", "mailto:a@example.org"),
        ("javascript:alert(1)", "docs/index.md", "unsafe", "javascript:alert(1)"),
        ("JavaScript:alert(1)", "docs/index.md", "unsafe", "JavaScript:alert(1)"),
        ("data:text/html,x", "docs/index.md", "unsafe", "data:text/html,x"),
        ("//example.org/x", "docs/index.md", "unsafe", "//example.org/x"),
        ("gp:/partners/", "docs/index.md", "unsafe", "gp:/partners/"),
        ("http://[", "docs/index.md", "unsafe", "http://["),
        ("nowhere.md", "docs/index.md", "missing", "nowhere.md"),
        ("/handbook/money/", "docs/index.md", "missing", "/handbook/money/"),
        ("../../secret", "docs/index.md", "missing", "../../secret"),
        ("../handbook/money", "docs/index.md", "missing", "../handbook/money"),
    ],
)
def test_links(link: str, path: str, kind: str, href: str) -> None:
    target = ADDRESSES.find(link, path)
    assert (target.kind, target.href) == (kind, href)
    assert (target.page is not None) == (kind == "page")


def test_nothing_outside_the_repository_is_linked() -> None:
    addresses = LinkResolver(make_page_index(PAGES), lambda path: True)
    for link in ("../../etc/passwd", "..%2f..%2fetc/passwd", "../../../../etc/passwd"):
        assert addresses.find(link, "docs/index.md").kind == "missing"


def test_a_fragment_is_decoded() -> None:
    assert ADDRESSES.find("#caf%C3%A9", "docs/index.md").fragment == "café"


@pytest.mark.parametrize(
    ("url", "page_url", "relative"),
    [
        ("", "", "./"),
        ("about/", "", "about/"),
        ("", "about/", "../"),
        ("partners/a/", "handbook/money/", "../../partners/a/"),
        ("about/#x", "about/", "../about/#x"),
    ],
)
def test_addresses_are_relative_to_the_page(url: str, page_url: str, relative: str) -> None:
    assert resolve_internal_uris(f'<a href="gp:/{url}">', page_url, "") == f'<a href="{relative}">'


def test_tokens_of_the_repository() -> None:
    html = '<a href="gp-file:/LICENSE"></a><a href="gp-repository:/issues"></a>'
    assert resolve_internal_uris(html, "a/", "https://example.org/r") == (
        '<a href="https://example.org/r/blob/main/LICENSE"></a><a href="https://example.org/r/issues"></a>'
    )


def test_text_that_looks_like_a_token_stays() -> None:
    assert (
        resolve_internal_uris("<p>gp:/partners/ and gp-file:/x</p>", "a/", "r") == "<p>gp:/partners/ and gp-file:/x</p>"
    )


def test_odd_letters_in_names_are_quoted_in_links() -> None:
    page = Page("doc", "What next #2?.md", "What next #2?/", "Next", "", "docs/What next #2?.md")
    addresses = LinkResolver(
        make_page_index([page]), lambda path: path in {"docs/my files/50% #1?.pdf", "data/a b.yml"}
    )
    found = {
        link: addresses.find(link, "docs/index.md").href
        for link in ("What%20next%20%232%3F.md#part", "my%20files/50%25%20%231%3F.pdf", "../data/a%20b.yml")
    }
    assert found == {
        "What%20next%20%232%3F.md#part": "gp:/What%20next%20%232%3F/#part",
        "my%20files/50%25%20%231%3F.pdf": "gp:/my%20files/50%25%20%231%3F.pdf",
        "../data/a%20b.yml": "gp-file:/data/a%20b.yml",
    }
