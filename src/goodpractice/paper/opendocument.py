"""Documents as `.odt`, for LibreOffice and whatever else reads OpenDocument."""

from __future__ import annotations

import datetime
from functools import singledispatchmethod
from io import BytesIO
from typing import Any

from odfdo import Cell as OdfCell
from odfdo import Document, Element, Header, List, ListItem, Paragraph
from odfdo import Row as OdfRow
from odfdo import Table as OdfTable

from goodpractice.paper.archives import pack_again
from goodpractice.paper.characters import clean
from goodpractice.paper.office import Grid, GridRow, Heading, OfficeDocument, Points, Words

#: Names of the styles of paragraphs, by role.
STYLES = {
    "body": "Text_20_body",
    "lead": "Subtitle",
    "strong": "Question",
    "help": "Explanation",
    "example": "Example",
    "small": "Small_20_print",
    "gap": "Gap",
}
_FONT = "Liberation Sans"
#: Letters of East Asia, and those that are joined or written from the right.
_SCRIPTS = ("asian", "complex")
_MARGIN, _WIDTH = 16, 210 - 2 * 16
#: Pictures and settings of the template that say nothing of this document.
_LEFT_OUT = ("Thumbnails/", "Configurations2/", "manifest.rdf")
_POINTS = (
    '<text:list-style style:name="Points"><text:list-level-style-bullet text:level="1" text:bullet-char="\u2022">'
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="6mm" fo:text-indent="-4mm"/>'
    "</style:list-level-properties></text:list-level-style-bullet></text:list-style>"
)


def write_odt(document: OfficeDocument) -> bytes:
    """A document as an `.odt` file, which takes 50 ms. The same document gives the same bytes."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: OfficeDocument) -> None:
        self.document = document
        self.file = Document("text")
        self.body = self.file.body
        self.grids = 0

    def write(self) -> bytes:
        self.body.clear()
        for name in self.file.manifest.get_paths():
            if name.startswith(_LEFT_OUT):
                self.file.manifest.del_full_path(name)
        self._set_styles()
        self._set_page()
        self.body.append(Paragraph(clean(self.document.title), style="Title", formatted=False))
        for node in self.document.nodes:
            self._add(node)
        self._describe()
        packed = BytesIO()
        self.file.save(packed)
        return pack_again(packed.getvalue(), _LEFT_OUT)

    def _describe(self) -> None:
        document, meta = self.document, self.file.meta
        midnight = datetime.datetime.combine(document.day, datetime.time())
        meta.title, meta.subject, meta.description = map(clean, (document.title, document.summary, document.address))
        meta.creator = meta.initial_creator = clean(document.author)
        meta.language, meta.generator, meta.editing_cycles = _locale(document.language)[0], "goodpractice", 1
        meta.creation_date, meta.date = midnight, midnight

    def _set_styles(self) -> None:
        language, country = _locale(self.document.language)
        for default in self.file.styles.get_elements("//style:default-style"):
            for texts in default.get_elements("style:text-properties"):
                texts.set_attribute("fo:language", language)
                texts.set_attribute("fo:country", country)
                texts.set_attribute("style:font-name", _FONT)
        brand, mode = self.document.brand, "rl-tb" if self.document.is_rtl else "lr-tb"
        text = f'style:font-name="{_FONT}" style:font-name-complex="{_FONT}"'
        heading = f'{text} fo:color="{brand}"'
        # LibreOffice takes `start` for the left, whatever the direction.
        side = "right" if self.document.is_rtl else "left"
        direction = f'style:writing-mode="{mode}" fo:text-align="{side}"'
        self._insert("Standard", "", direction, f"{text} {_style_letters(11)}")
        self._insert("Text_20_body", "Standard", 'fo:margin-bottom="6pt"')
        title = 'fo:margin-bottom="4pt" fo:keep-with-next="always"'
        self._insert("Title", "Standard", title, f"{heading} {_style_letters(22, is_bold=True)}")
        self._insert("Subtitle", "Standard", 'fo:margin-bottom="6pt"', f"{heading} {_style_letters(12)}")
        for level, size in ((1, 14), (2, 12.5), (3, 11.5), (4, 11)):
            above = 'fo:margin-top="8pt" fo:margin-bottom="2pt" fo:keep-with-next="always"'
            letters = _style_letters(size, is_bold=True)
            self._insert(f"Heading_20_{level}", "Standard", above, f"{heading} {letters}", level)
        for role, size in (("help", 8), ("example", 10.5), ("small", 9), ("gap", 4)):
            self._insert(STYLES[role], "Standard", 'fo:margin-bottom="1pt"', _style_letters(size))
        strong = _style_letters(10.5, is_bold=True)
        self._insert(STYLES["strong"], "Standard", 'fo:margin-bottom="2pt"', strong)

        self.file.insert_style(_POINTS)
        # Headings of the template are numbered.
        for numbered in self.file.styles.get_elements("//text:outline-level-style"):
            for name in ("style:num-format", "style:num-suffix", "loext:num-list-format"):
                numbered.set_attribute(name, "")

    def _insert(self, name: str, parent: str, paragraph: str, text: str = "", level: int = 0) -> None:
        above = f' style:parent-style-name="{parent}"' if parent else ""
        outline = f' style:default-outline-level="{level}"' if level else ""
        self.file.insert_style(
            f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" '
            f'style:family="paragraph"{above}{outline} style:class="text">'
            f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
        )

    def _set_page(self) -> None:
        layout = _find(self.file.styles, "//style:page-layout")
        page = _find(layout, "style:page-layout-properties")
        mode = "rl-tb" if self.document.is_rtl else "lr-tb"
        values = {"fo:page-width": "210mm", "fo:page-height": "297mm", "style:writing-mode": mode}
        values |= {f"fo:margin-{side}": f"{_MARGIN}mm" for side in ("top", "bottom", "left", "right")}
        for name, value in values.items():
            page.set_attribute(name, value)
        for old in layout.get_elements("style:footer-style"):
            layout.delete(old)
        layout.append(
            Element.from_tag(
                '<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="4mm"/>'
                "</style:footer-style>"
            )
        )
        foot = Paragraph(f"{clean(self.document.foot)} \u00b7 ", style=STYLES["small"], formatted=False)
        foot.append(Element.from_tag('<text:page-number text:select-page="current">1</text:page-number>'))
        foot.append(" / ")
        foot.append(Element.from_tag("<text:page-count>1</text:page-count>"))
        footer = Element.from_tag("<style:footer/>")
        footer.append(foot)
        _find(self.file.styles, "//style:master-page").append(footer)

    @singledispatchmethod
    def _add(self, node: Any) -> None:
        raise TypeError(f"{type(node).__name__} is no node")

    @_add.register
    def _add_words(self, node: Words) -> None:
        self.body.append(_say(node))

    @_add.register
    def _add_heading(self, node: Heading) -> None:
        style = f"Heading_20_{node.level}"
        if node.own_page:
            style = f"Page_{node.level}"
            if self.file.get_style("paragraph", style) is None:
                above = f"Heading_20_{node.level}"
                self._insert(style, above, 'fo:break-before="page" fo:margin-top="0pt"', level=node.level)
        header = Header(node.level, clean(node.text), formatted=False)
        header.set_attribute("text:style-name", style)
        self.body.append(header)

    @_add.register
    def _add_points(self, node: Points) -> None:
        listed = List(style="Points")
        for entry in node.entries:
            item = ListItem()
            item.append(Paragraph(clean(entry), style=STYLES["body"], formatted=False))
            listed.append(item)
        self.body.append(listed)

    @_add.register
    def _add_grid(self, node: Grid) -> None:
        self.grids += 1
        name = f"Table{self.grids}"
        self._set_table(name, node)
        table = OdfTable(name, style=name)
        table.set_attribute("xml:id", name)
        title = Element.from_tag("<table:title/>")
        title.text = clean(node.name)
        table.append(title)
        for at in range(len(node.widths)):
            table.append(Element.from_tag(f'<table:table-column table:style-name="{name}.c{at}"/>'))
        if node.head:
            rows = Element.from_tag("<table:table-header-rows/>")
            rows.append(self._lay_row(GridRow(tuple((Words(head),) for head in node.head), 6), name, is_bold=True))
            table.append(rows)
        for row in node.rows:
            table.append(self._lay_row(row, name, row.is_total))
        self.body.append(table)
        # Two tables that touch would be one.
        self.body.append(Paragraph("", style=STYLES["gap"]))

    def _lay_row(self, row: GridRow, name: str, is_bold: bool) -> Any:
        laid = OdfRow(style=f"Row{row.height}")
        if self.file.get_style("table-row", f"Row{row.height}") is None:
            self._automatic(
                f"Row{row.height}",
                "table-row",
                f'<style:table-row-properties style:min-row-height="{row.height}mm" fo:keep-together="always"/>',
            )
        for words in row.cells:
            cell = OdfCell(style=f"{name}.cell")
            for part in words or (Words(""),):
                cell.append(_say(part, is_bold))
            laid.append(cell)
        return laid

    def _set_table(self, name: str, node: Grid) -> None:
        mode = "rl-tb" if self.document.is_rtl else "lr-tb"
        self._automatic(
            name,
            "table",
            f'<style:table-properties style:width="{_WIDTH}mm" table:align="margins" style:writing-mode="{mode}"/>',
        )
        whole = sum(node.widths)
        for at, share in enumerate(node.widths):
            width = _WIDTH * share / whole
            self._automatic(
                f"{name}.c{at}",
                "table-column",
                f'<style:table-column-properties style:column-width="{width:.2f}mm"/>',
            )
        kind = "dashed" if node.is_cut else "solid"
        border = f'fo:border="0.75pt {kind} {self.document.line}" fo:padding="1mm"'
        self._automatic(f"{name}.cell", "table-cell", f"<style:table-cell-properties {border}/>")

    def _automatic(self, name: str, family: str, properties: str) -> None:
        style = f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'
        self.file.insert_style(style, automatic=True)


def _find(parent: Any, query: str) -> Any:
    """What the template of odfdo holds for certain."""
    return parent.get_element(query)


def _say(words: Words, is_bold: bool = False) -> Any:
    return Paragraph(clean(words.text), style=STYLES["strong" if is_bold else words.role], formatted=False)


def _style_letters(size: float, is_bold: bool = False) -> str:
    """Attributes for the size and the weight of letters, those of Chinese and of Arabic included."""
    styled = [f'fo:font-size="{size}pt"']
    styled += [f'style:font-size-{script}="{size}pt"' for script in _SCRIPTS]
    if is_bold:
        styled += ['fo:font-weight="bold"', *(f'style:font-weight-{script}="bold"' for script in _SCRIPTS)]
    return " ".join(styled)


def _locale(code: str) -> tuple[str, str]:
    """The language and the country; English without a country is that of this handbook."""
    language, _, country = code.partition("-")
    return language, country or ("GB" if language == "en" else "none")
