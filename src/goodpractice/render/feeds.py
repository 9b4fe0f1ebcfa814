"""Where the feeds of a site are, and how pages lead to them. What they hold is made in `outputs`."""

from __future__ import annotations

from markupsafe import escape

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.theme import THEME

#: Name of every feed, in the folder of the page that it belongs to: the whole site, or a theme.
FEED = "feed.xml"
TYPE = "application/atom+xml"
TITLE = N_("{site}: what is new")
THEME_TITLE = N_("{site}: what is new on ‘{theme}’")


def feed_url(theme: str = "") -> str:
    """Address of the feed of a theme, or of that of everything, relative to the site."""
    return f"{COLLECTIONS[THEME].record_url(theme)}{FEED}" if theme else FEED


def has_feeds(kb: KnowledgeBase) -> bool:
    """Whether the site has feeds: without an address of its own, no entry could have a permanent one."""
    return bool(kb.settings.file.get("site_url"))


def list_feeds(kb: KnowledgeBase) -> list[str]:
    """The feeds of a site: nothing for the one of everything, then the ids of the themes."""
    return ["", *kb.table(THEME)] if has_feeds(kb) else []


def title_feed(kb: KnowledgeBase, theme: str = "") -> str:
    """Title of a feed."""
    site = str(kb.settings.file.get("site_name") or "")
    return kb.gettext(THEME_TITLE, site=site, theme=kb.themes[theme].name) if theme else kb.gettext(TITLE, site=site)


def link_feed(kb: KnowledgeBase, theme: str, page_url: str) -> str:
    """The element by which a feed reader finds a feed from a page."""
    href = "../" * page_url.count("/") + feed_url(theme)
    return f'<link rel="alternate" type="{TYPE}" title="{escape(title_feed(kb, theme))}" href="{href}">'
