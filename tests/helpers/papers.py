"""Papers made without a build, and what stands in them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdf
import pytest

from goodpractice.content import open_project
from goodpractice.outputs.papers import PAPERS, lay_out_manuscript
from goodpractice.outputs.site import Site
from goodpractice.paper.formats import FORMATS
from goodpractice.paper.manuscript import Manuscript, Written

PDF = FORMATS[0]
#: Asked when a test runs: WeasyPrint takes longer to load than all other modules.
needs_pango = pytest.mark.usefixtures("pango")
#: Where the running head and foot stand, in points from the edge of an A4 page.
_HEAD, _FOOT = 842 - 46, 40


class MadePaper(NamedTuple):
    """A PDF and what it was made from."""

    manuscript: Manuscript
    written: Written

    @property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.written.data))

    @property
    def text(self) -> str:
        """What it says without heads and feet of pages, and without white space: where that stands is for the eye."""
        pieces: list[str] = []

        def take(text: str, matrix: Any, inner: list[float], *_: Any) -> None:
            height = matrix[5] + inner[5] * matrix[3]
            if _FOOT < height < _HEAD:
                pieces.append(text)

        for page in self.reader.pages:
            page.extract_text(visitor_text=take)
        return squeeze("".join(pieces))

    @property
    def bookmarks(self) -> list[str]:
        return list(_flatten(self.reader.outline))

    def list_elements(self, kind: str) -> list[Any]:
        """Elements of its structure of one kind, such as `/Figure`."""
        return [element for element in _walk(self.reader.trailer["/Root"]["/StructTreeRoot"]) if element["/S"] == kind]


def squeeze(text: str) -> str:
    """A text without white space, and without the signs of lists: these come first where a page begins."""
    return re.sub(r"[\s\u00ad•]+", "", text)


def _flatten(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flatten(entry)
        else:
            yield str(entry.title)


def _walk(element: Any) -> Iterator[Any]:
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            if "/S" in child:
                yield child
            yield from _walk(child)


def open_site(root: Path) -> Site:
    """A project, ready for papers."""
    return Site(open_project(root))


def list_paths(site: Site) -> list[str]:
    """The PDFs of a site, by their paths."""
    return [target.name for target in PAPERS[0].list_targets(site)]


def find_manuscript(site: Site, path: str) -> Manuscript:
    """The manuscript of a paper by its path in the site."""
    found = [target for output in PAPERS for target in output.list_targets(site) if target.name == path]
    assert found, path
    return lay_out_manuscript(site, found[0].item)


def make_paper(site: Site, path: str) -> MadePaper:
    """A PDF by its path in the site."""
    manuscript = find_manuscript(site, path)
    return MadePaper(manuscript, PDF.write(manuscript))
