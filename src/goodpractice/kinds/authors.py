"""Who wrote a record, whichever of its fields says so: the same names in citations and in linked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from goodpractice.kinds.lookup import Lookup

#: The fields that name whoever wrote a record.
FIELDS = ("contributors", "authors", "organisations")


class Author(NamedTuple):
    """One of those who wrote a record.

    Attributes:
        name: The name, as it is given.
        type: `Person` or `Organization`; empty for a name that may be a role, such as that of the editors.
    """

    name: str
    type: str


def list_authors(kb: Lookup, values: Mapping[str, Any]) -> Iterator[Author]:
    """Those who wrote a record, people first.

    Args:
        kb: The knowledge base.
        values: Fields of the record: of its model, or as they are published.
    """
    for person in values.get("contributors") or ():
        yield Author(person["name"] if isinstance(person, Mapping) else person.name, "Person")
    for name in values.get("authors") or ():
        yield Author(name, "")
    known = kb.table("partner")
    for partner in values.get("organisations") or ():
        if partner in known:
            yield Author(kb.record_name("partner", partner), "Organization")
