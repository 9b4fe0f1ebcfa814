"""The plan of pages: every page of the site, before any is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import Area
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.typography import has_these_quotes, set_quotes_of_text
from goodpractice.kinds import AUDIENCE, CASE_STUDY, CHAPTER, PARTNER, SETTING, THEME, TRANSLATION
from goodpractice.kinds.kind import PAGE_SIZE, Collection, Kind
from goodpractice.kinds.registry import CASE_FACETS, COLLECTIONS, KINDS
from goodpractice.pages.entries import find_entry


@dataclass(frozen=True, slots=True)
class Overview:
    """A page that shows several tables at once: the map, the pictures of the whole.

    Attributes:
        id: Id of the page.
        url: Address, relative to the site.
        title: Title.
        description: For search engines and lists.
        macro: Layout macro.
        source: Where most of what it shows is edited.
        tables: Kinds of records that it is made from; without any of them there is no page.
        scripts: Custom elements on the page, by the names of their files.
    """

    id: str
    url: str
    title: str
    description: str
    macro: str
    source: str
    tables: tuple[str, ...]
    scripts: tuple[str, ...] = ()


OVERVIEWS: Mapping[str, Overview] = {
    overview.id: overview
    for overview in (
        Overview(
            "find",
            "find/",
            N_("Find what fits"),
            N_("Four short questions about your situation lead to chapters, tips and case studies that fit it."),
            "find_page",
            "data/themes.yml",
            (THEME,),
            ("gp-find",),
        ),
        Overview(
            "compare",
            "compare/",
            N_("Compare case studies"),
            N_("Up to three case studies side by side: who decided, who held the money, what worked and what did not."),
            "compare_page",
            "case_studies/",
            (CASE_STUDY,),
            ("gp-compare",),
        ),
        Overview(
            "audiences",
            "audiences/",
            N_("Case studies by who took part"),
            N_("Families, young people, carers and others: who took part in the case studies."),
            "audience_index",
            "data/vocabularies.yml",
            (CASE_STUDY,),
        ),
        Overview(
            "settings",
            "settings/",
            N_("Case studies by setting"),
            N_("In a museum, in a community's own place, in the street, online: where people met in the case studies."),
            "setting_index",
            "data/vocabularies.yml",
            (CASE_STUDY,),
        ),
        Overview(
            "regions",
            "regions/",
            N_("Case studies by region"),
            N_("Where the case studies happened, by country, nation and region."),
            "region_index",
            "case_studies/",
            (CASE_STUDY,),
        ),
        Overview(
            "map",
            "map/",
            N_("Map"),
            N_("Where partners are, and where their case studies began: on a map, and as a list that says the same."),
            "map_page",
            "partners.yml",
            (PARTNER,),
            ("gp-map",),
        ),
        Overview(
            "at-a-glance",
            "at-a-glance/",
            N_("At a glance"),
            N_("The collection in three pictures: who worked on which theme, when, and where examples are missing."),
            "glance_page",
            "case_studies/",
            (CASE_STUDY, THEME),
        ),
        Overview(
            "new",
            "new/",
            N_("What is new"),
            N_("New and changed case studies, chapters and events, the latest first."),
            "new_page",
            "case_studies/",
            (),
        ),
        Overview(
            "search",
            "search/",
            N_("Search"),
            N_("Search the handbook, case studies, partners, words and tools, in your own words."),
            "search_page",
            "data/glossary.yml",
            (),
            ("gp-search-page",),
        ),
    )
}


#: Overviews that belong to the section of the case studies.
OF_CASE_STUDIES = frozenset({"compare", "audiences", "settings", "regions"})


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
        macro: Name of the layout macro; empty for pages written in place.
        number: Which page of a paginated list this is, from 1.
        of: How many pages the list has.
        section: Address of the index of its section; empty outside sections.
        previous: Address of the page before it in its section, if any.
        next: Address of the page after it in its section, if any.
        scripts: Custom elements on the page, by the names of their files in
            `scripts/`, without `.js`.
        language: Code of its language; empty for the language of the site.
        editions: The same page in every language of the site that is approved for it, as code and address, its own
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
        return self.kind in ("doc", CHAPTER)

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
    return tuple(_print_title(page, kb.language.code) for page in _walk(kb))


def _print_title(page: Page, code: str) -> Page:
    """A page whose title has the marks of print. Few titles have any."""
    if ("'" not in page.title and '"' not in page.title) or not has_these_quotes(page.language or code):
        return page
    return replace(page, title=set_quotes_of_text(page.title))


def section_is_shown(kb: KnowledgeBase, kind: str) -> bool:
    """Whether a section has anything to show."""
    return kb.has_any(kind)


def _walk(kb: KnowledgeBase) -> Iterator[Page]:
    approved = _list_approved(kb)
    for (written, doc_id), document in kb.documents.items():
        if written == "doc":
            yield _plan_doc(kb, doc_id, document, approved)
    for kind in KINDS.values():
        if kind.collection and kb.has_any(kind.id):
            yield from _plan_index(kb, kind, kind.collection)
    yield from _plan_overviews(kb)
    yield from _plan_lists(kb)
    yield from _plan_chapters(kb, approved)
    yield from _plan_case_studies(kb)
    for kind in KINDS.values():
        if kind.collection and kind.collection.record_view and kind.id not in (CHAPTER, CASE_STUDY):
            yield from _plan_records(kb, kind, kind.collection)
    yield from _plan_translations(kb, approved)


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
            macro=collection.view,
            number=number,
            of=of,
            section=collection.url,
        )


def overview_is_shown(kb: KnowledgeBase, overview: Overview) -> bool:
    """Whether an overview has anything to show."""
    return all(kb.has_any(kind) for kind in overview.tables)


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
                section=COLLECTIONS[CASE_STUDY].url if overview.id in OF_CASE_STUDIES else "",
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


def number_title(kb: KnowledgeBase, title: str, number: int, of: int) -> str:
    """The title of a page of a list: the first has that of the list itself."""
    if number == 1:
        return title
    return kb.gettext("{title}, page {number} of {of}", title=title, number=number, of=of)


def lower_first(name: str) -> str:
    """A name inside a sentence: `families`, but `STEM clubs`."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _plan_records(kb: KnowledgeBase, kind: Kind[Any], collection: Collection[Any]) -> Iterator[Page]:
    """The pages of the records of a kind: several for one under which many case studies are listed."""
    for record_id, record in kb.table(kind.id).items():
        listed = len(kb.select_case_studies(**{kind.id: record_id})) if kind.id in CASE_FACETS else 0
        of = count_pages(listed, PAGE_SIZE)
        title = collection.record_title(record, kb) if collection.record_title else kind.name_record(record, record_id)
        for number in range(1, of + 1):
            yield Page(
                kind=kind.id,
                id=record_id,
                url=page_url(collection.record_url(record_id), number),
                title=number_title(kb, title, number, of),
                description=collection.describe(record, kb) if collection.describe else "",
                source=kind.file,
                macro=collection.record_view,
                number=number,
                of=of,
                section=collection.url,
                leads_to=find_entry(kb, kind.id, record_id),
            )


def _plan_chapters(kb: KnowledgeBase, approved: _Approved) -> Iterator[Page]:
    section = COLLECTIONS[CHAPTER]
    ordered = kb.ordered_chapters
    for place, (chapter_id, chapter) in enumerate(ordered):
        source = kb.documents[CHAPTER, chapter_id].path
        url = f"{section.url}{chapter_id}/"
        yield Page(
            kind=CHAPTER,
            id=chapter_id,
            url=url,
            title=chapter.title,
            description=chapter.summary,
            source=source,
            alternates=_list_alternates(kb, source, url, approved),
            macro="chapter_page",
            section=section.url,
            previous=f"{section.url}{ordered[place - 1][0]}/" if place else "",
            next=f"{section.url}{ordered[place + 1][0]}/" if place + 1 < len(ordered) else "",
        )


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


def _plan_translations(kb: KnowledgeBase, approved: _Approved) -> Iterator[Page]:
    """Translations, chapters in reading order; drafts among them, so that those who read them first can see them."""
    if not kb.translations.raw:
        return
    chapters = [chapter_id for chapter_id, _ in kb.ordered_chapters]
    order = {kb.documents[CHAPTER, chapter_id].path: place for place, chapter_id in enumerate(chapters)}
    keys = {document.path: key for key, document in kb.documents.items() if key[0] in ("doc", CHAPTER)}
    planned: list[tuple[int, Page]] = []
    for key, translation in kb.translations.items():
        stem, _, code = key.rpartition(".")
        source = f"{stem}.md"
        if source not in keys or (keys[source][0] == CHAPTER and source not in order):
            continue  # a chapter whose own facts are wrong has no page yet
        kind, page_id = keys[source]
        section = COLLECTIONS[CHAPTER].url if kind == CHAPTER else ""
        url = f"{section}{page_id}/" if kind == CHAPTER else _doc_url(page_id)
        older = translation.source_digest != kb.digest_page(kind, page_id)
        page = Page(
            kind=kind,
            id=page_id,
            url=f"{code}/{url}",
            title=translation.title,
            description=translation.summary or "",
            source=f"{key}.md",
            macro="chapter_page" if kind == CHAPTER else "",
            section=section,
            language=code,
            alternates=_list_alternates(kb, source, url, approved) if translation.is_approved else (),
            translation=("older" if older else "") if translation.is_approved else "draft",
        )
        planned.append((order.get(source, -1), page))
    planned.sort(key=lambda entry: (entry[1].language, entry[0], entry[1].url))
    in_order: dict[str, list[str]] = {}
    for _, page in planned:
        if page.kind == CHAPTER and page.is_listed:
            in_order.setdefault(page.language, []).append(page.url)
    for _, page in planned:
        urls = in_order.get(page.language, [])
        place = urls.index(page.url) if page.url in urls else -1
        before = urls[place - 1] if place > 0 else ""
        after = urls[place + 1] if 0 <= place < len(urls) - 1 else ""
        yield replace(page, previous=before, next=after)


def _plan_case_studies(kb: KnowledgeBase) -> Iterator[Page]:
    section = COLLECTIONS[CASE_STUDY]
    ordered = kb.case_index.ordered
    entries = kb.case_index.entries
    for place, case_id in enumerate(ordered):
        yield Page(
            kind=CASE_STUDY,
            id=case_id,
            url=f"{section.url}{case_id}/",
            title=entries[case_id].title,
            description=entries[case_id].summary,
            source=f"{KINDS[CASE_STUDY].file}{case_id}.md",
            macro="case_study_page",
            section=section.url,
            previous=f"{section.url}{ordered[place - 1]}/" if place else "",
            next=f"{section.url}{ordered[place + 1]}/" if place + 1 < len(ordered) else "",
        )


def count_pages(entries: int, size: int = PAGE_SIZE) -> int:
    """How many pages a list of so many entries needs; an empty list has one."""
    return max(1, -(-entries // size))


def page_url(url: str, number: int) -> str:
    """Address of a page of a list: the first page has the address of the list itself."""
    return url if number == 1 else f"{url}page/{number}/"


@dataclass(frozen=True, slots=True)
class PageIndex:
    """Where the pages of a plan are found.

    Attributes:
        by_source: Pages by the file that a repository path names; data files lead to their index.
        titles: Titles of pages by address.
        editions: Where each page is in other languages, by its address and the code of the language.
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
