"""The page of a site as the tree of a printed document: without what only a screen shows, its links led anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from goodpractice.kinds import TERM
from goodpractice.paper.document import list_prefixes
from goodpractice.paper.fetching import SITE
from goodpractice.paper.links import find_lead
from goodpractice.paper.sheet import Sheet

#: Elements that say nothing on paper.
_SCREEN = frozenset(
    (
        *("audio", "base", "button", "canvas", "embed", "iframe", "input", "link", "meta", "nav", "object"),
        *("script", "select", "source", "style", "template", "textarea", "video"),
    )
)
#: Words of classes of elements that only help on a screen.
_HIDDEN = frozenset(("anchor", "gp-term__meaning", "gp-visually-hidden", "headerlink"))
_PASSES = "gp-term"


def print_document(sheet: Sheet, root: Element) -> None:
    """Make a document printable: each of its pages, the numbered notes behind it, and the index of words.

    Args:
        sheet: What it is made from.
        root: The document as `write_document` gives it, parsed; it is changed.
    """
    inside = list_prefixes(sheet)
    words: dict[str, list[str]] = {}
    for article in list(root.iter("article")):
        if (url := article.attrib.pop("data-url", None)) is None:
            continue
        part = PartTree(url, article.attrib.pop("data-prefix"), sheet.site_url, inside)
        part.print(article)
        _add_notes(article, part.notes, sheet.kb.gettext("Links in this text"))
        for term, anchor in part.terms.items():
            words.setdefault(term, []).append(anchor)
    for listed in root.iter("ul"):
        if listed.get("class") == "gp-words__list":
            _list_words(sheet, listed, words)


def _add_notes(article: Element, notes: Notes, title: str) -> None:
    if not list(notes):
        return
    section = SubElement(article, "section", {"class": "gp-notes"})
    SubElement(section, "h2").text = title
    listed = SubElement(section, "ol")
    for __, href in notes:
        SubElement(SubElement(listed, "li"), "a", {"href": href}).text = href


def _list_words(sheet: Sheet, listed: Element, words: Mapping[str, list[str]]) -> None:
    known = sheet.kb.table(TERM)
    for term, anchors in sorted(words.items(), key=lambda entry: entry[0]):
        if term in known:
            entry = SubElement(listed, "li")
            entry.text = f"{known[term].word} "
            for anchor in anchors:
                SubElement(entry, "a", {"class": "gp-page", "href": f"#{anchor}"}).text = " "


class Notes:
    """The links of a text that lead elsewhere, numbered from 1; a link that stands twice has one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, href: str) -> int:
        """The number of a link."""
        return self._numbers.setdefault(href, len(self._numbers) + 1)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return ((number, href) for href, number in self._numbers.items())


class PartTree:
    """Makes the content of one page printable, in place.

    Attributes:
        notes: Its links that lead elsewhere.
        terms: The anchor at which each word of the glossary stands first, by its id.
    """

    def __init__(self, page_url: str, prefix: str, site_url: str, inside: Mapping[str, str]) -> None:
        """Take where the page stands.

        Args:
            page_url: Its address, relative to the site.
            prefix: Begins its anchors, so that those of two pages differ.
            site_url: Address of the site with a final slash; empty where it has none.
            inside: What begins the anchors of each page in the document, by its address.
        """
        self._url, self._prefix, self._site_url, self._inside = page_url, prefix, site_url, inside
        self.notes = Notes()
        self.terms: dict[str, str] = {}

    def print(self, element: Element) -> None:
        """Change an element and everything in it."""
        kept: list[Element] = []
        for child in list(element):
            if self._is_left_out(child):
                _give_text(element, kept, child.tail)
                continue
            kept.append(child)
            self._print_one(child)
            self.print(child)
        element[:] = kept
        if element.tag == "dl":
            _flatten(element)

    def _is_left_out(self, element: Element) -> bool:
        if not isinstance(element.tag, str):
            return True  # a comment
        words = (element.get("class") or "").split()
        if element.tag == "button" and _PASSES in words:
            return False
        return element.tag in _SCREEN or not _HIDDEN.isdisjoint(words)

    def _print_one(self, element: Element) -> None:
        if anchor := element.get("id"):
            element.set("id", self._prefix + anchor)
        if element.tag == "button":
            term = element.get("popovertarget", "").removeprefix("gp-term-")
            if term and term not in self.terms:
                self.terms[term] = f"{self._prefix}gp-word-{term}"
                element.set("id", self.terms[term])
            element.tag = "span"
            element.attrib.pop("type", None)
        for name in ("style", "popover", "popovertarget", "tabindex"):
            element.attrib.pop(name, None)
        if element.tag == "details":
            element.tag = "div"
        elif element.tag == "summary":
            element.tag = "p"
        elif element.tag == "a":
            self._lead(element)
        elif element.tag == "img":
            self._show(element)

    def _lead(self, element: Element) -> None:
        href = element.attrib.pop("href", None)
        for name in ("rel", "target", "type", "title", "aria-label"):
            element.attrib.pop(name, None)
        if href is None:
            return
        if href.startswith("#"):
            href = f"{self._prefix}{href[1:]}"
            element.set("href", f"#{href}")
            return
        lead = find_lead(href, self._url, self._site_url, self._inside)
        if lead.kind == "nowhere":
            element.tag = "span"
            return
        element.set("href", lead.href)
        element.set("class", f"{element.get('class') or ''} gp-lead gp-lead--{lead.kind}".strip())
        if lead.kind == "outside":
            mark = SubElement(element, "sup", {"class": "gp-note"})
            mark.text = str(self.notes.number(lead.href))

    def _show(self, element: Element) -> None:
        source = element.attrib.pop("src", "")
        element.attrib.pop("srcset", None)
        lead = find_lead(source, self._url, SITE, {})
        if lead.kind == "site" and element.get("alt"):
            element.set("src", lead.href)
            return
        # A picture from elsewhere is not fetched, and one without words says nothing: its words stay.
        element.tag = "span"
        element.text = element.attrib.pop("alt", "")


def _give_text(element: Element, kept: list[Element], text: str | None) -> None:
    """Keep the words behind an element that is left out."""
    if not text:
        return
    if kept:
        kept[-1].tail = (kept[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _flatten(element: Element) -> None:
    """Put names and values into their list directly, where a list in a PDF has its entries."""
    entries = [inner for child in element for inner in (child if child.tag == "div" else [child])]
    element[:] = entries
