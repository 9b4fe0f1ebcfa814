"""Documents as `.docx`, for Word and whatever else reads it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, singledispatchmethod
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from goodpractice.paper.characters import clean
from goodpractice.paper.moulds import Mould, hole, say, say_attribute
from goodpractice.paper.office import Grid, GridRow, OfficeDocument, OfficeHeading, Points, Words

#: A font that every word processor has, or has a twin of with the same widths.
FONT = "Arial"
#: Names of the styles of paragraphs, by role. Those that Word has itself keep their names.
STYLES = {
    "body": "Normal",
    "lead": "Subtitle",
    "strong": "Question",
    "help": "Explanation",
    "example": "Example",
    "small": "Small print",
    "gap": "Gap",
}
_MARGIN, _WIDTH = Mm(16), Mm(210 - 2 * 16)
#: Stands for the day of each document: the library takes no text there.
_A_DAY = datetime.date(1111, 11, 11)
#: Of the styles of tables in the template: the one of every table, and ours.
_TABLES = ("Normal Table", "Table Grid")


def write_docx(document: OfficeDocument) -> bytes:
    """A document as a `.docx` file, which takes two milliseconds. The same document gives the same bytes."""
    mould, style_ids = _prepare(document.language, document.brand, document.is_rtl)
    return mould.fill(
        body=_Writer(document, style_ids).write(),
        # Properties of a Word file hold 255 characters.
        title=escape(clean(document.title)[:255]),
        summary=escape(clean(document.summary)[:255]),
        author=escape(clean(document.author)[:255]),
        address=escape(clean(document.address)[:255]),
        foot=say(document.foot),
        day=document.day.isoformat(),
    )


class _Writer:
    """Writes XML: the classes of the library take ten times as long."""

    def __init__(self, document: OfficeDocument, style_ids: Mapping[str, str]) -> None:
        self.document = document
        self.style_ids = style_ids

    def write(self) -> str:
        title = self._write_paragraph(self.document.title, "Title")
        return title + "".join(map(self._write, self.document.nodes))

    def _write_paragraph(self, text: str, style: str, more: str = "") -> str:
        said = say(text)
        return f"<w:p>{self._name_style(style, more)}{said and f'<w:r><w:t>{said}</w:t></w:r>'}</w:p>"

    def _name_style(self, style: str, more: str = "") -> str:
        if style == STYLES["body"]:  # which is that of every paragraph
            return ""
        return f'<w:pPr><w:pStyle w:val="{self.style_ids[style]}"/>{more}</w:pPr>'

    @singledispatchmethod
    def _write(self, node: Any) -> str:
        raise TypeError(f"{type(node).__name__} is no node")

    @_write.register
    def _write_words(self, node: Words) -> str:
        return self._write_paragraph(node.text, STYLES[node.role])

    @_write.register
    def _write_heading(self, node: OfficeHeading) -> str:
        return self._write_paragraph(
            node.text, f"Heading {node.level}", "<w:pageBreakBefore/>" if node.own_page else ""
        )

    @_write.register
    def _write_points(self, node: Points) -> str:
        return "".join(self._write_paragraph(entry, "List Bullet") for entry in node.entries)

    @_write.register
    def _write_grid(self, node: Grid) -> str:
        whole = sum(node.widths)
        widths = [Emu(int(_WIDTH * share / whole)).twips for share in node.widths]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(self._write_row(row, widths) for row in node.rows)
        if node.head:
            named = GridRow(tuple((Words(name),) for name in node.head), height=6, is_total=True)
            rows = self._write_row(named, widths, "<w:tblHeader/>") + rows
        # Two tables that touch would be one.
        gap = self._write_paragraph("", STYLES["gap"])
        properties = self._write_properties(node)
        return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{gap}"

    def _write_properties(self, node: Grid) -> str:
        """The properties of a table, in the only order in which Word takes them."""
        kind, colour = "dashed" if node.is_cut else "single", self.document.line.lstrip("#")
        borders = "".join(
            f'<w:{side} w:val="{kind}" w:sz="6" w:space="0" w:color="{colour}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        margins = "".join(f'<w:{side} w:w="40" w:type="dxa"/>' for side in ("top", "bottom"))
        return (
            f'<w:tblPr><w:tblStyle w:val="{self.style_ids["Table Grid"]}"/>'
            f"{'<w:bidiVisual/>' if self.document.is_rtl else ''}"
            f'<w:tblW w:type="auto" w:w="0"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" '
            f'w:lastRow="0" w:noHBand="0" w:noVBand="1" w:val="04A0"/>'
            f'<w:tblCaption w:val="{say_attribute(node.name)}"/></w:tblPr>'
        )

    def _write_row(self, row: GridRow, widths: Sequence[int], more: str = "") -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
            f"{''.join(self._write_part(part, row.is_total) for part in words) or '<w:p/>'}</w:tc>"
            for words, width in zip(row.cells, widths, strict=True)
        )
        height = f'<w:trHeight w:val="{Mm(row.height).twips}" w:hRule="atLeast"/>'
        return f"<w:tr><w:trPr>{height}<w:cantSplit/>{more}</w:trPr>{cells}</w:tr>"

    def _write_part(self, words: Words, is_bold: bool) -> str:
        letters, said = "<w:rPr><w:b/><w:bCs/></w:rPr>" if is_bold else "<w:rPr/>", say(words.text)
        return f"<w:p>{self._name_style(STYLES[words.role])}<w:r>{letters}{said and f'<w:t>{said}</w:t>'}</w:r></w:p>"


@cache
def _prepare(language: str, brand: str, is_rtl: bool) -> tuple[Mould, dict[str, str]]:
    """A document with holes, and the ids of its styles by name."""
    file = Document()
    parts = file.part.package.rels
    for thumbnail in [id for id, part in parts.items() if part.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del parts[thumbnail]
    _drop_unused(file)
    # A file of Word 2013 or later: older ones are opened as such, and their tables stick out at the side.
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    _set_styles(file.styles, language, RGBColor.from_string(brand.lstrip("#").upper()), is_rtl)
    style_ids = {style.name: style.style_id for style in file.styles}
    _describe(file.core_properties, language)
    _set_page(file.sections[0], style_ids)
    file.element.body.text = hole("body")
    packed = BytesIO()
    file.save(packed)
    return Mould(packed.getvalue(), holes={_A_DAY.isoformat(): "day"}), style_ids


def _drop_unused(file: Any) -> None:
    """Leave out nine tenths of the template: a copy of the styles for an older Word, and tables in all colours."""
    related = file.part.rels
    for copy in [id for id, part in related.items() if part.reltype.endswith("/stylesWithEffects")]:
        del related[copy]
    for style in [style for style in file.styles if style.type == WD_STYLE_TYPE.TABLE]:
        if style.name not in _TABLES:
            style.delete()


def _describe(properties: Any, language: str) -> None:
    properties.title, properties.subject = hole("title"), hole("summary")
    properties.author = properties.last_modified_by = hole("author")
    properties.comments, properties.keywords = hole("address"), ""
    properties.language, properties.revision = language, 1
    properties.created = properties.modified = datetime.datetime.combine(_A_DAY, datetime.time())


def _set_page(section: Any, style_ids: Mapping[str, str]) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    foot = section.footer.paragraphs[0]
    foot._p.style = style_ids[STYLES["small"]]
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    foot.add_run(f"{hole('foot')} \u00b7 ")
    _add_field(foot, "PAGE")
    foot.add_run(" / ")
    _add_field(foot, "NUMPAGES")


def _set_styles(styles: Any, language: str, brand: RGBColor, is_rtl: bool) -> None:
    defaults = styles.element.find(qn("w:docDefaults")).find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    spoken = defaults.find(qn("w:lang"))
    spoken.set(qn("w:val"), _locale(language))
    spoken.set(qn("w:bidi"), _locale(language))
    for name in ("Normal", "Title", "Subtitle", *(f"Heading {level}" for level in range(1, 5))):
        _set_font(styles[name])
        if name != "Normal":
            styles[name].font.color.rgb = brand
    _set_size(styles["Normal"], 11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (
        ("Title", 22),
        ("Heading 1", 14),
        ("Heading 2", 12.5),
        ("Heading 3", 11.5),
        ("Subtitle", 12),
    ):
        _set_size(styles[name], size)
        styles[name].font.italic = styles[name].font.cs_italic = False
        _drop(styles[name].element, "w:spacing", within="w:rPr")
    styles["Title"].paragraph_format.space_after = Pt(4)
    _set_bold(styles["Title"].font, True)
    _drop(styles["Title"].element, "w:pBdr", within="w:pPr")
    for level in range(1, 5):
        above = styles[f"Heading {level}"].paragraph_format
        above.space_before, above.space_after = Pt(8), Pt(2)
    for role, size in (("strong", 10.5), ("help", 8), ("example", 10.5), ("small", 9), ("gap", 4)):
        style = styles.add_style(STYLES[role], WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_size(style, size)
        _set_bold(style.font, role == "strong" or None)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(1), 1.0
    if is_rtl:
        _set(styles["Normal"].element.get_or_add_pPr(), "w:bidi", _AFTER_BIDI)
        _set(defaults, "w:rtl", ("w:lang",))


def _locale(code: str) -> str:
    """The language as Word knows it: English without a country is that of this handbook."""
    return "en-GB" if code == "en" else code


def _set_font(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)


def _set_size(style: Any, points: float) -> None:
    """Set the size of letters, also of Arabic, Hebrew and Indian ones, which have one of their own in Word."""
    style.font.size = Pt(points)
    properties = style.element.get_or_add_rPr()
    for former in properties.findall(qn("w:szCs")):
        properties.remove(former)
    properties.find(qn("w:sz")).addnext(_make("w:szCs", **{"w:val": str(round(points * 2))}))


def _set_bold(font: Any, is_bold: bool | None) -> None:
    font.bold = font.cs_bold = is_bold


#: What follows an element in its parent: Word takes them in one order only.
_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _make(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _set(parent: Any, tag: str, before: Iterable[str] = (), **attributes: str) -> Any:
    element = _make(tag, **attributes)
    later = {qn(name) for name in before}
    follows = next((child for child in parent if child.tag in later), None)
    parent.append(element) if follows is None else follows.addprevious(element)
    return element


def _drop(style: Any, tag: str, within: str) -> None:
    for found in style.findall(f"{qn(within)}/{qn(tag)}"):
        found.getparent().remove(found)


def _add_field(paragraph: Any, name: str) -> None:
    for kind in ("begin", "", "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind == "":
            instruction = _set(run._r, "w:instrText")
            instruction.text = f" {name} "
        elif kind != "text":
            _set(run._r, "w:fldChar", **{"w:fldCharType": kind})
