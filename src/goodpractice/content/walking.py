"""The one way through the files and folders of a project, a theme or a site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Set
from pathlib import Path

from goodpractice.content.leftovers import is_leftover

Entry = os.DirEntry[str]


def _pass_over(error: OSError) -> None:
    """Take a folder that cannot be read for an empty one."""


def stop(error: OSError) -> None:
    """Give up at a folder that cannot be read."""
    raise error


def walk(
    folder: str | Path,
    *,
    enter: Callable[[str, Entry], bool] | None = None,
    follow: bool = False,
    leftovers: bool = False,
    on_error: Callable[[OSError], None] = _pass_over,
) -> Iterator[tuple[str, Entry, bool]]:
    """All that lies below a folder, in the order of names: path relative to it, entry, whether it is a folder.

    Args:
        folder: Where to begin.
        enter: Whether to look into a folder, by its path; always when not given.
        follow: Whether links to folders are followed, though never into a folder that they are in themselves.
        leftovers: Whether what editors and computers leave behind is listed, too.
        on_error: Called when a folder cannot be read; it is passed over unless this raises.
    """

    def list_below(name: str, prefix: str, above: Set[str]) -> Iterator[tuple[str, Entry, bool]]:
        if follow:
            real = os.path.realpath(name)
            if real in above:
                return
            above = above | {real}
        try:
            with os.scandir(name) as found:
                entries = sorted(found, key=_name)
        except OSError as error:
            on_error(error)
            return
        for entry in entries:
            if not leftovers and is_leftover(entry.name):
                continue
            path = prefix + entry.name
            is_folder = _is_folder(entry, follow)
            yield path, entry, is_folder
            if is_folder and (enter is None or enter(path, entry)):
                yield from list_below(entry.path, f"{path}/", above)

    return list_below(os.fspath(folder), "", frozenset())


def _name(entry: Entry) -> str:
    return entry.name


def _is_folder(entry: Entry, follow: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=follow)
    except OSError:  # a link that leads to itself
        return False
