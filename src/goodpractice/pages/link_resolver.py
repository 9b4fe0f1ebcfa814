"""Links as contributors write them (paths in the repository) and as browsers need them.

Rendered parts of pages do not know on which page they will stand. They hold
*tokens*: `gp:/partners/techniquest/` is a page of the site, `gp-file:/LICENSE`
a file of the repository, `gp-repository:/issues` a page of the repository on
GitHub. `resolve_internal_uris` turns them into addresses when a
page is put together, so that a card is rendered once and used anywhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from goodpractice.pages.page import Page, PageIndex

PAGE_URI = "gp:/"
FILE_URI = "gp-file:/"
REPOSITORY_TOKEN = "gp-repository:/"
PHOTO_TOKEN = f"{FILE_URI}case_studies/"
EXTERNAL_SCHEMES = ("http", "https", "mailto")

_TOKENS = re.compile(r'="gp(-file|-repository)?:/([^"]*)"')
_CANDIDATES = re.compile(r'(?<= srcset=)"gp:/[^"]*"')
_CONTENT_FOLDERS = ("docs/",)


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads.

    Attributes:
        kind: `page`, `file` (of the repository), `asset` (of the site),
            `external`, `unsafe` (a scheme that is not allowed) or `missing`.
        href: What the rendered link holds: a token, or the address itself.
        page: The page, for kind `page`.
        fragment: The part after `#`, decoded.
        path: Path in the repository, for links inside it.
    """

    kind: Literal["page", "file", "asset", "external", "unsafe", "missing"]
    href: str
    page: Page | None = None
    fragment: str = ""
    path: str = ""


class LinkResolver:
    """Turns repository paths into links to pages."""

    def __init__(self, page_index: PageIndex, exists: Callable[[str], bool]) -> None:
        """Take what links are looked up in.

        Args:
            page_index: Where pages are found.
            exists: Whether a path is a file or folder of the repository.
        """
        self.page_index = page_index
        self.exists = exists

    def find(self, link: str, path: str) -> LinkTarget:
        """Where a link leads that is written in the file `path`."""
        try:
            parts = urlsplit(link)
        except ValueError:
            return LinkTarget("unsafe", link)
        if parts.scheme or parts.netloc:
            safe = parts.scheme.lower() in EXTERNAL_SCHEMES
            return LinkTarget("external" if safe else "unsafe", link)
        fragment = unquote(parts.fragment)
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        if not parts.path:
            page = self.page_index.by_source.get(path)
            return LinkTarget("page" if page else "missing", link, page, fragment, path)
        if parts.path.startswith("/"):
            return LinkTarget("missing", link, None, fragment, parts.path)
        repository_path = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        page = self.page_index.by_source.get(repository_path)
        if page is not None:
            return LinkTarget("page", f"{PAGE_URI}{quote(page.url)}{anchor}", page, fragment, repository_path)
        if repository_path.startswith("../") or not self.exists(repository_path):
            return LinkTarget("missing", link, None, fragment, repository_path)
        for folder in _CONTENT_FOLDERS:
            if repository_path.startswith(folder) and not repository_path.endswith(".md"):
                inside = repository_path.removeprefix(folder)
                return LinkTarget("asset", f"{PAGE_URI}{quote(inside)}{anchor}", None, fragment, repository_path)
        return LinkTarget("file", f"{FILE_URI}{quote(repository_path)}{anchor}", None, fragment, repository_path)


def resolve_internal_uris(html: str, page_url: str, repo_url: str) -> str:
    """Replace every token in the attributes of a finished page by an address.

    Args:
        html: The page or a part of it.
        page_url: Address of the page on which it stands, relative to the site.
        repo_url: Address of the repository, without a final slash.
    """
    up = "../" * page_url.count("/")

    def replace(match: re.Match[str]) -> str:
        if match[1] == "-file":
            return f'="{repo_url}/blob/main/{match[2]}"'
        if match[1] == "-repository":
            return f'="{repo_url}/{match[2]}"'
        return f'="{up + match[2] or "./"}"'

    if ' srcset="gp:/' in html:
        # The first token is left to the next step, as in any other attribute.
        html = _CANDIDATES.sub(lambda match: match[0].replace(f", {PAGE_URI}", f", {up}"), html)
    return _TOKENS.sub(replace, html)


def edit_url(source: str, repo_url: str) -> str:
    """Address at which a source is edited on GitHub; a folder is shown, not edited. Empty without a repository."""
    if not repo_url:
        return ""
    if source.endswith("/"):
        return f"{repo_url}/tree/main/{source.rstrip('/')}"
    return f"{repo_url}/edit/main/{source}"
