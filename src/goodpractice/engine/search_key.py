"""Whether the search fits the pages that are there now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.engine.options import Options
from goodpractice.engine.site_folder import digest_site
from goodpractice.engine.store import Store

#: File of the state that names what the search was made from.
SEARCH_KEY = "search.key"


def is_search_current(options: Options, digest_search: Callable[[], str] | None = None) -> bool:
    """Whether the search is as it was left, made from the pages that are there now, by the code that is there now.

    Args:
        options: Where the site lies.
        digest_search: Gives the digest of the folder of the search, where somebody works it out already.
    """
    made_from, __ = _read_search_key(options)
    return made_from == Store(options.state_path).find_search_key() and is_search_untouched(options, digest_search)


def is_search_untouched(options: Options, digest_search: Callable[[], str] | None = None) -> bool:
    """Whether the search is as it was left, whatever it was made from; see `is_search_current`."""
    return _read_search_key(options)[1] == (digest_search or partial(_digest_search, options))()


def _digest_search(options: Options) -> str:
    return digest_site(options.site_dir / SEARCH_FOLDER)


def _read_search_key(options: Options) -> tuple[str, str]:
    try:
        made_from, __, digest = (options.cache / SEARCH_KEY).read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return made_from, digest


def keep_search_key(options: Options, made_from: str) -> None:
    """Keep what the search was made from, and how it lies in the site: names, sizes and times of all its files.

    Raises:
        OSError: The folder of the state cannot be written.
    """
    (options.cache / SEARCH_KEY).write_text(f"{made_from}\n{_digest_search(options)}", encoding="utf-8")
