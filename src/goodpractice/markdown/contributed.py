"""Contributed Markdown: GitHub's dialect through comrak, then an allow-list.

What a contributor sees in GitHub's preview is what the site shows, except for
raw HTML, which is dropped (and reported by `goodpractice check`). The result
holds nothing but the elements, attributes and classes listed here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import comrak
import nh3

from goodpractice.content.characters import strip_hidden
from goodpractice.markdown.rendered import Rendered, RewriteLink
from goodpractice.pages.link_resolver import PAGE_URI, PHOTO_TOKEN

#: Anchors that belong to the page itself or to the theme's script.
_RESERVED_ID = re.compile(r'(<h[1-6] id="|<a href="#)((?:__|gp-)[^"]*")')

#: A heading with the anchor of a footnote. A link to that anchor is one to the footnote.
_NOTE_ID = re.compile(r'(<h[1-6] id=")((?:fn|fnref)-[^"]*)("[^\n]*?<a href="#)\2(?=" aria-label=)')

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = {
    *_HEADINGS,
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "del", "sup", "a", "img", "section", "div"),
    *("ul", "ol", "li", "input", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    **{heading: {"id"} for heading in _HEADINGS},
    "a": {"href", "title", "id", "aria-label"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "input": {"type", "checked", "disabled"},
    "th": {"align"},
    "td": {"align"},
}
_CLASSES = {
    "a": {"anchor", "footnote-backref"},
    "sup": {"footnote-ref"},
    "section": {"footnotes"},
    "p": {"markdown-alert-title"},
    "div": {
        "markdown-alert",
        "markdown-alert-note",
        "markdown-alert-tip",
        "markdown-alert-important",
        "markdown-alert-warning",
        "markdown-alert-caution",
    },
}
_SCHEMES = {"http", "https", "mailto", "gp", "gp-file"}
_DROPPED = "<!-- raw HTML omitted -->"
#: How every token begins (see `pages.addresses`).
_TOKEN = "gp"
_TAG_OR_TEXT = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')

_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
    url_schemes=_SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def render_contributed(text: str, rewrite: RewriteLink) -> Rendered:
    """Turn contributed Markdown into HTML that is safe in any page.

    Args:
        text: GitHub Flavored Markdown. Template syntax in it stays text.
        rewrite: Called for the target of every link and picture.

    Returns:
        The HTML. It holds page tokens where `rewrite` gave them; resolve them
        with `pages.addresses.resolve_internal_uris`. Costs about 0.2 ms for 600 words.
    """
    links: list[str] = []
    tokens = 0

    def memoise(target: str) -> str:
        nonlocal tokens
        links.append(target)
        rewritten = rewrite(target)
        tokens += rewritten.startswith(_TOKEN)
        return rewritten

    def remember_picture(target: str) -> str:
        rewritten = memoise(target)
        # A picture from elsewhere would tell that place who reads the page. Photos of case studies are tokens
        # that `render.photos` turns into the files made for the site, or drops.
        return rewritten if rewritten.startswith((PAGE_URI, PHOTO_TOKEN)) else ""

    html = comrak.render_markdown(text, extension_options=_extensions(memoise, remember_picture))
    html = strip_hidden(_cleaner.clean(_reserve_ids(html)).replace('<img src="" ', "<img "))
    if html.count(f'="{_TOKEN}') > tokens:
        html = _escape_quotes(html)
    return Rendered(html, links)


class Reading(NamedTuple):
    """Render a contributed text before anything is left out of it.

    Attributes:
        html: All of it, raw HTML and dangerous links included: to be looked at, never to be shown.
        links: Targets of all links and pictures, in order.
        pictures: Targets of all pictures.
    """

    html: str
    links: list[str]
    pictures: list[str]


def read_contributed(text: str, places: bool = False) -> Reading:
    """Read a contributed text for the rules about what it shows.

    Args:
        text: GitHub Flavored Markdown.
        places: Whether the HTML says from which lines of the text each of its elements comes.
    """
    links: list[str] = []
    pictures: list[str] = []

    def memoise(target: str) -> str:
        links.append(target)
        return target

    def remember_picture(target: str) -> str:
        pictures.append(target)
        return memoise(target)

    options = comrak.RenderOptions()
    options.unsafe_ = True
    options.sourcepos = places
    html = comrak.render_markdown(
        text, extension_options=_extensions(memoise, remember_picture), render_options=options
    )
    return Reading(html, links, pictures)


def list_contributed_links(text: str) -> list[str]:
    """Targets of all links and pictures in order, dangerous ones included, which rendering drops."""
    return read_contributed(text).links


def list_contributed_pictures(text: str) -> list[str]:
    """Targets of all pictures in order, also those that rendering drops."""
    return read_contributed(text).pictures if "![" in text else []


def _extensions(rewrite: RewriteLink, rewrite_picture: RewriteLink) -> comrak.ExtensionOptions:
    extensions = _dialect()
    extensions.link_url_rewriter = rewrite
    extensions.image_url_rewriter = rewrite_picture
    return extensions


@cache
def _dialect() -> comrak.ExtensionOptions:
    """The dialect. Made once: setting an option crosses into Rust, and only the rewriters differ."""
    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.footnotes = True
    extensions.alerts = True
    extensions.autolink = True
    extensions.strikethrough = True
    extensions.tasklist = True
    extensions.shortcodes = True
    extensions.header_id_prefix = ""
    return extensions


def drops_html(text: str) -> bool:
    """Whether rendering would drop raw HTML from a contributed text."""
    if "<" not in text:
        return False
    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.footnotes = True
    extensions.autolink = True
    return _DROPPED in comrak.render_markdown(text, extension_options=extensions)


def _escape_quotes(html: str) -> str:
    """Escape quotation marks in the text, so that nothing written there is taken for an attribute with a token."""
    parts = _TAG_OR_TEXT.split(html)
    parts[::2] = [part.replace('"', "&quot;") for part in parts[::2]]
    return "".join(parts)


def _reserve_ids(html: str) -> str:
    """Rename headings whose anchor would be taken for a part of the page itself."""
    if not any(f'id="{beginning}' in html for beginning in ("__", "gp-", "fn-", "fnref-")):
        return html
    return _NOTE_ID.sub(r"\1story-\2\3story-\2", _RESERVED_ID.sub(r"\1story-\2", html))
