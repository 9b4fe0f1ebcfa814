"""The content of one page inside an e-book: elements and attributes that XHTML knows, notes, words of the glossary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.paper.links import SITE
from goodpractice.paper.page_tree import PageTree

#: The namespaces of `epub:type`, of `xml:lang` and of drawings, as ElementTree writes them.
OPS = "{http://www.idpf.org/2007/ops}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SVG = "{http://www.w3.org/2000/svg}"
#: The document of the glossary, and what begins the anchor of a word in it; the same as on pages of the site.
GLOSSARY = "glossary.xhtml"
TERM_ANCHOR = "gp-term-"

#: Media types of the pictures that every reader of e-books shows, by how their names end.
PICTURES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
#: What may stand in a document; any other element becomes a `div`.
_ELEMENTS = frozenset(
    (
        *("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code"),
        *("col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "pre"),
        *("q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "sup", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"),
    )
)
_ATTRIBUTES = frozenset(
    (
        *("alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "cite", "class", "colspan"),
        *("data-word", "datetime", "dir", "headers", "href", "id", "lang", "reversed", "role", "rowspan"),
        *("scope", "src", "start", "value", f"{OPS}type"),
    )
)
#: Attributes that name other elements by their anchors.
_REFERENCES = ("aria-describedby", "aria-labelledby", "headers")
#: What a drawing may be made of; anything else becomes a group, whose text nothing shows and nothing runs.
_SHAPES = frozenset(
    (
        *("circle", "defs", "desc", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg", "text"),
        *("title", "tspan"),
    )
)
_SVG_ATTRIBUTE = re.compile(r"(?!on)[a-zA-Z][\w:.-]*")
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+(?::\d+)?")
#: What an address keeps as it is; a percent sign only before two digits.
_SAFE = "/:?#[]@!$&'()*+,;=~%"
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
#: Words of classes of lists of notes, and of the way back from one, in both dialects.
_NOTES = frozenset(("footnote", "footnotes"))
_BACK = "footnote-backref"
_LEAD = "gp-lead"
_CITATION = "gp-citation"
_TERM = "data-term"


def list_classes(element: Element) -> list[str]:
    """The words of the class of an element."""
    return (element.get("class") or "").split()


class EbookPage(PageTree):
    """Makes the content of one page a document of a book, in place.

    Attributes:
        back: What a way back from a note is called.
        pictures: Paths in the site of the pictures that it shows, in their order.
        terms: Ids of the words of the glossary that it marks.
    """

    back = ""

    def change(self, article: Element) -> None:
        """Change the whole of it."""
        self.pictures: dict[str, None] = {}
        self.terms: set[str] = set()
        for button in article.iter("button"):
            target = button.get("popovertarget") or ""
            if target.startswith(TERM_ANCHOR):
                button.set(_TERM, target.removeprefix(TERM_ANCHOR))
        for fold in article.iter("details"):
            if any(_CITATION in list_classes(inner) for inner in fold):
                # What programs read is to be copied from the page.
                fold[:] = [inner for inner in fold if inner.tag == "summary" or _CITATION in list_classes(inner)]
        super().change(article)
        _mark_notes(article, self.back)

    def finish(self, element: Element) -> Iterable[Element]:
        """Change what a reader of XHTML does not know."""
        if element.tag.startswith(SVG):
            if element.tag.removeprefix(SVG) not in _SHAPES:
                element.tag = f"{SVG}g"
            return _keep(element, lambda name: _SVG_ATTRIBUTE.fullmatch(name) and "href" not in name)
        if element.tag not in _ELEMENTS:
            element.tag = "div"
        if (term := element.get(_TERM)) is not None:
            self.terms.add(term)
            mark(element, "glossref", "doc-glossref", "a")
            element.set("href", f"{GLOSSARY}#{TERM_ANCHOR}{term}")
        for name in _REFERENCES:
            if anchors := element.get(name):
                element.set(name, " ".join(self._prefix + anchor for anchor in anchors.split()))
        if element.tag == "a":
            _finish_link(element)
        elif element.tag == "img":
            self._finish_picture(element)
        if language := element.get("lang"):
            element.set(f"{XML}lang", language)
        return _keep(element, lambda name: name in _ATTRIBUTES or name == f"{XML}lang")

    def _finish_picture(self, element: Element) -> None:
        path = unquote(element.get("src", "").removeprefix(SITE))
        if path.rpartition(".")[2].lower() in PICTURES:
            self.pictures[path] = None
            element.set("src", path)
            return
        element.tag, element.text = "span", element.get("alt")
        element.attrib.clear()


def _keep(element: Element, is_kept: Callable[[str], object]) -> tuple[()]:
    for name in list(element.attrib):
        if not is_kept(name):
            del element.attrib[name]
    return ()


def mark(element: Element, kind: str, role: str, tag: str = "") -> None:
    """Say what an element is, for readers of e-books and for screen readers."""
    element.tag = tag or element.tag
    element.set(f"{OPS}type", kind)
    element.set("role", role)


def _finish_link(link: Element) -> None:
    classes = [word for word in list_classes(link) if not word.startswith(_LEAD)]
    link.attrib.pop("class", None)
    if classes:
        link.set("class", " ".join(classes))
    href = link.get("href")
    if href is None or ":" not in href.partition("#")[0]:
        return
    parts = urlsplit(href)
    if parts.scheme != "mailto" and not _HOST.fullmatch(parts.netloc):
        link.tag = "span"
        del link.attrib["href"]
        return
    link.set("href", quote(_PERCENT.sub("%25", href), safe=_SAFE))


def _mark_notes(article: Element, back: str) -> None:
    """Make notes out of the list at the end of a text, and mark what leads to them."""
    anchors = set()
    for section in article.iter():
        listed = section.find("ol")
        if listed is None or _NOTES.isdisjoint(list_classes(section)):
            continue
        section.tag = "section"
        section.set(f"{OPS}type", "footnotes")
        section[:] = [_make_note(item, number) for number, item in enumerate(listed.findall("li"), start=1)]
        anchors |= {f"#{note.get('id')}" for note in section}
    for link in article.iter("a"):
        if _BACK in list_classes(link):
            link.set("role", "doc-backlink")
            link.set("aria-label", back)
        elif link.get("href") in anchors:
            mark(link, "noteref", "doc-noteref")


def _make_note(item: Element, number: int) -> Element:
    mark(item, "footnote", "doc-footnote", "aside")
    first = next(item.iter("p"), item)
    name = Element("span", {"class": "gp-note__number"})
    name.text, name.tail, first.text = f"{number}.", f" {(first.text or '').lstrip()}", None
    first.insert(0, name)
    return item


def drop_dangling(root: Element, name: str, anchors: Mapping[str, set[str]]) -> None:
    """Let every link inside a book arrive, and every name of an anchor be one.

    A link to an anchor that is not there leads to the beginning of its document; one to a document that is not there
    is no link any more.

    Args:
        root: A document.
        name: Its name.
        anchors: The anchors of each document, by name.
    """
    for link in root.iter("a"):
        href = link.get("href")
        if href is None or ":" in href.partition("#")[0]:
            continue
        target, __, anchor = href.partition("#")
        if anchor in anchors.get(target or name, ()):
            continue
        if target in anchors:
            link.set("href", target)
        else:
            link.attrib.clear()
            link.tag = "span"
    for element in root.iter():
        for reference in _REFERENCES:
            if not anchors[name].issuperset((element.get(reference) or "").split()):
                del element.attrib[reference]


def write_plainly(root: Element, language: Language) -> None:
    """Write a document so that readers understand it that take it for HTML, or obey no style sheet.

    Args:
        root: A document.
        language: Its language.
    """
    for element in root.iter():
        # Drawings are known by their plain names there.
        if element.tag.startswith(SVG):
            element.tag = element.tag.removeprefix(SVG)
            if element.tag == "svg":
                element.set("xmlns", SVG[1:-1])
        # In which direction words run, style sheets of e-books may not say.
        if element.get("lang") == ENGLISH.code and language.direction != ENGLISH.direction:
            element.attrib.setdefault("dir", ENGLISH.direction)


def take_anchors(root: Element) -> set[str]:
    """The anchors of a document. One that stands there twice, or that no link can name, is taken away."""
    found: set[str] = set()
    for element in root.iter():
        anchor = element.get("id")
        if anchor is None:
            continue
        if anchor in found or not anchor or re.search(r"\s", anchor):
            del element.attrib["id"]
        found.add(anchor)
    return found
