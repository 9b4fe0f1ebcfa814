"""What holds of every e-book, looked at without Java: a quick part of what epubcheck and Ace look at in the audit."""

from __future__ import annotations

import io
import posixpath
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from goodpractice.outputs.papers import PAPERS
from tests.helpers.papers import open_site
from tests.helpers.projects import REPOSITORY
from tests.helpers.sites import SmallSite, write_small_site

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


DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
CHAPTER = """

## Ŵyl y Cŵn

A partner shares.[^1] See [the first](chapter-1.md#in-short), [a heading that is gone](chapter-1.md#gp-sources),
[a story](../case_studies/case-01.md), [the list](../handbook/) and [elsewhere](https://example.org/a b?c=ŵ#d).

| Name | Sum |
|---|--:|
| One | 1 |

![A red dot](../docs/assets/dot.svg) ![From elsewhere](https://example.org/x.png)

<p id="twice">a</p><p id="twice">b</p><p id="not one">c</p><center onclick="run()">d</center>
<svg viewBox="0 0 9 9" onload="run()"><title>Drawn</title><path d="M0 0h9"/><script>run()</script></svg>
<a href="http://[">e</a> <a href="https://ex ample.org/">f</a> <img src="../docs/assets/dot.svg">

[^1]: A note of *editors*.
"""
STORY = """

## What happened

Told.[^a] And again.[^a]

[^a]: A note of a teller.
"""


def write_rich_site(root: Path) -> SmallSite:
    """A small project whose books hold all that one can, in three languages."""
    site = write_small_site(root, cases=8)
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    site.write(
        "mkdocs.yml", config.replace("  - toc:", "  - footnotes\n  - tables: {use_align_attribute: true}\n  - toc:")
    )
    site.write(
        "docs/assets/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    )
    site.chapters["chapter-2"]["body"] += CHAPTER
    site.write_chapter("chapter-2")
    site.cases["case-01"]["body"] += STORY
    site.write_case("case-01")
    text = (REPOSITORY / "tests/translations/superpowers.ar.md").read_text(encoding="utf-8")
    site.write("handbook/chapter-1.ar.md", text.partition("{{")[0])
    return site


def main(folder: Path) -> None:
    """Write every e-book of this repository and of a small project, for the programs of the audit."""
    for root in (REPOSITORY, write_rich_site(folder / "project").root):
        site = open_site(root)
        for output in PAPERS:
            for target in output.list_targets(site):
                if target.name.endswith(".epub"):
                    name = f"{root.name if root != REPOSITORY else 'site'}-{target.name.replace('/', '-')}"
                    (folder / name).write_bytes(output.make(site, target).data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
