"""The content of one page inside a file to take along: without what only a screen shows, its links led anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from goodpractice.paper.links import SITE, Lead, find_lead

#: Elements that say nothing outside of a browser.
_SCREEN = frozenset(
    (
        *("audio", "base", "button", "canvas", "embed", "iframe", "input", "link", "meta", "nav", "object"),
        *("script", "select", "source", "style", "template", "textarea", "video"),
    )
)
#: Words of classes of elements that only help on a screen.
_HIDDEN = frozenset(("anchor", "gp-term__meaning", "gp-visually-hidden", "headerlink"))
_PASSES = "gp-term"
_SVG = "{http://www.w3.org/2000/svg}svg"


class PageTree:
    """Changes the content of one page, in place. Each format says in `finish` what it changes besides."""

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
            inside: What begins a link to an anchor of each page in the file, by the address of the page.
            find_file: Gives the bytes of a file of the site by its path; nothing where there is none.
        """
        self._find_file = find_file
        self._url, self._prefix, self._site_url, self._inside = page_url, prefix, site_url, inside

    def change(self, article: Element) -> None:
        """Change the whole of it."""
        self._change_inside(article)

    def finish(self, element: Element) -> Iterable[Element]:
        """Change an element whose content has been changed, and give what is to stand behind it."""
        return ()

    def find_lead(self, href: str) -> Lead:
        """Where a link of the page leads."""
        return Lead("nowhere") if href == "#" else find_lead(href, self._url, self._site_url, self._inside)

    def _change_inside(self, element: Element) -> None:
        kept: list[Element] = []
        for child in list(element):
            if self._is_left_out(child):
                _give_text(element, kept, child.tail)
                continue
            kept.append(child)
            self._change_one(child)
            self._change_inside(child)
            kept += self.finish(child)
        element[:] = kept

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

    def _change_one(self, element: Element) -> None:
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
        lead = self.find_lead(href)
        if lead.kind == "nowhere":
            element.tag = "span"
            return
        element.set("href", lead.href)
        element.set("class", f"{element.get('class') or ''} gp-lead gp-lead--{lead.kind}".strip())

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
