"""Where links of a paper lead, and that nothing else than a file of the site can be put into one."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.paper.links import SITE, Lead, find_lead
from goodpractice.paper.pdf_pages import PrintedPage
from goodpractice.paper.words import compile_words, find_words
from tests.helpers.papers import needs_pango

URL = "https://kb.example.org/base/"
INSIDE = {"handbook/one/": "#one--", "handbook/two/": "#two--"}


@pytest.mark.parametrize(
    ("href", "lead"),
    [
        ("../two/", Lead("inside", "#two--gp-title")),
        ("../two/#a%20b", Lead("inside", "#two--a b")),
        ("../two/?q=1", Lead("site", f"{URL}handbook/two/?q=1")),
        ("../../themes/x/#y", Lead("site", f"{URL}themes/x/#y")),
        ("../../../../../etc/passwd", Lead("site", f"{URL}etc/passwd")),
        ("https://elsewhere.example/a?b#c", Lead("outside", "https://elsewhere.example/a?b#c")),
        ("//elsewhere.example/", Lead("outside", "https://elsewhere.example/")),
        ("mailto:hello@example.org", Lead("outside", "mailto:hello@example.org")),
        ("javascript:alert(1)", Lead("nowhere")),
        ("data:text/html,x", Lead("nowhere")),
        ("file:///etc/passwd", Lead("nowhere")),
        ("http://[", Lead("nowhere")),
    ],
)
def test_a_link_leads_inside_to_the_site_elsewhere_or_nowhere(href: str, lead: Lead) -> None:
    assert find_lead(href, "handbook/one/", URL, INSIDE) == lead


def test_without_an_address_no_link_leads_to_the_site() -> None:
    assert find_lead("../../themes/", "handbook/one/", "", INSIDE).kind == "nowhere"


HREF = st.one_of(
    st.text(max_size=40),
    st.builds(
        "".join, st.lists(st.sampled_from(["file:", "//", "/", "..", "gp-site:", "http:", "@", "#", "?", "a", "%2e"]))
    ),
)


@given(HREF)
def test_whatever_is_written_leads_to_a_page_or_nowhere(href: str) -> None:
    lead = find_lead(href, "handbook/one/", URL, INSIDE)
    if lead.kind == "site":
        assert lead.href.startswith(URL)
    elif lead.kind == "outside":
        assert urlsplit(lead.href).scheme in ("http", "https", "mailto")
    else:
        assert lead.href[:1] in ("", "#")


@given(HREF)
def test_a_picture_is_a_file_of_the_site_or_its_words(source: str) -> None:
    article = Element("article")
    article.append(Element("img", {"src": source, "alt": "A dot", "srcset": source}))
    PrintedPage("handbook/one/", "", URL, {}, lambda path: b"bytes" if path == "assets/dot.svg" else None).change(
        article
    )
    (shown,) = article
    assert (shown.tag, shown.text) == ("span", "A dot") or shown.get("src") == f"{SITE}assets/dot.svg"
    assert "srcset" not in shown.attrib


def test_sources_come_first_among_the_notes_and_no_link_holds_an_element() -> None:
    article = fromstring(
        '<article><p>A <a href="https://b.example/">bold <b>word</b></a>, <a href="https://s.example/">said</a>, '
        '<a href="https://b.example/">again</a>.</p><button class="gp-term">term</button><button>Copy</button>'
        '<a class="headerlink" href="#x">#</a><ol><li class="gp-sources__item"><a href="https://s.example/">S</a></li>'
        "</ol></article>"
    )
    part = PrintedPage("handbook/one/", "one--", URL, INSIDE, lambda path: None)
    part.change(article)
    text = tostring(article, encoding="unicode")
    assert part.notes.others == [(2, "https://b.example/")]
    assert '>bold word</a><sup class="gp-note">2</sup>, <a' in text
    assert '>said</a><sup class="gp-note">1</sup>, <a' in text
    assert '>S</a><span class="gp-address"> https://s.example/ </span>' in text
    assert ">term</span>" in text
    assert "Copy" not in text
    assert "headerlink" not in text


def test_a_word_of_the_index_is_found_as_a_whole_where_it_stands_first() -> None:
    article = fromstring(
        "<article><h2>Fair</h2><p>Unfair.</p><p id='x'>A FAIR share.</p><p>Fair, fair-ish</p></article>"
    )
    found = find_words(article, compile_words(["fair", "fair share"]), "one--")
    assert found == {"fair share": "x", "fair": "one--gp-block-4"}


@needs_pango
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://example.org/",
        "data:text/plain,x",
        "gp-font:/../sheet.py",
        "gp-site:/none",
        "x",
        "",
    ],
)
def test_nothing_else_is_fetched(url: str) -> None:
    from goodpractice.paper.fetching import SiteFetcher

    fetcher = SiteFetcher(lambda path: b"bytes" if path == "assets/dot.svg" else None)
    assert fetcher(f"{SITE}assets/dot.svg").read() == b"bytes"
    with pytest.raises(ValueError, match="a PDF shows no"):
        fetcher(url)
