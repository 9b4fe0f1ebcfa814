"""The list of all pages for search engines (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from markupsafe import escape

from goodpractice.config.site_folders import SITEMAP
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from goodpractice.pages import Page

_EDITION = "<xhtml:link"


class Sitemap(Output):
    """Addresses only: days of change would differ from build to build."""

    name = "sitemap"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """The one file."""
        yield Target(SITEMAP)

    def make(self, site: Site, target: Target) -> Made:
        """Write it in the order of the plan."""
        site.ask("plan")
        return Made(render_sitemap(site.plan, site.inputs.site_url).encode())


def render_sitemap(pages: Iterable[Page], site_url: str) -> str:
    """The sitemap: addresses only, in the order of the plan. Days of change would differ from build to build.

    Args:
        pages: The plan.
        site_url: Address of the site, with a final slash.
    """
    urls = "".join(
        f"<url><loc>{escape(site_url + quote(page.url))}</loc>{_write_alternates(page, site_url)}</url>\n"
        for page in pages
        if page.is_listed
    )
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    if _EDITION in urls:
        names += ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {names}>\n'
    return f"{head}{urls}</urlset>\n"


def _write_alternates(page: Page, site_url: str) -> str:
    there = page.present_alternates
    if len(there) < 2:
        return ""
    return "".join(
        f'{_EDITION} rel="alternate" hreflang="{code}" href="{escape(site_url + quote(url))}"/>'
        for code, url in [*there, ("x-default", there[0][1])]
    )
