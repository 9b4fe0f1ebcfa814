"""Parts of a sheet: what people fill in, cut out, follow or hand out, on the screen and on paper.

What a part is follows from what it holds: `fields` make a form, `columns` a table, `cards` cards to cut out, `steps` a
plan with minutes; with none of them it is text. All texts are plain, a blank line begins a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from goodpractice.kinds.base import Id, Line, Prose, Record
from goodpractice.kinds.marks import ValuePath

#: What is written into one place of an example. Empty where nothing is documented.
Entry = Annotated[str, StringConstraints(max_length=1000)]
#: How much room a place has to write in, or how it is answered.
Size = Literal["line", "lines", "box", "number", "date", "tick", "choice", "scale"]
CellSize = Literal["line", "lines", "number", "date", "tick"]
#: The keys that make a part more than text.
SHAPES = ("fields", "columns", "cards", "steps")
#: What an example says of a single box that is ticked.
TICKED = "yes"

_AMOUNT = re.compile(
    r"(?P<before>\D*?)(?P<whole>\d{1,3}(?:[, \u00a0\u202f'\u2019]\d{3})+|\d+)(?:[.,](?P<part>\d{1,2}))?\D*", re.ASCII
)
_MINUS = re.compile(r"\W*[-\u2212]\W*", re.ASCII)


class AmountError(ValueError):
    """A text with digits in which nobody can tell which number is meant."""


def read_amount(text: str) -> Decimal | None:
    """The number in a text such as `£1,200.50` or `45 minutes`; nothing in one without digits.

    A comma or a point before one or two last digits begins the decimals; before three, a comma separates thousands.
    `gp-sheet.js` reads amounts in the same way.

    Raises:
        AmountError: It has digits, and not exactly one number.
    """
    if not re.search("[0-9]", text):
        return None
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise AmountError(text)
    amount = Decimal(f"{re.sub('[^0-9]', '', found['whole'])}.{found['part'] or 0}")
    return -amount if _MINUS.fullmatch(found["before"]) else amount


def split_ticks(text: str) -> tuple[str, ...]:
    """The choices that an example ticks."""
    return tuple(choice for part in text.split(";") if (choice := part.strip()))


def write_amount(amount: Decimal) -> str:
    """An amount with commas between thousands, and with two decimals where it is not whole."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


class FormField(Record):
    """A place in a form where somebody writes, ticks or chooses."""

    id: Id = Field(
        description="Permanent short name within the part: what people typed is kept on their devices under it."
    )
    ask: Line = Field(description="The question or the name of the field.")
    help: Line | None = Field(None, description="The explanation beside the field.")
    size: Size = Field(
        "line",
        description=(
            "Room to write: `line`, `lines` (three) or `box` (more); `number`; `date`; `tick` (one box, or one for "
            "each of `choices`); `choice` (one of `choices`); `scale` (one of `choices`, in a row)."
        ),
    )
    unit: Line | None = Field(None, description="What a `number` counts, for example £ or minutes.")
    choices: tuple[Line, ...] = Field((), description="What can be ticked or chosen, in order.")
    offers: Literal["theme"] | None = Field(
        None,
        description=(
            "Kind of records whose names answer it: each is listed with phrases in which readers put it, and those "
            "that fit what was written are found on demand."
        ),
    )
    example: Entry | None = Field(
        None,
        description=(
            "The field filled in; in a part with `sides`, by the community partner. Several ticked choices are "
            "separated by semicolons; one tick is `yes`."
        ),
    )
    example_ours: Entry | None = Field(None, description="In a part with `sides`, the other column filled in.")

    @property
    def examples(self) -> tuple[str, str]:
        """What the example says on either side, the partner's first."""
        return self.example or "", self.example_ours or ""

    def list_ticked(self, answer: str) -> tuple[str, ...]:
        """What an answer ticks or chooses."""
        return split_ticks(answer) if self.size == "tick" else (answer,) if answer else ()


class Column(Record):
    """A column of a table."""

    name: Line = Field(description="Its head.")
    size: CellSize = Field("line", description="Room to write: `line`, `lines`, `number`, `date` or `tick`.")
    unit: Line | None = Field(None, description="What a `number` counts, for example £ or minutes.")
    total: bool = Field(False, description="Whether its numbers are summed.")

    @property
    def title(self) -> str:
        """What stands above it: its name, with the unit of its numbers."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


class Row(Record):
    """A row of a table."""

    label: Line | None = Field(
        None, description="Fixed words in the first column; without them the first cell is filled in, too."
    )
    help: Line | None = Field(None, description="The explanation below the label.")
    example: tuple[Entry, ...] = Field(
        (), description="The cells filled in, one for each column but that of the label."
    )


class CutCard(Record):
    """A card to cut out."""

    title: Line | None = Field(None, description="A few words above its text.")
    text: Prose = Field(description="What it says or asks.")


class PlanStep(Record):
    """A step of a plan."""

    minutes: int = Field(ge=1, le=1440, description="How many minutes it takes.")
    title: Line = Field(description="What is done.")
    text: Prose | None = Field(None, description="How.")
    who: Line | None = Field(None, description="Who leads it.")


class Part(Record):
    """A part of a sheet, with a heading of its own."""

    id: Id = Field(description="Permanent short name within the sheet; the anchor of its heading.")
    title: Line = Field(description="Its heading.")
    text: Prose | None = Field(None, description="What to know before one begins; or the text itself, for a letter.")
    points: tuple[Line, ...] = Field((), description="A list below the text, one line each.")
    own_page: bool = Field(False, description="Whether it begins a page on paper, because it is handed out alone.")
    sides: bool = Field(
        False, description="Whether each field is asked of the community partner and of the other side."
    )
    fields: tuple[FormField, ...] = Field((), description="A form: its fields.")
    columns: tuple[Column, ...] = Field((), description="A table: its columns.")
    rows: tuple[Row, ...] = Field((), description="The rows of the table that are there from the beginning.")
    blank_rows: int = Field(0, ge=0, le=40, description="How many more rows of the table are empty.")
    example_total: Line | None = Field(
        None, description="What all summed columns of the example come to together, as its source says."
    )
    cards: tuple[CutCard, ...] = Field((), description="Cards to cut out.")
    blank_cards: int = Field(0, ge=0, le=40, description="How many more cards are empty.")
    minutes: int | None = Field(None, ge=1, le=1440, description="How long the steps take together, in minutes.")
    steps: tuple[PlanStep, ...] = Field((), description="A plan: its steps, in order.")

    @property
    def layout(self) -> str:
        """Which of `SHAPES` it has, or `text`."""
        return next((name for name in SHAPES if getattr(self, name)), "text")

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of its table, empty ones last."""
        return (*self.rows, *(Row() for __ in range(self.blank_rows)))

    @property
    def is_labelled(self) -> bool:
        """Whether the first column of its table holds fixed words."""
        return any(row.label for row in self.rows)

    @property
    def narrow(self) -> tuple[int, ...]:
        """The columns that need little room, by their place: those to tick, and short answers beside long ones."""
        has_lines = any(column.size == "lines" for column in self.columns)
        return tuple(
            at
            for at, column in enumerate(self.columns)
            if at >= self.is_labelled and (column.size == "tick" or (has_lines and column.size != "lines"))
        )

    @property
    def can_grow(self) -> bool:
        """Whether people may add rows on the screen: where the last one is theirs to name."""
        return bool(self.all_rows) and not self.all_rows[-1].label

    @property
    def empty_cards(self) -> range:
        """The numbers of its empty cards."""
        return range(1, self.blank_cards + 1)

    @property
    def starts(self) -> tuple[int, ...]:
        """After how many minutes each step begins."""
        return tuple(sum(step.minutes for step in self.steps[:at]) for at in range(len(self.steps)))

    @property
    def has_example(self) -> bool:
        """Whether anything in it is filled in."""
        return any(any(field.examples) for field in self.fields) or any(any(row.example) for row in self.rows)

    @property
    def is_filled_in(self) -> bool:
        """Whether it has places to fill in that an example could show."""
        return bool(self.fields or self.columns)

    def cells_of(self, row: Row) -> tuple[str, ...]:
        """What the example says in each column of a row, the label included; empty where it says nothing."""
        cells = (*((row.label,) if row.label else ()), *row.example)
        return (*cells, *[""] * len(self.columns))[: len(self.columns)]

    def sum_column(self, at: int) -> Decimal:
        """The sum of a column of the example; what is no number counts nothing."""
        return sum(self._read_column(at), Decimal(0))

    def _read_column(self, at: int) -> Iterator[Decimal]:
        for row in self.rows:
            try:
                yield read_amount(self.cells_of(row)[at]) or Decimal(0)
            except AmountError:
                continue

    @property
    def totals(self) -> tuple[int, ...]:
        """The columns that are summed, by their place."""
        return tuple(at for at, column in enumerate(self.columns) if column.total)

    @property
    def grand_unit(self) -> str | None:
        """The unit in which all summed columns are summed together; nothing for one column or for several units."""
        units = {self.columns[at].unit or "" for at in self.totals}
        return units.pop() if len(units) == 1 and len(self.totals) > 1 else None

    @property
    def grand_total(self) -> Decimal:
        """The sum of all summed columns of the example."""
        return sum(map(self.sum_column, self.totals), Decimal(0))

    @property
    def example_sums(self) -> tuple[str, ...]:
        """The last row of the example: the sum of each summed column, and nothing below the others."""
        return tuple(
            write_amount(self.sum_column(at)) if column.total else "" for at, column in enumerate(self.columns)
        )

    @property
    def example_whole(self) -> str:
        """The sum of all summed columns of the example, in words."""
        return write_amount(self.grand_total)


@cache
def _list_fields_of_parts(model: type[Record]) -> tuple[str, ...]:
    """The fields of a model that hold parts; looked for once for each model."""
    return tuple(name for name, info in model.model_fields.items() if _holds_part(info.annotation))


def _holds_part(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return True
    return any(map(_holds_part, get_args(annotation)))


def list_parts(record: Record) -> Iterator[tuple[ValuePath, Part]]:
    """The parts that a record of any kind holds, each with its path."""
    for name in _list_fields_of_parts(type(record)):
        value = getattr(record, name)
        if isinstance(value, Part):
            yield (name,), value
        elif isinstance(value, tuple):
            yield from (((name, at), part) for at, part in enumerate(value) if isinstance(part, Part))
