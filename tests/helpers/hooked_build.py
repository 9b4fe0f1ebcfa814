"""`goodpractice build` in a process of its own, in which something goes wrong at a chosen moment.

Usage: hooked_build.py WHAT WHEN PROJECT [OPTION …]. Every change of the file system that a build makes is a
moment, counted over all its processes. WHAT is `count` (say how many there are), `kill` (kill the main process),
`full` (no space left on the device), `denied` (no permission), `hold` (stop the main process until it gets SIGCONT),
`deny:PATH` (a file or folder cannot be read) or `plain`.
"""

from __future__ import annotations

import builtins
import errno
import io
import multiprocessing
import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from typing import Any

from goodpractice.cli import main as command
from goodpractice.engine import site_folder
from goodpractice.engine.store import StoreWriter


class _Moments:
    """What goes wrong, and when."""

    def __init__(self, what: str, when: int) -> None:
        self._what = what
        self._when = when
        self._main = os.getpid()
        self._passed = multiprocessing.get_context("fork").Value("i", 0)

    def pass_one(self) -> None:
        with self._passed.get_lock():
            self._passed.value += 1
            now = self._passed.value
        if self._what == "hold" and now == self._when:
            os.kill(self._main, signal.SIGSTOP)
        if self._what == "kill" and now == self._when:
            # The main process alone: its workers have to notice.
            os.kill(self._main, signal.SIGKILL)
            time.sleep(0.05)
        if self._what == "full" and now >= self._when:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self._what == "denied" and now >= self._when:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "somewhere")

    def hook(self, owner: Any, name: str, after: bool = False) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def hooked(*arguments: Any, **options: Any) -> Any:
            if name == "write" and not stat.S_ISREG(os.fstat(arguments[0]).st_mode):
                return original(*arguments, **options)  # to another process
            self.pass_one()
            result = original(*arguments, **options)
            if after:
                self.pass_one()
            return result

        setattr(owner, name, hooked)

    def hook_all(self) -> None:
        # Cleaning up takes no space, and no permission that was not there before.
        deleting = () if self._what in ("full", "denied") else ("unlink", "rmdir")
        for name in ("write", "replace", "rename", "mkdir", *deleting):
            self.hook(os, name)
        self.hook(site_folder, "_exchange", after=True)
        self.hook(StoreWriter, "_insert", after=True)

    def tell(self) -> None:
        if os.getpid() == self._main:
            sys.stdout.write(f"moments: {self._passed.value}")


def deny(path: str) -> None:
    refused = os.path.realpath(path)

    def guard(owner: Any, name: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def guarded(file: Any = ".", *arguments: Any, **options: Any) -> Any:
            if not isinstance(file, int) and os.path.realpath(os.fspath(file)) == refused:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(file))
            return original(file, *arguments, **options)

        setattr(owner, name, guarded)

    for owner, name in ((builtins, "open"), (io, "open"), (os, "open"), (os, "scandir"), (os, "listdir")):
        guard(owner, name)


def build(what: str, when: str, project: str, *options: str) -> None:
    """Build, and end the process as the command does."""
    if what.startswith("deny:"):
        deny(what.removeprefix("deny:"))
    moments = _Moments(what, int(when))
    if what != "plain" and not what.startswith("deny:"):
        moments.hook_all()
    try:
        command(["build", "--no-search", "-C", project, *options])
    finally:
        if what == "count":
            moments.tell()


if __name__ == "__main__":
    build(*sys.argv[1:])
