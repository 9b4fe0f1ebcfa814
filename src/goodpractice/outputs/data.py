"""The records as data, for whoever wants to count, draw or compare them: a file for each kind and format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.citations import CITATION_FORMATS, Citation, cite_site, describe_cited, whole_url
from goodpractice.formats.datasets import Dataset, data_url, describe_site, list_kinds
from goodpractice.formats.geojson import PLACES, Position, write_places
from goodpractice.formats.registry import list_formats, write_files
from goodpractice.kinds import CASE_STUDY
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
        return Made(target.item(site.kb).encode())


def _write_kind(kb: KnowledgeBase, kind: str, ending: str) -> str:
    """All records of a kind, in every format at once: reading them takes as long as writing them."""

    def write() -> dict[str, str]:
        return write_files(Dataset(kb, KINDS[kind], describe_site(kb)), list_formats(KINDS[kind]))

    return kb.memo.take((Data, kind), write)[ending]


def _write_places(kb: KnowledgeBase) -> str:
    # A story stands where the partner does that leads it, as on the map.
    stories = (
        (CASE_STUDY, case.id, Position(place.lat, place.lon), place.name)
        for place in index_places(kb).places
        for case in place.cases
    )
    return write_places(kb, stories)


def _cite_whole(kb: KnowledgeBase, write: Callable[[Citation], str]) -> str:
    return write(cite_site(kb))
