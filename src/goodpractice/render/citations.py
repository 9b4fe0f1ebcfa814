"""How to cite a page: the fold at its foot, and what its head tells programs that keep references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.citations import (
    CITATION_FORMATS,
    CITATION_TYPES,
    Citation,
    cite_record,
    describe_cited,
    may_be_cited,
    write_bibtex,
    write_meta,
    write_sentence,
)
from goodpractice.formats.datasets import data_url, title_dataset
from goodpractice.formats.registry import FORMATS
from goodpractice.kinds.blocks import Block, Code, Fold, Paragraph
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.lookup import memoise
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.texts import FileLink, Joined, PageLink, Sentence, join
from goodpractice.pages import Page


def show_citation(kb: KnowledgeBase, kind: str, record_id: str) -> Iterator[Fold]:
    """How to cite a record, folded up; nothing on a site without an address, and nothing on a translation."""
    if not describe_cited(kb).site_url or kb.is_translated:
        return
    citation = cite_record(kb, kind, record_id)
    title = title_dataset(kb, KINDS[kind])
    own = join(_offer(kb, citation, ending) for ending in CITATION_FORMATS)
    words = kb.gettext("For programs that keep references: this page as {own}; everything in {section} as {files}.")
    offered = Sentence(words, {"own": own, "section": title, "files": _link_files(kb, kind)})
    yield Fold(kb.gettext("Cite this page"), (*print_citation(kb, citation), Paragraph("citation-files", offered)))


def _offer(kb: KnowledgeBase, citation: Citation, ending: str) -> FileLink:
    """A file that cites one record. It stands in the page: ten thousand stories would be thirty thousand files."""
    text, name = _name_file(kb, ending)
    data = CITATION_FORMATS[ending](citation)
    return FileLink(f"{citation.key}.{ending}", CITATION_TYPES[ending], data, text, name)


@memoise
def _name_file(kb: KnowledgeBase, ending: str) -> tuple[str, str]:
    """The format of a file that cites one record, and what the file is called."""
    text = FORMATS[ending].name
    return text, kb.gettext("This page as {format}", format=text)


@memoise
def _link_files(kb: KnowledgeBase, kind: str) -> Joined:
    """Links to the files that cite all records of a kind."""
    title = title_dataset(kb, KINDS[kind])
    return join(link_file(kb, KINDS[kind], title, ending) for ending in CITATION_FORMATS)


def link_file(kb: KnowledgeBase, kind: Kind[Any], title: str, ending: str) -> PageLink:
    """A link to a file of a kind, which says its format in a text, and of what it is to whoever meets it alone."""
    text = FORMATS[ending].name
    return PageLink(data_url(kind, ending), text, name=kb.gettext("{title} as {format}", title=title, format=text))


def print_citation(kb: KnowledgeBase, citation: Citation) -> tuple[Block, ...]:
    """A citation to copy, as a sentence and for BibTeX."""
    return Paragraph("citation", write_sentence(citation, kb.language)), Code(write_bibtex(citation).rstrip())


def describe_page(kb: KnowledgeBase, page: Page) -> str:
    """What the head of a page tells programs that keep references: HTML; nothing where nobody wrote the page."""
    kind = KINDS.get(page.kind)
    if kind is None or not may_be_cited(kind) or page.language or not describe_cited(kb).site_url:
        return ""
    return write_meta(cite_record(kb, page.kind, page.id))
