"""The list of pages for programs that read for people (https://llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.formats.markdown_pages import LLMS, write_llms
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site


class Llms(Output):
    """What to read first, with a sentence each."""

    name = "llms"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """The one file."""
        yield Target(LLMS)

    def make(self, site: Site, target: Target) -> Made:
        """Write it in the order of the plan."""
        site.ask("plan")
        return Made(write_llms(site.kb, site.plan).encode())
