"""Links to the papers of a page, filled in when the page is finished."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import Language
from goodpractice.kinds.papers import PaperFacts
from goodpractice.pages import Page
from goodpractice.pages.papers import INDEX, declare_papers, name_paper
from goodpractice.render.environment import page_href, render_template

#: Tells what the site has of a paper, by its path; nothing where it has none.
FindPaper = Callable[[str], PaperFacts | None]

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
    "epub": "application/epub+zip",
    "odt": "application/vnd.oasis.opendocument.text",
}

#: What the component `papers` leaves: the kind and the id of a record.
_TOKEN = re.compile(r'<gp-papers of="([^"/]*)/([^"]*)"></gp-papers>')
_KILO = 1000


def find_nothing(path: str) -> PaperFacts | None:
    """What a site without papers has of one."""
    return None


def show_papers(html: str, page: Page, kb: KnowledgeBase, find: FindPaper) -> str:
    """Put links in the place of each token; nothing where the site has none of the papers.

    Args:
        html: A finished page.
        page: Its plan.
        kb: The knowledge base, in the language of the page.
        find: Tells what the site has.
    """
    if "<gp-papers " not in html:
        return html

    def fill(found: re.Match[str]) -> str:
        files = list(_list_files(unescape(found[1]), unescape(found[2]), page, kb, find))
        return render_template("papers/links.html", language=kb.language, files=files) if files else ""

    return _TOKEN.sub(fill, html)


def _list_files(kind: str, id: str, page: Page, kb: KnowledgeBase, find: FindPaper) -> Iterator[dict[str, Any]]:
    url, papers = declare_papers(kind, id)
    # A list has no page in another language: it offers the books of all.
    others = [code for code in kb.languages if code != kb.own_language.code] if kind == INDEX else []
    for code in dict.fromkeys([page.language, *others]):
        for paper in papers:
            path = name_paper(paper, url, code)
            if (facts := find(path)) is not None:
                yield {
                    "href": page_href(path),
                    "type": MEDIA_TYPES[paper.format],
                    "title": kb.gettext(paper.title),
                    "size": say_facts(facts, kb.language),
                    "language": kb.languages[code] if code and code != page.language else None,
                }


def say_facts(facts: PaperFacts, language: Language) -> str:
    """How long a paper is and how large its file, in words."""
    size = say_size(facts.size, language)
    if not facts.pages:
        return size
    pages = language.ngettext("{number} page", "{number} pages", facts.pages)
    return language.gettext("{pages}, {size}", pages=pages, size=size)


def say_size(size: int, language: Language) -> str:
    """The size of a file, rounded up: `240 kB`, `1.4 MB`."""
    kilobytes = -(-size // _KILO)
    if kilobytes < _KILO:
        return language.gettext("{number} kB", number=kilobytes)
    return language.gettext("{number} MB", number=f"{size / _KILO / _KILO:.1f}")
