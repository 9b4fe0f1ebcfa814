"""E-books: what they hold, where their links lead, and that no text of a contributor breaks one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from goodpractice.kinds.papers import PaperFacts
from goodpractice.markdown.contributed import render_contributed
from goodpractice.outputs.pages import render_planned
from goodpractice.paper.archives import pack
from goodpractice.paper.cover import draw_cover
from goodpractice.paper.ebook import write_epub
from goodpractice.paper.manuscript import ShownPage
from tests.helpers.ebooks import DC, HTML, LANG, OPF, TYPE, OpenedBook, list_faults, write_rich_site
from tests.helpers.papers import find_manuscript, open_site
from tests.helpers.sites import SmallSite


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    return write_rich_site(tmp_path_factory.mktemp("ebook") / "project")


@pytest.fixture(scope="module")
def book(site: SmallSite) -> OpenedBook:
    return OpenedBook(write_epub(find_manuscript(open_site(site.root), "handbook/handbook.epub")).data)


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
    assert b'<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">' in book.archive.read(
        f"{book.folder}/text-chapter-2.xhtml"
    )
    assert "Ŵyl y Cŵn" in book.say("contents.xhtml")
    assert "In short" not in book.say("contents.xhtml"), "every chapter has it"


def test_a_note_is_one_for_readers_of_e_books(site: SmallSite, book: OpenedBook) -> None:
    stories = OpenedBook(write_epub(find_manuscript(open_site(site.root), "case-studies/case-studies.epub")).data)
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
    arabic = OpenedBook(write_epub(find_manuscript(opened, "ar/handbook/handbook.epub")).data)
    assert list(list_faults(arabic)) == []
    assert [name for name in arabic.documents if name.startswith("text-")] == ["text-chapter-1.xhtml"]
    root = arabic.documents["text-chapter-1.xhtml"]
    assert (root.get(LANG), root.get("dir")) == ("ar", "rtl")
    (spine,) = arabic.package.iter(f"{OPF}spine")
    assert spine.get("page-progression-direction") == "rtl"
    assert "باختصار" in arabic.say("contents.xhtml")
    # Nobody has approved the words of the program in Arabic yet.
    title = next(arabic.documents["title.xhtml"].iter(f"{HTML}h1"))
    assert (title.get("lang"), title.get("dir")) == ("en", "ltr")
    # The list of chapters offers both: there is none in Arabic.
    opened.tell({"handbook/handbook.epub": PaperFacts(160_000, 0), "ar/handbook/handbook.epub": PaperFacts(9_000, 0)})
    (index,) = (page for page in opened.plan if page.url == "handbook/")
    html = render_planned(opened, index, opened.speak("")[0]).html
    assert '<a class="gp-papers__file" href="../handbook/handbook.epub" type="application/epub+zip">' in html
    assert "The whole handbook as e-book (EPUB)</a>" in html
    assert 'href="../ar/handbook/handbook.epub" type="application/epub+zip" hreflang="ar">' in html
    # Drafts are in no book.
    welsh = find_manuscript(opened, "cy/handbook/handbook.epub")
    assert [part.page.id for part in welsh.shown] == ["chapter-2", "chapter-4"]


def test_the_same_sheet_gives_the_same_bytes(site: SmallSite, book: OpenedBook) -> None:
    assert write_epub(find_manuscript(open_site(site.root), "handbook/handbook.epub")).data == book.data
    assert {member.date_time for member in book.archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_letters_and_colours_are_the_readers(book: OpenedBook) -> None:
    css = book.archive.read(f"{book.folder}/style.css").decode()
    properties = {name for name, __ in re.findall(r"([\w-]+):\s*([^;{}]+);", css)}
    assert "margin" in properties
    assert not {name for name in properties if name.startswith("background") or name == "font-family"}
    assert set(re.findall(r"[\s{;]color:\s*([^;]+);", css)) == {"inherit"}
    assert re.findall(r"#[0-9a-f]{3,6}\b|rgb|hsl|\d(?:px|pt|mm)\b", re.sub(r"\b[124]px", "", css)) == []


def test_a_shelf_shows_the_title_in_letters_that_a_font_has(site: SmallSite, book: OpenedBook) -> None:
    (cover,) = (item for item in book.package.iter(f"{OPF}item") if item.get("properties") == "cover-image")
    drawn = Image.open(io.BytesIO(book.archive.read(f"{book.folder}/{cover.get('href')}")))
    assert (drawn.format, drawn.size) == ("PNG", (1200, 1800))
    manuscript = find_manuscript(open_site(site.root), "handbook/handbook.epub")

    def draw(title: str) -> Image.Image:
        return Image.open(io.BytesIO(draw_cover(replace(manuscript, page=replace(manuscript.page, title=title)))))

    def count_white(picture: Image.Image) -> int:
        return picture.convert("L").histogram()[255]

    none, long = count_white(draw("")), draw("Ŵ" * 40)
    assert count_white(draw("日本")) == none, "no boxes in the place of letters"
    assert count_white(long) > none
    assert len(long.crop((1100, 0, 1200, 1800)).getcolors()) == 1, "made smaller until it fits"


def test_the_quick_look_at_a_book_finds_what_is_broken(book: OpenedBook) -> None:
    """Else all that stands above shows nothing."""
    members = {info.filename: book.archive.read(info) for info in book.archive.infolist()}
    chapter, style = "EPUB/text-chapter-2.xhtml", "EPUB/style.css"
    members[chapter] = members[chapter].replace(b'alt="A red dot"', b"").replace(b"#chapter-1--", b"#no--")
    del members[style]
    faults = " ".join(list_faults(OpenedBook(pack(members.items()))))
    for words in ("media type", "style.css", "a picture has no words", "a link leads nowhere"):
        assert words in faults


@pytest.fixture(scope="module")
def write_story(site: SmallSite) -> Iterator[Callable[[str], OpenedBook]]:
    manuscript = find_manuscript(open_site(site.root), "case-studies/case-studies.epub")
    cover = draw_cover(manuscript)

    def write(html: str) -> OpenedBook:
        part = ShownPage(manuscript.shown[0].page, f'<h1 id="gp-title">A</h1>{html}')
        return OpenedBook(write_epub(replace(manuscript, shown=[part])).data)

    with pytest.MonkeyPatch.context() as patch:
        # Most of the time would go into drawing the same picture again.
        patch.setattr("goodpractice.paper.ebook.draw_cover", lambda manuscript: cover)
        yield write


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
def test_no_text_breaks_a_book(write_story: Callable[[str], OpenedBook], text: str, is_raw: bool) -> None:
    """Neither as a contributor sends it nor, further than any contribution goes, as HTML."""
    html = text if is_raw else render_contributed(text, lambda target: target).html
    assert list(list_faults(write_story(html))) == []
