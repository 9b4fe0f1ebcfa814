"""What the templates of the shell know and can do besides the page itself, under the names that MkDocs' themes use."""

from __future__ import annotations

import datetime
import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import jinja2
from markupsafe import Markup

from goodpractice.config import clock
from goodpractice.config.settings import Settings
from goodpractice.config.site_model import check_site
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import shows_unreviewed
from goodpractice.markdown.rendered import Heading, nest_headings
from goodpractice.pages import Page
from goodpractice.render.contact import ON_EVERY_PAGE, list_ways
from goodpractice.render.fonts import list_preloads
from goodpractice.render.navigation import NavPage
from goodpractice.render.scripts import script_folder
from goodpractice.render.stylesheet import STYLESHEET

#: Settings that templates may ask for where `mkdocs.yml` does not set them.
_DEFAULTS = {
    **dict.fromkeys(("site_name", "site_description", "site_author", "copyright", "edit_uri", "edit_uri_template")),
    "docs_dir": "docs",
    "site_dir": "site",
    "use_directory_urls": True,
    "strict": False,
}
_KNOWN_HOSTS = {"github.com": "GitHub", "bitbucket.org": "Bitbucket", "gitlab.com": "GitLab"}


@dataclass
class TocEntry:
    """A heading in the table of contents of a page: its name is HTML."""

    title: str
    id: str
    level: int
    children: list[TocEntry] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it leads, on the same page."""
        return f"#{self.id}"


def make_toc(headings: Iterable[Heading]) -> list[TocEntry]:
    """The table of contents of a page."""

    def make(tokens: Iterable[Mapping[str, Any]]) -> list[TocEntry]:
        return [TocEntry(token["name"], token["id"], token["level"], make(token["children"])) for token in tokens]

    return make(nest_headings(list(headings)))


def collect_config(settings: Settings, theme: Mapping[str, Any]) -> dict[str, Any]:
    """What templates know as `config`: the settings of `mkdocs.yml`, complete and in one form."""
    given = dict(settings.file.values)
    # A community's own sheets come last, so that they win.
    styles = [*(given.get("extra_css") or ())]
    site_url, repo_url = (complete_url(given.get(name)) for name in ("site_url", "repo_url"))
    if site_url and not urlsplit(site_url).path.endswith("/"):
        parts = urlsplit(site_url)
        site_url = urlunsplit(parts._replace(path=f"{parts.path}/"))
    host = urlsplit(repo_url or "").netloc.lower()
    return {
        **_DEFAULTS,
        **given,
        "site_url": site_url,
        "repo_url": repo_url,
        "repo_name": given.get("repo_name")
        or (host and (_KNOWN_HOSTS.get(host) or host.split(".")[0].title()))
        or None,
        "theme": theme,
        "extra": given.get("extra") or {},
        "extra_css": styles if STYLESHEET in styles else [STYLESHEET, *styles],
        "extra_javascript": check_site(given)[0].extra_javascript,
        "extra_templates": given.get("extra_templates") or [],
        "plugins": {name: options or {} for name, options in settings.file.list_entries("plugins")},
        "markdown_extensions": list(settings.extensions),
        "mdx_configs": dict(settings.configs),
    }


def complete_url(value: Any) -> str | None:
    """An address in its usual form."""
    return urlunsplit(urlsplit(str(value))) if value is not None else None


class Content(str):
    """The main content of a page; it knows whether a template has printed it."""

    is_printed = False

    def __str__(self) -> str:
        self.is_printed = True
        return super().__str__()


def describe_language(kb: KnowledgeBase, code: str) -> dict[str, Any]:
    """What templates know of a language; of that of the site where none is named."""
    language = kb.languages[code or kb.own_language.code]
    return {
        "_": language.gettext,
        "english": Markup(language.english),  # noqa: S704 - an attribute of our own
        # What stands in mkdocs.yml, such as the navigation, is in the language of the site.
        "own_words": Markup(f' lang="{kb.own_language.code}"' if code else ""),  # noqa: S704 - as above
        "language": language,
        "scripts_folder": script_folder(language),
        "own_language": kb.own_language.code,
        "fonts": list_preloads(kb.settings.look.fonts),
    }


def describe_contact(kb: KnowledgeBase, page: Page | None, site_url: str) -> dict[str, Any]:
    """What templates know of the ways to write about a page; there need be no plan of it."""
    contact = kb.settings.own.contact
    if page is None:
        return {"contact": contact, "answers": []}
    say = kb.languages[page.language or kb.own_language.code].gettext
    return {
        "contact": contact,
        "answers": list(list_ways(contact, page.title, f"{site_url}{page.url}", say, *ON_EVERY_PAGE)),
    }


def describe_editions(kb: KnowledgeBase, page: Page | None, site_url: str) -> dict[str, Any]:
    """What templates know of a page in the languages of the site; there need be no plan of it."""
    if page is None:
        return {"editions": [], "is_listed": True}
    own = page.language or kb.own_language.code
    site = site_url.rstrip("/")
    there = dict(page.present_alternates)
    alternates = [
        {
            "code": code,
            "name": kb.languages[code].name,
            "direction": kb.languages[code].direction,
            "url": there.get(code),
            "href": f"{site}/{there[code]}" if site and code in there else "",
            "current": code == own,
        }
        for code, __ in page.alternates
    ]
    return {
        "editions": alternates,
        "is_listed": page.is_listed and not shows_unreviewed(),
        "leads_to": page.leads_to,
    }


class MkDocsVersion:
    """Prints the version of MkDocs, where a template asks for it: looking it up takes a tenth of a second."""

    def __str__(self) -> str:
        from importlib.metadata import version

        return version("mkdocs")


def get_build_date() -> datetime.datetime:
    """The moment of the build, or the one that SOURCE_DATE_EPOCH names."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = clock.now()
    return now if epoch is None else datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)


def relative_url(url: str, start: str) -> str:
    """An address of the site, relative to a page of it; both are paths from the top of the site."""
    folder, __, name = start.rpartition("/")
    here, there = (_split(path) for path in (folder if "." in name else start, url))
    common = sum(1 for __ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    path = "/".join([".."] * (len(here) - common) + there[common:]) or "."
    return f"{path}/" if url.endswith("/") else path


def _split(path: str) -> list[str]:
    # Two slashes at the beginning would stay.
    normal = posixpath.normpath(f"/{path.lstrip('/')}")[1:]
    return normal.split("/") if normal else []


def normalise_url(path: str, start: str | None, base: str) -> str:
    """An address as the page at `start` writes it, or as it stands below a base; whole addresses stay as they are."""
    path = path.replace("\\", "/") or "."
    parsed = urlsplit(path)
    if parsed.scheme or parsed.netloc or path.startswith(("/", "#")):
        return path
    if start is None:
        return posixpath.join(base, path)
    above = 0
    while f"{posixpath.normpath(path)}/".startswith("../", above * 3):
        above += 1
    return "../" * above + relative_url(path, start)


@jinja2.pass_context
def url_filter(context: jinja2.runtime.Context, value: object) -> str:
    """The filter `url`."""
    page, base, path = context["page"], context["base_url"], str(value)
    if page is None:
        return normalise_url(path, None, base)
    # A fragment knows of its page how deep it lies: what it links to is never beside it.
    start = page.url if isinstance(page, NavPage) else f"{base.replace('..', '-')}/"
    if path.startswith(start):
        return normalise_url(path, start, base)
    # Seen from all pages of a folder, it lies the same way.
    return _normalise_seen_from(path, f"{start.rstrip('/').rpartition('/')[0]}/-/", base)


_normalise_seen_from = lru_cache(maxsize=4096)(normalise_url)


@jinja2.pass_context
def script_filter(context: jinja2.runtime.Context, script: Any) -> Markup:
    """The filter `script_tag`: the element that loads an entry of `extra_javascript`."""
    element = Markup('<script src="{}"').format(url_filter(context, script))
    if not isinstance(script, str):  # ours, or that of MkDocs, which has the same names
        element += Markup(' type="{}"').format(script.type) if script.type else ""
        element += (" defer" if script.defer else "") + (" async" if script.async_ else "")
    return element + Markup("></script>")
