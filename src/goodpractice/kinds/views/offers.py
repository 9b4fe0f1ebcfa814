"""What a field of a sheet offers to choose from: records, in the words in which readers put what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.marks import group_references
from goodpractice.kinds.parts import Part
from goodpractice.kinds.texts import RecordLink
from goodpractice.kinds.views.links import locate_record

#: Phrases that stand beside a record, its own question among them.
PHRASES = 3


def collect_offers(kb: Lookup, parts: Iterable[Part]) -> dict[str, dict[str, Any]]:
    """What the fields of a sheet offer, by kind, for the component of a sheet.

    Returns:
        `title` of their list. `kinds`: kinds of the pages that stand for a record in the search: its own, and those of
        the texts that it names and whose phrases it borrows. `records`: for each of them its name, a link to it, the
        addresses of these pages, and some of the phrases.
    """
    kinds = dict.fromkeys(field.offers for part in parts for field in part.fields if field.offers)
    return {kind: _collect_records(kb, kind) for kind in kinds}


def _collect_records(kb: Lookup, kind: str) -> dict[str, Any]:
    kinds, records = {kind: None}, []
    for id, record in kb.table(kind).items():
        named = [(of, text) for of, ids in group_references(record, kb.kind(kind).model).items() for text in ids]
        texts = {text: situations for text in named if (situations := kb.find_situations(*text))}
        said = chain([record.question], *(phrases for found in texts.values() for phrases in found.values()))
        kinds |= dict.fromkeys(of for of, __ in texts)
        records.append(
            {
                "name": kb.record_name(kind, id),
                "link": RecordLink(kind, id),
                "pages": [locate_record(kb, *page) for page in ((kind, id), *texts)],
                "phrases": list(islice(said, PHRASES)),
            }
        )
    return {"title": kb.gettext(kb.collection(kind).title), "kinds": list(kinds), "records": records}
