"""A command in a process of its own, so that its death is a message."""

from __future__ import annotations

import mmap
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress

from goodpractice.cli.terminal import PROBLEMS, note
from goodpractice.diagnostics.witness import is_breakdown, make_note, say_breakdown, write_to

#: Commands that read what strangers wrote, and end. `serve` goes on for hours, for one person at their own computer.
SUPERVISED = frozenset({"check", "build", "consent"})
#: Bytes of memory that a check may have above those that it begins with. Then it ends with a message, before the
#: computer has none left. A build starts programs for which such a limit is wrong.
_MOST_MEMORY = 4 << 30
#: Signals that end a command are passed on to the process that runs it. Ctrl-C reaches both.
_PASSED_ON = (signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


def run_supervised(work: Callable[[], int], command: str) -> int:
    """Run a command and return its exit code; whatever ends it, there is a message.

    Where processes cannot be forked, it runs in this one.

    Args:
        work: Runs the command and returns its exit code.
        command: Its name.
    """
    memory = make_note()
    write_to(memory)
    if not hasattr(os, "fork"):
        return _run(work, memory)
    child = os.fork()
    if child == 0:
        _follow_parent()
        if command == "check":
            _limit_memory()
        code = PROBLEMS
        try:
            code = _run(work, memory)
        except BaseException:
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                with suppress(OSError, ValueError):
                    stream.flush()
            os._exit(code)
    before = {number: signal.signal(number, lambda got, frame: _send(child, got)) for number in _PASSED_ON}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _, status = os.waitpid(child, 0)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number not in (*_PASSED_ON, signal.SIGINT):
            note(say_breakdown(memory))
            return PROBLEMS
        return 128 + number
    return os.WEXITSTATUS(status)


def _run(work: Callable[[], int], memory: mmap.mmap) -> int:
    try:
        return work()
    except BaseException as error:
        if not is_breakdown(error):
            raise
    note(say_breakdown(memory))
    return PROBLEMS


def _send(child: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, number)


def _follow_parent() -> None:
    """End when the process that waits is killed: nobody is there to see the result. Linux alone offers that."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123 - no module more before a command
            has = int(sizes.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (has + _MOST_MEMORY, hard))
