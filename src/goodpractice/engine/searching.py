"""Renewing the search after a build."""

from __future__ import annotations

import json
from collections.abc import Iterator

from goodpractice.content import Project, load_project
from goodpractice.engine.options import Options
from goodpractice.engine.rows import Rows, join_rows
from goodpractice.engine.search_key import keep_search_key
from goodpractice.engine.store import Store
from goodpractice.outputs.site import Site
from goodpractice.search import SearchRecord, SearchReport, Section, index_records, make_record, order_pages


def renew_search(options: Options, site: Site | None) -> SearchReport:
    """Make the search anew from the pages of the site.

    Args:
        options: Where the site lies.
        site: What its pages were made from; loaded where nobody has.

    Raises:
        SearchIndexError: The index was not made. The search that lay there stays as it was.
        OSError: What is kept of the pages cannot be read.
    """
    store = Store(options.state_path)
    key = store.find_search_key()
    site = site or load_site(options)
    report = index_records(_list_records(store, site), site.kb, options.site_dir)
    keep_search_key(options, key)
    return report


def _list_records(store: Store, site: Site) -> Iterator[SearchRecord]:
    for page in order_pages(site.plan, site.kb):
        text = store.read_text(f"{page.url}index.html")
        sections = tuple(Section(*part) for part in json.loads(text)) if text else ()
        record = make_record(page, sections, site.kb)
        if record is not None:
            yield record


def load_site(options: Options) -> Site:
    """The project that the site was made from, when the last build had no need to load it."""
    kb, __ = load_project(options.root, [], settings=options.settings)
    kb = join_rows(kb, options.root, Rows(Store(options.state_path)))
    return Site(Project(options.root, kb, ()))
