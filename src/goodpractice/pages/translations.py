"""The pages of translations, and which pages are the same in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.pages.page import Page

#: Codes of the languages into which a page is translated and approved, by its source; and all such codes.
Approved: TypeAlias = tuple[Mapping[str, frozenset[str]], tuple[str, ...]]


def find_approved(kb: KnowledgeBase) -> Approved:
    """Which pages may be read in which languages."""
    found: dict[str, set[str]] = {}
    for key, translation in kb.translations.raw.items():
        if translation.is_approved:
            stem, _, code = key.rpartition(".")
            found.setdefault(f"{stem}.md", set()).add(code)
    codes = tuple(code for code in kb.languages if any(code in known for known in found.values()))
    return {source: frozenset(known) for source, known in found.items()}, codes


def list_alternates(kb: KnowledgeBase, source: str, url: str, approved: Approved) -> tuple[tuple[str, str], ...]:
    """The page in every language in which the site has anything at all; a site in one language says nothing of it."""
    sources, codes = approved
    if not codes:
        return ()
    there = sources.get(source, frozenset())
    return ((kb.own_language.code, url), *((code, f"{code}/{url}" if code in there else "") for code in codes))


def plan_translations(kb: KnowledgeBase, pages: Sequence[Page], approved: Approved) -> Iterator[Page]:
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
            alternates=list_alternates(kb, own.source, own.url, approved) if translation.is_approved else (),
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
