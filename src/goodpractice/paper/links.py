"""Where the links of a paper lead: inside of it, to the site, or elsewhere with a numbered note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

#: Begins the address of a file of the site, and of a font of this package. No scheme that anything else knows.
SITE = "gp-site:/"
FONT = "gp-font:/"
#: Stands for the address of the site while links are joined; nobody can own it.
_SITE = "https://site.invalid/"
_SCHEMES = ("http", "https", "mailto")


class Lead(NamedTuple):
    """Where a link leads.

    Attributes:
        kind: `inside` of the paper, on the `site`, `outside` or `nowhere`.
        href: The address to write.
    """

    kind: str
    href: str = ""


def find_lead(href: str, page_url: str, site_url: str, inside: Mapping[str, str]) -> Lead:
    """Where a link leads.

    Args:
        href: As it stands on the page.
        page_url: Address of the page, relative to the site.
        site_url: Address of the site with a final slash; empty where it has none.
        inside: What begins a link to an anchor of each page in the paper, by the address of the page.
    """
    try:
        joined = urljoin(_SITE + page_url, href.strip())
        parts = urlsplit(joined)
    except ValueError:
        return Lead("nowhere")
    if parts.scheme not in _SCHEMES:
        return Lead("nowhere")
    if not joined.startswith(_SITE):
        return Lead("outside", joined)
    path = unquote(parts.path).removeprefix("/")
    if path in inside and not parts.query:
        return Lead("inside", f"{inside[path]}{unquote(parts.fragment) or TOP}")
    if not site_url:
        return Lead("nowhere")
    rest = urlunsplit(("", "", parts.path.removeprefix("/"), parts.query, parts.fragment))
    return Lead("site", site_url + rest)


#: Anchor of the title of a page.
TOP = "gp-title"
