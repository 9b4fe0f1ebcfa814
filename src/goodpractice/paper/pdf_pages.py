"""The tree of a printed document: what WeasyPrint does not tag well, numbered notes, and the index of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from goodpractice.paper.document import collect_prefixes
from goodpractice.paper.manuscript import Manuscript
from goodpractice.paper.page_tree import PageTree
from goodpractice.paper.words import compile_words, find_words

_SOURCE = "gp-sources__item"


def print_document(manuscript: Manuscript, root: Element) -> None:
    """Make a document printable: each of its pages, the numbered notes behind it, and the index of words.

    Args:
        manuscript: What it is made from.
        root: The document as `write_document` gives it, parsed; it is changed.
    """
    inside = {url: f"#{prefix}" for url, prefix in collect_prefixes(manuscript).items()}
    words = list(dict.fromkeys(term.word for term in manuscript.terms))
    pattern = compile_words(words) if words else None
    found: dict[str, list[str]] = {}
    for article in list(root.iter("article")):
        if (url := article.attrib.pop("data-url", None)) is None:
            continue
        prefix = article.attrib.pop("data-prefix")
        part = PrintedPage(url, prefix, manuscript.site_url, inside, manuscript.find_file)
        part.change(article)
        for word, anchor in find_words(article, pattern, prefix).items() if pattern else ():
            found.setdefault(word, []).append(anchor)
        _add_notes(article, part.notes, manuscript.kb.gettext("Other links in this text"))
    for listed in root.iter("ul"):
        if listed.get("class") == "gp-words__list":
            _add_words(words, listed, found)


def _add_notes(article: Element, notes: Notes, title: str) -> None:
    """List the links that are no sources, numbered on from these."""
    others = notes.others
    if not others:
        return
    section = SubElement(article, "section", {"class": "gp-notes"})
    SubElement(section, "h2").text = title
    listed = SubElement(section, "ol", {"start": str(others[0][0])})
    for __, href in others:
        SubElement(SubElement(listed, "li"), "a", {"href": href}).text = href


def _add_words(words: Sequence[str], listed: Element, found: Mapping[str, list[str]]) -> None:
    for word in words:
        if anchors := found.get(word.lower()):
            entry = SubElement(listed, "li")
            entry.text = f"{word} "
            for anchor in anchors:
                SubElement(entry, "a", {"class": "gp-page", "href": f"#{anchor}"}).text = " "


class Notes:
    """The links of a text that lead elsewhere, numbered: first its sources, in the order of their list.

    A link that stands twice has one number.
    """

    def __init__(self, sources: Sequence[str]) -> None:
        """Take the addresses of the sources; empty for one without an address, which has a number, too."""
        self._first = len(sources) + 1
        self._numbers = {href: number for number, href in reversed(list(enumerate(sources, start=1))) if href}

    def number(self, href: str) -> int:
        """The number of a link."""
        if href not in self._numbers:
            self._numbers[href] = max([self._first - 1, *self._numbers.values()]) + 1
        return self._numbers[href]

    @property
    def others(self) -> list[tuple[int, str]]:
        """Numbers and addresses of the links that are no sources, in their order."""
        return sorted((number, href) for href, number in self._numbers.items() if number >= self._first)


class PrintedPage(PageTree):
    """Makes the content of one page printable, in place.

    Attributes:
        notes: Its links that lead elsewhere.
    """

    notes = Notes(())

    def change(self, article: Element) -> None:
        """Change the whole of it."""
        sources = [item for item in article.iter("li") if item.get("class") == _SOURCE]
        links = [next(item.iter("a"), None) for item in sources]
        self.notes = Notes([self._find_outside(link) for link in links])
        self._source_links = {link for item in sources for link in item.iter("a")}
        super().change(article)

    def finish(self, element: Element) -> Iterable[Element]:
        """Change what WeasyPrint does not tag well."""
        if element.tag == "a":
            return self._finish_link(element, element in self._source_links)
        if element.tag == "dl":
            _flatten(element)
        elif element.tag == "thead":
            _fill_corner(element)
        return ()

    def _find_outside(self, link: Element | None) -> str:
        lead = self.find_lead(link.get("href") or "#") if link is not None else None
        return lead.href if lead is not None and lead.kind == "outside" else ""

    def _finish_link(self, link: Element, is_source: bool) -> Iterator[Element]:
        """What stands behind a link: its address, or the number where that is found, or a picture that was inside.

        A link holds words only: WeasyPrint gives each element inside of one a link of its own, which no tag names.
        """
        pictures = [inner for inner in link.iter() if inner.tag == "img"]
        words = "".join(link.itertext())
        tail, link.tail = link.tail, None
        behind = []
        if not words.strip():
            link.tag = "span"
            link.attrib.clear()
        elif "gp-lead--outside" in (link.get("class") or ""):
            mark = Element("span", {"class": "gp-address"}) if is_source else Element("sup", {"class": "gp-note"})
            mark.text = f" {link.attrib['href']} " if is_source else str(self.notes.number(link.attrib["href"]))
            behind = [mark]
        link[:], link.text = [], words
        behind += pictures
        (behind[-1] if behind else link).tail = tail
        return iter(behind)


def _flatten(element: Element) -> None:
    """Put names and values into their list directly, where a list in a PDF has its entries."""
    entries = [inner for child in element for inner in (child if child.tag == "div" else [child])]
    element[:] = entries


def _fill_corner(head: Element) -> None:
    """Let an empty corner head its column: every cell of a table in a PDF names what heads it."""
    for cell in head.iter("td"):
        cell.tag, cell.text = "th", "\u00a0"
