"""How to cite a page: the fold at its foot, and what its head tells programs that keep references."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.citations import (
    CITATION_FORMATS,
    Citation,
    cite_record,
    describe_cited,
    list_meta,
    may_be_cited,
    write_bibtex,
    write_sentence,
)
from goodpractice.formats.datasets import data_url, title_dataset
from goodpractice.formats.registry import FORMATS
from goodpractice.kinds.blocks import Block, Code, Fold, PageLink, Paragraph, Sentence, join
from goodpractice.kinds.registry import KINDS
from goodpractice.pages import Page


def show_citation(kb: KnowledgeBase, kind: str, record_id: str) -> Iterator[Fold]:
    """How to cite a record, folded up; nothing on a site without an address, and nothing on a translation."""
    if not describe_cited(kb).site_url or kb.is_translated:
        return
    files = join(PageLink(data_url(KINDS[kind], ending), FORMATS[ending].name) for ending in CITATION_FORMATS)
    title = title_dataset(kb, KINDS[kind])
    words = kb.gettext("For programs that keep references, with everything in {section}: {files}.")
    yield Fold(
        kb.gettext("Cite this page"),
        (
            *print_citation(cite_record(kb, kind, record_id)),
            Paragraph("citation-files", Sentence(words, {"section": title, "files": files})),
        ),
    )


def print_citation(citation: Citation) -> tuple[Block, ...]:
    """A citation to copy, as a sentence and for BibTeX."""
    return Paragraph("citation", write_sentence(citation)), Code(write_bibtex(citation).rstrip())


def describe_page(kb: KnowledgeBase, page: Page) -> str:
    """What the head of a page tells programs that keep references: HTML; nothing where nobody wrote the page."""
    kind = KINDS.get(page.kind)
    if kind is None or not may_be_cited(kind) or page.language or not describe_cited(kb).site_url:
        return ""
    return list_meta(cite_record(kb, page.kind, page.id))
