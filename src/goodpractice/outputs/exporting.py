"""The data of a site in a folder of its own: the files that the outputs make, and a list of what was written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from goodpractice.formats.markdown_pages import NAME
from goodpractice.outputs.data import Data
from goodpractice.outputs.llms import Llms
from goodpractice.outputs.site import Site
from goodpractice.outputs.texts import Texts, list_texts

#: Names the files that an export wrote, one a line: only these are ever replaced or deleted.
LIST = ".goodpractice-export"


def list_files(site: Site, endings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of an export: those of the site, and Markdown of each page that says something.

    Args:
        site: The site.
        endings: How the names of the wanted files end.
    """
    for output in (Data(), Llms()):
        for target in output.list_targets(site):
            if _has_ending(target.name, endings):
                yield target.name, output.make(site, target).data
    if NAME.endswith(tuple(endings)):
        for target in list_texts(site):
            yield target.name, Texts().make(site, target).data


def _has_ending(name: str, endings: Sequence[str]) -> bool:
    """Whether a name has one of the endings: all that follows its first dot, or a schema of it."""
    ending = f".{name.rpartition('/')[2].partition('.')[2]}"
    return ending in endings or (ending == ".schema.json" and ".json" in endings)


def find_foreign(folder: Path) -> str:
    """A file in a folder that no export wrote; empty where there is none."""
    if not folder.is_dir():
        return ""
    own = {*_list_own(folder), LIST}
    names = (file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if not file.is_dir())
    return next((name for name in names if name not in own), "")


def _list_own(folder: Path) -> list[str]:
    listed = folder / LIST
    return listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []


def write_export(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Let a folder hold these files and no others that an export wrote. Nothing changes before all are written.

    Returns:
        Names of files that an earlier export wrote and that are gone.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    names = {**files, LIST: "".join(f"{name}\n" for name in files).encode()}
    try:
        for name, data in names.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        gone = [name for name in _list_own(folder) if name not in files and (folder / name).is_file()]
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(folder / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for name in gone:
        (folder / name).unlink()
    return gone
