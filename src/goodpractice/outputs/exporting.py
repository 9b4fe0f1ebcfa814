"""The data of a site in a folder of its own: the files that the outputs make, and a list of what was written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from goodpractice.formats.markdown_pages import NAME
from goodpractice.formats.registry import FORMATS
from goodpractice.outputs.data import Data
from goodpractice.outputs.llms import Llms
from goodpractice.outputs.site import Site
from goodpractice.outputs.texts import Texts, list_texts

#: Names the files that an export wrote, one a line: only these are ever replaced or deleted.
LIST = ".goodpractice-export"
#: Holds the new files until all of them are written. One that is there was left by an export that was cut off.
_FRESH = f"{LIST}.new"


def collect_options() -> dict[str, tuple[str, ...]]:
    """What can be asked for: how the names of its files end, by what a command calls it."""
    options: dict[str, tuple[str, ...]] = {}
    for ending, found in FORMATS.items():
        options[found.option] = (*options.get(found.option, ()), f".{ending}")
    return {**options, "geojson": (".geojson",), "markdown": (".md", ".txt")}


def list_files(site: Site, endings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of an export: those of the site, and Markdown of each page that says something.

    Args:
        site: The site.
        endings: How the names of the wanted files end.
    """
    for output in (Data(), Llms()):
        for target in output.list_targets(site):
            # All that follows the first dot.
            if f".{target.name.rpartition('/')[2].partition('.')[2]}" in endings:
                yield target.name, output.make(site, target).data
    if NAME.endswith(tuple(endings)):
        for target in list_texts(site):
            yield target.name, Texts().make(site, target).data


def find_foreign(folder: Path) -> str:
    """A file in a folder that no export wrote, or a link to another folder; empty where there is neither."""
    own = {*_list_own(folder), LIST}
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders.sort()
        if here == folder and _FRESH in folders:
            folders.remove(_FRESH)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted((*names, *links)):
            path = (here / name).relative_to(folder).as_posix()
            if path not in own:
                return path
    return ""


def _list_own(folder: Path) -> list[str]:
    """The files that an export wrote, by its list; a name that leads out of the folder is no such file."""
    listed = folder / LIST
    if not listed.is_file():
        return []
    names = listed.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    return [name for name in names if name and not name.startswith("/") and ".." not in name.split("/")]


def write_export(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Let a folder hold these files and no others that an export wrote. Nothing changes before all are written.

    Returns:
        Names of files that an earlier export wrote and that are gone.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    fresh = folder / _FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    former = _list_own(folder)
    try:
        for name, data in files.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        # Cut off from here on, it leaves files of both exports, and the next one knows them all.
        _write_list(folder, (*files, *former))
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(folder / name)
        gone = [name for name in former if name not in files and _delete(folder, name)]
        _write_list(folder, files)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        with suppress(OSError):
            folder.rmdir()  # it is empty, so nothing could be written
    return gone


def _write_list(folder: Path, names: Iterable[str]) -> None:
    fresh = folder / _FRESH / LIST
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_bytes("".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape"))
    fresh.replace(folder / LIST)


def _delete(folder: Path, name: str) -> bool:
    """Delete a file, and the folders that are empty without it.

    Returns:
        Whether it was there.
    """
    file = folder / name
    if not file.is_file():
        return False
    file.unlink()
    with suppress(OSError):
        for above in file.relative_to(folder).parents:
            (folder / above).rmdir()  # one that holds something stays, and so do all above it
    return True
