"""`goodpractice build` in a process of its own, in which something goes wrong at a chosen moment.

Usage: hooked_build.py WHAT WHEN PROJECT [OPTION …]. Every change of the file system that a build makes is a
moment, counted over all its processes. WHAT is `count` (say how many there are), `kill` (kill the main process),
`full` (no space left on the device), `denied` (no permission), `slow` (each takes 10 ms), `deny:PATH` (a file or
folder cannot be read) or `plain`.
"""

from __future__ import annotations

import atexit
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

WHAT, WHEN, PROJECT, *REST = sys.argv[1:]
MAIN = os.getpid()
moments = multiprocessing.get_context("fork").Value("i", 0)


def pass_moment() -> None:
    with moments.get_lock():
        moments.value += 1
        now = moments.value
    if WHAT == "slow":
        time.sleep(0.01)
    if WHAT == "kill" and now == int(WHEN):
        # The main process alone: its workers have to notice.
        os.kill(MAIN, signal.SIGKILL)
        time.sleep(0.05)
    if WHAT == "full" and now >= int(WHEN):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if WHAT == "denied" and now >= int(WHEN):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "somewhere")


def hook(owner: Any, name: str, after: bool = False) -> None:
    original: Callable[..., Any] = getattr(owner, name)

    def hooked(*arguments: Any, **options: Any) -> Any:
        if name == "write" and not stat.S_ISREG(os.fstat(arguments[0]).st_mode):
            return original(*arguments, **options)  # to another process
        pass_moment()
        result = original(*arguments, **options)
        if after:
            pass_moment()
        return result

    setattr(owner, name, hooked)


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


def main() -> None:
    from goodpractice.build import output
    from goodpractice.build.state import StateFile
    from goodpractice.cli import main as command

    if WHAT.startswith("deny:"):
        deny(WHAT.removeprefix("deny:"))
    elif WHAT != "plain":
        # Cleaning up takes no space, and no permission that was not there before.
        deleting = () if WHAT in ("full", "denied") else ("unlink", "rmdir")
        for name in ("write", "replace", "rename", "mkdir", *deleting):
            hook(os, name)
        hook(output, "_exchange", after=True)
        hook(StateFile, "_insert", after=True)
    if WHAT == "count":
        atexit.register(lambda: sys.stdout.write(f"moments: {moments.value}") if os.getpid() == MAIN else None)
    command(["build", "--no-search", "-C", PROJECT, *REST])


if __name__ == "__main__":
    main()
