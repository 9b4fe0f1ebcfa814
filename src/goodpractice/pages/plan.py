"""The plan of pages: every page of the site, before any is rendered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import Area
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.typography import has_these_quotes, set_quotes_of_text
from goodpractice.kinds import AUDIENCE, CASE_STUDY, CHAPTER, SETTING, TRANSLATION
from goodpractice.kinds.base import find_days
from goodpractice.kinds.kind import Collection, Kind
from goodpractice.kinds.overviews import OVERVIEWS, overview_is_shown
from goodpractice.kinds.paging import PAGE_SIZE, count_pages, page_url
from goodpractice.kinds.registry import CASE_FACETS, COLLECTIONS, KINDS
from goodpractice.kinds.views.links import lower_first
from goodpractice.kinds.views.lists import number_title


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


def plan_pages(kb: KnowledgeBase) -> tuple[Page, ...]:
    """Every page of the site, in a fixed order: pages written in place first, then section by section."""
    approved = _list_approved(kb)
    pages = list(_walk(kb, approved))
    pages += _plan_translations(kb, pages, approved)
    return tuple(_print_title(page, kb.language.code) for page in pages)


def _print_title(page: Page, code: str) -> Page:
    """A page whose title has the marks of print. Few titles have any."""
    if ("'" not in page.title and '"' not in page.title) or not has_these_quotes(page.language or code):
        return page
    return replace(page, title=set_quotes_of_text(page.title))


def section_is_shown(kb: KnowledgeBase, kind: str) -> bool:
    """Whether a section has anything to show."""
    return kb.has_any(kind)


def _walk(kb: KnowledgeBase, approved: _Approved) -> Iterator[Page]:
    for (written, doc_id), document in kb.documents.items():
        if written == "doc":
            yield _plan_doc(kb, doc_id, document, approved)
    for kind in KINDS.values():
        if kind.collection and kb.has_any(kind.id):
            yield from _plan_index(kb, kind, kind.collection)
            yield from _plan_years(kb, kind, kind.collection)
    yield from _plan_overviews(kb)
    yield from _plan_lists(kb)
    for kind in KINDS.values():
        if kind.collection and kind.collection.record_view:
            yield from _plan_records(kb, kind, kind.collection, approved)
            yield from _plan_years_of_records(kb, kind, kind.collection)


def _plan_doc(kb: KnowledgeBase, doc_id: str, document: Document, approved: _Approved) -> Page:
    stem = doc_id.removesuffix(".md")
    title = str(document.meta.get("title") or _first_heading(document.body) or stem.rsplit("/", 1)[-1])
    url = _doc_url(doc_id)
    return Page(
        "doc",
        doc_id,
        url,
        title,
        str(document.meta.get("description") or ""),
        document.path,
        alternates=_list_alternates(kb, document.path, url, approved),
    )


def _doc_url(doc_id: str) -> str:
    stem = doc_id.removesuffix(".md")
    return stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/"


def _first_heading(body: str) -> str | None:
    return next((line[2:].strip() for line in body.split("\n") if line.startswith("# ")), None)


def _plan_index(kb: KnowledgeBase, kind: Kind[Any], collection: Collection[Any]) -> Iterator[Page]:
    entries = len(kb.table(kind.id))
    of = count_pages(entries, collection.page_size or max(entries, 1))
    for number in range(1, of + 1):
        yield Page(
            kind="index",
            id=kind.id,
            url=page_url(collection.url, number),
            title=number_title(kb, kb.gettext(collection.title), number, of),
            description=kb.gettext(collection.description),
            source=kind.file,
            macro=collection.view.__name__,
            number=number,
            of=of,
            section=collection.url,
        )


def _plan_years(kb: KnowledgeBase, kind: Kind[Any], collection: Collection[Any]) -> Iterator[Page]:
    """The records that were new in each year, where a kind has such lists."""
    if collection.year_view is None:
        return
    days = (find_days(record)[0] for record in kb.table(kind.id).values())
    for year, entries in sorted(Counter(day.year for day in days if day).items()):
        of = count_pages(entries)
        title = kb.gettext("{title} of {year}", title=kb.gettext(collection.title), year=year)
        for number in range(1, of + 1):
            yield Page(
                kind="overview",
                id=str(year),
                url=page_url(collection.year_url(year), number),
                title=number_title(kb, title, number, of),
                description=kb.gettext(collection.description),
                source=kind.file,
                macro=collection.year_view.__name__,
                number=number,
                of=of,
                section=collection.url,
            )


def _plan_years_of_records(kb: KnowledgeBase, kind: Kind[Any], collection: Collection[Any]) -> Iterator[Page]:
    """The pages for years of single records, where a kind has such pages."""
    pages = collection.record_years
    if pages is None:
        return
    for record_id, record in kb.table(kind.id).items():
        for year in pages.list_years(record):
            title = pages.title(kb, record, year)
            yield Page(
                kind="overview",
                id=f"{record_id}/{year}",
                url=collection.record_year_url(record_id, year),
                title=title,
                description=title,
                source=kind.file,
                macro=pages.view.__name__,
                section=collection.url,
            )


def lies_among_lists(kb: KnowledgeBase, url: str) -> bool:
    """Whether an address is that of a list that is made from data, or lies below it."""
    first = f"{url.partition('/')[0]}/"
    return any(
        collection.url == first and section_is_shown(kb, kind) for kind, collection in COLLECTIONS.items()
    ) or any(overview.url == first and overview_is_shown(kb, overview) for overview in OVERVIEWS.values())


def _plan_overviews(kb: KnowledgeBase) -> Iterator[Page]:
    for overview in OVERVIEWS.values():
        if overview_is_shown(kb, overview):
            yield Page(
                kind="overview",
                id=overview.id,
                url=overview.url,
                title=kb.gettext(overview.title),
                description=kb.gettext(overview.description),
                source=overview.source,
                macro=overview.macro,
                section=COLLECTIONS[CASE_STUDY].url if overview.tables == (CASE_STUDY,) else "",
                scripts=overview.scripts,
            )


def _plan_lists(kb: KnowledgeBase) -> Iterator[Page]:
    """The case studies of each audience, setting and area. One of which no story is told yet has its page, too."""
    lists = []
    audiences, settings = OVERVIEWS["audiences"], OVERVIEWS["settings"]
    if overview_is_shown(kb, audiences):
        for choice in kb.list_choices(AUDIENCE):
            listed = len(kb.select_case_studies(audience=choice.id))
            title = kb.gettext("Case studies with {name}", name=lower_first(choice.name))
            lists.append((audiences, choice.id, title, choice.description or f"{title}.", "audience_page", listed))
        for choice in kb.list_choices(SETTING):
            listed = len(kb.select_case_studies(setting=choice.id))
            about = choice.description or kb.gettext(_TOLD_THERE, name=choice.name)
            lists.append((settings, choice.id, title_setting(kb, choice.name), about, "setting_page", listed))
    for area in kb.areas:
        about = kb.gettext(_TOLD_THERE, name=area.name)
        lists.append((OVERVIEWS["regions"], area.id, title_area(kb, area), about, "region_page", area.number))
    for overview, list_id, title, description, macro, listed in lists:
        of = count_pages(listed)
        for number in range(1, of + 1):
            yield Page(
                kind="overview",
                id=list_id,
                url=page_url(f"{overview.url}{list_id}/", number),
                title=number_title(kb, title, number, of),
                description=description,
                source=overview.source,
                macro=macro,
                number=number,
                of=of,
                section=COLLECTIONS[CASE_STUDY].url,
            )


_TOLD_THERE = N_("{name}: what partners did together there, and what they learned.")


def title_setting(kb: KnowledgeBase, name: str) -> str:
    """Title of the list of a setting."""
    return kb.gettext("Case studies, setting: {name}", name=lower_first(name))


def name_area(kb: KnowledgeBase, area: Area) -> str:
    """Name of an area, with its country where another country has a region of this name."""
    shared = area.within and any(other.name == area.name and other.id != area.id for other in kb.areas)
    return f"{area.name}, {area.within}" if shared and not area.among else area.name


def title_area(kb: KnowledgeBase, area: Area) -> str:
    """Title of the list of an area."""
    return kb.gettext("Case studies: {name}", name=name_area(kb, area))


def _list_records(kb: KnowledgeBase, kind: Kind[Any]) -> Mapping[str, Any]:
    """Records of a kind in the order of their pages; of case studies what lists need to know, which is quicker."""
    if kind.id == CASE_STUDY:
        return {case_id: kb.indexes.cases.entries[case_id] for case_id in kb.indexes.cases.ordered}
    return dict(kb.ordered_chapters) if kind.id == CHAPTER else kb.table(kind.id)


def _plan_records(
    kb: KnowledgeBase, kind: Kind[Any], collection: Collection[Any], approved: _Approved
) -> Iterator[Page]:
    """The pages of the records of a kind: several for one under which many case studies are listed."""
    records = _list_records(kb, kind)
    neighbours = _find_neighbours(kind, collection, records)
    for record_id, record in records.items():
        listed = len(kb.select_case_studies(**{kind.id: record_id})) if kind.id in CASE_FACETS else 0
        of = count_pages(listed, PAGE_SIZE)
        title = collection.record_title(record, kb) if collection.record_title else kind.name_record(record, record_id)
        url = collection.record_url(record_id)
        before, after = neighbours.get(record_id, ("", ""))
        source = f"{kind.file}{record_id}.md" if kind.has_text else kind.file
        for number in range(1, of + 1):
            yield Page(
                kind=kind.id,
                id=record_id,
                url=page_url(url, number),
                title=number_title(kb, title, number, of),
                description=collection.describe(record, kb) if collection.describe else "",
                source=source,
                alternates=_list_alternates(kb, source, url, approved) if kind.is_written else (),
                macro=collection.record_macro,
                number=number,
                of=of,
                section=collection.url,
                leads_to=collection.find_entry(record, kb) if collection.find_entry else "",
                previous=before,
                next=after,
            )


def _find_neighbours(
    kind: Kind[Any], collection: Collection[Any], records: Mapping[str, Any]
) -> Mapping[str, tuple[str, str]]:
    """The addresses of the pages before and after that of a record, by its id."""
    sequences: Iterable[Sequence[str]] = [list(records)] if kind.has_text else []
    if collection.list_sequences:
        sequences = collection.list_sequences(records)
    found: dict[str, tuple[str, str]] = {}
    for sequence in sequences:
        urls = ["", *map(collection.record_url, sequence), ""]
        found |= {record_id: (urls[at], urls[at + 2]) for at, record_id in enumerate(sequence)}
    return found


#: Codes of the languages into which a page is translated and approved, by its source; and all such codes.
_Approved = tuple[Mapping[str, frozenset[str]], tuple[str, ...]]


def _list_approved(kb: KnowledgeBase) -> _Approved:
    found: dict[str, set[str]] = {}
    for key, translation in kb.translations.raw.items():
        if translation.is_approved:
            stem, _, code = key.rpartition(".")
            found.setdefault(f"{stem}.md", set()).add(code)
    codes = tuple(code for code in kb.languages if any(code in known for known in found.values()))
    return {source: frozenset(known) for source, known in found.items()}, codes


def _list_alternates(kb: KnowledgeBase, source: str, url: str, approved: _Approved) -> tuple[tuple[str, str], ...]:
    """The page in every language in which the site has anything at all; a site in one language says nothing of it."""
    sources, codes = approved
    if not codes:
        return ()
    there = sources.get(source, frozenset())
    return ((kb.own_language.code, url), *((code, f"{code}/{url}" if code in there else "") for code in codes))


def _plan_translations(kb: KnowledgeBase, pages: Sequence[Page], approved: _Approved) -> Iterator[Page]:
    """Translations, chapters in reading order; drafts among them, so that those who read them first can see them."""
    # A chapter whose own facts are wrong has no page yet.
    originals = {page.source: (place, page) for place, page in enumerate(pages) if page.is_written}
    planned: list[tuple[int, Page]] = []
    for key, translation in kb.translations.items():
        stem, _, code = key.rpartition(".")
        if f"{stem}.md" not in originals:
            continue
        place, own = originals[f"{stem}.md"]
        older = translation.source_digest != kb.digest_page(own.kind, own.id)
        page = replace(
            own,
            url=f"{code}/{own.url}",
            title=translation.title,
            description=translation.summary or "",
            source=f"{key}.md",
            language=code,
            alternates=_list_alternates(kb, own.source, own.url, approved) if translation.is_approved else (),
            translation=("older" if older else "") if translation.is_approved else "draft",
            previous="",
            next="",
        )
        planned.append((place if own.section else -1, page))
    planned.sort(key=lambda entry: (entry[1].language, entry[0], entry[1].url))
    in_order: dict[str, list[str]] = {}
    for _, page in planned:
        if page.section and page.is_listed:
            in_order.setdefault(page.language, []).append(page.url)
    for _, page in planned:
        urls = in_order.get(page.language, [])
        place = urls.index(page.url) if page.url in urls else -1
        before = urls[place - 1] if place > 0 else ""
        after = urls[place + 1] if 0 <= place < len(urls) - 1 else ""
        yield replace(page, previous=before, next=after)


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
