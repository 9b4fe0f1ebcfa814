"""Files for word processors: opened again they hold what was written, and nothing in a text breaks them."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import docx
import odfdo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodpractice.content import Project
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.paper.characters import clean
from goodpractice.paper.office import Grid, GridRow, OfficeDocument, OfficeHeading, Points, Words
from goodpractice.paper.office_pages import list_nodes
from goodpractice.paper.opendocument import write_odt
from goodpractice.paper.word import write_docx

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
SCRIPTS = ("asian", "complex")
STYLED = ("Normal", "Title", "Subtitle", "Heading1", "Heading2", "Question", "Explanation", "Example", "Smallprint")
ODF_STYLED = ("Standard", "Title", "Subtitle", "Heading_20_1", "Heading_20_4", "Question", "Explanation", "Example")
QUESTION = (Words("What do you want?", "strong"), Words("Two sentences.", "help"))
NODES = (
    Words("What it is for.", "lead"),
    OfficeHeading("Wants"),
    Points(("One", "Two")),
    Grid(
        "Wants",
        ("Question", "Partner"),
        (GridRow((QUESTION, ()), 20), GridRow(((Words("Total"),), ()), 9, True)),
        (1, 2),
    ),
    OfficeHeading("Cards", 2, own_page=True),
    Grid("Cards", (), (GridRow(((Words("Cut me out."),), ()), 50),), (1, 1), is_cut=True),
)
DOCUMENT = OfficeDocument(
    "Agreement",
    "What each side wants.",
    "en",
    False,
    "Small community",
    datetime.date(2025, 1, 31),
    "https://example.org/agreement/",
    "Small community",
    "#4a1942",
    "#8b7685",
    NODES,
)
#: More is a template with what no document of ours uses: 40 kB of it were once in every file.
MOST = 16_000
WRITERS = {"docx": write_docx, "odt": write_odt}
#: What a contributor may have written: controls, markup, marks of direction, half of a pair, a word without an end.
HOSTILE = (
    "a\x00b\x0b</w:t><script>&amp;]]>\u202eturned\u2066\ud800\ufffe\u0645\u0631\u062d\u0628\u0627 {{ x }} " + "w" * 3000
)


@pytest.fixture(params=WRITERS)
def write(request: pytest.FixtureRequest) -> Callable[[OfficeDocument], bytes]:
    return WRITERS[request.param]


def open_xml(data: bytes) -> dict[str, Any]:
    """Every part of a file that is XML, parsed."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {
            name: ElementTree.fromstring(packed.read(name))
            for name in packed.namelist()
            if name.endswith((".xml", ".rels"))
        }


def test_a_file_carries_little_but_what_it_says(write: Callable[[OfficeDocument], bytes]) -> None:
    assert len(write(DOCUMENT)) < MOST


def test_a_word_file_has_real_headings_tables_and_properties() -> None:
    opened = docx.Document(BytesIO(write_docx(DOCUMENT)))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in opened.paragraphs if paragraph.text]
    assert styles == [
        ("Title", "Agreement"),
        ("Subtitle", "What it is for."),
        ("Heading 1", "Wants"),
        ("List Bullet", "One"),
        ("List Bullet", "Two"),
        ("Heading 2", "Cards"),
    ]
    assert opened.paragraphs[-2].paragraph_format.page_break_before is True
    form, cards = opened.tables
    assert [[cell.text for cell in row.cells] for row in form.rows] == [
        ["Question", "Partner"],
        ["What do you want?\nTwo sentences.", ""],
        ["Total", ""],
    ]
    heads = [row._tr.trPr.find(f"{WORD}tblHeader") is not None for row in form.rows]
    assert heads == [True, False, False]
    assert cards.rows[0].height.mm == pytest.approx(50, abs=0.1)
    assert cards._tbl.tblPr.find(f"{WORD}tblBorders/{WORD}top").get(f"{WORD}val") == "dashed"
    properties = opened.core_properties
    assert (properties.title, properties.author, properties.language) == ("Agreement", "Small community", "en")
    assert properties.created == properties.modified == datetime.datetime(2025, 1, 31, tzinfo=datetime.UTC)
    assert opened.styles.element.find(f".//{WORD}lang").get(f"{WORD}val") == "en-GB"


#: The order in which Word takes the properties of a table: in another it calls the file damaged.
ORDER = ("tblStyle", "bidiVisual", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption")


def test_properties_of_tables_stand_in_the_order_that_word_takes() -> None:
    opened = docx.Document(BytesIO(write_docx(replace(DOCUMENT, language="ar", is_rtl=True))))
    for table in opened.tables:
        names = [child.tag.removeprefix(WORD) for child in table._tbl.tblPr]
        assert names == [name for name in ORDER if name in names]
        assert "bidiVisual" in names


def test_an_opendocument_file_has_real_headings_tables_and_properties() -> None:
    opened = odfdo.Document(BytesIO(write_odt(DOCUMENT)))
    headers = [(int(header.level), header.style, header.text_recursive) for header in opened.body.headers]
    assert headers == [(1, "Heading_20_1", "Wants"), (2, "Page_2", "Cards")]
    form, cards = opened.body.tables
    assert [[cell.text_recursive.split() for cell in row.cells] for row in form.rows][1:] == [
        [["What", "do", "you", "want?", "Two", "sentences."], []],
        [["Total"], []],
    ]
    # The schema of OpenDocument 1.2 wants the title of a table before its columns.
    assert [child.tag for child in form.children][:2] == ["table:title", "table:table-column"]
    assert form.get_element("table:table-header-rows") is not None
    assert "dashed" in opened.get_style("table-cell", f"{cards.name}.cell").serialize()
    assert opened.meta.title == "Agreement"
    assert str(opened.meta.creation_date) == "2025-01-31 00:00:00"
    assert {
        str(level.get_attribute("style:num-format"))
        for level in opened.styles.get_elements("//text:outline-level-style")
    } == {""}


def test_the_same_document_gives_the_same_bytes(write: Callable[[OfficeDocument], bytes]) -> None:
    data = write(DOCUMENT)
    assert data == write(DOCUMENT)
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert {member.date_time[:3] for member in packed.infolist()} == {(1980, 1, 1)}
        assert "humbnail" not in "".join(packed.namelist())


def test_nothing_in_a_text_breaks_a_file(write: Callable[[OfficeDocument], bytes]) -> None:
    texts = dict.fromkeys(("title", "summary", "author", "address", "foot"), HOSTILE)
    cell = (Words(HOSTILE),)
    nodes = (
        Words(HOSTILE),
        OfficeHeading(HOSTILE),
        Points((HOSTILE,)),
        Grid(HOSTILE, (HOSTILE,), (GridRow((cell,)),), (1,)),
    )
    parts = open_xml(write(replace(DOCUMENT, **texts, nodes=nodes)))
    said = "".join("".join(root.itertext()) for root in parts.values())
    assert said.count(clean(HOSTILE)) >= 6
    assert not {"\u202e", "\u2066"} & set(said)


@settings(max_examples=5)
@given(st.lists(st.text(max_size=40), min_size=8, max_size=20))
def test_any_text_is_read_again(texts: list[str]) -> None:
    document = replace(DOCUMENT, nodes=tuple(map(Words, texts)))
    said = [clean(text) for text in texts]
    assert [entry.text for entry in docx.Document(BytesIO(write_docx(document))).paragraphs[1:]] == said
    assert [entry.text_recursive for entry in odfdo.Document(BytesIO(write_odt(document))).body.paragraphs[1:]] == said


def test_a_sheet_is_laid_out_blank_and_filled_in(small: Project) -> None:
    view = COLLECTIONS["template"].papers[0].view
    assert view is not None
    nodes = list(list_nodes(small.kb, view(small.kb, "agreement")))
    headings = [(node.text, node.level, node.own_page) for node in nodes if isinstance(node, OfficeHeading)]
    assert headings[:4] == [("In words", 1, False), ("Wants", 1, False), ("Ticks", 1, False), ("Costs", 1, False)]
    assert ("How to use the sheet", 1, True) in headings
    assert headings.index(("The sheet filled in", 1, True)) < headings.index(("Wants", 2, False))
    blank, filled = [node for node in nodes if isinstance(node, Grid) and node.name == "Costs"]
    assert [[say(cell) for cell in row.cells] for row in filled.rows] == [
        ["Food", "1,000", "in kind"],
        ["Rooms", "100", "50.50"],
        ["Total", "1,100", "50.50"],
        ["Together (\u00a3): 1,150.50", "", ""],
    ]
    assert [say(cell) for cell in blank.rows[0].cells] == ["Food", "", ""]
    # Only who writes needs empty rows.
    assert [len(node.rows) for node in (blank, filled)] == [6, 4]
    assert blank.widths == (30, 35, 35)
    __, ticks = [node for node in nodes if isinstance(node, Grid) and node.name == "Ticks"]
    assert [say(row.cells[1]) for row in ticks.rows] == ["\u2612 food \u2612 rooms", "\u2612", "\u00a31 200.50"]


def say(cell: tuple[Words, ...]) -> str:
    return " ".join(words.text for words in cell)


def test_letters_of_every_script_have_the_size_and_the_weight_of_latin_ones() -> None:
    """Both formats have other attributes for letters that are joined, written from the right, or of East Asia."""
    document = replace(DOCUMENT, title="اتفاقية", language="ar", is_rtl=True)
    parts = open_xml(write_docx(document))
    styled = [style for style in parts["word/styles.xml"].iter(f"{WORD}style") if style.get(f"{WORD}styleId") in STYLED]
    runs = [
        *(style.find(f"{WORD}rPr") for style in styled),
        *(run.find(f"{WORD}rPr") for run in parts["word/document.xml"].iter(f"{WORD}r")),
    ]
    for run in (run for run in runs if run is not None):
        for name in ("sz", "b", "i"):
            latin, other = run.find(f"{WORD}{name}"), run.find(f"{WORD}{name}Cs")
            assert (latin is None) == (other is None), ElementTree.tostring(run)
            assert latin is None or latin.attrib == other.attrib
    assert len(styled) == len(STYLED)
    properties = [
        text.attrib
        for style in open_xml(write_odt(document))["styles.xml"].iter(f"{STYLE}style")
        for text in style.iter(f"{STYLE}text-properties")
        if style.get(f"{STYLE}name") in ODF_STYLED and style.get(f"{STYLE}family") == "paragraph"
    ]
    assert len(properties) == len(ODF_STYLED)
    for values in properties:
        for name in ("font-size", "font-weight"):
            assert {values.get(f"{FO}{name}")} == {values.get(f"{STYLE}{name}-{script}") for script in SCRIPTS}
