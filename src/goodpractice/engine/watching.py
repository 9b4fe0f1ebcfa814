"""Which files change while a project is served.

Where the system reports changes, they are known at once. It does not always:
files that come from another computer, through Docker, WSL or a network, change
without a word; a folder that takes the place of another is not the one that is
watched; and a system reports only so many. So all files are looked at again and
again, too, as a build looks at them. What is reported only makes it quicker.
"""

from __future__ import annotations

import errno
import logging
import os
import queue
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from goodpractice.content.leftovers import is_leftover
from goodpractice.engine.sources import SOURCE_FILES, SOURCE_FOLDERS, Signature, list_files, sign_file
from goodpractice.i18n.messages import gettext_lazy as _

#: Seconds of quiet after a change before building: editors write a file in several steps, and a checkout several files.
#: For one file, of which the system says that the last step was done, it is less: only another may follow.
QUIET, WHOLE = 0.03, 0.015
#: Seconds between two looks at all files, where the system reports changes and where it does not.
REPORTED, UNREPORTED = 2.0, 0.5
#: Share of its time that a processor spends on looking, at most.
_SHARE = 0.05


class _Change(NamedTuple):
    """A file that changed, came or went, and whether it is known that nobody is writing it any more."""

    path: str
    is_whole: bool = False


class Watcher:
    """Follows the files of a project.

    Example:
        watcher = Watcher(root, note)
        …  # a first build
        watcher.start()
        while True:
            paths = watcher.collect()  # what has changed since the watcher was made
    """

    def __init__(
        self,
        root: Path,
        say: Callable[[str], None],
        poll: bool = False,
        list_included: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """Look at the project as it is now.

        Args:
            root: Its folder.
            say: Called with a sentence when the system does not report changes.
            poll: Do not ask it to.
            list_included: Lists other files of the project that pages are made from.
        """
        self._root = root
        self._say = say
        self._poll = poll
        self._list_included = list_included
        self._included: frozenset[str] = frozenset()
        self._observer: Any = None
        self._changes: queue.SimpleQueue[_Change] = queue.SimpleQueue()
        self._wake = threading.Event()
        self._stopped = False
        self._lock = threading.Lock()
        self._known: dict[str, Signature] = {}
        self._took = 0.0
        self._known = self._scan()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to follow changes; those since the watcher was made come first."""
        if not self._poll:
            self._observe()
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._stopped = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._end_observer()

    def collect(self, timeout: float | None = None) -> set[str]:
        """Wait for a change, then for a moment of quiet; gives the paths of files that changed, came or went.

        Args:
            timeout: Seconds to wait for the first, where not for ever; it may give nothing then.
        """
        found: dict[str, bool] = {}
        while not found:
            try:
                found.update([self._changes.get(timeout=timeout)])
            except queue.Empty:
                return set()
            while True:
                found = {path: is_whole for path, is_whole in found.items() if self._matters(path)}
                is_one = len(found) < 2 and all(found.values())
                try:
                    found.update([self._changes.get(timeout=WHOLE if is_one else QUIET)])
                except queue.Empty:
                    break
        paths = set(found)
        with self._lock:
            # What is built now need not be found once more. A change after this look has another signature.
            for path in paths:
                self._known.pop(path, None)
                with suppress(OSError):
                    self._known[path] = sign_file(self._root, path)
        return paths

    def _scan(self) -> dict[str, Signature]:
        started = time.perf_counter()
        self._included = frozenset(self._list_included())
        listed = list_files(self._root, SOURCE_FOLDERS, (*SOURCE_FILES, *self._included))
        found = {path: signature for path, signature in listed if self._matters(path)}
        self._took = time.perf_counter() - started
        return found

    def _run(self) -> None:
        asked = False
        while not self._stopped:
            if self._observer is not None and (asked or not _is_alive(self._observer)):
                # A folder came, went or was replaced: what was watched may not be what is there now.
                self._observe()
            with suppress(OSError):  # a folder that cannot be read now; the build says so
                self._compare()  # after that: what happened while nobody watched is found here
            usual = REPORTED if self._observer is not None else UNREPORTED
            asked = self._wake.wait(max(usual, self._took / _SHARE))
            self._wake.clear()

    def _compare(self) -> None:
        with self._lock:
            before, included = self._known, self._included
            self._known = self._scan()
            # What pages were made from for the first time has not changed for that.
            new = self._included - included - before.keys()
            for path in (before.keys() | self._known.keys()) - new:
                if before.get(path) != self._known.get(path):
                    self._changes.put(_Change(path))

    def _matters(self, path: str) -> bool:
        """Whether a build looks at a file of this name."""
        return is_followed(path) or path in self._included

    def _observe(self) -> None:
        """Ask the system to report changes; where it cannot, nobody needs more than a sentence."""
        self._end_observer()
        # A folder that is moved makes watchdog warn and complain of itself. It is watched anew then.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)
        observer = None
        handler = _Reports(self._root, self._changes, self._wake)
        try:
            observer = Observer()
            observer.start()
            observer.schedule(handler, str(self._root), recursive=False)
            for name in SOURCE_FOLDERS:
                if (self._root / name).is_dir():
                    with suppress(FileNotFoundError):  # it has gone since: the root reports when it comes back
                        observer.schedule(handler, str(self._root / name), recursive=True)
        except OSError as error:
            if observer is not None:
                with suppress(Exception):
                    observer.stop()
            used_up = error.errno in (errno.ENOSPC, errno.EMFILE, errno.ENFILE)
            why = _("it watches too many already") if used_up else (error.strerror or str(error))
            self._say(
                _(
                    "This computer does not report changed files ({why}): they are looked at every half second "
                    "instead.",
                    why=why,
                )
            )
            return
        self._observer = observer

    def _end_observer(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join()


def _is_alive(observer: Any) -> bool:
    return observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters)


def is_followed(path: str) -> bool:
    """Whether a file of this name is a source of every project."""
    first, __, inside = path.partition("/")
    return (first in SOURCE_FOLDERS if inside else first in SOURCE_FILES) and not is_leftover(path)


class _Reports(FileSystemEventHandler):
    """What the system reports: files by their paths, and that something happened to a folder."""

    def __init__(self, root: Path, changes: queue.SimpleQueue[_Change], wake: threading.Event) -> None:
        self._root = root
        self._changes = changes
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("opened", "closed_no_write"):
            return
        for name in (event.src_path, event.dest_path):
            # An editor may move the old file away first, and write the new one then.
            is_whole = event.event_type == "closed" or (event.event_type == "moved" and name == event.dest_path)
            with suppress(ValueError):
                path = Path(os.fsdecode(name)).relative_to(self._root).as_posix() if name else ""
                if not path:
                    continue
                if not event.is_directory:
                    self._changes.put(_Change(path, is_whole))
                elif event.event_type != "modified" and path.partition("/")[0] in SOURCE_FOLDERS:
                    self._wake.set()
