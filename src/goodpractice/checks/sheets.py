"""Parts of sheets: each has one shape, its minutes and sums add up, and its example fits the places that it fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from goodpractice.content.document import Origin
from goodpractice.content.fields import ValuePath
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy, join_lazy_or
from goodpractice.kinds.parts import (
    SHAPES,
    TICKED,
    AmountError,
    FormField,
    Part,
    list_parts,
    read_amount,
    split_ticks,
    write_amount,
)
from goodpractice.kinds.registry import KINDS

#: Kinds whose records say where their example comes from: they never go without one.
_WITH_EXAMPLES = frozenset(kind.id for kind in KINDS.values() if "example_note" in kind.model.model_fields)
#: What says something only in a part with another key: the key without which it is idle, by its name.
_IDLE = {"sides": "fields", "rows": "columns", "blank_rows": "columns", "example_total": "columns", "minutes": "steps"}


def check_sheets(kb: KnowledgeBase, keys: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """What is wrong with the parts of records.

    Args:
        kb: The knowledge base.
        keys: The records to look at, by kind and id.
    """
    for kind, record_id in keys:
        record = kb.table(kind).raw[record_id]
        parts = list(list_parts(record))
        if not parts:
            continue
        origin = kb.origins[kind, record_id]
        yield from _check_names(origin, [((*path, "id"), part.id) for path, part in parts])
        for path, part in parts:
            yield from _check_part(part, replace(origin, base=(*origin.base, *path)))
        if kind in _WITH_EXAMPLES:
            yield from _check_example(origin, [part for __, part in parts], record.example_note)


def _check_names(origin: Origin, named: Sequence[tuple[ValuePath, str]]) -> Iterator[Diagnostic]:
    """Names that stand twice: what people typed at the one would be shown at the other."""
    known: set[str] = set()
    for where, name in named:
        if name in known:
            message = _("`{name}` stands here a second time", name=name)
            hint = _("Give it another name: what people type is kept under it.")
            yield origin.diagnose(where, rules.DUPLICATE_ID, message, hint)
        known.add(name)


def _check_part(part: Part, origin: Origin) -> Iterator[Diagnostic]:
    yield from _check_shape(part, origin)
    yield from _check_names(origin, [(("fields", at, "id"), field.id) for at, field in enumerate(part.fields)])
    yield from _check_names(origin, [(("columns", at, "name"), column.name) for at, column in enumerate(part.columns)])
    labels = [(("rows", at, "label"), row.label) for at, row in enumerate(part.rows) if row.label]
    yield from _check_names(origin, labels)
    for at, field in enumerate(part.fields):
        yield from _check_field(field, replace(origin, base=(*origin.base, "fields", at)), part.sides)
    if part.columns:
        yield from _check_rows(part, origin, bool(labels))
    if part.steps:
        yield from _check_minutes(part, origin)


def _check_shape(part: Part, origin: Origin) -> Iterator[Diagnostic]:
    given = [name for name in SHAPES if getattr(part, name)]
    if len(given) > 1:
        message = _("one part holds {names}", names=join_lazy([f"`{name}`" for name in given]))
        hint = _("Make a part of each, with an id and a title of its own.")
        yield origin.diagnose((given[1],), rules.PART_SHAPE, message, hint)
    for name, needed in _IDLE.items():
        if getattr(part, name) and needed not in given:
            message = _("`{name}` says nothing in a part without `{needed}`", name=name, needed=needed)
            yield origin.diagnose((name,), rules.PART_SHAPE, message, _("Delete the line, or add what is missing."))


def _check_field(field: FormField, origin: Origin, sides: bool) -> Iterator[Diagnostic]:
    needs_choices, may_choose = field.size in ("choice", "scale"), field.size in ("choice", "scale", "tick")
    if needs_choices and not field.choices:
        message = _("`{name}` has nothing to choose from", name=field.id)
        yield origin.diagnose((), rules.PART_SHAPE, message, _('Add a line `choices: ["…", "…"]`.'))
    if field.choices and not may_choose:
        message = _("`choices` says nothing in a field of the size `{size}`", size=field.size)
        hint = _("Write `size: choice`, `size: scale` or `size: tick`.")
        yield origin.diagnose(("choices",), rules.PART_SHAPE, message, hint)
    if field.example_ours and not sides:
        message = _("`example_ours` says nothing in a part without `sides`")
        hint = _("Write `sides: true` in the part, or say it all in `example`.")
        yield origin.diagnose(("example_ours",), rules.PART_SHAPE, message, hint)
    for name, example in zip(("example", "example_ours"), field.examples, strict=True):
        yield from _check_answer(field, name, example, origin)


def _check_answer(field: FormField, name: str, example: str, origin: Origin) -> Iterator[Diagnostic]:
    if not example:
        return
    if field.size == "number":
        yield from _check_amount(origin, (name,), example)
    elif field.choices or field.size == "tick":
        allowed = field.choices or (TICKED,)
        ticked = split_ticks(example) if field.size == "tick" else (example,)
        for wrong in [choice for choice in ticked if choice not in allowed]:
            message = _("the example chooses what cannot be chosen: `{choice}`", choice=wrong)
            hint = _("Write {choices}, word for word.", choices=join_lazy_or([f"`{choice}`" for choice in allowed]))
            yield origin.diagnose((name,), rules.EXAMPLE_MISFIT, message, hint)


def _check_amount(origin: Origin, where: ValuePath, text: str) -> Iterator[Diagnostic]:
    try:
        read_amount(text)
    except AmountError:
        message = _("nobody can tell which number is meant: `{text}`", text=text)
        yield origin.diagnose(where, rules.WRONG_SUM, message, _("Write one number, such as `1,200` or `1,200.50`."))


def _check_rows(part: Part, origin: Origin, has_labels: bool) -> Iterator[Diagnostic]:
    for at, row in enumerate(part.rows):
        places = len(part.columns) - bool(row.label)
        if row.example and len(row.example) != places:
            message = _(
                "the example has {number} cells, and the row has room for {places}",
                number=len(row.example),
                places=places,
            )
            hint = _('Give one for each column but that of the label; `""` where nothing is documented.')
            yield origin.diagnose(("rows", at, "example"), rules.EXAMPLE_MISFIT, message, hint)
        cells = list(zip(part.columns[bool(row.label) :], row.example, strict=False))
        for cell, (column, text) in enumerate(cells):
            if column.size == "number":
                yield from _check_amount(origin, ("rows", at, "example", cell), text)
    wrong = [at for at in part.totals if part.columns[at].size != "number"]
    for at in wrong:
        message = _("the column `{name}` is summed and holds no numbers", name=part.columns[at].name)
        yield origin.diagnose(("columns", at, "total"), rules.PART_SHAPE, message, _("Write `size: number`."))
    if 0 in part.totals and has_labels:
        message = _("the column `{name}` is summed and holds the labels of rows", name=part.columns[0].name)
        hint = _("Begin `columns` with one for the labels, such as `- name: What for`.")
        yield origin.diagnose(("columns", 0, "total"), rules.PART_SHAPE, message, hint)
    if part.example_total is not None and not wrong:
        yield from _check_total(part, part.example_total, origin)


def _check_total(part: Part, stated: str, origin: Origin) -> Iterator[Diagnostic]:
    where = ("example_total",)
    try:
        amount = read_amount(stated)
    except AmountError:
        amount = None
    if amount is None:
        message = _("nobody can tell which number is meant: `{text}`", text=stated)
        yield origin.diagnose(where, rules.WRONG_SUM, message, _("Write one number, such as `1,200` or `1,200.50`."))
    elif amount != part.grand_total:
        message = _(
            "the example comes to {sum}, and `example_total` says {total}",
            sum=write_amount(part.grand_total),
            total=write_amount(amount),
        )
        columns = join_lazy([f"`{part.columns[at].name}`" for at in part.totals]) if part.totals else ""
        hint = _("Summed are the columns with `total: true`: {columns}.", columns=columns or _("none"))
        yield origin.diagnose(where, rules.WRONG_SUM, message, hint)


def _check_minutes(part: Part, origin: Origin) -> Iterator[Diagnostic]:
    together = sum(step.minutes for step in part.steps)
    if part.minutes is None:
        message = _("the plan does not say how long it takes")
        yield origin.diagnose((), rules.WRONG_MINUTES, message, _("Add `minutes: {sum}`.", sum=together))
    elif together != part.minutes:
        message = _("the steps take {sum} minutes, and the plan says {minutes}", sum=together, minutes=part.minutes)
        hint = _("Change one of the steps, or write `minutes: {sum}`.", sum=together)
        yield origin.diagnose(("minutes",), rules.WRONG_MINUTES, message, hint)


def _check_example(origin: Origin, parts: Sequence[Part], note: str | None) -> Iterator[Diagnostic]:
    has_example = any(part.has_example for part in parts)
    if not has_example and any(part.is_filled_in for part in parts):
        message = _("nothing of the sheet is filled in as an example")
        hint = _("Add `example:` to the fields or rows that a documented case answers.")
        yield origin.diagnose(("parts",), rules.NO_EXAMPLE, message, hint)
    if has_example and not note:
        message = _("it is not said where the example comes from, and what of it is not documented")
        yield origin.diagnose((), rules.NO_EXAMPLE, message, _("Add a line `example_note: …`."))
