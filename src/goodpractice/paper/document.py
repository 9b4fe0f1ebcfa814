"""The HTML of a paper: the pages that it shows, between a cover and what is to be known of the copy."""

from __future__ import annotations

from markupsafe import Markup

from goodpractice.formats.citations import cite_page, cite_record, may_be_cited, write_sentence
from goodpractice.i18n.dates import format_date
from goodpractice.i18n.typography import has_these_quotes, set_quotes
from goodpractice.kinds.registry import KINDS
from goodpractice.paper.manuscript import Manuscript
from goodpractice.render.blocks import render_view
from goodpractice.render.environment import render_template


def write_document(manuscript: Manuscript, is_paged: bool = True) -> str:
    """The document of a manuscript, with the links of its pages as the site has them.

    Args:
        manuscript: The manuscript.
        is_paged: Whether it has pages, on which contents and an index of words can count. Otherwise a book has a
            glossary, and whoever makes it lists its contents.
    """
    kb = manuscript.kb
    edition = format_date(manuscript.edition, kb.language) if manuscript.edition else ""
    return render_template(
        "_paper/document.html",
        language=kb.language,
        code=kb.language.code,
        direction=kb.language.direction,
        title=manuscript.title,
        site_name=manuscript.site_name,
        description=manuscript.page.description,
        kind=manuscript.page.kind.replace("_", "-"),
        is_book=manuscript.is_book,
        is_paged=is_paged,
        terms=manuscript.terms,
        own=kb.own_language.code if kb.is_translated else "",
        edition=edition,
        address=manuscript.address,
        licence=manuscript.licence,
        cite=cite(manuscript),
        parts=list(_list_parts(manuscript)),
    )


def draft_document(manuscript: Manuscript) -> str:
    """Everything that a paper shows, as text, whatever its format: while this stays the same, so does the file.

    It is made of the documents, since blocks hold ids, and what they lead to may have another name.
    """
    documents = [
        write_document(manuscript),
        *([write_document(manuscript, is_paged=False)] if manuscript.is_book else []),
    ]
    return "\n".join(documents)


def cite(manuscript: Manuscript) -> str:
    """How somebody cites a paper, in one line: as its page says it, with the address of the page in its language."""
    kb, kind, edition = manuscript.kb, KINDS.get(manuscript.page.kind), manuscript.edition
    if kind is not None and may_be_cited(kind):
        citation = cite_record(kb, kind.id, manuscript.page.id)._replace(title=manuscript.title, url=manuscript.address)
    else:
        citation = cite_page(kb, manuscript.title, manuscript.address, edition.isoformat() if edition else "")
    return write_sentence(citation, kb.language)


def collect_prefixes(manuscript: Manuscript) -> dict[str, str]:
    """What begins the anchors of each page in a paper, by its address. Alone, a page keeps its anchors."""
    return {part.page.url: f"{part.page.id}--" if manuscript.is_book else "" for part in manuscript.shown}


def _list_parts(manuscript: Manuscript) -> list[dict[str, object]]:
    prefixes = collect_prefixes(manuscript)
    if manuscript.paper.view is not None:
        html: str = render_view(manuscript.kb, manuscript.view)
        if has_these_quotes(manuscript.kb.language.code):
            html = Markup(set_quotes(html))  # noqa: S704 - as finished as before
        return [
            {
                "url": manuscript.page.url,
                "prefix": "",
                "title": manuscript.title,
                "kind": manuscript.page.kind,
                "html": html,
            }
        ]
    return [
        {
            "url": part.page.url,
            "prefix": prefixes[part.page.url],
            "title": part.page.title,
            "kind": part.page.kind.replace("_", "-"),
            "html": Markup(part.html),  # noqa: S704 - the finished content of a page
        }
        for part in manuscript.shown
    ]
