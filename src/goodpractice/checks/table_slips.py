"""Rows that were meant as a table: pasted from a spreadsheet, drawn with signs, or with cells that are lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.content.document import Document
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.markdown.code_spans import split_code

_DRAWN = re.compile(r"\s*\+(?:[-=]+\+)+\s*")
_ROW = re.compile(r"\s*\|.*\|\s*")
#: For a line without the space around it: two runs of space that may meet would cost the square of its length.
_RULER = re.compile(r"(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
#: What makes an entry of a list or a footnote; word processors put a tab behind it.
_MARKER = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)]|\[\^[^\[\]\s]{1,60}\]:)[ \t]+")
_TABS = re.compile(r"(?<=\S)[ ]?\t+[ ]?(?=\S)")
_BAR = re.compile(r"(?<!\\)\|")
#: A line that a spreadsheet may have saved: nothing stands behind what parts its values, where prose has a space.
_VALUES = re.compile(r"([,;])(?![ \t])[^\n]*\1(?![ \t]+\S)")
#: Numbers whose commas part no values: `1,000,000`.
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)")
#: What Markdown or HTML is made of, at the start of a line and in it: such a line is no row of plain values.
_MARKED = re.compile(r"[-+*#=>]|\d{1,9}[.)][ \t]")
_MARKUP = re.compile(r"[`<\[\]{}|]|://")
#: Cells of a row that a hint shows whole; wider tables are refused elsewhere.
_MOST_SHOWN = 8


def may_hold_rows(body: str) -> bool:
    """Whether a text has any sign of a table: what is looked for before its lines are taken apart."""
    return "|" in body or "\t" in body or "+-" in body or "+=" in body or _VALUES.search(body) is not None


def check_table_slips(document: Document, lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Diagnostic]:
    """Report rows that are shown as a run of text, and cells that are not shown at all.

    Args:
        document: The text.
        lines: Its lines.
        numbers: Those outside of code and of macro calls.
    """
    block: list[int] = []
    for number in [*numbers, len(lines) + 1]:
        if block and (number != block[-1] + 1 or number >= len(lines) or not lines[number].strip()):
            if any(may_hold_rows(lines[one]) for one in block):
                yield from _check_block(document, lines, block)
            block = []
        if number < len(lines) and lines[number].strip():
            block.append(number)


def _check_block(document: Document, lines: Sequence[str], block: list[int]) -> Iterator[Diagnostic]:
    # Most blocks are prose: each pattern is tried on lines that hold its sign.
    drawn = [number for number in block if "+" in lines[number] and _DRAWN.fullmatch(lines[number])]
    rows = [number for number in block if "|" in lines[number] and _ROW.fullmatch(lines[number])]
    ruler = next((number for number in block if "|" in lines[number] and _RULER.fullmatch(lines[number].strip())), None)
    tabbed = [number for number in block if "\t" in lines[number] and _TABS.search(_drop_marker(lines[number]))]
    if len(drawn) > 1:
        message = _("this table is drawn with signs, and is not shown as one")
        above = next((number for number in rows if number > drawn[0]), None)
        hint = _say_head(_split_row(lines[above])) if above is not None else ""
        yield document.diagnose(
            drawn[0], rules.NO_TABLE, message, hint or _("Write each row between bars: `| … | … |`.")
        )
    elif ruler is not None:
        yield from _check_cells(document, lines, block, ruler)
    elif len(rows) > 1:
        message = _("these rows are not shown as a table: the line below its first row is missing")
        hint = _("Write below this line: `{line}`.", line=_rule(len(_split_row(lines[rows[0]]))))
        yield document.diagnose(rows[0], rules.NO_TABLE, message, hint)
    elif len(tabbed) > 1 and tabbed[1] == tabbed[0] + 1:
        message = _("these rows were pasted from a table, and are shown as one run of text")
        hint = _say_head([cell.strip() for cell in _TABS.split(_drop_marker(lines[tabbed[0]]))])
        yield document.diagnose(tabbed[0], rules.NO_TABLE, message, hint)
    elif values := _find_values(lines, block):
        message = _("these rows are the values of a table, and are shown as one run of text")
        yield document.diagnose(values[0], rules.NO_TABLE, message, _say_head(values[1]))


def _find_values(lines: Sequence[str], block: list[int]) -> tuple[int, list[str]] | None:
    """The first of two rows with as many values, and its values."""
    for sign in ";,":
        above: list[str] = []
        for number in block:
            cells = _split_values(lines[number].strip(), sign)
            if len(cells) > 2 and len(cells) == len(above):
                return number - 1, above
            above = cells
    return None


def _split_values(line: str, sign: str) -> list[str]:
    """The values of a line, where a spreadsheet may have saved it."""
    if sign not in (_THOUSANDS.sub("", line) if sign == "," else line) or _MARKED.match(line) or _MARKUP.search(line):
        return []
    try:
        cells = next(csv.reader([line], delimiter=sign))
    except csv.Error:  # no spreadsheet saves such a line
        return []
    return cells if all(cell == cell.strip() for cell in cells) else []


def _check_cells(document: Document, lines: Sequence[str], block: list[int], ruler: int) -> Iterator[Diagnostic]:
    """A table whose line of hyphens does not fit: without the right number it is none, and later cells are dropped."""
    columns = len(_split_row(lines[ruler]))
    head = ruler - 1
    if head in block and (heads := len(_split_row(_drop_marker(lines[head])))) != columns:
        message = _(
            "this table has {heads} headings, and {columns} parts in the line below", heads=heads, columns=columns
        )
        hint = _("Write that line as `{line}`.", line=_rule(heads))
        yield document.diagnose(ruler, rules.NO_TABLE, message, hint)
        return
    for number in block:
        cells = _split_row(_hide_code(document, lines[number]))
        lost = [cell for cell in cells[columns:] if cell]
        if number > ruler and "|" in lines[number] and lost:
            message = _(
                "this row has {cells} cells, and the table {columns} columns: `{lost}` is not shown",
                cells=len(cells),
                columns=columns,
                lost=shorten(" | ".join(lost), 60),
            )
            hint = _("Give every row as many cells as the first. A bar that is part of a text is written `\\|`.")
            yield document.diagnose(number, rules.NO_TABLE, message, hint)


def _drop_marker(line: str) -> str:
    """What stands in an entry of a list or in a footnote; any other line as it is."""
    return line[found.end() :].strip() if (found := _MARKER.match(line)) else line.strip()


def _hide_code(document: Document, line: str) -> str:
    """A row whose code holds no bars: on pages of editors they part no cells there, and in stories they do."""
    if document.path.startswith(f"{CASE_STUDIES}/") or "`" not in line:
        return line
    return "".join(piece.replace("|", "/") if is_code else piece for piece, is_code in split_code(line))


def _split_row(line: str) -> list[str]:
    """The cells of a row, whether or not bars stand at its ends."""
    plain = line.strip().removeprefix("|")
    if plain.endswith("|") and not plain.endswith("\\|"):
        plain = plain[:-1]
    return [cell.strip() for cell in _BAR.split(plain)]


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


def _say_head(cells: list[str]) -> str:
    if len(cells) > _MOST_SHOWN:
        return _("Write each row between bars: `| … | … |`.")
    row = "| " + " | ".join(shorten(cell.replace("|", "\\|"), 30) for cell in cells) + " |"
    return _("Write `{row}`, below it `{line}`, and each row like the first.", row=row, line=_rule(len(cells)))
