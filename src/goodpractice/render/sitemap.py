"""The list of all pages for search engines (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from goodpractice.pages import Page

SITEMAP = "sitemap.xml"


def render_sitemap(pages: Iterable[Page], site_url: str) -> str:
    """The sitemap: addresses only, in the order of the plan. Days of change would differ from build to build.

    Args:
        pages: The plan.
        site_url: Address of the site, with a final slash.
    """
    urls = "".join(f"<url><loc>{escape(site_url + page.url)}</loc></url>\n" for page in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n"
