"""A page of the site as a plan, and where the pages of a plan are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodpractice.kinds import CASE_STUDY, TRANSLATION
from goodpractice.kinds.registry import KINDS


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, as a plan.

    What it is made from is said by its trace (`tracking`), recorded when it is
    rendered: the fields of records that it shows and the lists that it stands in.

    Attributes:
        kind: `doc`, `chapter`, `case_study`, `partner`, `theme`, `programme`,
            `network`, `index` for the list of a section, or `overview` for a
            page that shows several tables.
        id: Id of the record or overview; the kind of the section for an index;
            the path inside `docs/` for a page written in place.
        url: Address, relative to the site: `partners/techniquest/`; the home
            page is the empty text.
        title: Title, as plain text.
        description: One or two sentences, as plain text; may be empty.
        source: File in the repository that "Edit this page" opens.
        macro: Name of its view; empty for pages written in place.
        number: Which page of a paginated list this is, from 1.
        of: How many pages the list has.
        section: Address of the index of its section; empty outside sections.
        previous: Address of the page before it in its section, if any.
        next: Address of the page after it in its section, if any.
        scripts: Custom elements on the page, by the names of their files in
            `scripts/`, without `.js`.
        language: Code of its language; empty for the language of the site.
        alternates: The same page in every language of the site that is approved for it, as code and address, its own
            included; an empty address where the translation is missing. Nothing on sites in one language.
        translation: What is to be said of a translation: `draft` when nobody has approved it, `older` when its
            source has changed since, or nothing.
        leads_to: Address that readers are sent on to, for a record that is told on the page of another.
    """

    kind: str
    id: str
    url: str
    title: str
    description: str
    source: str
    macro: str = ""
    number: int = 1
    of: int = 1
    section: str = ""
    previous: str = ""
    next: str = ""
    scripts: tuple[str, ...] = ()
    language: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    translation: str = ""
    leads_to: str = ""

    @property
    def is_written(self) -> bool:
        """Whether editors write its text: a chapter or a page of `docs/`, in any language."""
        return self.kind == "doc" or (self.kind in KINDS and KINDS[self.kind].is_written)

    @property
    def present_alternates(self) -> tuple[tuple[str, str], ...]:
        """The editions that are there. That in the language of the site comes first; a home page's address is empty."""
        return tuple(alternate for at, alternate in enumerate(self.alternates) if alternate[1] or at == 0)

    @property
    def document(self) -> tuple[str, str]:
        """Where the knowledge base keeps its text."""
        return (TRANSLATION, self.source.removesuffix(".md")) if self.language else (self.kind, self.id)

    @property
    def is_listed(self) -> bool:
        """Whether readers may find it: drafts and old addresses stay out of navigation, lists, search and sitemap."""
        return self.translation != "draft" and not self.leads_to

    @property
    def src_uri(self) -> str:
        """The Markdown file that MkDocs would have read for this address."""
        if self.kind == "doc":
            return f"{self.language}/{self.id}" if self.language else self.id
        stem = self.url.rstrip("/")
        # A story may be called `index`, too.
        if (self.kind == "index" and self.number == 1) or stem.endswith("/index"):
            return f"{stem}/index.md"
        return f"{stem}.md"


@dataclass(frozen=True, slots=True)
class PageIndex:
    """Where the pages of a plan are found.

    Attributes:
        by_source: Pages by the file that a repository path names; data files lead to their index.
        titles: Titles of pages by address.
        alternates: Where each page is in other languages, by its address and the code of the language.
    """

    by_source: Mapping[str, Page]
    titles: Mapping[str, str]
    alternates: Mapping[str, Mapping[str, str]]


def make_page_index(pages: Sequence[Page]) -> PageIndex:
    """The directory of a plan."""
    by_source: dict[str, Page] = {}
    for page in pages:
        if page.is_written or page.kind == CASE_STUDY or (page.kind == "index" and page.number == 1):
            by_source.setdefault(page.source.rstrip("/"), page)
    return PageIndex(
        by_source,
        {page.url: page.title for page in pages},
        {page.url: dict(page.alternates) for page in pages if page.alternates and not page.language},
    )
