"""E-books (EPUB 3.3): the document of a paper, each of its parts in a file of its own.

Whoever reads one chooses letters, colours and width: there are no pages, no fonts and no colours in it. What it says
of its accessibility follows EPUB Accessibility 1.1.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import tinyhtml5

from goodpractice.pages import Page
from goodpractice.paper.archives import pack
from goodpractice.paper.characters import drop_unwanted
from goodpractice.paper.cover import draw_cover
from goodpractice.paper.document import collect_prefixes, write_document
from goodpractice.paper.ebook_pages import (
    GLOSSARY,
    OPS,
    PICTURES,
    TERM_ANCHOR,
    XML,
    EbookPage,
    drop_dangling,
    mark,
    take_anchors,
    write_plainly,
)
from goodpractice.paper.manuscript import Manuscript, Written
from goodpractice.paper.words import compile_words, find_words
from goodpractice.render.environment import render_template

register_namespace("epub", OPS[1:-1])

_XHTML = "http://www.w3.org/1999/xhtml"
_NAV, _STYLE, _COVER, _PACKAGE = "contents.xhtml", "style.css", "cover.png", "package.opf"
_FOLDER = "EPUB"
_XML_LINE = '<?xml version="1.0" encoding="utf-8"?>\n'
_CONTAINER = (
    f'{_XML_LINE}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    f'<rootfile full-path="{_FOLDER}/{_PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_DOCUMENT = "application/xhtml+xml"
#: What a book has besides its texts, by the class in the template: name of its file, what it is, its role.
_FRAME = {
    "gp-cover": ("title.xhtml", "titlepage", ""),
    "gp-words": (GLOSSARY, "glossary", "doc-glossary"),
    "gp-colophon": ("copy.xhtml", "colophon", "doc-colophon"),
}
#: Where nothing says when its records changed.
_NO_DAY = datetime.date(1980, 1, 1)
#: Elements without content; all others have an end of their own, for readers that take XHTML for HTML.
_EMPTY = re.compile(r"<(br|col|hr|img|link|meta|wbr)\b([^<>]*)></\1>")


class BookHeading(NamedTuple):
    """A heading that the contents list."""

    anchor: str
    text: str


@dataclass
class BookFile:
    """One file of a book.

    Attributes:
        name: Its name.
        title: Its title.
        body: What it says: a section.
        type: What it is, as landmarks say it; empty for what is no landmark.
        headings: Its headings below the title, as far as contents list them.
    """

    name: str
    title: str
    body: Element
    type: str = ""
    headings: list[BookHeading] = field(default_factory=list)


@dataclass
class Book:
    """The files of a book.

    Attributes:
        documents: Its documents, in reading order.
        pictures: The names of its pictures, by their paths in the site.
    """

    documents: list[BookFile] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)


def write_epub(manuscript: Manuscript) -> Written:
    """A manuscript as e-book. Costs about 20 ms a page of the site."""
    book = lay_out(manuscript)
    members = {document.name: _write(manuscript, document) for document in book.documents}
    members[_NAV] = _write_nav(manuscript, book)
    members[_STYLE] = (files("goodpractice") / "components/_ebook/ebook.css").read_bytes()
    members[_COVER] = draw_cover(manuscript)
    members |= {name: manuscript.find_file(path) or b"" for path, name in book.pictures.items()}
    packed = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        f"{_FOLDER}/{_PACKAGE}": _write_package(manuscript, book),
        **{f"{_FOLDER}/{name}": data for name, data in members.items()},
    }
    return Written(pack(packed.items(), stored=("mimetype",)))


def lay_out(manuscript: Manuscript) -> Book:
    """Part the document of a manuscript into files, and lead its links from one to another."""
    book = Book()
    glossary = _Glossary(manuscript)
    prefixes = collect_prefixes(manuscript)
    inside = {part.page.url: f"{_name(part.page)}#{prefixes[part.page.url]}" for part in manuscript.shown}
    # What lists all pages on the site are the contents of the book.
    inside.setdefault(manuscript.page.url, f"{_NAV}#")
    pages = {part.page.url: part.page for part in manuscript.shown}
    root = tinyhtml5.parse(write_document(manuscript, is_paged=False), namespace_html_elements=False)
    for section in root.find("body"):
        kind = (section.get("class") or "").partition(" ")[0]
        if kind == "gp-part":
            page = pages.get(section.attrib.pop("data-url"), manuscript.page)
            book.documents.append(_take_part(manuscript, page, section, inside, book, glossary))
        elif kind in _FRAME and (kind != "gp-words" or glossary.fill(section)):
            book.documents.append(_take_frame(section, *_FRAME[kind]))
    headings = Counter(heading.text for document in book.documents for heading in document.headings)
    anchors = {_NAV: set(), **{document.name: take_anchors(document.body) for document in book.documents}}
    for document in book.documents:
        # What every text has says nothing in a list of contents.
        document.headings = [heading for heading in document.headings if headings[heading.text] == 1]
        drop_dangling(document.body, document.name, anchors)
        write_plainly(document.body, manuscript.kb.language)
    return book


def _name(page: Page) -> str:
    return f"text-{page.id}.xhtml"


def _take_part(
    manuscript: Manuscript, page: Page, article: Element, inside: Mapping[str, str], book: Book, glossary: _Glossary
) -> BookFile:
    """A page of the site as a document."""
    prefix = article.attrib.pop("data-prefix")
    shown = EbookPage(page.url, prefix, manuscript.site_url, inside, manuscript.find_file)
    shown.back = manuscript.kb.gettext("Back to the text")
    shown.change(article)
    for picture in article.iter("img"):
        path = picture.attrib["src"]
        ending = path.rpartition(".")[2].lower()
        picture.set("src", book.pictures.setdefault(path, f"picture-{len(book.pictures) + 1}.{ending}"))
    document = BookFile(_name(page), page.title, article, "bodymatter")
    glossary.look_in(article, prefix, document, shown.terms)
    document.headings = [
        BookHeading(heading.attrib["id"], "".join(heading.itertext()).strip())
        for heading in article.iter("h2")
        if heading.get("id")
    ]
    mark(article, "chapter", "doc-chapter", "section")
    return document


def _take_frame(section: Element, name: str, kind: str, role: str) -> BookFile:
    """What a book has besides its pages: its title, the glossary, what is to be known of the copy."""
    section.set(f"{OPS}type", kind)
    if role:
        section.set("role", role)
    heading = next(element for element in section.iter() if element.tag in ("h1", "h2"))
    heading.tag = "h1"
    return BookFile(name, "".join(heading.itertext()), section, kind)


class _Glossary:
    """Finds where words of the glossary stand first, and explains those that a book uses."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._pattern = compile_words(term.word for term in manuscript.terms) if manuscript.terms else None
        self._first: dict[str, tuple[str, BookFile]] = {}
        self._marked: set[str] = set()

    def look_in(self, article: Element, prefix: str, document: BookFile, marked: set[str]) -> None:
        """Look for them in a text.

        Args:
            article: The text.
            prefix: Begins its anchors.
            document: The document in which it stands.
            marked: Ids of the words that it marks, in whatever form.
        """
        self._marked |= marked
        if self._pattern:
            for word, anchor in find_words(article, self._pattern, prefix).items():
                self._first.setdefault(word, (f"{document.name}#{anchor}", document))

    def fill(self, section: Element) -> bool:
        """Leave out the words that stand nowhere, and lead from each other to its first place. False for none."""
        listed = next(section.iter("dl"))
        for entry in list(listed):
            first = self._first.get(entry.attrib.pop("data-word"))
            place = next(one for one in entry.iter("p") if one.get("class") == "gp-words__first")
            if first is not None:
                link = SubElement(place, "a", {"href": first[0]})
                link.text, link.tail = first[1].title, "."
                if language := first[1].body.get("lang"):
                    link.set("lang", language)
            elif entry.attrib["id"].removeprefix(TERM_ANCHOR) in self._marked:
                next(parent for parent in entry.iter("dd")).remove(place)
            else:
                listed.remove(entry)
        return len(listed) > 0


def _write(manuscript: Manuscript, document: BookFile) -> bytes:
    language = manuscript.kb.language
    attributes = {"xmlns": _XHTML, "lang": language.code, f"{XML}lang": language.code, "dir": language.direction}
    root = Element("html", attributes)
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "title").text = document.title
    SubElement(head, "link", {"rel": "stylesheet", "href": _STYLE})
    SubElement(root, "body").append(document.body)
    text = drop_unwanted(tostring(root, encoding="unicode", short_empty_elements=False))
    text = _EMPTY.sub(r"<\1\2/>", text)
    return f"{_XML_LINE}<!DOCTYPE html>\n{text}\n".encode()


def _write_nav(manuscript: Manuscript, book: Book) -> bytes:
    first = {document.type: document for document in reversed(book.documents)}
    language = manuscript.kb.language
    nav = render_template(
        "_ebook/nav.html",
        language=language,
        code=language.code,
        direction=language.direction,
        title=name_book(manuscript),
        stylesheet=_STYLE,
        nav=_NAV,
        documents=[document for document in book.documents if document.type != "titlepage"],
        landmarks=[(kind, first[kind]) for kind in ("titlepage", "bodymatter", "glossary") if kind in first],
    )
    return f"{_XML_LINE}<!DOCTYPE html>\n{drop_unwanted(nav)}\n".encode()


def name_book(manuscript: Manuscript) -> str:
    """What a book is called in a library, where it does not stand beside the others of its site."""
    return ": ".join(filter(None, (manuscript.site_name, manuscript.title)))


def _write_package(manuscript: Manuscript, book: Book) -> bytes:
    kb, names = manuscript.kb, [document.name for document in book.documents]
    where = manuscript.address or f"{manuscript.site_name}/{manuscript.page.url}"
    package = render_template(
        "_ebook/package.xml",
        language=kb.language,
        code=kb.language.code,
        direction=kb.language.direction,
        identifier=uuid.uuid5(uuid.NAMESPACE_URL, f"{where}#{kb.language.code}").urn,
        title=name_book(manuscript),
        creator=manuscript.site_name,
        publisher=manuscript.site_name,
        description=manuscript.page.description,
        licence=manuscript.licence,
        address=manuscript.address,
        edition=(manuscript.edition or _NO_DAY).isoformat(),
        has_pictures=bool(book.pictures),
        summary=kb.gettext(
            "Text that every reader of e-books can enlarge, recolour and read aloud. Each chapter has headings, every "
            "picture a description in words, every table heads. There are no pages to count by."
        ),
        items=list(_list_items(book)),
        # The title first, then the contents, where a book has both.
        spine=[*names[:1], _NAV, *names[1:]] if manuscript.is_book else [_NAV, *names],
    )
    return f"{_XML_LINE}{drop_unwanted(package)}\n".encode()


class _Item(NamedTuple):
    """A line of the manifest."""

    name: str
    type: str
    properties: str = ""


def _list_items(book: Book) -> Iterator[_Item]:
    yield _Item(_NAV, _DOCUMENT, "nav")
    yield _Item(_STYLE, "text/css")
    yield _Item(_COVER, PICTURES["png"], "cover-image")
    for document in book.documents:
        yield _Item(document.name, _DOCUMENT, "svg" if next(document.body.iter("svg"), None) is not None else "")
    for name in book.pictures.values():
        yield _Item(name, PICTURES[name.rpartition(".")[2]])
