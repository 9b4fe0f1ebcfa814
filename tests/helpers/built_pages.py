"""What a browser would find in the pages of a built site, read with the standard library alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Attributes that name an address, except `href`, which is told apart by tag and `rel`.
LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href")
#: Values of `rel` on a `link` that name an address without fetching it.
NAMING = frozenset({"canonical", "alternate", "license", "author", "edit", "prev", "next"})


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a page: `follows` when a reader goes there, else the browser fetches it."""

    tag: str
    attribute: str
    url: str
    rel: str
    line: int
    follows: bool
    text: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return " ".join("".join(self.text).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[Link] = []
        self.headings: list[tuple[int, list[str]]] = []
        self.title: list[str] = []
        self.description: str | None = None
        self.refresh: str | None = None
        self.handlers: list[str] = []
        self.scripts = 0
        self.text: list[str] = []
        self.prose: list[str] = []
        self.styles: list[str] = []
        self._open: list[tuple[str, list[str] | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        collected: list[str] | None = None
        if "id" in values:
            self.ids.append(values["id"])
        self.handlers += [f"{tag} {name}" for name in values if name.startswith("on")]
        if "style" in values:
            self.styles.append(values["style"])
        rel = values.get("rel", "")
        if "href" in values and tag != "base":
            follows = tag in ("a", "area") or (tag == "link" and set(rel.split()) <= NAMING)
            found = Link(tag, "href", values["href"], rel, self.getpos()[0], follows)
            self.links.append(found)
            collected = found.text
        for name in LOADING:
            if name in values:
                urls = [part.split()[0] for part in values[name].split(",") if part.split()]
                urls = urls if name == "srcset" else [values[name]]
                self.links += [Link(tag, name, url, rel, self.getpos()[0], False) for url in urls]
        if tag == "meta":
            if values.get("name") == "description":
                self.description = values.get("content", "")
            if values.get("http-equiv", "").lower() == "refresh":
                self.refresh = values.get("content", "")
        elif tag in HEADINGS:
            self.headings.append((int(tag[1]), collected := []))
        elif tag == "title" and not any(open_tag == "svg" for open_tag, _ in self._open):
            collected = self.title
        elif tag == "script":
            self.scripts += 1
        if tag not in VOID:
            self._open.append((tag, collected))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        # An end tag closes what stands open inside it, as in a browser.
        if any(open_tag == tag for open_tag, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for _, collected in self._open:
            if collected is not None:
                collected.append(data)
        tags = {tag for tag, _ in self._open}
        if "style" in tags:
            self.styles.append(data)
        if not tags & {"script", "style", "title"}:
            self.text.append(data)
            if not tags & {"code", "pre"}:
                self.prose.append(data)


#: A citation that a link holds in its own address, to be saved: a browser opens none of these types.
HELD_FILE = re.compile(
    r"data:application/(?:x-bibtex|x-research-info-systems|vnd\.citationstyles\.csl\+json);charset=utf-8,"
)


@dataclass(frozen=True)
class BuiltPage:
    """A page of the built site.

    Attributes:
        url: Address relative to the site: empty for the home page, `404.html` for the page of that name.
        file: The HTML file.
    """

    url: str
    file: Path

    @cached_property
    def html(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        reader.close()
        return reader

    @property
    def ids(self) -> list[str]:
        return self._read.ids

    @property
    def links(self) -> list[Link]:
        return self._read.links

    @property
    def styles(self) -> list[str]:
        """Style sheets and style attributes that stand in the page."""
        return self._read.styles

    @property
    def scripts(self) -> int:
        return self._read.scripts

    @property
    def handlers(self) -> list[str]:
        """Event handlers in attributes, as `tag attribute`."""
        return self._read.handlers

    @property
    def description(self) -> str | None:
        return self._read.description

    @property
    def refresh(self) -> str | None:
        """Where the page sends the reader on, for a page that moved."""
        return self._read.refresh

    @cached_property
    def title(self) -> str:
        return " ".join("".join(self._read.title).split())

    @cached_property
    def text(self) -> str:
        """All text between the tags, white space collapsed."""
        return " ".join(" ".join(self._read.text).split())

    @cached_property
    def prose(self) -> str:
        """All text outside of code, white space collapsed."""
        return " ".join(" ".join(self._read.prose).split())

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        return [(level, " ".join("".join(text).split())) for level, text in self._read.headings]


class BuiltSite:
    """A folder that a build wrote, as a static host would serve it."""

    def __init__(self, folder: Path, base: str) -> None:
        """Read the names of its pages.

        Args:
            folder: The folder.
            base: Address of the site, with a final slash.
        """
        self.folder = folder
        self.base = base
        everything = {url_of(file, folder): BuiltPage(url_of(file, folder), file) for file in folder.rglob("*.html")}
        #: Pages that were moved and send readers on.
        self.moved = {url: page for url, page in everything.items() if page.refresh is not None}
        self.pages = {url: everything[url] for url in sorted(everything.keys() - self.moved.keys())}

    def address(self, page: BuiltPage) -> str:
        """Where a reader sees the page; the page for unknown addresses is seen deep down."""
        return self.base + ("no/such/page/" if page.url == "404.html" else page.url)

    def resolve(self, page: BuiltPage, link: str) -> str:
        """The full address of a link."""
        if page.url == "404.html" and link.startswith("#"):
            return f"{self.base}404.html{link}"
        return urljoin(self.address(page), link)

    def owns(self, address: str) -> bool:
        """Whether an address lies in this site or, outside its folder, on the same host."""
        return urlsplit(address)[:2] == urlsplit(self.base)[:2]

    def find(self, address: str) -> Path | None:
        """The file behind an address of this site, as GitHub Pages finds it; nothing for a dead link."""
        path = unquote(urlsplit(address).path)
        root = urlsplit(self.base).path
        if not path.startswith(root):
            return None
        inside = path.removeprefix(root)
        if ".." in inside.split("/"):
            return None
        file = self.folder / inside
        if not inside or inside.endswith("/"):
            file = file / "index.html"
        return file if file.is_file() else None

    def anchors(self, file: Path) -> frozenset[str]:
        """The anchors of a page, by its file."""
        url = url_of(file, self.folder)
        page = self.pages.get(url) or self.moved.get(url)
        return frozenset(page.ids) if page else frozenset()


def url_of(file: Path, folder: Path) -> str:
    """Address of an HTML file, relative to the site."""
    path = file.relative_to(folder).as_posix()
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
