"""The list and the pages of kinds without views of their own: every field of a record, under its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodpractice.kinds.base import Record, Ref, SourceRef
from goodpractice.kinds.blocks import Block, Fact, Facts, Head, Links, Paragraphs, Section, SourceList, View
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.texts import RecordLink, Text, join
from goodpractice.kinds.views.links import cite_inline, link_known, link_section, link_website
from goodpractice.kinds.views.lists import listing, show_cards

#: Fields that are shown apart from the others, or not at all.
_APART = frozenset({"id", "about", "sources", "lat", "lon", "map"})


def record_index(kb: Lookup, id: str) -> View:
    """The list of a kind: cards or links, or every record at its anchor where records have no pages.

    Args:
        id: The kind.
    """
    records = kb.table(id)
    if not kb.collection(id).record_view:
        return listing(kb, id, *(_describe_entry(kb, id, record_id) for record_id in records))
    if kb.kind(id).card:
        return listing(kb, id, show_cards(kb, id, records))
    return listing(kb, id, Links(tuple(RecordLink(id, record_id) for record_id in records)))


def record_page(kb: Lookup, kind: str, id: str) -> View:
    """The page of a record.

    Args:
        kind: Its kind.
        id: The record.
    """
    record = kb.table(kind)[id]
    head = Head(kind.replace("_", "-"), link_section(kb, kind), kb.record_name(kind, id))
    return (head, *_describe(kb, kind, record), SourceList(getattr(record, "sources", ())))


def _describe_entry(kb: Lookup, kind: str, record_id: str) -> Section:
    record = kb.table(kind)[record_id]
    cited = Fact("sources", kb.gettext("Sources"), cite_inline(getattr(record, "sources", ())))
    return Section(record_id, kb.record_name(kind, record_id), (*_describe(kb, kind, record), Facts((cited,))))


def _describe(kb: Lookup, kind: str, record: Record) -> tuple[Block, ...]:
    left_out = _APART | {kb.kind(kind).naming_fields[0]}
    shown = (
        Fact(name.replace("_", "-"), kb.gettext(kb.kind(kind).label_field(name)), text)
        for name, text in _list_texts(kb, kind, record)
        if name not in left_out
    )
    return Facts(tuple(shown)), Paragraphs(getattr(record, "about", None))


def _list_texts(kb: Lookup, kind: str, record: Record) -> Iterator[tuple[str, Text]]:
    """The fields of a record that can be said in a line: ids as links, texts as they are."""
    marks = {path[0]: mark for path, mark in kb.kind(kind).marks if path[1:] in ((), ("*",))}
    for name in kb.kind(kind).model.model_fields:
        value: Any = getattr(record, name)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        mark = marks.get(name)
        if isinstance(mark, SourceRef):
            yield name, cite_inline(values)
        elif isinstance(mark, Ref) and kb.kind(mark.kind).is_vocabulary:
            yield name, kb.language.join([kb.choice_name(mark.kind, choice) for choice in values])
        elif isinstance(mark, Ref):
            yield name, link_known(kb, mark.kind, values)
        elif name == "url":
            yield name, link_website(value)
        elif all(isinstance(part, str | int | float) for part in values):
            yield name, join(str(part) for part in values)


#: The names of these views, which are told the kind that they show.
ANY_KIND = frozenset({record_index.__name__, record_page.__name__})
