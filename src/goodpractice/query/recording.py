"""Which other files of a project a build opens, whoever opens them.

An editor's page may include a file, `macros.py` may import a module beside it
or read a table, an extension of Markdown may be a file of the project. Nobody
has to say so: Python tells of every file that it opens.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

_opened: set[str] = set()
#: Whether Python tells us of files, how many builds listen, and what they need not hear of.
_state: dict[str, Any] = {"hooked": False, "listening": 0, "skipped": "\0"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@contextmanager
def recording(skipped: str) -> Iterator[None]:
    """Remember files that are opened until the block ends; they are remembered until the process ends.

    Args:
        skipped: What the path of a file begins with that nobody will ask for: there may be ten thousand of them.
    """
    if not _state["hooked"]:
        _state["hooked"] = True
        sys.addaudithook(_note)
    _state["skipped"] = skipped
    _state["listening"] += 1
    try:
        yield
    finally:
        _state["listening"] -= 1


@contextmanager
def unrecorded() -> Iterator[None]:
    """Open files that no page is made from."""
    before, _state["listening"] = _state["listening"], 0
    try:
        yield
    finally:
        _state["listening"] = before


def add_opened(paths: Iterable[str]) -> None:
    """Remember files that another process has opened."""
    _opened.update(paths)


def list_all_opened() -> tuple[str, ...]:
    """Names of all files that were opened, for another process."""
    return tuple(_opened)


def list_opened(root: str) -> Iterator[str]:
    """Files below a folder that were opened, by path relative to it, in no order.

    What lies in hidden folders is left out, and what pip installs.

    Args:
        root: The folder, as a real path.
    """
    for name in tuple(_opened):
        folder, _, base = name.rpartition(os.sep)
        path = f"{_find_real(folder)}{os.sep}{base}"
        if not path.startswith(f"{root}{os.sep}"):
            continue
        parts = list(Path(path[len(root) + 1 :]).parts)
        if parts[-2:-1] == ["__pycache__"]:
            try:
                parts = [*parts[:-2], importlib.util.source_from_cache(path).rpartition(os.sep)[2]]
            except ValueError:
                continue
        if not any(part.startswith(".") or part == "site-packages" for part in parts):
            yield "/".join(parts)


@cache
def _find_real(folder: str) -> str:
    return os.path.realpath(folder)


def forget_modules(root: str) -> None:
    """Let modules of the project that a build has imported be imported anew: their files may have changed since.

    Args:
        root: Folder of the project, as a real path.
    """
    opened = {f"{root}{os.sep}{path.replace('/', os.sep)}" for path in list_opened(root)}
    ours = __name__.partition(".")[0]
    for name, module in list(sys.modules.items()) if opened else ():
        file = getattr(module, "__file__", None)
        # The generator itself may lie in the project, and a build reads its files to see whether they changed.
        if name.partition(".")[0] == ours:
            continue
        if not isinstance(file, str):
            continue
        folder, _, base = file.rpartition(os.sep)
        if f"{_find_real(folder)}{os.sep}{base}" in opened:
            del sys.modules[name]
    # Python remembers what lies in a folder; a module that is new must be found.
    importlib.invalidate_caches()


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not _state["listening"]:
        return
    path, mode, flags = arguments
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if not isinstance(path, str) or path.startswith(_state["skipped"]):
        return
    if mode is None and not path.startswith(os.sep):
        # From `os.open`, whose path may be relative to any folder: whoever deletes a tree opens each folder in it so.
        return
    writes = isinstance(flags, int) and flags & _WRITES
    if not writes and not (isinstance(mode, str) and set(mode) & {"w", "a", "x", "+"}):
        _opened.add(path if path.startswith(os.sep) else os.path.abspath(path))  # noqa: PTH100 - quicker
