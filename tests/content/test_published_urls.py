"""Public addresses never die."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.built_pages import BuiltSite
from tests.helpers.facts import fact
from tests.helpers.published_urls import COMMAND, list_urls, needs_listing, read_list


def test_every_published_address_still_works(built_site: BuiltSite) -> None:
    dead = []
    for url in read_list():
        path, _, anchor = url.removeprefix("/").partition("#")
        file = built_site.find(built_site.base + path)
        # A page that moved away leaves a redirect, which is a file too; its target is checked with the links.
        moved = path in built_site.moved
        if file is None or (anchor and not moved and anchor not in built_site.anchors(file)):
            dead.append(url)
    assert dead == [], "these addresses were published: bring them back, leave a redirect, or a span with the id"


def test_every_new_address_is_listed(project_root: Path) -> None:
    new = sorted(url for url in list_urls(project_root) - set(read_list()) if needs_listing(url))
    assert new == [], f"to list them, run: {COMMAND}"


def test_the_list_is_sorted_and_names_each_address_once() -> None:
    listed = read_list()
    assert listed == sorted(set(listed)), f"to put it right, run: {COMMAND}"


def test_the_list_names_headings_that_readers_can_link_to() -> None:
    sections = {url.split("/")[1] for url in read_list() if "#" in url}
    assert set(fact("headings_kept")) - sections == set()
