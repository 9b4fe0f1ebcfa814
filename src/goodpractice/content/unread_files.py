"""Files in places where nothing is read, found by walking through the folders of a project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from goodpractice.config.project_folders import CASE_STUDIES, DATA, DOCS, WRITTEN_FOLDERS
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.project_files import TECHNICAL, place_file
from goodpractice.content.walking import Entry, walk

#: A folder that holds one of these is a folder of a program.
_CODE = frozenset({".py", ".js", ".ts", ".mjs", ".css", ".html", ".sh", ".toml", ".cfg", ".ini", ".rb", ".ipynb"})
#: So many files in a folder of unknown purpose are looked at, and so many are told: the rest is of the same kind.
_MOST_LOOKED_AT = 2_000
_MOST_TOLD = 50


def list_strays(root: Path, site_dir: str = "site") -> Iterator[str]:
    """Files that were perhaps meant for the site, in places where nothing is read, by their names.

    Leaves out folders of programs, and names that begin with a dot or an underscore.

    Args:
        root: The project.
        site_dir: Folder that a site is built into.
    """
    yield from islice(_list_all_strays(str(root), site_dir), _MOST_TOLD)


def _list_all_strays(root: str, site_dir: str) -> Iterator[str]:
    for entry in _scan(root):
        if entry.is_dir(follow_symlinks=False):
            if _is_looked_into(entry, site_dir):
                yield from _list_below(entry.path, entry.name)
        elif place_file(entry.name) is not None:
            yield entry.name


def _is_looked_into(entry: Entry, site_dir: str) -> bool:
    name = entry.name
    if name in (CASE_STUDIES, DATA) or name.startswith((".", "_")):
        return False  # the check of files looks at all that lies there
    if name in (*WRITTEN_FOLDERS, DOCS):
        return True
    if name.lower() in TECHNICAL or name == site_dir:
        return False
    from goodpractice.content.meant_places import find_meant_folder

    return bool(find_meant_folder(name)) or not any(map(_is_code, _scan(entry.path)))


def _is_code(entry: Entry) -> bool:
    return entry.name in ("pyvenv.cfg", ".git") or os.path.splitext(entry.name)[1] in _CODE  # noqa: PTH122 - for speed


def _list_below(folder: str, name: str) -> Iterator[str]:
    found = walk(folder, enter=lambda _, entry: not entry.name.startswith((".", "_")))
    for path, __, is_folder in found if name in (*WRITTEN_FOLDERS, DOCS) else islice(found, _MOST_LOOKED_AT):
        if not is_folder and place_file(f"{name}/{path}") is not None:
            yield f"{name}/{path}"


def _scan(folder: str) -> list[Entry]:
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not is_leftover(entry.name)), key=lambda entry: entry.name)
    except OSError:
        return []
