"""Renewing the search after a build: apart from the pages, since it takes much longer than they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from goodpractice.engine.built import Built
from goodpractice.engine.options import Options
from goodpractice.engine.run import is_search_untouched, keep_search_key
from goodpractice.engine.state import State, StateFile
from goodpractice.search import (
    Content,
    Reuse,
    SearchRecord,
    SearchReport,
    index_records,
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
        OSError: What is kept of the pages cannot be read.
    """
    store = StateFile(options.state_path)
    state, key = store.load(), store.find_search_key()
    records = _list_records(store, built, state)
    if not options.use_cache:
        reuse = Reuse.NOTHING
    else:
        reuse = Reuse.EVERYTHING if is_search_untouched(options) else Reuse.WHOLE
    report = index_records(records, built.project.kb, options.site_dir, options.workers, progress, reuse)
    keep_search_key(options, key)
    return report


def _list_records(store: StateFile, built: Built, state: State) -> Iterator[SearchRecord]:
    for page in order_pages(built.plan):
        name = f"{page.url}index.html"
        # Its address and its bytes tell whether the text is another.
        content = Content(state.pages[name].digest, partial(store.read_text, name))
        record = make_record(page, content, built.project.kb)
        if record is not None:
            yield record
