"""The menu of the site: sections, pages and links, under the names that templates of MkDocs' themes use."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from goodpractice.kinds import CHAPTER
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages import Page
from goodpractice.render.page_values import print_title

#: The page of `docs/` that is the first of the site.
HOME = "index.md"


class NavItem:
    """What all entries of the menu have.

    Attributes:
        title: As it is shown: HTML.
        children: Entries below it; only sections have any.
        active: Whether it is the page being rendered, or leads to it.
    """

    is_section = is_page = is_link = False
    title: str | None
    children: list[NavItem] | None = None
    active: bool = False
    #: Finds the parent of what stands in no section.
    find_parent: Callable[[], NavItem | None] = staticmethod(lambda: None)
    _parent: NavItem | None = None

    @property
    def parent(self) -> NavItem | None:
        """The section it stands in."""
        return self._parent or self.find_parent()

    @parent.setter
    def parent(self, section: NavItem) -> None:
        self._parent = section

    @property
    def is_top_level(self) -> bool:
        """Whether it stands in no section."""
        return self.parent is None

    @property
    def ancestors(self) -> list[NavItem]:
        """The sections it stands in, the nearest first."""
        return [] if self.parent is None else [self.parent, *self.parent.ancestors]


class NavSection(NavItem):
    """A heading with entries below it. It has no address."""

    is_section = True

    def __init__(self, title: str, children: list[NavItem]) -> None:
        self.title, self.children = title, children
        for child in children:
            child.parent = self


class Link(NavItem):
    """An address that is no page of the site."""

    is_link = True

    def __init__(self, title: str | None, url: str) -> None:
        self.title, self.url = title, url


@dataclass(frozen=True)
class PageFile:
    """The file that MkDocs would have read for a page."""

    src_uri: str

    @property
    def src_path(self) -> str:
        """The same under its older name."""
        return self.src_uri

    @property
    def name(self) -> str:
        """Its name without the ending; a README is the index of its folder."""
        stem = posixpath.splitext(posixpath.basename(self.src_uri))[0]
        return "index" if stem == "README" else stem


@dataclass(eq=False)
class NavPage(NavItem):
    """A page, in the menu or outside of it, as templates know it. Two with one address are equal.

    Attributes:
        title: As the menu shows it: HTML.
        url: Address, relative to the site; the home page is the empty text.
        file: The file that MkDocs would have read.
        meta: What its front matter says; title and description are HTML.
        canonical_url: Whole address, where that of the site is known.
        abs_url: The same from the top of the server.
        edit_url: Where its source is edited.
        previous_page: The page before it.
        next_page: The page after it.
        toc: Its table of contents.
        content: Its main content.
        planned: Its plan; nothing for a file of `docs/` that stands in the menu.
        in_menu: Whether it stands in the menu.
    """

    is_page = True

    title: str | None
    url: str
    file: PageFile
    meta: Mapping[str, Any] = field(default_factory=dict)
    canonical_url: str | None = None
    abs_url: str | None = None
    edit_url: str | None = None
    previous_page: NavPage | None = None
    next_page: NavPage | None = None
    toc: Sequence[Any] = ()
    content: str | None = None
    planned: Page | None = None
    in_menu: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NavPage) and self.url == other.url

    def __hash__(self) -> int:
        return hash(self.url)

    @property
    def is_index(self) -> bool:
        """Whether its file is the index of a folder."""
        return self.file.name == "index"

    @property
    def is_homepage(self) -> bool:
        """Whether it is the first page of the site."""
        return not self.url and self.is_index and self.is_top_level


class Navigation:
    """The menu.

    Attributes:
        items: Its entries.
        pages: The pages in it, in order.
        homepage: The home page, where it is at the top of the menu.
    """

    def __init__(self, items: list[NavItem]) -> None:
        self.items = items
        self.pages = list(_list_pages(items))
        for page in self.pages:
            page.in_menu = True
        self._link_chapters()
        self.homepage = next((page for page in self.pages if page.is_homepage), None)

    def _link_chapters(self) -> None:
        """Lead from chapter to chapter, as the menu has them: nothing else follows on what stands before it there."""
        chapters: list[NavPage] = []
        for before, page, after in zip((None, *self.pages), self.pages, (*self.pages[1:], None), strict=False):
            if page.planned is not None and page.planned.kind == CHAPTER:
                page.previous_page, page.next_page = before, after
                chapters.append(page)
        if chapters:
            chapters[0].previous_page = chapters[-1].next_page = None

    def __iter__(self) -> Iterator[NavItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class LazyNavigation:
    """The menu, built when a template asks for it: most pages have theirs from the cache of fragments."""

    def __init__(self, load: Callable[[], Navigation]) -> None:
        """Take what builds it."""
        self._load = load

    @cached_property
    def _navigation(self) -> Navigation:
        return self._load()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._navigation, name)

    def __iter__(self) -> Iterator[NavItem]:
        return iter(self._navigation)

    def __len__(self) -> int:
        return len(self._navigation)


@contextmanager
def marked_active(*items: NavItem) -> Iterator[None]:
    """Mark entries, and the sections that they stand in, while a page is rendered."""
    marked = [item for start in items for item in (start, *start.ancestors) if not item.active]
    for item in marked:
        item.active = True
    try:
        yield
    finally:
        for item in marked:
            item.active = False


def expand_nav(nav: Sequence[Any], plan: Sequence[Page]) -> list[Any]:
    """The setting `nav` with the address of a list replaced by its page; the handbook also lists its chapters.

    Without the setting, the menu has the home page, every list of records, and the pages of `docs/`.
    """
    indexes = {page.url: page for page in plan if page.kind in ("index", "overview") and page.number == 1}
    chapters = [page.src_uri for page in plan if page.kind == CHAPTER and not page.language]
    return _expand(nav or _list_all(plan, indexes), indexes, chapters)


def _list_all(plan: Sequence[Page], indexes: Mapping[str, Page]) -> Iterator[Any]:
    pages = [page.src_uri for page in plan if page.kind == "doc" and not page.language]
    lists = [collection.url for collection in COLLECTIONS.values() if collection.url in indexes]
    yield from (path for path in pages if path == HOME)
    yield from ({print_title(indexes[url]): url} for url in lists)
    yield from sorted(path for path in pages if path != HOME)


def _expand(nav: Iterable[Any], indexes: Mapping[str, Page], chapters: Sequence[str]) -> list[Any]:
    known = {collection.url for collection in COLLECTIONS.values()} | {overview.url for overview in OVERVIEWS.values()}
    expanded: list[Any] = []
    for entry in nav:
        title, value = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(value, dict):
            value = [{name: inner} for name, inner in value.items()]
        if isinstance(value, list):
            children = _expand(value, indexes, chapters)
            if children:
                expanded.append({title: children})
        elif value not in known:
            expanded.append(entry)
        elif value in indexes:
            index = indexes[value]
            if index.kind == "index" and index.id == CHAPTER:
                expanded += [{title: [index.src_uri, *chapters]}] if title else [index.src_uri, *chapters]
            else:
                expanded.append({title: index.src_uri} if title else index.src_uri)
    return expanded


def collect_labels(nav: Sequence[Any]) -> dict[str, str]:
    """What an expanded `nav` calls the pages that it names, by their paths: HTML. The first label of a page counts."""
    labels: dict[str, str] = {}
    for entry in nav:
        for title, value in entry.items() if isinstance(entry, dict) else ():
            more = collect_labels(value) if isinstance(value, list) else {PurePosixPath(value).as_posix(): str(title)}
            labels = more | labels
    return labels


def build_navigation(nav: Sequence[Any], find_page: Callable[[str], NavPage | None]) -> Navigation:
    """Make the menu of an expanded `nav`.

    Args:
        nav: What `expand_nav` gave.
        find_page: Finds the page of an entry, by its path; one and the same for the same path.
    """
    return Navigation(_make_items(nav, find_page))


def _make_items(nav: Sequence[Any], find_page: Callable[[str], NavPage | None]) -> list[NavItem]:
    items: list[NavItem] = []
    for entry in nav:
        title, value = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(value, list):
            items.append(NavSection(str(title), _make_items(value, find_page)))
            continue
        items.append(find_page(PurePosixPath(value).as_posix()) or Link(title, value))
    return items


def _list_pages(items: Sequence[NavItem]) -> Iterator[NavPage]:
    for item in items:
        if isinstance(item, NavPage):
            yield item
        yield from _list_pages(item.children or ())
