"""Pages as Markdown beside them, for programs that read for people: where a community asks for them.

Each is one file more for its page, and is rendered anew. A site of ten thousand stories would be twice as many files to
look at in every build, so it is left to those who want them.
"""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.formats.markdown_pages import NAME, write_page
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.pages import Pages, render_planned
from goodpractice.outputs.site import Site
from goodpractice.search.records import is_read


class Texts(Output):
    """A file beside each page that says something of its own; lists are in `llms.txt` and in the data."""

    name = "texts"
    is_parallel = True
    is_of_page = True

    def list_targets(self, site: Site) -> Iterator[Target]:
        """All of them, or none where nobody asked for them."""
        return list_texts(site) if site.kb.settings.own.markdown_pages else iter(())

    def make(self, site: Site, target: Target) -> Made:
        """Write what the page says."""
        page = target.item
        rendered = render_planned(site, page, site.speak(page.language)[0])
        return Made(write_page(page, rendered.passages, site.inputs.site_url).encode())


def list_texts(site: Site) -> Iterator[Target]:
    """A file for each page that readers find and the search reads."""
    for target in Pages().list_targets(site):
        page = target.item
        if page.is_listed and is_read(page):
            yield target._replace(name=f"{page.url}{NAME}", source="")
