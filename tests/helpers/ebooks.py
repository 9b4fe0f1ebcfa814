"""What holds of every e-book, looked at without Java: a quick part of what epubcheck and Ace look at in the audit."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RUNS = ("script", "iframe", "object", "embed", "form", "link", "style", "base")


@dataclass(frozen=True)
class OpenedBook:
    """An e-book, opened again."""

    data: bytes

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))

    @cached_property
    def package(self) -> Element:
        container = ElementTree.fromstring(self.archive.read("META-INF/container.xml"))
        (self.__dict__["path"],) = (root.attrib["full-path"] for root in container.iter(f"{CONTAINER}rootfile"))
        return ElementTree.fromstring(self.archive.read(self.__dict__["path"]))

    @cached_property
    def folder(self) -> str:
        assert self.package is not None
        return posixpath.dirname(self.__dict__["path"])

    @cached_property
    def items(self) -> dict[str, str]:
        """Media types of what the manifest names, by path."""
        return {item.attrib["href"]: item.attrib["media-type"] for item in self.package.iter(f"{OPF}item")}

    @cached_property
    def documents(self) -> dict[str, Element]:
        """Each document, parsed as XML, by path."""
        return {name: self.read(name) for name, kind in self.items.items() if kind == "application/xhtml+xml"}

    def read(self, name: str) -> Element:
        return ElementTree.fromstring(self.archive.read(f"{self.folder}/{name}"))

    def say(self, name: str) -> str:
        """The words of a document."""
        return " ".join("".join(self.documents[name].itertext()).split())

    def say_meta(self, name: str) -> list[str]:
        return [meta.text or "" for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name]


def list_faults(book: OpenedBook) -> Iterator[str]:
    """What is wrong with a book, each in a sentence."""
    first = book.archive.infolist()[0]
    if (first.filename, first.compress_type, first.extra) != ("mimetype", zipfile.ZIP_STORED, b""):
        yield "the media type is not the first member, or packed"
    if book.archive.read("mimetype") != b"application/epub+zip":
        yield "the media type is another"
    members = {name.removeprefix(f"{book.folder}/") for name in book.archive.namelist()}
    members -= {"mimetype", "META-INF/container.xml", "package.opf"}
    if members != set(book.items):
        yield f"the manifest and the archive differ: {members ^ set(book.items)}"
    ids = {item.attrib["id"]: item.attrib["href"] for item in book.package.iter(f"{OPF}item")}
    spine = [ids.get(item.attrib["idref"], "") for item in book.package.iter(f"{OPF}itemref")]
    if sorted(spine) != sorted(book.documents):
        yield f"the reading order and the documents differ: {spine}"
    anchors = {name: [element.get("id") for element in root.iter()] for name, root in book.documents.items()}
    for name, root in book.documents.items():
        yield from (f"{name}: {fault}" for fault in _look_at(root, name, anchors, set(book.items)))


def _look_at(root: Element, name: str, anchors: dict[str, list[str | None]], items: set[str]) -> Iterator[str]:
    own = [anchor for anchor in anchors[name] if anchor]
    if len(own) != len(set(own)):
        yield "an anchor stands twice"
    if not root.get("lang") or root.get("lang") != root.get(LANG):
        yield "it says no language"
    if not "".join(root.find(f"{HTML}head/{HTML}title").itertext()):  # type: ignore[union-attr]
        yield "it has no title"
    if next(root.iter(f"{HTML}h1"), None) is None:
        yield "it has no heading of the first level"
    for element in root.iter():
        tag = element.tag.removeprefix(HTML)
        if tag in _RUNS and element.get("href") != "style.css":
            yield f"it holds <{tag}>"
        for attribute in element.attrib:
            if attribute.startswith("on") or attribute == "style":
                yield f"it holds the attribute {attribute}"
        for reference in ("aria-labelledby", "aria-describedby", "headers"):
            if not set((element.get(reference) or "").split()) <= set(own):
                yield f"{reference} names nothing: {element.get(reference)}"
        if tag == "img" and (not element.get("alt") or element.get("src") not in items):
            yield f"a picture has no words or no file: {element.attrib}"
        if tag == "a" and (href := element.get("href")) is not None:
            target, _, anchor = href.partition("#")
            if ":" in target:
                if target.partition(":")[0] not in ("http", "https", "mailto"):
                    yield f"a link leads to {href}"
            elif (target or name) not in anchors or (anchor and unquote(anchor) not in anchors[target or name]):
                yield f"a link leads nowhere: {href}"
