"""Queries of the knowledge base: pure functions of it and of texts and numbers, whose results can be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from goodpractice.content.changes import describe_change
from goodpractice.content.related import rank_chapters
from goodpractice.kinds import CHAPTER, MOMENT, THEME

if TYPE_CHECKING:
    from goodpractice.content.knowledge_base import KnowledgeBase

F = TypeVar("F", bound=Callable[..., Any])


def _find_publication(kb: KnowledgeBase, source: str) -> str | None:
    if source in kb.publications.raw:
        return source
    entry = kb.indexes.publication_by_url.get(source)
    return entry.id if entry else None


def _find_site_url(kb: KnowledgeBase) -> str:
    url = str(kb.settings.file.get("site_url") or "")
    return f"{url.rstrip('/')}/" if url else ""


def _select_chapters(kb: KnowledgeBase, *themes: str) -> tuple[str, ...]:
    chapters = kb.chapters.raw
    return tuple(found for found in kb.indexes.chapters if not set(themes).isdisjoint(chapters[found].themes))


def _select_partners(kb: KnowledgeBase, record_id: str, *fields: str) -> tuple[str, ...]:
    def names(partner: Any) -> bool:
        given = (getattr(partner, field) for field in fields)
        return any(record_id in value if isinstance(value, tuple) else record_id == value for value in given)

    return tuple(partner_id for partner_id in kb.indexes.partners if names(kb.partners.raw[partner_id]))


def _name_choice(kb: KnowledgeBase, kind: str, choice_id: str) -> str:
    choice = kb.table(kind).raw.get(choice_id)
    return choice.name if choice else choice_id


def _find_translation(kb: KnowledgeBase, kind: str, record_id: str, code: str, draft: bool) -> str | None:
    source = kb.documents.get((kind, record_id))
    found = f"{source.path.removesuffix('.md')}.{code}" if source is not None else ""
    translation = kb.translations.raw.get(found)
    return found if translation is not None and (draft or translation.is_approved) else None


#: The query after the case studies that are closest to one.
RELATED = "related"

#: Every question, by name. An answer is made of texts, numbers, None and tuples of them, so that it can be kept.
QUERIES: dict[str, Callable[..., Any]] = {
    "all": lambda kb, kind: tuple(kb.table(kind).raw),
    "any": lambda kb, kind: bool(kb.table(kind).raw),
    "has": lambda kb, kind, record_id: record_id in kb.table(kind).raw,
    "publication": _find_publication,
    "chapters": lambda kb: kb.indexes.chapters,
    "chapters_on": _select_chapters,
    "minutes": lambda kb, chapter_id: kb.documents[CHAPTER, chapter_id].reading_minutes,
    "cases": lambda kb, facets, start, stop: tuple(kb.indexes.cases.select(facets)[start:stop]),
    "case_count": lambda kb, facets: len(kb.indexes.cases.select(facets)),
    RELATED: lambda kb, case_id, most: kb.indexes.cases.relate(case_id, most),
    "next_chapters": lambda kb, chapter_id, most: rank_chapters(
        kb.indexes.chapter_facets,
        kb.indexes.chapters_with,
        kb.indexes.chapter_facets[chapter_id],
        most,
        after=chapter_id,
    ),
    "chapters_about": lambda kb, themes, moments, most: rank_chapters(
        kb.indexes.chapter_facets,
        kb.indexes.chapters_with,
        [*((THEME, t) for t in themes), *((MOMENT, m) for m in moments)],
        most,
    ),
    "area": lambda kb, area_id: next((tuple(area) for area in kb.indexes.cases.areas if area.id == area_id), None),
    "area_of": lambda kb, region, country: kb.indexes.cases.area_of(region, country),
    "areas": lambda kb: tuple(tuple(area) for area in kb.indexes.cases.areas),
    "entries": lambda kb: kb.indexes.cases_digest,
    "values": lambda kb, kind: kb.indexes.digest_texts(kind),
    "edition": lambda kb: kb.indexes.edition,
    "min_share": lambda kb: kb.settings.own.search.min_share,
    "share_url": lambda kb: str(kb.settings.file.get("extra", "share_url") or ""),
    "site_url": _find_site_url,
    "partners": lambda kb: kb.indexes.partners,
    "partners_with": _select_partners,
    "choice": _name_choice,
    "situations": lambda kb, kind, record_id: tuple(kb._group_situations(kind, record_id).items()),
    "translated": _find_translation,
    "changes": lambda kb, *subject: tuple(tuple(describe_change(kb, *found)) for found in kb._changes.get(subject, ())),
    "photo": lambda kb, case_id, file: tuple(kb.photos[case_id, file]) if (case_id, file) in kb.photos else None,
}


#: Queries whose answers the records of editors decide alone: a story changes none of them.
OF_EDITORS = frozenset(
    {
        "publication",
        "chapters",
        "chapters_on",
        "minutes",
        "next_chapters",
        "chapters_about",
        "partners",
        "partners_with",
    }
)
#: Queries about one record, by its kind and id, whose answers no other story changes.
OF_RECORD = frozenset({"has", "situations"})


def query(compute: F) -> F:
    """Let `KnowledgeBase.ask` find a function of a room above, by its name; usable as a decorator."""
    QUERIES[compute.__name__] = compute
    return compute
