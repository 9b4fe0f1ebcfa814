"""Where the feeds of a site are, and how pages lead to them. What they hold is made in `outputs`."""

from __future__ import annotations

from markupsafe import escape

from goodpractice.content.changes import EVERYTHING, Subject
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.theme import THEME
from goodpractice.pages import Page

#: Name of every feed, in the folder of the page that it belongs to: the whole site, a list, or a theme.
FEED = "feed.xml"
TYPE = "application/atom+xml"
TITLE = N_("{site}: what is new")
THEME_TITLE = N_("{site}: what is new on ‘{theme}’")
LIST_TITLE = N_("{site}: {list}")


def feed_url(subject: Subject = EVERYTHING) -> str:
    """Address of a feed, relative to the site."""
    return f"{subject_url(subject)}{FEED}"


def subject_url(subject: Subject) -> str:
    """Address of the page that shows what a feed is about; that of the site for everything."""
    kind, id = subject
    if not kind:
        return ""
    return COLLECTIONS[kind].record_url(id) if id else COLLECTIONS[kind].url


def has_feeds(kb: KnowledgeBase) -> bool:
    """Whether the site has feeds: without an address of its own, no entry could have a permanent one."""
    return bool(kb.settings.file.get("site_url"))


def list_feeds(kb: KnowledgeBase) -> list[Subject]:
    """The feeds of a site: that of everything, those of lists, then those of themes."""
    if not has_feeds(kb):
        return []
    lists = [(kind, "") for kind, collection in COLLECTIONS.items() if collection.has_feed and kb.has_any(kind)]
    return [EVERYTHING, *lists, *((THEME, theme) for theme in kb.table(THEME))]


def name_subject(kb: KnowledgeBase, subject: Subject) -> str:
    """What readers call the subject of a feed."""
    kind, id = subject
    if not kind:
        return kb.gettext("Everything")
    return kb.record_name(kind, id) if id else kb.gettext(COLLECTIONS[kind].title)


def title_feed(kb: KnowledgeBase, subject: Subject = EVERYTHING) -> str:
    """Title of a feed."""
    site = str(kb.settings.file.get("site_name") or "")
    if subject == EVERYTHING:
        return kb.gettext(TITLE, site=site)
    name = name_subject(kb, subject)
    if subject[1]:
        return kb.gettext(THEME_TITLE, site=site, theme=name)
    return kb.gettext(LIST_TITLE, site=site, list=name)


def link_feed(kb: KnowledgeBase, page: Page) -> str:
    """The element by which a feed reader finds the feed of a page; nothing where it has none besides that of all."""
    subject = _find_subject(page)
    if subject == EVERYTHING or not has_feeds(kb):
        return ""
    href = "../" * page.url.count("/") + feed_url(subject)
    return f'<link rel="alternate" type="{TYPE}" title="{escape(title_feed(kb, subject))}" href="{href}">'


def _find_subject(page: Page) -> Subject:
    if page.kind == THEME:
        return THEME, page.id
    kind = page.id if page.kind == "index" else page.kind
    return (kind, "") if kind in COLLECTIONS and COLLECTIONS[kind].has_feed else EVERYTHING
