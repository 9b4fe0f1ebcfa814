"""The plan of pages: every page of the site, before any is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import Area
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.typography import has_these_quotes, set_quotes_of_text

#: Entries on one page of a list.
PAGE_SIZE = 50
#: Partners stand in short groups by letter, so that more of them fit on one page.
PARTNERS_PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site with an index page.

    Attributes:
        kind: Kind of the pages in it.
        url: Address of its index, relative to the site.
        title: Title of its index.
        description: For search engines and lists.
        macro: Layout macro of the index.
        source: Where its entries are edited.
    """

    kind: str
    url: str
    title: str
    description: str
    macro: str
    source: str


SECTIONS: Mapping[str, Section] = {
    section.kind: section
    for section in (
        Section(
            "chapter",
            "handbook/",
            N_("Handbook"),
            N_("Short chapters on working together as equal partners: what to do, what to ask, what others did."),
            "handbook_index",
            "handbook/",
        ),
        Section(
            "case_study",
            "case-studies/",
            N_("Case studies"),
            N_("What partners did together, what they learned and what did not work, with sources."),
            "case_study_index",
            "case_studies/",
        ),
        Section(
            "partner",
            "partners/",
            N_("Partners"),
            N_("Museums, science centres, community groups, universities and funders, and what they do together."),
            "partner_index",
            "partners.yml",
        ),
        Section(
            "theme",
            "themes/",
            N_("Themes"),
            N_("Start from your situation: each theme leads to chapters, case studies and tools."),
            "theme_index",
            "data/themes.yml",
        ),
        Section(
            "programme",
            "programmes/",
            N_("Programmes"),
            N_("Programmes in which partners work together, with their members and case studies."),
            "programme_index",
            "data/programmes.yml",
        ),
        Section(
            "network",
            "networks/",
            N_("Networks"),
            N_("Networks of science centres and museums around the world."),
            "network_index",
            "partners.yml",
        ),
        Section(
            "event",
            "events/",
            N_("Events"),
            N_("World summits of science centres, and what they agreed."),
            "event_index",
            "data/events.yml",
        ),
        Section(
            "term",
            "glossary/",
            N_("Glossary"),
            N_("The words used here, and what to say instead of words that hurt."),
            "glossary_page",
            "data/glossary.yml",
        ),
        Section(
            "resource",
            "resources/",
            N_("Resources"),
            N_("Tools, guides and funders for working in partnership."),
            "resource_index",
            "data/resources.yml",
        ),
    )
}


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
            ("theme",),
            ("gp-find",),
        ),
        Overview(
            "compare",
            "compare/",
            N_("Compare case studies"),
            N_("Up to three case studies side by side: who decided, who held the money, what worked and what did not."),
            "compare_page",
            "case_studies/",
            ("case_study",),
            ("gp-compare",),
        ),
        Overview(
            "audiences",
            "audiences/",
            N_("Case studies by who took part"),
            N_("Families, young people, carers and others: who took part in the case studies."),
            "audience_index",
            "data/vocabularies.yml",
            ("case_study",),
        ),
        Overview(
            "settings",
            "settings/",
            N_("Case studies by setting"),
            N_("In a museum, in a community's own place, in the street, online: where people met in the case studies."),
            "setting_index",
            "data/vocabularies.yml",
            ("case_study",),
        ),
        Overview(
            "regions",
            "regions/",
            N_("Case studies by region"),
            N_("Where the case studies happened, by country, nation and region."),
            "region_index",
            "case_studies/",
            ("case_study",),
        ),
        Overview(
            "map",
            "map/",
            N_("Map"),
            N_("Where partners are, and where their case studies began: on a map, and as a list that says the same."),
            "map_page",
            "partners.yml",
            ("partner",),
            ("gp-map",),
        ),
        Overview(
            "at-a-glance",
            "at-a-glance/",
            N_("At a glance"),
            N_("The collection in three pictures: who worked on which theme, when, and where examples are missing."),
            "glance_page",
            "case_studies/",
            ("case_study", "theme"),
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

    @property
    def is_written(self) -> bool:
        """Whether editors write its text: a chapter or a page of `docs/`, in any language."""
        return self.kind in ("doc", "chapter")

    @property
    def present_alternates(self) -> tuple[tuple[str, str], ...]:
        """The editions that are there. That in the language of the site comes first; a home page's address is empty."""
        return tuple(alternate for at, alternate in enumerate(self.alternates) if alternate[1] or at == 0)

    @property
    def document(self) -> tuple[str, str]:
        """Where the knowledge base keeps its text."""
        return ("translation", self.source.removesuffix(".md")) if self.language else (self.kind, self.id)

    @property
    def is_listed(self) -> bool:
        """Whether readers may find it: a draft stays out of navigation, lists, search and the sitemap."""
        return self.translation != "draft"

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
    for (kind, doc_id), document in kb.documents.items():
        if kind == "doc":
            yield _plan_doc(kb, doc_id, document, approved)
    for section in SECTIONS.values():
        if section_is_shown(kb, section.kind):
            yield from _plan_index(kb, section, len(kb.table(section.kind)))
    yield from _plan_overviews(kb)
    yield from _plan_lists(kb)
    yield from _plan_chapters(kb, approved)
    yield from _plan_case_studies(kb)
    for partner in kb.partners.values():
        place = ", ".join(part for part in (partner.name, partner.town, partner.region, partner.country) if part)
        about = partner.about or kb.gettext("{place}: programmes and case studies.", place=place)
        listed = len(kb.select_case_studies(partner=partner.id))
        yield from _plan_record(kb, "partner", partner.id, partner.name, about, "partner_profile", listed)
    for theme in kb.themes.values():
        listed = len(kb.select_case_studies(theme=theme.id))
        # Many a theme has the name of its chapter; two pages with one title cannot be told apart in a list of tabs.
        yield from _plan_record(
            kb,
            "theme",
            theme.id,
            kb.gettext("Theme: {name}", name=theme.name),
            theme.summary,
            "theme_page",
            listed,
        )
    for programme in kb.programmes.values():
        listed = len(kb.select_case_studies(programme=programme.id))
        yield from _plan_record(
            kb, "programme", programme.id, programme.name, programme.summary, "programme_page", listed
        )
    for network in kb.networks.values():
        about = network.about or f"{network.name}: {network.region}."
        yield from _plan_record(kb, "network", network.id, network.name, about, "network_page", 0)
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


def _plan_index(kb: KnowledgeBase, section: Section, entries: int) -> Iterator[Page]:
    size = {"partner": PARTNERS_PAGE_SIZE, "case_study": PAGE_SIZE}.get(section.kind, max(entries, 1))
    of = count_pages(entries, size)
    for number in range(1, of + 1):
        yield Page(
            kind="index",
            id=section.kind,
            url=page_url(section.url, number),
            title=number_title(kb, kb.gettext(section.title), number, of),
            description=kb.gettext(section.description),
            source=section.source,
            macro=section.macro,
            number=number,
            of=of,
            section=section.url,
        )


def overview_is_shown(kb: KnowledgeBase, overview: Overview) -> bool:
    """Whether an overview has anything to show."""
    return all(kb.has_any(kind) for kind in overview.tables)


def lies_among_lists(kb: KnowledgeBase, url: str) -> bool:
    """Whether an address is that of a list that is made from data, or lies below it."""
    first = f"{url.partition('/')[0]}/"
    return any(section.url == first and section_is_shown(kb, section.kind) for section in SECTIONS.values()) or any(
        overview.url == first and overview_is_shown(kb, overview) for overview in OVERVIEWS.values()
    )


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
                section=SECTIONS["case_study"].url if overview.id in OF_CASE_STUDIES else "",
                scripts=overview.scripts,
            )


def _plan_lists(kb: KnowledgeBase) -> Iterator[Page]:
    """The case studies of each audience, setting and area. One of which no story is told yet has its page, too."""
    lists = []
    audiences, settings = OVERVIEWS["audiences"], OVERVIEWS["settings"]
    if overview_is_shown(kb, audiences):
        for choice in kb.list_choices("audience"):
            listed = len(kb.select_case_studies(audience=choice.id))
            title = kb.gettext("Case studies with {name}", name=lower_first(choice.name))
            lists.append((audiences, choice.id, title, choice.description or f"{title}.", "audience_page", listed))
        for choice in kb.list_choices("setting"):
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
                section=SECTIONS["case_study"].url,
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


def _plan_record(
    kb: KnowledgeBase, kind: str, record_id: str, title: str, description: str, macro: str, listed: int
) -> Iterator[Page]:
    section = SECTIONS[kind]
    url = f"{section.url}{record_id}/"
    of = count_pages(listed, PAGE_SIZE)
    for number in range(1, of + 1):
        yield Page(
            kind=kind,
            id=record_id,
            url=page_url(url, number),
            title=number_title(kb, title, number, of),
            description=description,
            source=section.source,
            macro=macro,
            number=number,
            of=of,
            section=section.url,
        )


def _plan_chapters(kb: KnowledgeBase, approved: _Approved) -> Iterator[Page]:
    section = SECTIONS["chapter"]
    ordered = kb.ordered_chapters
    for place, (chapter_id, chapter) in enumerate(ordered):
        source = kb.documents["chapter", chapter_id].path
        url = f"{section.url}{chapter_id}/"
        yield Page(
            kind="chapter",
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
    order = {kb.documents["chapter", chapter_id].path: place for place, chapter_id in enumerate(chapters)}
    keys = {document.path: key for key, document in kb.documents.items() if key[0] in ("doc", "chapter")}
    planned: list[tuple[int, Page]] = []
    for key, translation in kb.translations.items():
        stem, _, code = key.rpartition(".")
        source = f"{stem}.md"
        if source not in keys or (keys[source][0] == "chapter" and source not in order):
            continue  # a chapter whose own facts are wrong has no page yet
        kind, page_id = keys[source]
        section = SECTIONS["chapter"].url if kind == "chapter" else ""
        url = f"{section}{page_id}/" if kind == "chapter" else _doc_url(page_id)
        older = translation.source_digest != kb.digest_page(kind, page_id)
        page = Page(
            kind=kind,
            id=page_id,
            url=f"{code}/{url}",
            title=translation.title,
            description=translation.summary or "",
            source=f"{key}.md",
            macro="chapter_page" if kind == "chapter" else "",
            section=section,
            language=code,
            alternates=_list_alternates(kb, source, url, approved) if translation.is_approved else (),
            translation=("older" if older else "") if translation.is_approved else "draft",
        )
        planned.append((order.get(source, -1), page))
    planned.sort(key=lambda entry: (entry[1].language, entry[0], entry[1].url))
    in_order: dict[str, list[str]] = {}
    for _, page in planned:
        if page.kind == "chapter" and page.is_listed:
            in_order.setdefault(page.language, []).append(page.url)
    for _, page in planned:
        urls = in_order.get(page.language, [])
        place = urls.index(page.url) if page.url in urls else -1
        before = urls[place - 1] if place > 0 else ""
        after = urls[place + 1] if 0 <= place < len(urls) - 1 else ""
        yield replace(page, previous=before, next=after)


def _plan_case_studies(kb: KnowledgeBase) -> Iterator[Page]:
    section = SECTIONS["case_study"]
    ordered = kb.case_index.ordered
    entries = kb.case_index.entries
    for place, case_id in enumerate(ordered):
        yield Page(
            kind="case_study",
            id=case_id,
            url=f"{section.url}{case_id}/",
            title=entries[case_id].title,
            description=entries[case_id].summary,
            source=f"{section.source}{case_id}.md",
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
        if page.is_written or page.kind == "case_study" or (page.kind == "index" and page.number == 1):
            by_source.setdefault(page.source.rstrip("/"), page)
    return PageIndex(
        by_source,
        {page.url: page.title for page in pages},
        {page.url: dict(page.alternates) for page in pages if page.alternates and not page.language},
    )
