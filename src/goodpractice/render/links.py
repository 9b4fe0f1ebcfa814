"""Links from one record to another, and to sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.base import URL_PATTERN
from goodpractice.kinds.lookup import memoise
from goodpractice.kinds.registry import COLLECTIONS, KINDS
from goodpractice.kinds.views.links import locate_record
from goodpractice.render.environment import Html, escaped, page_href


class SourceWords(NamedTuple):
    """A source as readers see it.

    Attributes:
        url: Its address; empty where it has none, or none that may be followed.
        title: Its title, or a readable form of its address.
        publisher: Who published it, and when.
    """

    url: str
    title: str
    publisher: str

    @property
    def link(self) -> Markup:
        """A link, or the plain title."""
        return anchor(self.url, self.title) if self.url else Html.escape(self.title)


def record_url(kind: str, record_id: str) -> str:
    """Address of a record's page or, for terms and resources, of its place on a list."""
    return COLLECTIONS[kind].record_url(record_id)


def link(url: str, text: str, language: str = "", name: str = "") -> Markup:
    """A link to a page of the site.

    Args:
        url: Its address.
        text: What the link says.
        language: Code of the language of the text, where it differs from that of the page.
        name: What it is called out of its context, where the text alone says too little.
    """
    return anchor(page_href(url), text, language, name)


def anchor(href: str, text: str, language: str = "", name: str = "") -> Markup:
    """A link to an address.

    Args:
        href: The address, or an internal URI.
        text: What the link says.
        language: Code of the language of the text, where it differs from that of the page.
        name: What it is called out of its context, where the text alone says too little.
    """
    # Html.format does the same ten times slower, and pages hold many links.
    said_in = f' lang="{language}"' if language else ""
    called = f' aria-label="{escaped(name)}"' if name else ""
    return Html(f'<a href="{escaped(href)}"{said_in}{called}>{escaped(text)}</a>')


#: Signs that may stand in an address as they are: what a page says twice then travels once.
_PLAIN = "!$()*,/:;=?@"


def offer_data(filename: str, media_type: str, data: str, text: str, name: str) -> Markup:
    """A link that holds a file: it is there without a script and without a request.

    Args:
        filename: What the file is called.
        media_type: Its media type.
        data: What stands in it.
        text: What the link says.
        name: What it is called out of its context.
    """
    href = f"data:{media_type};charset=utf-8,{quote(data, safe=_PLAIN)}"
    return Html(
        f'<a href="{escaped(href)}" download="{escaped(filename)}" aria-label="{escaped(name)}">{escaped(text)}</a>'
    )


@memoise
def link_record(kb: KnowledgeBase, kind: str, record_id: str) -> Markup:
    """A link to a record, with its name.

    Raises:
        KeyError: There is no such record.
    """
    if kb.is_translated:
        words = describe_record(kb, kind, record_id)
        return link(locate_record(kb, kind, record_id), words.name, words.language)
    return link(locate_record(kb, kind, record_id), kb.record_name(kind, record_id))


class RecordWords(NamedTuple):
    """What a page in any language calls a record.

    Attributes:
        name: Name or title.
        summary: Its summary where it is translated; else nothing.
        language: Code of the language of the name, where it differs from that of the page.
    """

    name: str
    summary: str | None
    language: str


def describe_record(kb: KnowledgeBase, kind: str, record_id: str) -> RecordWords:
    """The name of a record in the language of the page where it is translated, else its own, marked.

    Raises:
        KeyError: There is no such record.
    """
    translation = kb.find_translation(kind, record_id) if KINDS[kind].is_written else None
    if translation is not None:
        return RecordWords(translation.title, translation.summary, "")
    return RecordWords(kb.record_name(kind, record_id), None, kb.own_language.code if kb.is_translated else "")


@memoise
def describe_source(kb: KnowledgeBase, source: str) -> SourceWords:
    """A source with its title from `data/sources.yml`, or with a readable form of its address."""
    entry = kb.find_publication(source)
    if entry is None:
        # A mistake in a source is reported by the checks; shown it is as text, never followed.
        known = URL_PATTERN.fullmatch(source)
        return SourceWords(source, _shorten(source), "") if known else SourceWords("", source, "")
    copy = kb.gettext("copy held by {holder}", holder=entry.held_by) if entry.held_by else ""
    publisher = ", ".join(part for part in (entry.publisher, entry.year, copy) if part)
    url = entry.url or (source if "://" in source else None)
    return SourceWords(url or "", entry.title, publisher)


def list_sources(kb: KnowledgeBase, sources: Iterable[str]) -> list[SourceWords]:
    """Sources in the order given, each once."""
    return [describe_source(kb, source) for source in dict.fromkeys(sources)]


def _shorten(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.strip("/")
    return f"{host}: {path.rsplit('/', 1)[-1].replace('-', ' ')}" if path else host
