"""Files that are not pages: of `docs/` and the theme, styles and scripts, and the page for missing addresses."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site


class Assets(Output):
    """What surrounds pages decides which files there are, so the shell lists them."""

    name = "assets"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """Each of them. A page takes the place of a file with its name."""
        site.ask("plan")
        site.ask("copied")
        site.ask("nav")
        for name, data in site.static_files.items():
            yield Target(name, data)

    def make(self, site: Site, target: Target) -> Made:
        """Its bytes are there already."""
        site.ask("copied")
        site.ask("nav")
        return Made(target.item)
