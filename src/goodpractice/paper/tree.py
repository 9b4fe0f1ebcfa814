"""The page of a site as the tree of a printed document: without what only a screen shows, its links led anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from goodpractice.paper.document import list_prefixes
from goodpractice.paper.links import SITE, Lead, find_lead
from goodpractice.paper.sheet import Sheet
from goodpractice.paper.words import compile_words, find_words

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
_SOURCE = "gp-sources__item"
_SVG = "{http://www.w3.org/2000/svg}svg"


def print_document(sheet: Sheet, root: Element) -> None:
    """Make a document printable: each of its pages, the numbered notes behind it, and the index of words.

    Args:
        sheet: What it is made from.
        root: The document as `write_document` gives it, parsed; it is changed.
    """
    inside = list_prefixes(sheet)
    pattern = compile_words(sheet.words) if sheet.words else None
    found: dict[str, list[str]] = {}
    for article in list(root.iter("article")):
        if (url := article.attrib.pop("data-url", None)) is None:
            continue
        prefix = article.attrib.pop("data-prefix")
        part = PartTree(url, prefix, sheet.site_url, inside, sheet.find_file)
        part.print(article)
        for word, anchor in find_words(article, pattern, prefix).items() if pattern else ():
            found.setdefault(word, []).append(anchor)
        _add_notes(article, part.notes, sheet.kb.gettext("Other links in this text"))
    for listed in root.iter("ul"):
        if listed.get("class") == "gp-words__list":
            _list_words(sheet, listed, found)


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


def _list_words(sheet: Sheet, listed: Element, found: Mapping[str, list[str]]) -> None:
    for word in sheet.words:
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


class PartTree:
    """Makes the content of one page printable, in place.

    Attributes:
        notes: Its links that lead elsewhere.
    """

    def __init__(
        self,
        page_url: str,
        prefix: str,
        site_url: str,
        inside: Mapping[str, str],
        find_file: Callable[[str], bytes | None],
    ) -> None:
        """Take where the page stands.

        Args:
            page_url: Its address, relative to the site.
            prefix: Begins its anchors, so that those of two pages differ.
            site_url: Address of the site with a final slash; empty where it has none.
            inside: What begins the anchors of each page in the document, by its address.
            find_file: Gives the bytes of a file of the site by its path; nothing where there is none.
        """
        self._find_file = find_file
        self._url, self._prefix, self._site_url, self._inside = page_url, prefix, site_url, inside
        self.notes = Notes(())

    def print(self, article: Element) -> None:
        """Change the whole of it."""
        sources = [item for item in article.iter("li") if item.get("class") == _SOURCE]
        links = [next(item.iter("a"), None) for item in sources]
        self.notes = Notes([self._find_outside(link) for link in links])
        self._print(article)

    def _find_outside(self, link: Element | None) -> str:
        lead = find_lead(link.get("href") or "#", self._url, self._site_url, self._inside) if link is not None else None
        return lead.href if lead is not None and lead.kind == "outside" else ""

    def _print(self, element: Element, is_source: bool = False) -> None:
        is_source = is_source or element.get("class") == _SOURCE
        kept: list[Element] = []
        for child in list(element):
            if self._is_left_out(child):
                _give_text(element, kept, child.tail)
                continue
            kept.append(child)
            self._print_one(child)
            self._print(child, is_source)
            if child.tag == "a":
                kept += self._finish_link(child, is_source)
        element[:] = kept
        if element.tag == "dl":
            _flatten(element)

    def _is_left_out(self, element: Element) -> bool:
        if not isinstance(element.tag, str):
            return True  # a comment
        words = (element.get("class") or "").split()
        if element.tag == _SVG:
            # What is drawn without words is decoration.
            return element.find(f"{_SVG[:-3]}title") is None
        if element.tag == "button" and _PASSES in words:
            return False
        return element.tag in _SCREEN or not _HIDDEN.isdisjoint(words)

    def _print_one(self, element: Element) -> None:
        if anchor := element.get("id"):
            element.set("id", self._prefix + anchor)
        if element.tag == "button":
            element.tag = "span"
        for name in ("style", "popover", "popovertarget", "tabindex", "type"):
            element.attrib.pop(name, None)
        if element.tag == "details":
            element.tag = "div"
        elif element.tag == "summary":
            element.tag = "p"
        elif element.tag == "thead":
            _fill_corner(element)
        elif element.tag == "a":
            self._lead(element)
        elif element.tag == "img":
            self._show(element)

    def _lead(self, element: Element) -> None:
        href = element.attrib.pop("href", None)
        for name in ("rel", "target", "title", "aria-label"):
            element.attrib.pop(name, None)
        if href is None:
            return
        if href.startswith("#") and href != "#":
            element.set("href", f"#{self._prefix}{href[1:]}")
            return
        lead = Lead("nowhere") if href == "#" else find_lead(href, self._url, self._site_url, self._inside)
        if lead.kind == "nowhere":
            element.tag = "span"
            return
        element.set("href", lead.href)
        element.set("class", f"{element.get('class') or ''} gp-lead gp-lead--{lead.kind}".strip())

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

    def _show(self, element: Element) -> None:
        source = element.attrib.pop("src", "")
        element.attrib.pop("srcset", None)
        lead = find_lead(source, self._url, SITE, {})
        path = unquote(lead.href.removeprefix(SITE))
        if lead.kind == "site" and element.get("alt") and self._find_file(path) is not None:
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


def _fill_corner(head: Element) -> None:
    """Let an empty corner head its column: every cell of a table in a PDF names what heads it."""
    for cell in head.iter("td"):
        cell.tag, cell.text = "th", "\u00a0"
