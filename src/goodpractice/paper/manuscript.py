"""What a paper is made from, whatever its format."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import About, describe_site
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds import TERM, TRANSLATION, Term
from goodpractice.kinds.base import WORKING_DAYS
from goodpractice.kinds.blocks import View
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.registry import KINDS
from goodpractice.pages import Page
from goodpractice.render import Inputs


class ShownPage(NamedTuple):
    """A page of the site inside a paper.

    Attributes:
        page: Its plan.
        html: Its main content, with links as the site has them on this page.
    """

    page: Page
    html: str


@dataclass(frozen=True)
class Manuscript:
    """One paper on its way to a file.

    Attributes:
        paper: What its kind declares of it.
        page: The page to which it belongs.
        inputs: What pages are made from, in the language of the page.
        shown: The pages that it shows; nothing for one with a view of its own.
        site_url: Address of the site with a final slash, or nothing.
        find_file: The bytes of a file of the site by its path; nothing where a paper may not show it.
    """

    paper: Paper
    page: Page
    inputs: Inputs
    shown: Sequence[ShownPage]
    site_url: str
    find_file: Callable[[str], bytes | None]

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base, in the language of the paper."""
        return self.inputs.kb

    @property
    def title(self) -> str:
        """Its title: that of its page."""
        return self.page.title

    @property
    def is_book(self) -> bool:
        """Whether it holds all pages of a collection, which one with a view of its own does not."""
        return self.page.kind == "index" and self.paper.view is None

    @property
    def site_name(self) -> str:
        """Name of the site."""
        return self._about.site_name

    @property
    def address(self) -> str:
        """Address of its page; empty for a site without an address."""
        return self.site_url + self.page.url if self.site_url else ""

    @property
    def licence(self) -> str:
        """What may be done with it, in the words of the site."""
        return self._about.licence

    @cached_property
    def _about(self) -> About:
        return describe_site(self.kb, with_edition=False)

    @cached_property
    def view(self) -> View:
        """The blocks of a paper with a view of its own."""
        return self.paper.view(self.kb, self.page.id) if self.paper.view else ()

    @cached_property
    def edition(self) -> datetime.date | None:
        """The latest day that its records name: a file that is only committed again has the same edition."""
        days = [day for part in self.shown or [ShownPage(self.page, "")] for day in _list_days(self.kb, part.page)]
        return max(days, default=None)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The words that a book explains or lists, in their order: those of the glossary."""
        terms = self.kb.table(TERM).values() if self.is_book else ()
        return tuple(sorted(terms, key=lambda term: sort_key(term.word)))


#: Fields with a day on which somebody wrote, checked or changed a record.
_DAYS = (*WORKING_DAYS, "approved_on")


def _list_days(kb: KnowledgeBase, page: Page) -> list[datetime.date]:
    records = [kb.table(page.kind)[page.id]] if page.kind in KINDS else []
    records += [kb.table(TRANSLATION)[page.document[1]]] if page.language else []
    return [day for record in records for name in _DAYS if (day := getattr(record, name, None)) is not None]


class Written(NamedTuple):
    """A file that was made.

    Attributes:
        data: Its bytes. The same manuscript gives the same.
        pages: Number of its pages; 0 where that depends on who opens it.
        faults: What a check of the format finds wrong; nothing where it cannot be checked on this computer.
    """

    data: bytes
    pages: int = 0
    faults: tuple[str, ...] = ()
