"""The blocks of a page as a document for word processors: headings, paragraphs, lists and tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import singledispatch
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.typography import has_these_quotes, set_quotes_of_text
from goodpractice.kinds import blocks
from goodpractice.kinds.pack import SCHEDULE
from goodpractice.kinds.parts import FormField, Part, Row
from goodpractice.kinds.texts import Text
from goodpractice.kinds.views.sheets import OWN_PAGE, SHEET, SIDE_NAMES
from goodpractice.paper.document import cite
from goodpractice.paper.manuscript import Manuscript
from goodpractice.paper.office import Cell, Grid, GridRow, Node, OfficeDocument, OfficeHeading, Points, Words
from goodpractice.render.links import list_sources
from goodpractice.render.passages import list_passages, list_pieces
from goodpractice.render.stylesheet import list_tokens

#: Room to write by the size of a place, in millimetres.
_HEIGHTS = {"lines": 15, "box": 50}
#: Hundredths of the width for fixed words, and for a column that needs little room.
_LABELS, _NARROW = 30, 15
_EMPTY, _TICKED = "\u2610", "\u2612"
#: Where nothing says when its records changed.
_NO_DAY = datetime.date(1980, 1, 1)


def lay_out(manuscript: Manuscript) -> OfficeDocument:
    """A paper as a document for word processors."""
    kb, colours = manuscript.kb, {name: light for name, light, __ in list_tokens(manuscript.kb.settings.look)}
    foot = " \u00b7 ".join(filter(None, (manuscript.site_name, manuscript.address.partition("://")[2])))
    about = (Words(text, "small") for text in (cite(manuscript), manuscript.licence) if text)
    nodes = (*list_nodes(kb, manuscript.view), *about)
    return OfficeDocument(
        manuscript.title,
        manuscript.page.description,
        kb.language.code,
        kb.language.direction == "rtl",
        manuscript.site_name,
        manuscript.edition or _NO_DAY,
        manuscript.address,
        foot,
        colours["--gp-brand"],
        colours["--gp-line-strong"],
        _set_quotes(nodes) if has_these_quotes(kb.language.code) else nodes,
    )


def _set_quotes(value: Any) -> Any:
    """Nodes, or what they hold, with typographic marks in every text."""
    if isinstance(value, str):
        return set_quotes_of_text(value)
    if isinstance(value, tuple):
        return tuple(map(_set_quotes, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _set_quotes(getattr(value, field.name)) for field in fields(value)})
    return value


def list_nodes(kb: KnowledgeBase, view: Iterable[blocks.Block]) -> Iterator[Node]:
    """What blocks say, as nodes; what only a screen shows is left out."""
    for block in view:
        yield from _list(block, kb)


def _say(kb: KnowledgeBase, text: Text | None) -> str:
    return "".join(list_pieces(kb, text))


def _split(text: str | None) -> Iterator[Words]:
    for part in (text or "").split("\n\n"):
        if part.strip():
            yield Words(part)


@singledispatch
def _list(block: Any, kb: KnowledgeBase) -> Iterable[Node]:
    """What a block says in its passages, where nothing better is known."""
    for passage in list_passages(kb, (block,)):
        yield OfficeHeading(passage.text, passage.level) if passage.level else Words(passage.text)


@_list.register(blocks.Related)
@_list.register(blocks.Pagination)
@_list.register(blocks.Share)
def _list_nothing(block: Any, kb: KnowledgeBase) -> Iterable[Node]:
    return ()


@_list.register
def _list_head(block: blocks.Head, kb: KnowledgeBase) -> Iterable[Node]:
    """The title is that of the document."""
    if block.summary:
        yield Words(_say(kb, block.summary), "lead")
    for fact in block.facts:
        if fact.value:
            yield Words(f"{_say(kb, fact.name)}: {_say(kb, fact.value)}", "small")


@_list.register
def _list_paragraphs(block: blocks.Paragraphs, kb: KnowledgeBase) -> Iterable[Node]:
    return _split(block.text)


@_list.register
def _list_paragraph(block: blocks.Paragraph, kb: KnowledgeBase) -> Iterable[Node]:
    return (Words(_say(kb, block.text)),) if block.text else ()


@_list.register
def _list_section(block: blocks.Section, kb: KnowledgeBase) -> Iterable[Node]:
    inside = tuple(list_nodes(kb, block.blocks))
    # The title of the document is no heading: those of the second level are its first.
    own_page = block.role == OWN_PAGE
    return (OfficeHeading(block.title, block.level - 1, own_page), *inside) if inside else ()


@_list.register
def _list_facts(block: blocks.Facts, kb: KnowledgeBase) -> Iterable[Node]:
    rows = [
        GridRow(((Words(_say(kb, fact.name), "strong"),), (Words(_say(kb, fact.value)),)), 6)
        for fact in block.facts
        if fact.value
    ]
    return (Grid(block.title, (), tuple(rows), (2, 3)),) if rows else ()


@_list.register
def _list_links(block: blocks.Links, kb: KnowledgeBase) -> Iterable[Node]:
    return (Points(tuple(_say(kb, entry) for entry in block.entries)),) if block.entries else ()


@_list.register
def _list_source_list(block: blocks.SourceList, kb: KnowledgeBase) -> Iterable[Node]:
    sources = list_sources(kb, block.cited)
    said = tuple(", ".join(filter(None, (source.title, source.publisher, source.url))) for source in sources)
    return (OfficeHeading(kb.gettext("Sources"), 1), Points(said)) if said else ()


@_list.register
def _list_widget(block: blocks.Widget, kb: KnowledgeBase) -> Iterable[Node]:
    if block.name == SCHEDULE:
        return (_lay_schedule(kb, block.values),)
    if block.name != SHEET:
        return _list.dispatch(object)(block, kb)
    level, is_filled = block.values["level"] - 1, block.values["shown"] == "filled"
    parts = block.values["parts"]
    return [node for part in parts for node in list_part(kb, part, level, is_filled, is_first=part is parts[0])]


def list_part(kb: KnowledgeBase, part: Part, level: int, is_filled: bool, is_first: bool) -> Iterator[Node]:
    """A part of a sheet.

    Args:
        kb: The knowledge base, in the language of the page.
        part: The part.
        level: The level of its heading.
        is_filled: Whether its places hold what the example says, or room to write.
        is_first: Whether nothing of the sheet stands before it.
    """
    yield OfficeHeading(part.title, level, part.own_page and not is_filled and not is_first)
    yield from _split(part.text)
    if part.points:
        yield Points(part.points)
    if part.layout != "text":
        yield {"fields": _lay_form, "columns": _lay_table, "cards": _lay_cards, "steps": _lay_steps}[part.layout](
            kb, part, is_filled
        )


def _lay_form(kb: KnowledgeBase, part: Part, is_filled: bool) -> Grid:
    sides = tuple(kb.gettext(side) for side in SIDE_NAMES) if part.sides else (kb.gettext("Answer"),)
    rows = []
    for field in part.fields:
        question = f"{field.ask} ({field.unit})" if field.unit else field.ask
        asked = (Words(question, "strong"), *((Words(field.help, "help"),) if field.help else ()))
        answers = tuple(_lay_answer(field, example, is_filled) for example in field.examples[: len(sides)])
        rows.append(GridRow((asked, *answers), _HEIGHTS.get(field.size, 8)))
    return Grid(part.title, (kb.gettext("Question"), *sides), tuple(rows), (3, 4, 4) if part.sides else (3, 4))


def _lay_answer(field: FormField, example: str, is_filled: bool) -> Cell:
    shown = example if is_filled else ""
    if field.choices:
        ticked = field.list_ticked(shown)
        return tuple(Words(f"{_TICKED if choice in ticked else _EMPTY} {choice}") for choice in field.choices)
    if field.size == "tick":
        return (Words(_TICKED if shown else _EMPTY),)
    return (Words(shown, "example"),) if shown else ()


def _lay_table(kb: KnowledgeBase, part: Part, is_filled: bool) -> Grid:
    rows = [_lay_row(part, row, is_filled) for row in (part.rows if is_filled else part.all_rows)]
    if part.totals:
        sums = part.example_sums if is_filled else ("",) * len(part.columns)
        cells = [(Words(text),) if text else () for text in sums]
        if not part.columns[0].total:
            cells[0] = (Words(kb.gettext("Total")),)
        rows.append(GridRow(tuple(cells), is_total=True))
    if part.grand_unit is not None:
        whole = part.example_whole if is_filled else ""
        said = kb.gettext("Together") + (f" ({part.grand_unit})" if part.grand_unit else "")
        cells = [()] * len(part.columns)
        cells[0] = (Words(f"{said}: {whole}" if whole else said),)
        rows.append(GridRow(tuple(cells), is_total=True))
    return Grid(part.title, tuple(column.title for column in part.columns), tuple(rows), _share_width(part))


def _share_width(part: Part) -> tuple[int, ...]:
    """The hundredths of the width that each column of a table takes: those of the stylesheets of pages and PDFs."""
    shares = dict.fromkeys(part.narrow, _NARROW) | ({0: _LABELS} if part.is_labelled else {})
    wide = (100 - sum(shares.values())) // (len(part.columns) - len(shares) or 1)
    return tuple(shares.get(at, wide) for at in range(len(part.columns)))


def _lay_row(part: Part, row: Row, is_filled: bool) -> GridRow:
    cells: list[Cell] = []
    for at, (column, text) in enumerate(zip(part.columns, part.cells_of(row), strict=True)):
        if at == 0 and row.label:
            cells.append((Words(row.label, "strong"), *((Words(row.help, "help"),) if row.help else ())))
        elif column.size == "tick":
            cells.append((Words(_TICKED if is_filled and text else _EMPTY),))
        else:
            cells.append((Words(text, "example"),) if is_filled and text else ())
    return GridRow(tuple(cells), max(_HEIGHTS.get(column.size, 8) for column in part.columns))


def _lay_cards(kb: KnowledgeBase, part: Part, is_filled: bool) -> Grid:
    cards: list[Cell] = [
        (*((Words(card.title, "strong"),) if card.title else ()), *_split(card.text)) for card in part.cards
    ]
    cards += [()] * (part.blank_cards + (len(cards) + part.blank_cards) % 2)
    rows = (GridRow((cards[at], cards[at + 1]), 44) for at in range(0, len(cards), 2))
    return Grid(part.title, (), tuple(rows), (1, 1), is_cut=True)


def _lay_steps(kb: KnowledgeBase, part: Part, is_filled: bool) -> Grid:
    has_leads = any(step.who for step in part.steps)
    rows = []
    for start, step in zip(part.starts, part.steps, strict=True):
        time = kb.gettext("{start} to {end} minutes", start=start, end=start + step.minutes)
        cells: list[Cell] = [(Words(time),), (Words(step.title, "strong"), *_split(step.text))]
        rows.append(GridRow((*cells, *(((Words(step.who or ""),),) if has_leads else ()))))
    head = (kb.gettext("When"), kb.gettext("What"), *((kb.gettext("Led by"),) if has_leads else ()))
    return Grid(part.title, head, tuple(rows), (2, 6, 2) if has_leads else (2, 8))


def _lay_schedule(kb: KnowledgeBase, plan: Mapping[str, Any]) -> Grid:
    """The plan of a meeting: a column for each length, with a dash where a step is left out."""
    lengths = tuple(map(str, plan["lengths"]))
    rows = []
    for step in plan["steps"]:
        words = [Words(step["title"], "strong"), *_split(step["text"])]
        words += [Words(f"{kb.gettext('Say')}: {step['say']}", "example")] if step["say"] else []
        words += [Words(f"{kb.gettext('Needs')}: {step['needs']}", "help")] if step["needs"] else []
        minutes = ((Words(str(number) if number else "\u2013", "strong"),) for number in step["minutes"])
        rows.append(GridRow((tuple(words), *minutes)))
    total = GridRow(((Words(kb.gettext("Total")),), *((Words(length),) for length in lengths)), is_total=True)
    return Grid(kb.gettext("Plan of the meeting"), (kb.gettext("Step"), *lengths), (*rows, total), (17, 1, 1, 1))
