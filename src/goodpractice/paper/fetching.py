"""The only bytes that a PDF can be made of: fonts of this package, and files of the site that anybody can read."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from importlib.resources import files
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from goodpractice.paper.links import FONT, SITE


class SiteFetcher(URLFetcher):  # type: ignore[misc] # it says nothing of its types
    """Hands over files of the site by their path, and nothing else: no network, no other file, no `data:` address."""

    def __init__(self, find_file: Callable[[str], bytes | None]) -> None:
        """Take what finds a file of the site by its path."""
        super().__init__(allowed_protocols=())
        self._find_file = find_file

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Hand over a file.

        Raises:
            ValueError: A PDF may not show it, or it is not there.
        """
        data = None
        if url.startswith(SITE):
            data = self._find_file(unquote(url.removeprefix(SITE)))
        elif url.startswith(FONT):
            data = _read_font(url.removeprefix(FONT))
        if data is None:
            raise ValueError(f"a PDF shows no {url}")
        kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def _read_font(name: str) -> bytes | None:
    package = files("goodpractice")
    if "/" not in name:
        for folder in (package / "paper/fonts", package / "templates/assets/fonts"):
            if (font := folder / name).is_file():
                return font.read_bytes()
    return None
