"""Documents as `.odt`, for LibreOffice and whatever else reads OpenDocument."""

from __future__ import annotations

import datetime
from functools import cache, singledispatchmethod
from io import BytesIO
from typing import Any

from odfdo import Document, Element

from goodpractice.paper.moulds import Mould, hole, say
from goodpractice.paper.office import Grid, GridRow, OfficeDocument, OfficeHeading, Points, Words

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
#: Height of the row that names the columns.
_HEAD = 6
#: Stands for the day of each document: the library takes no text there.
_A_DAY = datetime.date(1111, 11, 11)
#: Pictures and settings of the template that say nothing of this document.
_LEFT_OUT = ("Thumbnails/", "Configurations2/", "manifest.rdf")
_POINTS = (
    '<text:list-style style:name="Points"><text:list-level-style-bullet text:level="1" text:bullet-char="\u2022">'
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="6mm" fo:text-indent="-4mm"/>'
    "</style:list-level-properties></text:list-level-style-bullet></text:list-style>"
)


def write_odt(document: OfficeDocument) -> bytes:
    """A document as an `.odt` file, which takes a millisecond. The same document gives the same bytes."""
    writer = _Writer(document)
    body = writer.write()
    return _prepare(document.language, document.brand, document.is_rtl).fill(
        body=body,
        styles="".join(writer.styles),
        pages="".join(writer.pages.values()),
        title=say(document.title),
        summary=say(document.summary),
        author=say(document.author),
        address=say(document.address),
        foot=say(document.foot),
        day=document.day.isoformat(),
    )


class _Writer:
    """Writes XML: the classes of the library take twenty times as long for a table.

    Attributes:
        styles: The styles that belong to what was written.
        pages: Styles of headings that begin a page, by level.
    """

    def __init__(self, document: OfficeDocument) -> None:
        self.document = document
        self.mode = _find_mode(document.is_rtl)
        self.styles: list[str] = []
        self.pages: dict[int, str] = {}
        self.grids = 0
        self.heights: set[int] = set()

    def write(self) -> str:
        title = _write_text('text:p text:style-name="Title"', self.document.title)
        return title + "".join(map(self._write, self.document.nodes))

    @singledispatchmethod
    def _write(self, node: Any) -> str:
        raise TypeError(f"{type(node).__name__} is no node")

    @_write.register
    def _write_words(self, node: Words) -> str:
        return _write_part(node)

    @_write.register
    def _write_heading(self, node: OfficeHeading) -> str:
        style = above = f"Heading_20_{node.level}"
        if node.own_page:
            style = f"Page_{node.level}"
            begins = 'fo:break-before="page" fo:margin-top="0pt"'
            self.pages.setdefault(node.level, _write_style(style, above, begins, level=node.level))
        return _write_text(f'text:h text:outline-level="{node.level}" text:style-name="{style}"', node.text)

    @_write.register
    def _write_points(self, node: Points) -> str:
        items = "".join(f"<text:list-item>{_write_part(Words(entry))}</text:list-item>" for entry in node.entries)
        return f'<text:list text:style-name="Points">{items}</text:list>'

    @_write.register
    def _write_grid(self, node: Grid) -> str:
        self.grids += 1
        name = f"Table{self.grids}"
        self._add_styles(name, node)
        for height in dict.fromkeys([*([_HEAD] if node.head else []), *(row.height for row in node.rows)]):
            self._add_height(height)
        columns = "".join(f'<table:table-column table:style-name="{name}.c{at}"/>' for at in range(len(node.widths)))
        head = ""
        if node.head:
            named = GridRow(tuple((Words(word),) for word in node.head), _HEAD)
            head = f"<table:table-header-rows>{_write_row(named, name, is_bold=True)}</table:table-header-rows>"
        rows = "".join(_write_row(row, name, row.is_total) for row in node.rows)
        return (
            f'<table:table table:name="{name}" table:style-name="{name}" xml:id="{name}">'
            f"{_write_text('table:title', node.name)}{columns}{head}{rows}</table:table>"
            # Two tables that touch would be one.
            f'<text:p text:style-name="{STYLES["gap"]}"/>'
        )

    def _add_height(self, height: int) -> None:
        if height not in self.heights:
            self.heights.add(height)
            self._add_style(
                f"Row{height}",
                "table-row",
                f'<style:table-row-properties style:min-row-height="{height}mm" fo:keep-together="always"/>',
            )

    def _add_styles(self, name: str, node: Grid) -> None:
        self._add_style(
            name,
            "table",
            f'<style:table-properties style:width="{_WIDTH}mm" table:align="margins" '
            f'style:writing-mode="{self.mode}"/>',
        )
        whole = sum(node.widths)
        for at, share in enumerate(node.widths):
            width = _WIDTH * share / whole
            self._add_style(
                f"{name}.c{at}",
                "table-column",
                f'<style:table-column-properties style:column-width="{width:.2f}mm"/>',
            )
        kind = "dashed" if node.is_cut else "solid"
        border = f'fo:border="0.75pt {kind} {self.document.line}" fo:padding="1mm"'
        self._add_style(f"{name}.cell", "table-cell", f"<style:table-cell-properties {border}/>")

    def _add_style(self, name: str, family: str, properties: str) -> None:
        self.styles.append(f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>')


@cache
def _prepare(language: str, brand: str, is_rtl: bool) -> Mould:
    """A document with holes."""
    file = Document("text")
    file.body.clear()
    for name in file.manifest.get_paths():
        if name.startswith(_LEFT_OUT):
            file.manifest.del_full_path(name)
    _set_styles(file, language, brand, is_rtl)
    _set_page(file.styles, is_rtl)
    file.body.text = hole("body")
    _find(file.content, "//office:automatic-styles").text = hole("styles")
    _find(file.styles, "//office:styles").children[-1].tail = hole("pages")
    _describe(file.meta, language)
    packed = BytesIO()
    file.save(packed)
    return Mould(packed.getvalue(), _LEFT_OUT, {_A_DAY.isoformat(): "day"})


def _describe(meta: Any, language: str) -> None:
    meta.title, meta.subject, meta.description = hole("title"), hole("summary"), hole("address")
    meta.creator = meta.initial_creator = hole("author")
    meta.language, meta.generator, meta.editing_cycles = _locale(language)[0], "goodpractice", 1
    meta.creation_date = meta.date = datetime.datetime.combine(_A_DAY, datetime.time())


def _set_styles(file: Any, language: str, brand: str, is_rtl: bool) -> None:
    spoken, country = _locale(language)
    for default in file.styles.get_elements("//style:default-style"):
        for texts in default.get_elements("style:text-properties"):
            texts.set_attribute("fo:language", spoken)
            texts.set_attribute("fo:country", country)
            texts.set_attribute("style:font-name", _FONT)
    text = f'style:font-name="{_FONT}" style:font-name-complex="{_FONT}"'
    heading = f'{text} fo:color="{brand}"'
    # LibreOffice takes `start` for the left, whatever the direction.
    side = "right" if is_rtl else "left"
    direction = f'style:writing-mode="{_find_mode(is_rtl)}" fo:text-align="{side}"'
    file.insert_style(_write_style("Standard", "", direction, f"{text} {_style_letters(11)}"))
    file.insert_style(_write_style("Text_20_body", "Standard", 'fo:margin-bottom="6pt"'))
    title = 'fo:margin-bottom="4pt" fo:keep-with-next="always"'
    file.insert_style(_write_style("Title", "Standard", title, f"{heading} {_style_letters(22, is_bold=True)}"))
    lead = f"{heading} {_style_letters(12)}"
    file.insert_style(_write_style("Subtitle", "Standard", 'fo:margin-bottom="6pt"', lead))
    for level, size in ((1, 14), (2, 12.5), (3, 11.5), (4, 11)):
        above = 'fo:margin-top="8pt" fo:margin-bottom="2pt" fo:keep-with-next="always"'
        letters = _style_letters(size, is_bold=True)
        file.insert_style(_write_style(f"Heading_20_{level}", "Standard", above, f"{heading} {letters}", level))
    for role, size in (("help", 8), ("example", 10.5), ("small", 9), ("gap", 4)):
        file.insert_style(_write_style(STYLES[role], "Standard", 'fo:margin-bottom="1pt"', _style_letters(size)))
    strong = _style_letters(10.5, is_bold=True)
    file.insert_style(_write_style(STYLES["strong"], "Standard", 'fo:margin-bottom="2pt"', strong))
    file.insert_style(_POINTS)
    # Headings of the template are numbered.
    for numbered in file.styles.get_elements("//text:outline-level-style"):
        for name in ("style:num-format", "style:num-suffix", "loext:num-list-format"):
            numbered.set_attribute(name, "")


def _write_style(name: str, parent: str, paragraph: str, text: str = "", level: int = 0) -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    outline = f' style:default-outline-level="{level}"' if level else ""
    letters = f" {text}" if text else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" '
        f'style:family="paragraph"{above}{outline} style:class="text">'
        f"<style:paragraph-properties {paragraph}/><style:text-properties{letters}/></style:style>"
    )


def _set_page(styles: Any, is_rtl: bool) -> None:
    layout = _find(styles, "//style:page-layout")
    page = _find(layout, "style:page-layout-properties")
    values = {"fo:page-width": "210mm", "fo:page-height": "297mm", "style:writing-mode": _find_mode(is_rtl)}
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
    footer = Element.from_tag(
        f'<style:footer><text:p text:style-name="{STYLES["small"]}">{hole("foot")} \u00b7'
        '<text:s/><text:page-number text:select-page="current">1</text:page-number><text:s/>/<text:s/>'
        "<text:page-count>1</text:page-count></text:p></style:footer>"
    )
    _find(styles, "//style:master-page").append(footer)


def _find_mode(is_rtl: bool) -> str:
    """The direction in which lines are written."""
    return "rl-tb" if is_rtl else "lr-tb"


def _find(parent: Any, query: str) -> Any:
    """What the template of odfdo holds for certain."""
    return parent.get_element(query)


def _write_text(tag: str, text: str) -> str:
    """An element that holds a text only; an empty one is written as the library does."""
    said = say(text)
    return f"<{tag}>{said}</{tag.partition(' ')[0]}>" if said else f"<{tag}/>"


def _write_part(words: Words, is_bold: bool = False) -> str:
    style = STYLES["strong" if is_bold else words.role]
    return _write_text(f'text:p text:style-name="{style}"', words.text)


def _write_row(row: GridRow, name: str, is_bold: bool) -> str:
    cells = "".join(
        f'<table:table-cell table:style-name="{name}.cell">'
        f"{''.join(_write_part(part, is_bold) for part in words or (Words(''),))}</table:table-cell>"
        for words in row.cells
    )
    return f'<table:table-row table:style-name="Row{row.height}">{cells}</table:table-row>'


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
