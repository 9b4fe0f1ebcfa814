"""The records as data, for whoever wants to count, draw or compare them: a file for each kind and format."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.formats.datasets import Dataset, data_url, describe_site, list_kinds
from goodpractice.formats.registry import FORMATS
from goodpractice.kinds.registry import KINDS
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site


class Data(Output):
    """Each file is made of all records of a kind, and anew when one of these says something else."""

    name = "data"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """Every format of every kind that has a record."""
        for kind in list_kinds(site.kb):
            for ending in FORMATS:
                yield Target(data_url(kind, ending), (kind.id, ending))

    def make(self, site: Site, target: Target) -> Made:
        """Write all records of a kind."""
        kind, ending = target.item
        dataset = Dataset(site.kb, KINDS[kind], describe_site(site.kb))
        return Made(FORMATS[ending].write(dataset).encode())
