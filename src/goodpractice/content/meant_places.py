"""Where a file or a folder belongs that somebody has named otherwise: what the kinds say of their places."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from goodpractice.config.project_folders import DATA
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.registry import DATA_FILES, KINDS

#: Names of the files that are read in `data/`.
DATA_NAMES = tuple(path.removeprefix(f"{DATA}/") for path in DATA_FILES if path.startswith(f"{DATA}/"))


def _list_other_names(kind: Kind[Any]) -> Iterator[str]:
    """What else somebody may call the file or folder of a kind, letters only."""
    for name in (kind.id, kind.list or kind.id, PurePosixPath(kind.file).stem, *kind.also):
        yield re.sub(r"[^a-z]", "", name)


#: Other names for the folders that are read.
_MEANT = {
    **{name: kind.file.rstrip("/") for kind in KINDS.values() if kind.has_text for name in _list_other_names(kind)},
    **dict.fromkeys(("data", "datafiles", "lists", "tables"), DATA),
}
#: The files that hold lists, by their other names.
_LISTS = {name: kind.file for kind in KINDS.values() if kind.list for name in _list_other_names(kind)}


def find_meant_folder(folder: str) -> str:
    """The folder that is meant by another name; empty when none is."""
    return _MEANT.get(re.sub(r"[^a-z]", "", folder.lower()), "")


def find_list(stem: str, certain: bool = False) -> str:
    """The file that holds the list which is meant; empty when none is. `certain`: only by its own name."""
    plain = re.sub(r"[^a-z]", "", stem.lower())
    home = _LISTS.get(plain, "")
    if home or certain:
        return home if not certain or PurePosixPath(home).stem == plain else ""
    close = difflib.get_close_matches(f"{plain}.yml", DATA_NAMES, n=1, cutoff=0.75)
    return f"{DATA}/{close[0]}" if close else ""
