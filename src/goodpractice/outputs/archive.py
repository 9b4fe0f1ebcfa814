"""The whole site as a zip file that opens from the file system, without a server and without scripts.

Browsers run no modules, workers or requests of files, so the pages are those that readers without scripts have, and
their links name files. Photos of case studies stay out, as out of PDFs: consent can be taken back, and a file cannot.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from html import escape
from urllib.parse import unquote

from goodpractice.config.site_folders import EDITION_FOLDER, PHOTO_FOLDER, SEARCH_FOLDER
from goodpractice.formats.datasets import describe_site
from goodpractice.i18n.dates import format_date
from goodpractice.outputs.edition import is_kept
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.pages import Pages, render_planned
from goodpractice.outputs.site import Site
from goodpractice.pages.papers import ARCHIVE, declare_papers
from goodpractice.paper.archives import pack
from goodpractice.render.papers import find_nothing

START = "START.html"
#: Below it lies the site: whoever unpacks the file sees one page and one folder.
FOLDER = "site"
_SCRIPT = re.compile(
    r'<script\b[^>]*></script>|<link rel="preload"[^>]*>|<meta http-equiv="Content-Security-Policy"[^>]*>'
)
_PHOTO = re.compile(rf"<img\b[^>]*{PHOTO_FOLDER}/[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')
_ADDRESS = re.compile(r'\b(href|src|action)="([^"#?:]*)([#?][^"]*)?"')
_LOADED = (".css", ".woff2", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico")


class Archive(Output):
    """One file, in the language of the site."""

    name = "archive"
    is_told = True
    is_slow = True
    is_parallel = True

    def list_targets(self, site: Site) -> Iterator[Target]:
        """The one file."""
        url, papers = declare_papers(ARCHIVE, "")
        yield from (Target(paper.path(url)) for paper in papers)

    def make(self, site: Site, target: Target) -> Made:
        """Render every page as it is without scripts, and pack what it loads."""
        site.ask("copied")
        pages = {page.name: page.item for page in Pages().list_targets(site)}
        files = {
            name: data
            for name, data in site.static_files.items()
            if is_kept(name) and name.endswith(_LOADED) and not name.startswith((SEARCH_FOLDER, EDITION_FOLDER))
        }
        names = pages.keys() | files.keys()
        day = describe_site(site.kb).edition
        edition = format_date(date.fromisoformat(day), site.kb.language) if day else ""

        def list_members() -> Iterator[tuple[str, bytes]]:
            yield START, _print_start(site, edition).encode()
            for name, page in pages.items():
                inputs = replace(site.speak(page.language)[0], find_paper=find_nothing)
                html = site.finish(page, render_planned(site, page, inputs))
                html = html.replace("</body>", f"{_print_note(site, page.url, edition)}</body>")
                yield f"{FOLDER}/{name}", stand_alone(html, name, names, site.inputs.site_url).encode()
            for name, data in sorted(files.items()):
                yield f"{FOLDER}/{name}", data

        return Made(pack(list_members()))


def stand_alone(html: str, name: str, names: Container[str], site_url: str) -> str:
    """A page that needs no server: without scripts and photos, its links leading to files.

    Args:
        html: The finished page.
        name: Its path in the site.
        names: Paths of all files beside it.
        site_url: Where what is not beside it can be found, with a final slash; or nothing.
    """
    folder = posixpath.dirname(name)

    def lead(found: re.Match[str]) -> str:
        attribute, path, rest = found[1], found[2], found[3] or ""
        if path.startswith("/") or (not path and rest.startswith("#")):
            return found[0]
        there = posixpath.normpath(posixpath.join(folder, unquote(path)))
        for file in (there, posixpath.normpath(f"{there}/index.html")):
            if file in names:
                return f'{attribute}="{escape(posixpath.relpath(file, folder or "."))}{rest}"'
        return f'{attribute}="{escape(site_url)}{escape(posixpath.normpath(posixpath.join(folder, path)))}{rest}"'

    style = posixpath.relpath("assets/styles/kept.css", folder or ".")
    html = html.replace("</head>", f'<link rel="stylesheet" href="{style}"></head>')
    html = _PHOTO.sub(lambda found: alt[1] if (alt := _ALT.search(found[0])) else "", _SCRIPT.sub("", html))
    return _ADDRESS.sub(lead, html)


def _print_note(site: Site, url: str, edition: str) -> str:
    """Says at the foot of a page that it may be old."""
    kb, online = site.kb, site.inputs.site_url
    said = kb.gettext("From a file, edition of {date}.", date=edition) if edition else kb.gettext("From a file.")
    link = f' <a href="{escape(online + url)}">{escape(kb.gettext("This page as it is now"))}</a>' if online else ""
    return f'<footer><p class="gp-kept">{escape(said)}{link}</p></footer>'


def _print_start(site: Site, edition: str) -> str:
    """The page to open first: what this is, of which day, and what does not work in files."""
    kb = site.kb
    title = escape(str(kb.settings.file.get("site_name") or ""))
    said = [
        kb.gettext("The whole site, to read without a network: edition of {date}.", date=edition) if edition else "",
        kb.gettext(
            "Everything is here that the site says in words and drawings, with its lists of situations, audiences and "
            "places. Unpack the file first; then every link between the pages works."
        ),
        kb.gettext(
            "Browsers forbid files on your device what a website may do. So the search and the counting questions of "
            "the finder do not work here; the finder leads to its lists instead. Sheets can be printed and filled in "
            "by hand. PDFs, data and photos of case studies are on the site only."
        ),
    ]
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in said if text)
    online = site.inputs.site_url
    where = f'<p>{escape(kb.gettext("The site as it is now:"))} <a href="{escape(online)}">{escape(online)}</a></p>'
    return (
        f'<!doctype html><html lang="{kb.language.code}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title>"
        "<style>body{font:1.1rem/1.6 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}"
        f"a{{color:inherit}}</style></head><body><main><h1>{title}</h1>{paragraphs}"
        f'<p><a href="{FOLDER}/index.html"><strong>{escape(kb.gettext("Open the site"))}</strong></a></p>'
        f"{where if online else ''}</main></body></html>\n"
    )
