"""Filters with counts, from one small file.

Every value of every filter would add to what each search downloads. So the
index knows words only, and the filters are worked out in the browser from
this file: for each value the pages that have it, by their place in one list
of pages. It serves counts without a query, "or" inside a filter and "and"
between filters alike, and filters with many values such as partners.

A filter that most of its pages leave empty would mostly answer "not
documented". It is left out until enough pages carry a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds import registry
from goodpractice.kinds.kind import Filter
from goodpractice.kinds.registry import RESULT_LABELS
from goodpractice.search.rows import RowFacts


@dataclass(frozen=True, slots=True)
class _Shown:
    """A filter, with the kind whose records are its values, or nothing for plain values."""

    id: str
    filter: Filter
    kind: str = ""

    def label(self, kb: KnowledgeBase, value: str) -> str:
        """The name of a value."""
        if self.id == _KIND:
            return kb.gettext(RESULT_LABELS[value])
        if self.filter.is_documented:
            return kb.gettext("Documented")
        if not self.kind:
            return value
        record = kb.table(self.kind).get(value)
        return str(getattr(record, "name", value)) if record is not None else value


#: The filter of the pages themselves by what they are.
_KIND = "kind"
#: All filters, in the order in which they are shown.
FILTERS: tuple[_Shown, ...] = (
    _Shown(_KIND, Filter(name=N_("Kind"), among=tuple(RESULT_LABELS))),
    *(_Shown(id, found, kind) for id, (found, kind) in registry.FILTERS.items()),
)


def share_filled(entry: _Shown, records: Iterable[RowFacts]) -> float:
    """The share of the pages that could carry a value of this filter and do; 0 when there are none."""
    filled = [entry.id == _KIND or entry.id in record.facets for record in records if record.kind in entry.filter.among]
    return sum(filled) / len(filled) if filled else 0.0


def make_facets(records: Sequence[RowFacts], kb: KnowledgeBase) -> dict[str, Any]:
    """The content of the file of filters.

    Args:
        records: What can be found, in the order in which pages are listed without a query.
        kb: The knowledge base, for names and settings.

    Returns:
        `pages`: how many there are. `filters`: for each filter its id,
        name and values; for each value its id, name and pages. The pages are
        numbers, as steps: `[2, 1, 4]` are pages 2, 3 and
        7; a run `[2, [5]]` is page 2 and the five after it.
    """
    by_filter: dict[str, dict[str, list[int]]] = {entry.id: {} for entry in FILTERS}
    for place, record in enumerate(records):
        by_filter[_KIND].setdefault(record.kind, []).append(place)
        for name, values in record.facets.items():
            if name not in by_filter:
                continue
            for value in values:
                by_filter[name].setdefault(value, []).append(place)
    shown = []
    for entry in FILTERS:
        found = by_filter[entry.id]
        if not found or share_filled(entry, records) < kb.settings.own.search.min_share:
            continue
        described = [
            {"id": value, "name": entry.label(kb, value), "pages": encode_places(found[value])}
            for value in _order_values(entry, found, kb)
        ]
        shown.append({"id": entry.id, "name": kb.gettext(entry.filter.name), "values": described})
    return {"pages": len(records), "filters": shown}


def pack_finder(data: Mapping[str, Any], ids: Sequence[int]) -> dict[str, Any]:
    """The content of the finder's file: the data with their places as steps.

    Args:
        data: As `make_finder_data` gives them.
        ids: Numbers of the case studies in the index, the newest first.
    """
    values = {question: [encode_places(places) for places in found] for question, found in data["values"].items()}
    return {**data, "values": values, "ids": list(ids)}


def _order_values(entry: _Shown, found: Mapping[str, Sequence[int]], kb: KnowledgeBase) -> list[str]:
    if entry.filter.order == "newest":
        return sorted(found, reverse=True)
    if entry.filter.order == "count":
        return sorted(found, key=lambda value: (-len(found[value]), sort_key(entry.label(kb, value))))
    if entry.filter.order == "given":
        known = _given_order(entry, kb)
        return sorted(found, key=lambda value: (known.get(value, len(known)), value))
    return sorted(found, key=lambda value: (sort_key(entry.label(kb, value)), value))


def _given_order(entry: _Shown, kb: KnowledgeBase) -> dict[str, int]:
    ids: Iterable[str] = kb.table(entry.kind) if entry.kind else RESULT_LABELS
    return {value: place for place, value in enumerate(ids)}


def encode_places(places: Sequence[int]) -> list[int | list[int]]:
    """Ascending places as steps from one to the next; `[n]` stands for n steps of one."""
    encoded: list[int | list[int]] = []
    before = -1
    run = 0
    for place in places:
        step = place - before
        before = place
        if step == 1 and encoded:
            run += 1
            continue
        _end_run(encoded, run)
        run = 0
        encoded.append(step - 1 if not encoded else step)
    _end_run(encoded, run)
    return encoded


def _end_run(encoded: list[int | list[int]], run: int) -> None:
    if run > 1:
        encoded.append([run])
    elif run:
        encoded.append(1)
