"""What is new as feeds: Atom (RFC 4287), one for everything, one for each theme, and those of lists that have one.

The same sources give the same bytes: every date is one that a record names, and a feed without entries has not changed
since the beginning of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from markupsafe import Markup, escape

from goodpractice.content.changes import EVERYTHING, Change, Subject
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.typography import has_these_quotes, set_quotes_of_text
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.theme import THEME
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from goodpractice.render.feeds import TYPE, feed_url, list_feeds, subject_url, title_feed

_NEVER = "1970-01-01"
#: What no document of XML 1.0 may hold, in whatever form. Compiling it takes longer than most modules take to load, and
#: few builds write a feed: `re` keeps it.
_FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


class Feeds(Output):
    """A file for everything, and one in the folder of each theme and of lists such as the blog."""

    name = "feeds"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """One for each, as long as the site has an address."""
        for subject in list_feeds(site.kb):
            yield Target(feed_url(subject), subject)

    def make(self, site: Site, target: Target) -> Made:
        """Write it from the list of what is new."""
        return Made(render_feed(site.kb, site.inputs.site_url, target.item).encode())


def render_feed(kb: KnowledgeBase, site_url: str, subject: Subject = EVERYTHING) -> str:
    """A feed.

    Args:
        kb: The knowledge base, in the language of the site.
        site_url: Address of the site, with a final slash.
        subject: What it is about.
    """
    changes = kb.list_changes(subject)
    site = site_url + (subject_url(subject) or OVERVIEWS["new"].url)
    own = site_url + feed_url(subject)
    rights = kb.settings.file.get("copyright")
    about = _describe(kb, subject)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_say(kb.language.code)}">',
        f"<id>{_say(own)}</id>",
        f"<title>{_say(title_feed(kb, subject))}</title>",
        *([f"<subtitle>{_print(kb, about)}</subtitle>"] if about else []),
        f"<updated>{_stamp(changes[0].updated if changes else _NEVER)}</updated>",
        f"<author><name>{_say(kb.settings.file.get('site_name') or site_url)}</name></author>",
        f'<link rel="self" type="{TYPE}" href="{_say(own)}"/>',
        f'<link rel="alternate" type="text/html" href="{_say(site)}"/>',
        # A site may have a link in this line.
        *([f'<rights type="html">{_say(rights)}</rights>'] if rights else []),
        *(line for change in changes for line in _list_entry(kb, site_url, change)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _describe(kb: KnowledgeBase, subject: Subject) -> object:
    kind, id = subject
    if not kind:
        return kb.settings.file.get("site_description")
    return kb.themes[id].summary if id else kb.gettext(COLLECTIONS[kind].description)


def _list_entry(kb: KnowledgeBase, site_url: str, change: Change) -> Iterator[str]:
    url = _say(site_url + quote(change.url, safe="/#"))
    yield "<entry>"
    yield f"<id>{url}</id>"
    yield f"<title>{_print(kb, change.title)}</title>"
    yield f'<link rel="alternate" type="text/html" href="{url}"/>'
    if change.published:
        yield f"<published>{_stamp(change.published)}</published>"
    yield f"<updated>{_stamp(change.updated)}</updated>"
    known = kb.table(THEME)
    for theme in (theme for theme in change.themes if theme in known):
        scheme = _say(site_url + COLLECTIONS[THEME].url)
        yield f'<category term="{_say(theme)}" scheme="{scheme}" label="{_print(kb, known[theme].name)}"/>'
    if change.licence:
        yield f"<rights>{_say(change.licence)}</rights>"
    yield f"<summary>{_print(kb, change.summary)}</summary>"
    yield "</entry>"


def _stamp(day: str) -> str:
    """A day as the moment that Atom asks for. The records know days only."""
    return f"{day}T00:00:00Z"


def _print(kb: KnowledgeBase, text: object) -> Markup:
    """A text of people, with the marks of print that the pages have."""
    return _say(set_quotes_of_text(str(text)) if has_these_quotes(kb.language.code) else text)


def _say(text: object) -> Markup:
    return escape(re.sub(_FORBIDDEN, "", str(text)))
