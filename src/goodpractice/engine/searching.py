"""Renewing the search after a build: apart from the pages, since it takes much longer than they do.

Pagefind writes the files of the search itself, into a folder of its own: it is no output like the others, and its
folder has a digest of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from goodpractice.content import Project, load_project
from goodpractice.engine.options import Options
from goodpractice.engine.rows import Rows, join_rows
from goodpractice.engine.search_key import is_search_untouched, keep_search_key
from goodpractice.engine.state import State
from goodpractice.engine.store import Store
from goodpractice.outputs.site import Site
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
    options: Options, site: Site | None, progress: Callable[[int, int], None] = lambda done, total: None
) -> SearchReport:
    """Make the search anew from the pages of the site, as far as they say something else.

    Args:
        options: Where the site lies.
        site: What its pages were made from; loaded where nobody has.
        progress: Called with the number of records that can be found so far and the number of all.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
        OSError: What is kept of the pages cannot be read.
    """
    store = Store(options.state_path)
    state, key = store.load(), store.find_search_key()
    site = site or load_site(options)
    records = _list_records(store, site, state)
    if not options.use_cache:
        reuse = Reuse.NOTHING
    else:
        reuse = Reuse.EVERYTHING if is_search_untouched(options) else Reuse.WHOLE
    report = index_records(records, site.kb, options.site_dir, options.workers, progress, reuse)
    keep_search_key(options, key)
    return report


def _list_records(store: Store, site: Site, state: State) -> Iterator[SearchRecord]:
    for page in order_pages(site.plan, site.kb):
        name = f"{page.url}index.html"
        # Its address and its bytes tell whether the text is another.
        content = Content(state.outputs[name].digest, partial(store.read_text, name))
        record = make_record(page, content, site.kb)
        if record is not None:
            yield record


def load_site(options: Options) -> Site:
    """The project that the site was made from, when the last build had no need to load it."""
    kb, __ = load_project(options.root, [], settings=options.settings)
    kb = join_rows(kb, options.root, Rows(Store(options.state_path)))
    return Site(Project(options.root, kb, ()))
