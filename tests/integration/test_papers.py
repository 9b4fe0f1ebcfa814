"""PDFs: what they say, how they can be read, and what no text of a contributor can put into them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodpractice.outputs.pages import render_planned
from goodpractice.outputs.site import Site
from goodpractice.paper.checking import can_check
from goodpractice.render.passages import list_passages
from tests.helpers.building import build_site
from tests.helpers.facts import rule
from tests.helpers.papers import MadePaper, list_paths, make_paper, needs_pango, open_site, squeeze
from tests.helpers.projects import REPOSITORY
from tests.helpers.sites import write_small_site

pytestmark = [pytest.mark.slow, needs_pango]

#: Among them are tables, boxes, quotations, a plan, the longest case study, and a sheet with tables on two pages.
SIX = (
    "handbook/whole-city/whole-city.pdf",
    "handbook/words-matter/words-matter.pdf",
    "handbook/for-community-partners/for-community-partners.pdf",
    "case-studies/stemtots/stemtots.pdf",
    "case-studies/stemworks/stemworks.pdf",
    "templates/sharing-the-future/sharing-the-future.pdf",
)


#: `make audit` looks at every paper.
CHOSEN = list_paths(open_site(REPOSITORY)) if os.environ.get("GOODPRACTICE_PAPERS") == "all" else SIX


#: Said on the page to those who hear it; the dash that others see is explained above the table.
HEARD = {"left out"}


@pytest.fixture(scope="module")
def site() -> Site:
    return open_site(REPOSITORY)


@pytest.fixture(scope="module")
def made(site: Site) -> Callable[[str], MadePaper]:
    kept: dict[str, MadePaper] = {}

    def make(path: str) -> MadePaper:
        if path not in kept:
            kept[path] = make_paper(site, path)
        return kept[path]

    return make


@rule("papers hold our chapters and case studies")
@pytest.mark.parametrize("path", CHOSEN)
def test_a_pdf_breaks_no_rule_and_says_what_its_page_says(
    site: Site, made: Callable[[str], MadePaper], path: str
) -> None:
    assert can_check()
    paper = made(path)
    assert paper.written.faults == ()
    page, shown = paper.manuscript.page, paper.manuscript.shown
    # A case study is a sheet: front and back at most.
    assert paper.written.pages <= 2 or page.kind != "case_study"
    if paper.manuscript.paper.view:
        passages = list_passages(paper.manuscript.kb, paper.manuscript.view)
        html = ""
    else:
        rendered = [render_planned(site, one.page, paper.manuscript.inputs) for one in shown]
        passages = [passage for one in rendered for passage in one.passages]
        html = "".join(one.html for one in rendered)
    # Every heading is a bookmark, in order; so are those about the copy.
    assert page.title.endswith(paper.bookmarks[0])  # that of a meeting pack says first what it is
    headings = [passage.text for passage in passages if passage.level]
    assert [name for name in paper.bookmarks if name in headings] == headings
    # Every piece of the text stands there, in order. Between two of them, the number of a note may stand.
    text, place = paper.text, 0
    for passage in passages:
        for piece in passage.pieces:
            words = squeeze(piece).removesuffix(":") if isinstance(piece, str) and piece not in HEARD else ""
            if words and passage.is_searched:
                found = text.find(words, place)
                assert found >= 0, f"{words!r} is not behind {text[max(0, place - 80) : place]!r}"
                place = found + len(words)
    # Each link elsewhere is written out.
    for address in re.findall(r'href="(https?://[^"]*)"', html):
        assert squeeze(address.replace("&amp;", "&")) in text


@rule("papers hold our chapters and case studies")
@pytest.mark.parametrize("path", CHOSEN)
def test_no_text_is_cut_off_and_no_row_stands_alone(made: Callable[[str], MadePaper], path: str) -> None:
    from weasyprint.formatting_structure.boxes import TableRowGroupBox, TextBox

    from goodpractice.paper.pdf import lay_out

    rows: dict[Any, list[int]] = {}
    for number, page in enumerate(lay_out(made(path).manuscript).pages, start=1):
        for box in page._page_box.descendants():
            if isinstance(box, TextBox):
                assert box.position_x >= 0, (number, box.text)
                assert box.position_x + box.width <= page.width - 20, (number, box.text)
                assert box.position_y + box.height <= page.height, (number, box.text)
            elif isinstance(box, TableRowGroupBox) and not box.is_header:
                rows.setdefault(box.element, []).append(len(box.children))
    assert [counted for counted in rows.values() if len(counted) > 1 and 1 in counted] == []


def test_a_book_has_a_cover_contents_an_index_and_inner_links(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    site.write(
        "docs/assets/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
    )
    site.chapters["chapter-2"]["body"] += (
        "\n## Ŵyl y Cŵn\n\nA partner shares. See [the first](chapter-1.md#in-short), [a story]"
        "(../case_studies/case-01.md) and [elsewhere](https://example.org/a).\n\n"
        "![A red dot](../docs/assets/dot.svg)\n\n![From elsewhere](https://example.org/x.png)\n"
    )
    site.write_chapter("chapter-2")
    paper = make_paper(open_site(site.root), "handbook/handbook.pdf")
    assert paper.written.faults == ()
    names = [str(chapter["title"]) for chapter in site.chapters.values()]
    assert paper.bookmarks[:2] == ["Handbook", "Contents"]
    assert [name for name in paper.bookmarks if name in names] == names
    assert "Ŵyl y Cŵn" in paper.bookmarks
    # Contents: each chapter with its page.
    assert re.search(re.escape(squeeze(names[0])) + r"\.+3" + re.escape(squeeze(names[1])) + r"\.+\d", paper.text)
    assert squeeze("Words explained in the glossary") in paper.text
    assert re.search(r"Partner\d", paper.text.partition(squeeze("Words explained"))[2])
    assert [figure["/Alt"] for figure in paper.list_elements("/Figure")] == ["A red dot"]
    assert squeeze("From elsewhere") in paper.text
    links = [link.get_object() for page in paper.reader.pages for link in page.get("/Annots", [])]
    assert "chapter-1--in-short" in {link.get("/Dest") for link in links}
    leads = {link["/A"]["/URI"] for link in links if "/A" in link}
    assert {"https://small.example.org/case-studies/case-01/", "https://example.org/a"} <= leads


def test_arabic_is_set_from_right_to_left_in_a_font_that_is_embedded(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    text = (REPOSITORY / "tests/translations/superpowers.ar.md").read_text(encoding="utf-8")
    site.write("handbook/chapter-1.ar.md", re.sub(r"\{\{.*?\}\}", "", text))
    paper = make_paper(open_site(site.root), "ar/handbook/chapter-1/chapter-1.pdf")
    assert paper.written.faults == ()
    assert paper.reader.trailer["/Root"]["/Lang"] == "ar"
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in paper.reader.pages
        for font in page["/Resources"]["/Font"].get_object().values()
    }
    assert any("Arabic" in name for name in fonts)
    assert all("+" in name for name in fonts), "a font that is not embedded"


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "project", cases=8).root
    code = (
        "import hashlib; from pathlib import Path; from goodpractice.paper.ebook import write_epub;"
        "from tests.helpers.papers import find_manuscript, make_paper, open_site;"
        f"site = open_site(Path({str(root)!r}));"
        "pdf = make_paper(site, 'handbook/chapter-1/chapter-1.pdf').written.data;"
        "epub = write_epub(find_manuscript(site, 'handbook/handbook.epub')).data;"
        "print(hashlib.sha256(pdf).hexdigest(), hashlib.sha256(epub).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1


HOSTILE = """
![a](file:///etc/hostname) ![b](/etc/hostname) ![c](../../../../../../etc/hostname) ![d](http://127.0.0.1:9/x.png)
![e](data:image/svg+xml;base64,PHN2Zy8+) ![f](gp-font:/../sheet.py) ![g](gp-site:/mkdocs.yml)

[h](file:///etc/hostname) [i](javascript:alert(1)) [j](data:text/html,x) [k](../mkdocs.yml) [l](//elsewhere.example/x)

<a rel="attachment" href="file:///etc/hostname">m</a> <img src="file:///etc/hostname" alt="n">
<link rel="attachment" href="file:///etc/hostname"> <base href="file:///etc/"> <style>@import "file:///etc/hostname"</style>
<object data="file:///etc/hostname"></object> <svg><image href="file:///etc/hostname"/></svg>
"""


def test_nothing_that_is_sent_in_reaches_a_file_or_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import urllib.request

    from weasyprint import pdf as weasyprint_pdf  # noqa: F401

    site = write_small_site(tmp_path / "project", cases=8)
    site.cases["case-01"]["body"] += HOSTILE
    site.write_case("case-01")
    # An editor's HTML goes further than any contribution: it is held as well.
    site.chapters["chapter-1"]["body"] += HOSTILE
    site.write_chapter("chapter-1")
    opened: list[str] = []
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", lambda *arguments: opened.append(str(arguments[1])))
    secret = Path("/etc/hostname").read_bytes().strip() if Path("/etc/hostname").exists() else b"no such file"
    for path in ("case-studies/case-01/case-01.pdf", "handbook/chapter-1/chapter-1.pdf"):
        paper = make_paper(open_site(site.root), path)
        assert paper.list_elements("/Figure") == []
        assert "/EmbeddedFiles" not in paper.reader.trailer["/Root"].get("/Names", {})
        assert secret.decode() not in paper.text
        leads = [
            link.get_object()["/A"]["/URI"]
            for page in paper.reader.pages
            for link in page.get("/Annots", [])
            if "/A" in link.get_object()
        ]
        assert [lead for lead in leads if not re.match(r"https?://|mailto:", lead)] == []
    assert opened == []


def test_one_edit_renews_its_own_paper_and_the_book(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=8)

    def build(paper: bool) -> tuple[set[str], int]:
        report = build_site(site.root, jobs=1, search=False, paper=paper)
        assert report.diagnostics == []
        assert report.faults == {}
        return {name.rpartition("/")[2] for name in report.papers}, report.waiting

    def tells(page: str) -> str:
        return (site.root / "site" / page / "index.html").read_text(encoding="utf-8")

    made, waiting = build(paper=True)
    assert made == {
        *("handbook.pdf", "handbook.epub", "case-studies.epub", "offline.zip", "reflect.pdf"),
        *(f"chapter-{n}.pdf" for n in range(1, 5)),
        *(f"case-0{n}.pdf" for n in range(1, 9)),
    }
    assert waiting == 0
    assert re.search(r'href="chapter-1\.pdf"|chapter-1/chapter-1\.pdf"', tells("handbook/chapter-1"))
    site.chapters["chapter-1"]["body"] += "\nOne more sentence.\n"
    site.write_chapter("chapter-1")
    assert build(paper=True) == ({"chapter-1.pdf", "handbook.pdf", "handbook.epub", "offline.zip"}, 0)
    site.cases["case-01"]["body"] += "\nOne more sentence.\n"
    site.write_case("case-01")
    assert build(paper=False) == (set(), 3), "a story is in its own paper, in the book of all and in the zip file"
    assert not (site.root / "site/case-studies/case-01/case-01.pdf").exists()
    assert "case-01.pdf" not in tells("case-studies/case-01")
    assert "case-02.pdf" in tells("case-studies/case-02")
    site.cases["case-01"]["body"] += "\nAnd another.\n"
    site.write_case("case-01")
    assert build(paper=False) == (set(), 0)
    assert build(paper=True) == ({"case-01.pdf", "case-studies.epub", "offline.zip"}, 0)
