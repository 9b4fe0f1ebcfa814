"""The records as data, for whoever wants to count, draw or compare them: a file for each kind and format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from hashlib import blake2b
from typing import Any

from goodpractice.formats.citations import CITATION_FORMATS, Citation, cite_site, describe_cited, whole_url
from goodpractice.formats.datasets import Dataset, data_url, describe_site, list_kinds
from goodpractice.formats.geojson import PLACES, Position, write_places
from goodpractice.formats.registry import Piece, RecordFile, list_formats, write_files
from goodpractice.kinds import CASE_STUDY
from goodpractice.kinds.base import Record, Ref
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.marks import list_reference_fields
from goodpractice.kinds.publication import SOURCE
from goodpractice.kinds.registry import KINDS
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from goodpractice.render.places import index_places


class Data(Output):
    """Each file of a kind is made of all its records, and anew when one of these says something else."""

    name = "data"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """Every format of every kind that has a record, their places, and how to cite the whole."""
        for kind in list_kinds(site.kb):
            for ending in list_formats(kind):
                yield Target(data_url(kind, ending), partial(_write_kind, kind=kind.id, ending=ending))
        yield Target(PLACES, _write_places)
        if describe_cited(site.kb).site_url:
            for ending, write in CITATION_FORMATS.items():
                yield Target(whole_url(ending), partial(_cite_whole, write=write))

    def make(self, site: Site, target: Target) -> Made:
        """Write it."""
        made: Made = target.item(site)
        return made


def _write_kind(site: Site, kind: str, ending: str) -> Made:
    """All records of a kind, in every format at once: reading them takes as long as writing them."""
    return site.made_last.take((Data, kind), lambda: _write_kinds(site, KINDS[kind]))[ending]


def _write_kinds(site: Site, kind: Kind[Any]) -> dict[str, Made]:
    kb, endings = site.kb, list_formats(kind)
    shared = _sign_shared(site, kind)
    last = {ending: file for ending in endings if (file := _find_last(site, data_url(kind, ending), shared))}
    files = write_files(Dataset(kb, kind, describe_site(kb)), endings, last)
    return {
        ending: Made(file.text.encode(), note=json.dumps([shared, file.begins, file.pieces])) for ending, file in files
    }


def _sign_shared(site: Site, kind: Kind[Any]) -> str:
    """A digest of all that the piece of a record is made from besides this record and the settings; see below."""
    kinds = list_shared(kind)
    said = [*(site.kb.ask("values", other) for other in kinds), site.ask("photos")]
    return blake2b(json.dumps(said).encode(), digest_size=8).hexdigest() if kinds else ""


@cache
def list_shared(kind: Kind[Any]) -> tuple[str, ...]:
    """The kinds that decide with a record what files hold of it.

    None where that is not known: where records of a kind name others of it, or a view says of them what it likes.
    """
    named = _collect_named(kind)
    for other in tuple(named):
        collection = KINDS[other].collection
        if collection is not None and collection.find_entry:
            # The address of such a record follows from what it names in turn.
            named |= _collect_named(KINDS[other])
    is_open = kind.id in named or (kind.collection is not None and kind.collection.linked_data is not None)
    return () if is_open else tuple(sorted(named))


def _collect_named(kind: Kind[Any]) -> set[str]:
    model: type[Record] = kind.model
    return {mark.kind if isinstance(mark, Ref) else SOURCE for __, mark in list_reference_fields(model)}


def _find_last(site: Site, name: str, shared: str) -> RecordFile | None:
    found = site.find_last(name) if shared else None
    if found is None or not found.note:
        return None
    before, begins, pieces = json.loads(found.note)
    return RecordFile(found.data.decode(), begins, [Piece(*piece) for piece in pieces]) if before == shared else None


def _write_places(site: Site) -> Made:
    kb = site.kb
    # A story stands where the partner does that leads it, as on the map.
    stories = (
        (CASE_STUDY, case.id, case.name, Position(place.lat, place.lon), place.name)
        for place in index_places(kb).places
        for case in place.cases
    )
    return Made(write_places(kb, stories).encode())


def _cite_whole(site: Site, write: Callable[[Citation], str]) -> Made:
    return Made(write(cite_site(site.kb)).encode())
