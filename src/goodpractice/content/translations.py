"""The pages of a project that can be translated."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.translating import SourcePage
from goodpractice.kinds.registry import KINDS


def collect_sources(kb: KnowledgeBase) -> dict[str, SourcePage]:
    """Texts of editors in the language of the site, by path in the project."""
    sources = {}
    for (kind, page_id), document in kb.documents.items():
        if kind in KINDS and KINDS[kind].is_written and page_id in kb.table(kind).raw:
            record = kb.table(kind)[page_id]
            title, summary = record.title, record.summary
        elif kind == "doc":
            title, summary = str(document.meta.get("title") or page_id), str(document.meta.get("description") or "")
        else:
            continue
        sources[document.path] = SourcePage(title, summary, document.prose, kb.digest_page(kind, page_id))
    return sources


def list_other_languages(kb: KnowledgeBase) -> list[str]:
    """Codes of the languages of the site besides its own."""
    return [code for code in kb.languages if code != kb.own_language.code]
