"""E-books: what they hold, where their links lead, and that no text of a contributor breaks one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodpractice.kinds.papers import PaperFacts
from goodpractice.markdown.contributed import render_contributed
from goodpractice.outputs.pages import render_planned
from goodpractice.paper.ebook import write_epub
from goodpractice.paper.sheet import Part
from tests.helpers.ebooks import DC, HTML, LANG, OPF, TYPE, OpenedBook, list_faults
from tests.helpers.papers import find_sheet, open_site
from tests.helpers.projects import REPOSITORY
from tests.helpers.sites import SmallSite, write_small_site

DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
CHAPTER = """

## Ŵyl y Cŵn

A partner shares.[^1] See [the first](chapter-1.md#in-short), [a heading that is gone](chapter-1.md#gp-sources),
[a story](../case_studies/case-01.md), [the list](../handbook/) and [elsewhere](https://example.org/a b?c=ŵ#d).

| Name | Sum |
|---|--:|
| One | 1 |

![A red dot](../docs/assets/dot.svg) ![From elsewhere](https://example.org/x.png)

<p id="twice">a</p><p id="twice">b</p><p id="not one">c</p><center onclick="run()">d</center>
<svg viewBox="0 0 9 9" onload="run()"><title>Drawn</title><path d="M0 0h9"/><script>run()</script></svg>
<a href="http://[">e</a> <a href="https://ex ample.org/">f</a> <img src="../docs/assets/dot.svg">

[^1]: A note of *editors*.
"""
STORY = """

## What happened

Told.[^a] And again.[^a]

[^a]: A note of a teller.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    site = write_small_site(tmp_path_factory.mktemp("ebook") / "project", cases=8)
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    site.write(
        "mkdocs.yml", config.replace("  - toc:", "  - footnotes\n  - tables: {use_align_attribute: true}\n  - toc:")
    )
    site.write(
        "docs/assets/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    )
    site.chapters["chapter-2"]["body"] += CHAPTER
    site.write_chapter("chapter-2")
    site.cases["case-01"]["body"] += STORY
    site.write_case("case-01")
    text = (REPOSITORY / "tests/translations/superpowers.ar.md").read_text(encoding="utf-8")
    site.write("handbook/chapter-1.ar.md", text.partition("{{")[0])
    return site


@pytest.fixture(scope="module")
def book(site: SmallSite) -> OpenedBook:
    return OpenedBook(write_epub(find_sheet(open_site(site.root), "handbook/handbook.epub")).data)


def test_every_document_is_whole_and_every_link_arrives(book: OpenedBook) -> None:
    assert list(list_faults(book)) == []
    assert list(book.documents) == [
        "contents.xhtml",
        "title.xhtml",
        *(f"text-chapter-{number}.xhtml" for number in range(1, 5)),
        "glossary.xhtml",
        "copy.xhtml",
    ]
    chapter = book.documents["text-chapter-2.xhtml"]
    leads = {"".join(link.itertext()): link.get("href") for link in chapter.iter(f"{HTML}a")}
    assert leads["the first"] == "text-chapter-1.xhtml#chapter-1--in-short"
    assert leads["a story"] == "https://small.example.org/case-studies/case-01/"
    assert leads["the list"] == "contents.xhtml"
    assert leads["elsewhere"] == "https://example.org/a%20b?c=%C5%B5#d"
    assert "e" not in leads
    assert "f" not in leads
    assert [picture.get("alt") for picture in chapter.iter(f"{HTML}img")] == ["A red dot"]
    assert [cell.text for cell in chapter.iter(f"{HTML}th")] == ["Name", "Sum"]
    assert [cell.get("class") for cell in chapter.iter(f"{HTML}td")] == [None, "gp-right"]
    assert "From elsewhere" in book.say("text-chapter-2.xhtml")
    assert "Ŵyl y Cŵn" in book.say("contents.xhtml")
    assert "In short" not in book.say("contents.xhtml"), "every chapter has it"


def test_a_note_is_one_for_readers_of_e_books(site: SmallSite, book: OpenedBook) -> None:
    stories = OpenedBook(write_epub(find_sheet(open_site(site.root), "case-studies/case-studies.epub")).data)
    assert list(list_faults(stories)) == []
    for opened, name, words in (
        (book, "text-chapter-2.xhtml", "1. A note of editors. ↩"),
        (stories, "text-case-01.xhtml", "1. A note of a teller. ↩ ↩2"),
    ):
        root = opened.documents[name]
        (note,) = (element for element in root.iter() if element.get("role") == "doc-footnote")
        assert (note.tag, note.get(TYPE)) == (f"{HTML}aside", "footnote")
        assert " ".join("".join(note.itertext()).split()) == words
        references = [element for element in root.iter(f"{HTML}a") if element.get("role") == "doc-noteref"]
        assert {reference.get("href") for reference in references} == {f"#{note.get('id')}"}
        assert {reference.get(TYPE) for reference in references} == {"noteref"}
        back = [element for element in note.iter(f"{HTML}a") if element.get("role") == "doc-backlink"]
        assert len(back) == len(references)
        assert {element.get("aria-label") for element in back} == {"Back to the text"}


def test_a_book_explains_the_words_that_it_uses(book: OpenedBook) -> None:
    entries = book.documents["glossary.xhtml"].findall(f".//{HTML}dl/{HTML}div")
    said = {entry.get("id"): " ".join("".join(entry.itertext()).split()) for entry in entries}
    assert list(said) == ["gp-term-partner"], "what stands nowhere is left out"
    assert said["gp-term-partner"].endswith("First in: Chapter 1.")
    references = [
        link for link in book.documents["text-chapter-2.xhtml"].iter(f"{HTML}a") if link.get(TYPE) == "glossref"
    ]
    assert ["".join(reference.itertext()) for reference in references] == ["partner"]
    assert {reference.get("href") for reference in references} == {"glossary.xhtml#gp-term-partner"}


def test_a_book_says_what_it_is_and_whom_it_serves(book: OpenedBook) -> None:
    said = {name: [element.text for element in book.package.iter(f"{DC}{name}")] for name in ("title", "language")}
    assert said == {"title": ["Small site: Handbook"], "language": ["en"]}
    assert [rights.text for rights in book.package.iter(f"{DC}rights")] == ["Nobody's"]
    assert book.say_meta("schema:accessModeSufficient") == ["textual"]
    assert set(book.say_meta("schema:accessibilityFeature")) >= {"alternativeText", "structuralNavigation"}
    assert book.say_meta("schema:accessibilityHazard") == ["none"]
    assert book.say_meta("schema:accessibilitySummary") != []
    (modified,) = book.say_meta("dcterms:modified")
    assert modified.endswith("T00:00:00Z")
    words = book.say("copy.xhtml")
    assert "Nobody's" in words
    assert re.search(r"How to cite it: Small site \([^)]+\)\. Handbook\. ", words)
    assert "Edition of" in words
    landmarks = [link.get(TYPE) for link in book.documents["contents.xhtml"].iter(f"{HTML}a") if link.get(TYPE)]
    assert landmarks == ["toc", "titlepage", "bodymatter", "glossary"]


def test_there_is_a_book_in_each_language_with_an_approved_text(site: SmallSite) -> None:
    opened = open_site(site.root)
    arabic = OpenedBook(write_epub(find_sheet(opened, "ar/handbook/handbook.epub")).data)
    assert list(list_faults(arabic)) == []
    assert [name for name in arabic.documents if name.startswith("text-")] == ["text-chapter-1.xhtml"]
    root = arabic.documents["text-chapter-1.xhtml"]
    assert (root.get(LANG), root.get("dir")) == ("ar", "rtl")
    (spine,) = arabic.package.iter(f"{OPF}spine")
    assert spine.get("page-progression-direction") == "rtl"
    assert "باختصار" in arabic.say("contents.xhtml")
    # The list of chapters offers both: there is none in Arabic.
    opened.tell({"handbook/handbook.epub": PaperFacts(160_000, 0), "ar/handbook/handbook.epub": PaperFacts(9_000, 0)})
    (index,) = (page for page in opened.plan if page.url == "handbook/")
    html = render_planned(opened, index, opened.speak("")[0]).html
    assert '<a class="gp-papers__file" href="../handbook/handbook.epub" type="application/epub+zip">' in html
    assert "The whole handbook as e-book (EPUB)</a>" in html
    assert 'href="../ar/handbook/handbook.epub" type="application/epub+zip" hreflang="ar">' in html
    # Drafts are in no book.
    welsh = find_sheet(opened, "cy/handbook/handbook.epub")
    assert [part.page.id for part in welsh.parts] == ["chapter-2", "chapter-4"]


def test_the_same_sheet_gives_the_same_bytes(site: SmallSite, book: OpenedBook) -> None:
    assert write_epub(find_sheet(open_site(site.root), "handbook/handbook.epub")).data == book.data
    assert {member.date_time for member in book.archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.fixture(scope="module")
def write_story(site: SmallSite) -> Callable[[str], OpenedBook]:
    sheet = find_sheet(open_site(site.root), "case-studies/case-studies.epub")

    def write(html: str) -> OpenedBook:
        part = Part(sheet.parts[0].page, f'<h1 id="gp-title">A</h1>{html}')
        return OpenedBook(write_epub(replace(sheet, parts=[part])).data)

    return write


#: Pieces of Markdown and of markup that a contributor may send.
PIECES = st.sampled_from(
    [
        *("<p>", "</div>", "<svg>", "</svg><title>", "<math><mi>", "<table>", "<td x=1>", "<br>", "<!--", "-->", "]]>"),
        *("&", "&amp;", "&nbsp;", "&#0;", "\x0b", "\ufffe", "\u202e", '"', "'", "<", ">", "=", "{{ x }}", "{% y %}"),
        *("# ", "## a\n\n", "[^1]", "\n\n[^1]: n\n\n", "| a |\n|---|\n| b |\n\n", "- ", "> ", "```\n", "`", "**"),
        *("[a](#gp-title)", "[b](#fn-1)", "[c](javascript:x)", "![d](x.png)", "<a href='http://[x'>", "\n\n", "ŵ "),
        *("<p id=a>", "<p id='a b'>", "<button popovertarget=gp-term-x class=gp-term>", "[e](http://a b/)"),
        '<x-y a"b=1>',
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join), st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_text_breaks_a_book(write_story: Callable[[str], OpenedBook], text: str, is_raw: bool) -> None:
    """Neither as a contributor sends it nor, further than any contribution goes, as HTML."""
    html = text if is_raw else render_contributed(text, lambda target: target).html
    assert list(list_faults(write_story(html))) == []
