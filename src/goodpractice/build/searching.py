"""Renewing the search after a build: apart from the pages, since it takes much longer than they do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from goodpractice.build.options import SEARCH_KEY, Built, Options
from goodpractice.build.state import State, StateFile
from goodpractice.pages import Page
from goodpractice.search import (
    SearchRecord,
    SearchReport,
    index_records,
    load_search_settings,
    make_record,
    order_pages,
)
from goodpractice.settings import read_config


def renew_search(options: Options, built: Built) -> SearchReport:
    """Make the search anew from the pages of the site.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
        ValueError: A setting of the search does not fit.
        OSError: A page of the site cannot be read.
    """
    state = StateFile(options.state_path).load()
    settings = load_search_settings(read_config(options.root).get("extra"))
    report = index_records(_list_records(options, built, state), built.project.kb, options.site_dir, settings)
    (options.cache / SEARCH_KEY).write_text(state.meta["pages"], encoding="utf-8")
    return report


def _list_records(options: Options, built: Built, state: State) -> Iterator[SearchRecord]:
    for page in order_pages(built.plan):
        record = make_record(page, _read_content(options.site_dir, page, state), built.project.kb)
        if record is not None:
            yield record


def _read_content(site_dir: Path, page: Page, state: State) -> str:
    name = f"{page.url}index.html"
    kept = state.pages[name]
    data = (site_dir / name).read_bytes()
    return data[kept.start : kept.start + kept.length].decode()
