"""A kind as JSON-LD, in the words of schema.org. The context is in the file: whoever expands it fetches nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from goodpractice.formats.datasets import Dataset, Lines, data_url
from goodpractice.kinds.authors import Author, list_authors
from goodpractice.kinds.base import Record, Ref
from goodpractice.kinds.marks import list_reference_fields
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.views.links import locate_record

#: What everything has, by the name of the field.
_OF_EVERYTHING = {
    "title": "name",
    "name": "name",
    "word": "name",
    "short_name": "alternateName",
    "formerly": "alternateName",
    "summary": "description",
    "about": "description",
    "meaning": "description",
    "description": "description",
    "url": "url",
}
_OF_WORKS = {
    "themes": "about",
    "sources": "citation",
    "published_on": "datePublished",
    "written_on": "dateCreated",
    "updated_on": "dateModified",
    "year": "datePublished",
    "publisher": "publisher",
    "programme": "isPartOf",
    "partners": "sourceOrganization",
}
#: What only some have, by their type. A field that is not named here is in the other formats.
_OF_TYPES: Mapping[str, Mapping[str, str]] = {
    "Organization": {"networks": "memberOf", "founded": "foundingDate"},
    "Project": {"funders": "funder", "lead": "member", "part_of": "parentOrganization"},
    "Event": {"hosts": "organizer"},
    "DefinedTerm": {},
    "CreativeWork": _OF_WORKS,
    "Article": {name: value for name, value in _OF_WORKS.items() if name not in ("year", "publisher", "partners")},
}
_ADDRESS = {"town": "addressLocality", "region": "addressRegion", "country": "addressCountry"}
#: What the file or the node says of itself already, and a place that may be withheld.
_TOLD = ("@context", "@type", "url", "location")
#: Values that are addresses and no words.
_LINKS = ("url", "sameAs", "eventStatus", "eventAttendanceMode")
_CONTEXT = {"@vocab": "https://schema.org/", **{name: {"@type": "@id"} for name in _LINKS}}
_print = json.JSONEncoder(ensure_ascii=False).encode


def begin_linked_data(dataset: Dataset) -> Lines:
    """All records as a graph. What they refer to is named by its address, here or elsewhere."""
    address = cache(lambda kind, record_id: _find_address(dataset, kind, record_id))
    references = _collect_references(dataset.model)
    said = {**_OF_EVERYTHING, **_OF_TYPES[dataset.kind.linked_type]}
    fields = [(name, said[name], references.get(name)) for name in said if name in dataset.fields]
    return Lines(
        f'{{"@context": {_print(_CONTEXT)}, "@graph": [\n',
        lambda record: _print(_describe(dataset, record, fields, address)),
        ",\n",
        "\n]}\n",
    )


def _describe(
    dataset: Dataset,
    record: Mapping[str, Any],
    fields: Iterable[tuple[str, str, str | None]],
    address: Callable[[str, str], str],
) -> dict[str, Any]:
    kind = dataset.kind
    node: dict[str, Any] = {"@id": address(kind.id, record["id"]), "@type": kind.linked_type}
    for name, said, reference in fields:
        value = record.get(name)
        if value is None or said in node:
            continue
        if reference is not None:
            values = value if isinstance(value, list) else [value]
            found = [{"@id": there} for entry in values if (there := address(reference, entry))]
            value = found if len(found) > 1 else found[0] if found else None
        if value is not None and not _holds_records(value, reference):
            node[said] = value
    return node | {name: value for name, value in _list_more(dataset, record) if name not in node}


def _holds_records(value: Any, reference: str | None) -> bool:
    """Whether a field holds records of its own, which no term here is meant for."""
    return reference is None and isinstance(value, list) and isinstance(value[0], dict)


def _list_more(dataset: Dataset, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    linked_type, about = dataset.kind.linked_type, dataset.about
    place = {said: record[name] for name, said in _ADDRESS.items() if name in record}
    if place and linked_type in ("Organization", "Event"):
        address = {"@type": "PostalAddress", **place}
        yield (
            ("address", address)
            if linked_type == "Organization"
            else ("location", {"@type": "Place", "address": address})
        )
    if authors := [_describe_author(author) for author in list_authors(dataset.kb, record)]:
        yield "author", authors
    if linked_type == "Article":
        yield "publisher", {"@type": "Organization", "name": about.site_name, "url": about.site_url}
    if dataset.kind.collection and dataset.kind.collection.linked_data:
        # What its page says of it, too; the address of a record says more than its name.
        described = dataset.kind.collection.linked_data(dataset.kb.table(dataset.kind.id)[record["id"]], dataset.kb)
        yield from ((name, value) for name, value in described.items() if name not in _TOLD)
    if linked_type == "DefinedTerm":
        yield "inDefinedTermSet", {"@id": f"{about.site_url}{data_url(dataset.kind, 'jsonld')}"}
        yield "termCode", record["id"]


def _describe_author(author: Author) -> dict[str, str]:
    return {**({"@type": author.type} if author.type else {}), "name": author.name}


@cache
def _collect_references(model: type[Record]) -> Mapping[str, str]:
    """Kinds of the records that fields name, by field; for citations nothing in the place of a kind."""
    return {
        path[0]: mark.kind if isinstance(mark, Ref) else ""
        for path, mark in list_reference_fields(model)
        if path[1:] in ((), ("*",))
    }


def _find_address(dataset: Dataset, kind: str, record_id: str) -> str:
    """The address of a record, or of a source; empty where there is none."""
    kb, site = dataset.kb, dataset.about.site_url
    if not kind:
        publication = kb.find_publication(record_id)
        return (publication.url or "") if publication else record_id if "://" in record_id else ""
    if record_id not in kb.table(kind):
        return ""
    if KINDS[kind].collection:
        return site + locate_record(kb, kind, record_id)
    return f"{site}{data_url(KINDS[kind], 'json')}#{record_id}"
