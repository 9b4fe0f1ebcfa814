"""The vectors of words, by which the search finds what says the same as a question in other words."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.config.site_folders import WORD_VECTORS_FOLDER
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from goodpractice.search.meaning import load_table


class WordVectors(Output):
    """Files of about 21 words each, of which a question loads those of its words."""

    name = "word vectors"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """Each file; none where the project has not asked for them."""
        if site.kb.settings.own.search.meaning:
            table = load_table()
            for number, data in enumerate(table.make_shards()):
                yield Target(f"{WORD_VECTORS_FOLDER}/{number}.bin", data, plan=table.sign)

    def make(self, site: Site, target: Target) -> Made:
        """Its bytes are there already."""
        return Made(target.item)
