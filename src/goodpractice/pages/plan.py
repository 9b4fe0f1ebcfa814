"""The plan of pages: every page of the site, before any is rendered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import Area
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.typography import has_these_quotes, set_quotes_of_text
from goodpractice.kinds import AUDIENCE, CASE_STUDY, CHAPTER, SETTING
from goodpractice.kinds.base import find_days
from goodpractice.kinds.kind import Collection, Kind
from goodpractice.kinds.overviews import OVERVIEWS, overview_is_shown
from goodpractice.kinds.paging import PAGE_SIZE, count_pages, page_url
from goodpractice.kinds.registry import CASE_FACETS, COLLECTIONS, KINDS
from goodpractice.kinds.views.links import lower_first
from goodpractice.kinds.views.lists import number_title
from goodpractice.pages.page import Page
from goodpractice.pages.translations import Approved, find_approved, list_alternates, plan_translations


def plan_pages(kb: KnowledgeBase) -> tuple[Page, ...]:
    """Every page of the site, in a fixed order: pages written in place first, then section by section."""
    approved = find_approved(kb)
    pages = list(_walk(kb, approved))
    pages += plan_translations(kb, pages, approved)
    return tuple(_set_marks(page, kb.language.code) for page in pages)


def _set_marks(page: Page, code: str) -> Page:
    """A page whose title and description have the marks of print. Few have any."""
    texts = page.title + page.description
    if ("'" not in texts and '"' not in texts) or not has_these_quotes(page.language or code):
        return page
    return replace(page, title=set_quotes_of_text(page.title), description=set_quotes_of_text(page.description))


def section_is_shown(kb: KnowledgeBase, kind: str) -> bool:
    """Whether a section has anything to show."""
    return kb.has_any(kind)


def _walk(kb: KnowledgeBase, approved: Approved) -> Iterator[Page]:
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


def _plan_doc(kb: KnowledgeBase, doc_id: str, document: Document, approved: Approved) -> Page:
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
        alternates=list_alternates(kb, document.path, url, approved),
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


_TOLD_THERE = N_("{name}: what partners did or planned together there, and what they learned.")


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


def _collect_records(kb: KnowledgeBase, kind: Kind[Any]) -> Mapping[str, Any]:
    """Records of a kind in the order of their pages; of case studies what lists need to know, which is quicker."""
    if kind.id == CASE_STUDY:
        return {case_id: kb.indexes.cases.entries[case_id] for case_id in kb.indexes.cases.ordered}
    return dict(kb.ordered_chapters) if kind.id == CHAPTER else kb.table(kind.id)


def _plan_records(
    kb: KnowledgeBase, kind: Kind[Any], collection: Collection[Any], approved: Approved
) -> Iterator[Page]:
    """The pages of the records of a kind: several for one under which many case studies are listed."""
    records = _collect_records(kb, kind)
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
                alternates=list_alternates(kb, source, url, approved) if kind.is_written else (),
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
