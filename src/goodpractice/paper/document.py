"""The HTML of a paper: the pages that it shows, between a cover and what is to be known of the copy."""

from __future__ import annotations

from markupsafe import Markup

from goodpractice.formats.citations import cite_page, cite_record, may_be_cited, write_sentence
from goodpractice.i18n.dates import format_date
from goodpractice.kinds.registry import KINDS
from goodpractice.paper.sheet import Sheet
from goodpractice.render.blocks import render_view
from goodpractice.render.environment import render_template


def write_document(sheet: Sheet, is_paged: bool = True) -> str:
    """The document of a sheet, with the links of its pages as the site has them.

    Args:
        sheet: The sheet.
        is_paged: Whether it has pages, on which contents and an index of words can count. Otherwise a book has a
            glossary, and whoever makes it lists its contents.
    """
    kb = sheet.kb
    edition = format_date(sheet.edition, kb.language) if sheet.edition else ""
    return render_template(
        "_paper/document.html",
        language=kb.language,
        code=kb.language.code,
        direction=kb.language.direction,
        title=sheet.title,
        site_name=sheet.site_name,
        description=sheet.page.description,
        kind=sheet.page.kind.replace("_", "-"),
        is_book=sheet.is_book,
        is_paged=is_paged,
        terms=sheet.terms,
        own=kb.own_language.code if kb.is_translated else "",
        edition=edition,
        address=sheet.address,
        licence=sheet.licence,
        cite=cite(sheet),
        parts=list(_list_parts(sheet)),
    )


def draft_document(sheet: Sheet) -> str:
    """Everything that a paper shows, as text, whatever its format: while this stays the same, so does the file.

    It is made of the documents, since blocks hold ids, and what they lead to may have another name.
    """
    documents = [write_document(sheet), *([write_document(sheet, is_paged=False)] if sheet.is_book else [])]
    return "\n".join(documents)


def cite(sheet: Sheet) -> str:
    """How somebody cites a paper, in one line: as its page says it, with the address of the page in its language."""
    kb, kind, edition = sheet.kb, KINDS.get(sheet.page.kind), sheet.edition
    if kind is not None and may_be_cited(kind):
        citation = cite_record(kb, kind.id, sheet.page.id)._replace(title=sheet.title, url=sheet.address)
    else:
        citation = cite_page(kb, sheet.title, sheet.address, edition.isoformat() if edition else "")
    return write_sentence(citation, kb.language)


def list_prefixes(sheet: Sheet) -> dict[str, str]:
    """What begins the anchors of each page in a paper, by its address. Alone, a page keeps its anchors."""
    return {part.page.url: f"{part.page.id}--" if sheet.is_book else "" for part in sheet.parts}


def _list_parts(sheet: Sheet) -> list[dict[str, object]]:
    prefixes = list_prefixes(sheet)
    if sheet.paper.view is not None:
        html = render_view(sheet.kb, sheet.view)
        return [{"url": sheet.page.url, "prefix": "", "title": sheet.title, "kind": sheet.page.kind, "html": html}]
    return [
        {
            "url": part.page.url,
            "prefix": prefixes[part.page.url],
            "title": part.page.title,
            "kind": part.page.kind.replace("_", "-"),
            "html": Markup(part.html),  # noqa: S704 - the finished content of a page
        }
        for part in sheet.parts
    ]
