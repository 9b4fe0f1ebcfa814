"""Addresses that readers may have kept, and the command that adds new ones to their list.

A public address never dies: `published_urls.txt` only grows. Run as a program, this adds
what the project publishes now.

The list also names the headings, as `/handbook/evaluation/#what-to-ask`, of the pages that
people wrote: those of the site of 22 November 2026, taken once. A heading of theirs that
gets other words keeps its old address in an empty `<span id="…"></span>` before them.
"""

from __future__ import annotations

from pathlib import Path

from goodpractice.content import open_project
from goodpractice.formats.citations import CITATION_FORMATS, whole_url
from goodpractice.formats.datasets import data_url, list_kinds
from goodpractice.formats.geojson import PLACES
from goodpractice.formats.markdown_pages import LLMS
from goodpractice.formats.registry import list_formats
from goodpractice.kinds.event.subscribe import calendar_url, list_calendars
from goodpractice.pages import plan_pages
from goodpractice.render.feeds import feed_url, list_feeds
from tests.helpers.projects import REPOSITORY

LIST = REPOSITORY / "tests/content/published_urls.txt"
COMMAND = ".venv/bin/python -m tests.helpers.published_urls"


def read_list() -> list[str]:
    return LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []


def list_urls(root: Path) -> set[str]:
    """What a project publishes: pages as `/partners/kew/`, entries of lists as `/glossary/#term`, files to take."""
    kb = open_project(root).kb
    # A draft of a translation is promised to nobody.
    urls = {f"/{page.url}" for page in plan_pages(kb) if page.is_listed}
    urls |= {f"/{feed_url(subject)}" for subject in list_feeds(kb)}
    urls |= {f"/{data_url(kind, ending)}" for kind in list_kinds(kb) for ending in list_formats(kind)}
    urls |= {f"/{PLACES}", f"/{LLMS}", *(f"/{whole_url(ending)}" for ending in CITATION_FORMATS)}
    urls |= {f"/{calendar_url(kb, *calendar)}" for calendar in list_calendars(kb)}
    for section, table in (("glossary", kb.terms), ("resources", kb.resources)):
        urls |= {f"/{section}/#{record_id}" for record_id in table}
    return urls


def needs_listing(url: str) -> bool:
    """Whether a new address has to be listed at once.

    What anybody may contribute is listed by the next editor who runs the
    command: a story must not wait for a list.
    """
    return not url.startswith(("/case-studies/", "/partners/", "/audiences/", "/regions/"))


if __name__ == "__main__":
    everything = sorted({*read_list(), *list_urls(REPOSITORY)})
    LIST.write_text("".join(f"{url}\n" for url in everything), encoding="utf-8")
