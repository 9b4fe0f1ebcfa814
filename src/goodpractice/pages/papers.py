"""Which papers belong to a page."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages.page import Page

#: In the place of a kind: the page that lists all records of one.
INDEX = "index"
#: In the place of a kind: the whole site in one file, which the page about copies offers.
ARCHIVE = "archive"
_ARCHIVES = (Paper(format="zip", title=N_("The whole site as a zip file")),)


def declare_papers(kind: str, id: str) -> tuple[str, tuple[Paper, ...]]:
    """The address of the page of a record, and the papers that its kind declares.

    Args:
        kind: The kind; `index` for a whole collection, `archive` for the whole site.
        id: The record, or the kind whose collection it is.
    """
    if kind == ARCHIVE:
        return OVERVIEWS["offline"].url, _ARCHIVES
    if kind == INDEX and id in COLLECTIONS:
        return COLLECTIONS[id].url, COLLECTIONS[id].books
    if kind in COLLECTIONS and COLLECTIONS[kind].record_view:
        return COLLECTIONS[kind].record_url(id), COLLECTIONS[kind].papers
    return "", ()


def list_papers(page: Page) -> Iterator[tuple[str, Paper]]:
    """The papers of a page by their paths in the site: of pages that readers may find, and of the first of several."""
    if page.number == 1 and page.is_listed:
        url, papers = declare_papers(page.kind, page.id)
        for paper in papers:
            yield name_paper(paper, url, page.language), paper


def name_paper(paper: Paper, url: str, language: str) -> str:
    """The path in the site of a paper in a language.

    Args:
        paper: The paper.
        url: Address of its page in the language of the site.
        language: Code of the language; empty for that of the site.
    """
    return paper.path(f"{language}/{url}" if language else url)
