"""The feeds of the built site: each is there, pages lead to it, and the history of the files makes no difference."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import feedparser

from goodpractice.content import open_project
from goodpractice.outputs.feeds import render_feed
from goodpractice.render.feeds import feed_url, list_feeds
from tests.helpers.built_pages import BuiltSite

FEED = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">')


def test_a_copy_without_a_history_gives_the_same_bytes(copy_project: Callable[[], Path], built_site: BuiltSite) -> None:
    root = copy_project()
    assert not (root / ".git").exists()
    kb = open_project(root).kb
    feeds = {feed_url(subject): render_feed(kb, built_site.base, subject).encode() for subject in list_feeds(kb)}
    written = {file.relative_to(built_site.folder).as_posix(): file for file in built_site.folder.rglob("feed.xml")}
    assert {name: file.read_bytes() for name, file in written.items()} == feeds


def test_every_page_leads_to_the_feed_and_that_of_a_theme_to_its_own(built_site: BuiltSite) -> None:
    for url, page in built_site.pages.items():
        found = [urljoin(built_site.base + url, href) for href in FEED.findall(page.html)]
        section = re.match(r"themes/[^/]+/|blog/(?!year/)|newsletter/", url)
        own = [f"{built_site.base}{section[0]}feed.xml"] if section else []
        assert found == [f"{built_site.base}feed.xml", *own], url


def test_every_entry_leads_to_a_page_that_is_there(built_site: BuiltSite) -> None:
    for file in built_site.folder.rglob("feed.xml"):
        for entry in feedparser.parse(file.read_bytes()).entries:
            path, _, anchor = entry.link.partition("#")
            page = built_site.find(path)
            assert page is not None, entry.link
            assert not anchor or anchor in built_site.anchors(page), entry.link
