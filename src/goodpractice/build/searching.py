"""Renewing the search after a build: apart from the pages, since it takes much longer than they do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from goodpractice.build.options import Built, Options
from goodpractice.build.state import State, StateFile
from goodpractice.pages import Page
from goodpractice.search import (
    SEARCH_FOLDER,
    SearchRecord,
    SearchReport,
    index_records,
    load_search_settings,
    make_record,
)
from goodpractice.settings import read_config

_KEY = "search.key"


def is_search_current(options: Options) -> bool:
    """Whether the search was made from the pages that are there now."""
    folder = options.site_dir / SEARCH_FOLDER
    return folder.is_dir() and _read(options.cache / _KEY) == _digest_pages(StateFile(options.state_path).load())


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
    (options.cache / _KEY).write_text(_digest_pages(state), encoding="utf-8")
    return report


def _list_records(options: Options, built: Built, state: State) -> Iterator[SearchRecord]:
    for page in built.plan:
        record = make_record(page, _read_content(options.site_dir, page, state), built.project.kb)
        if record is not None:
            yield record


def _read_content(site_dir: Path, page: Page, state: State) -> str:
    name = f"{page.url}index.html"
    kept = state.pages[name]
    data = (site_dir / name).read_bytes()
    return data[kept.start : kept.start + kept.length].decode()


def _digest_pages(state: State) -> str:
    digest = hashlib.sha256()
    for name in sorted(state.pages):
        page = state.pages[name]
        if page.plan:
            digest.update(f"{name} {page.digest}\n".encode())
    return digest.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
