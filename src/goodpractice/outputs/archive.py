"""The whole site as a zip file that opens from the file system, without a server.

Links name files, and the scripts of the site get what they load from scripts (`file_scripts.py`). Photos of case
studies stay out, as out of PDFs: consent can be taken back, and a file cannot.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date
from html import escape
from urllib.parse import unquote

from goodpractice.config.site_folders import EDITION_FOLDER, PHOTO_FOLDER, SEARCH_FOLDER
from goodpractice.formats.datasets import describe_site
from goodpractice.i18n.dates import format_date
from goodpractice.outputs.data import Data
from goodpractice.outputs.edition import is_kept
from goodpractice.outputs.file_scripts import HANDING, needs_site, read_handing, wrap_file, wrap_script
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.pages import Pages, render_planned
from goodpractice.outputs.site import Site
from goodpractice.pages.papers import ARCHIVE, declare_papers
from goodpractice.paper.archives import pack
from goodpractice.render.papers import find_nothing
from goodpractice.render.scripts import FOLDER as SCRIPTS
from goodpractice.render.scripts import WORDS
from goodpractice.search.records import SearchRecord, make_record
from goodpractice.search.site import make_files
from goodpractice.search.text import list_sections

START = "START.html"
#: Below it lies the site: whoever unpacks the file sees one page and one folder.
FOLDER = "site"
_FORBIDDEN = re.compile(r'<link rel="(?:module)?preload"[^>]*>|<meta http-equiv="Content-Security-Policy"[^>]*>')
_MODULE = re.compile(rf'<script type="module" src="([^"]*{SCRIPTS}[^"]*)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet"[^>]*>')
_PHOTO = re.compile(rf"<img\b[^>]*{PHOTO_FOLDER}/[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')
_ADDRESS = re.compile(r'\b(href|src|action)="([^"#?:]*)([#?][^"]*)?"')


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
        """Render every page, and pack it with what it loads."""
        site.ask("copied")
        pages = {page.name: page.item for page in Pages().list_targets(site)}
        files = {
            name: data
            for name, data in site.static_files.items()
            if is_kept(name) and not name.startswith((SEARCH_FOLDER, EDITION_FOLDER, WORDS)) and not needs_site(name)
        }
        files[HANDING] = read_handing().encode()
        names = pages.keys() | files.keys()
        day = describe_site(site.kb).edition
        edition = format_date(date.fromisoformat(day), site.kb.language) if day else ""

        def list_members() -> Iterator[tuple[str, bytes]]:
            yield START, _print_start(site, edition).encode()
            records: list[SearchRecord | None] = []
            for name, page in pages.items():
                inputs = replace(site.speak(page.language)[0], find_paper=find_nothing, is_read=True)
                rendered = render_planned(site, page, inputs)
                records.append(make_record(page, list_sections(rendered.passages), site.kb))
                html = site.finish(page, rendered)
                html = html.replace("</body>", f"{_print_note(site, page.url, edition)}</body>")
                html = stand_alone(html, name, names, site.inputs.site_url)
                yield f"{FOLDER}/{name}", html.encode()
                yield f"{FOLDER}/{name}.js", wrap_file(take_article(html).encode()).encode()
            for name, data in sorted(files.items()):
                is_script = name.startswith(SCRIPTS) and name.endswith(".js") and name != HANDING
                yield f"{FOLDER}/{name}", wrap_script(data.decode()).encode() if is_script else data
            for name, data in _list_fetched(site, filter(None, records)):
                yield f"{FOLDER}/{name}.js", wrap_file(data).encode()

        return Made(pack(list_members()))


def _list_fetched(site: Site, records: Iterable[SearchRecord]) -> Iterator[tuple[str, bytes]]:
    """What scripts fetch besides pages: the search, words that are no slips, and tables from which results are cut."""
    yield from ((f"{SEARCH_FOLDER}/{name}", data) for name, data in make_files(records, site.kb).items())
    yield from ((name, data) for name, data in sorted(site.static_files.items()) if name.startswith(WORDS))
    tables = (target for target in Data().list_targets(site) if target.name.endswith(".csv"))
    yield from ((target.name, Data().make(site, target).data) for target in tables)


def stand_alone(html: str, name: str, names: Container[str], site_url: str) -> str:
    """A page that needs no server: its scripts are classic ones, its photos are left out, its links lead to files.

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

    def load(found: re.Match[str]) -> str:
        return "" if needs_site(found[1]) else f'<script defer src="{found[1]}"></script>'

    style, handing = (posixpath.relpath(path, folder or ".") for path in ("assets/styles/kept.css", HANDING))
    html = html.replace("</head>", f'<link rel="stylesheet" href="{style}"></head>')
    html = html.replace("<script ", f'<script src="{handing}"></script><script ', 1)
    html = _MODULE.sub(load, _FORBIDDEN.sub("", html))
    html = _PHOTO.sub(lambda found: alt[1] if (alt := _ALT.search(found[0])) else "", html)
    return _ADDRESS.sub(lead, html)


def take_article(html: str) -> str:
    """What scripts want of another page: its main content, and its styles."""
    start, end = html.find("<article"), html.rfind("</article>")
    return "".join(_STYLE.findall(html[:start])) + html[start:end] + "</article>" if -1 < start < end else ""


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
            "Everything is here that the site says in words and drawings. Unpack the file first: then the links "
            "between the pages work, and so do search, finder, comparison, reflection and sheets."
        ),
        kb.gettext(
            "What does not work here: PDFs, e-books, data files and photos of case studies are on the site only, and "
            "nothing renews itself. Where a browser runs no scripts of files, as on some telephones, lists stand in "
            "the place of search and finder. What you write stays in this browser, where any other file that you open "
            "in it could read it, and is found again only from this folder: save it before you move the folder."
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
