"""Renewing the search after a build: apart from the pages, since it takes much longer than they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from goodpractice.config.settings import read_config
from goodpractice.engine.built import Built
from goodpractice.engine.options import Options
from goodpractice.engine.run import is_search_untouched, keep_search_key
from goodpractice.engine.state import State, StateFile
from goodpractice.pages import Page
from goodpractice.search import (
    Content,
    Reuse,
    SearchRecord,
    SearchReport,
    index_records,
    load_search_settings,
    make_record,
    order_pages,
)


def renew_search(
    options: Options, built: Built, progress: Callable[[int, int], None] = lambda done, total: None
) -> SearchReport:
    """Make the search anew from the pages of the site, as far as they say something else.

    Args:
        options: Where the site lies.
        built: What it was made from.
        progress: Called with the number of records that can be found so far and the number of all.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
        ValueError: A setting of the search does not fit.
        OSError: A page of the site cannot be read.
    """
    store = StateFile(options.state_path)
    state, key = store.load(), store.find_search_key()
    settings = load_search_settings(read_config(options.root).get("extra"))
    records = _list_records(options, built, state)
    if not options.use_cache:
        reuse = Reuse.NOTHING
    else:
        reuse = Reuse.EVERYTHING if is_search_untouched(options) else Reuse.WHOLE
    report = index_records(records, built.project.kb, options.site_dir, settings, options.workers, progress, reuse)
    keep_search_key(options, key)
    return report


def _list_records(options: Options, built: Built, state: State) -> Iterator[SearchRecord]:
    for page in order_pages(built.plan):
        record = make_record(page, _find_content(options.site_dir, page, state), built.project.kb)
        if record is not None:
            yield record


def _find_content(site_dir: Path, page: Page, state: State) -> Content:
    name = f"{page.url}index.html"
    cached = state.pages[name]

    def read() -> str:
        data = (site_dir / name).read_bytes()
        return data[cached.start : cached.start + cached.length].decode()

    return Content(cached.digest, read)
