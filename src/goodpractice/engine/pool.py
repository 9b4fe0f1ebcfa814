"""Processes that each do a share of the work.

They are forked, so that they have all that this process has loaded, and only ask for what to do next. A process with
other threads, such as `serve`, must not fork: a lock that one of them holds would stay locked in the child. There, and
where the system cannot fork, this process does all of the work.
"""

from __future__ import annotations

import gc
import mmap
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple, TypeVar, cast

from goodpractice.diagnostics.errors import BuildError
from goodpractice.diagnostics.witness import is_breakdown, make_note, say_breakdown, write_to
from goodpractice.i18n.messages import describe_fault
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.query.recording import add_opened, list_all_opened

V = TypeVar("V")


class WorkerError(BuildError):
    """A worker failed; the message holds what it said."""


class WorkShare(NamedTuple):
    """A part of the work.

    Attributes:
        number: Which of the parts this is, from 0.
        of: How many there are.
    """

    number: int = 0
    of: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the work, done in this process."""
        return self.of == 1

    def take(self, items: Sequence[V]) -> Sequence[V]:
        """The items that belong to this part."""
        return items[self.number :: self.of]

    def cut(self, items: Sequence[V]) -> Sequence[V]:
        """The items of one stretch, so that parts read different stretches of the memory that processes share."""
        start, end = (len(items) * number // self.of for number in (self.number, self.number + 1))
        return items[start:end]


#: Does one share of a kind of work, and yields what comes of it.
Work = Callable[..., Iterator[Any]]


class Pool:
    """Processes that do the same kinds of work, one after the other, each with its share.

    Example:
        with Pool(2, {"check": check, "render": render}) as pool:
            pool.start("check")
            …  # meanwhile
            for found in pool.collect(): …
            pool.start("render", folder)
            for written in pool.collect(): …
            pool.close()  # what follows has their memory
    """

    def __init__(self, jobs: int, work: Mapping[str, Work]) -> None:
        """Start the processes.

        Args:
            jobs: How many; with one, or where forking is not safe, this process does the work.
            work: What each kind of work is done by. Called with the share and the arguments of `start`.
        """
        self._work = work
        self._started: tuple[Any, ...] | None = None
        self._connections: list[Connection] = []
        self._notes: list[mmap.mmap] = []
        self._processes: list[Any] = []
        can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
        for number in range(jobs if jobs > 1 and can_fork else 0):
            self._fork(WorkShare(number, jobs))

    def _fork(self, share: WorkShare) -> None:
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        # A forked worker has the ends of this process too: it would never learn that the other side is gone, and hold
        # the lock of a build that was killed.
        others = [*self._connections, here]
        note = make_note()
        process = context.Process(target=_serve, args=(there, others, note, self._work, share), daemon=True)
        process.start()
        there.close()
        self._connections.append(here)
        self._notes.append(note)
        self._processes.append(process)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are doing; nothing is started after that."""
        for connection in self._connections:
            with suppress(OSError):
                connection.send(None)
            connection.close()
        for process in self._processes:
            process.join(timeout=0.2)
            if process.is_alive():
                process.kill()
                process.join()
        self._connections, self._processes = [], []

    def start(self, name: str, *arguments: Any) -> None:
        """Let every process begin with its share of a kind of work."""
        self._started = (name, *arguments)
        for connection in self._connections:
            connection.send(self._started)

    def collect(self) -> Iterator[Any]:
        """What comes of the work that was started, in the order in which it comes.

        Raises:
            OSError: A worker could not write.
            WorkerError: A worker failed otherwise.
        """
        assert self._started is not None  # noqa: S101 - for the type checker
        if not self._connections:
            name, *arguments = self._started
            yield from self._work[name](WorkShare(), *arguments)
            return
        waiting: dict[Connection, int] = dict(zip(self._connections, range(len(self._connections)), strict=True))
        while waiting:
            for ready in wait(list(waiting)):
                connection = cast("Connection", ready)
                try:
                    kind, value = connection.recv()
                except EOFError:
                    raise WorkerError(say_breakdown(self._notes[waiting[connection]])) from None
                if kind == "failed":
                    raise value
                if kind == "done":
                    add_opened(value)
                    del waiting[connection]
                else:
                    yield value


def _serve(
    connection: Connection, others: Sequence[Connection], note: mmap.mmap, work: Mapping[str, Work], share: WorkShare
) -> None:
    """The main loop of a worker process.

    Args:
        connection: To the process that started it.
        others: Connections that it has inherited and that are not its own.
        note: Where it writes which file it reads, for that process.
        work: What each kind of work is done by.
        share: Its part of the work.
    """
    write_to(note)
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Records stay until the process ends: nobody looks for garbage among them, again and again.
    gc.disable()
    gc.freeze()
    try:
        while (request := connection.recv()) is not None:
            name, *arguments = request
            for found in work[name](share, *arguments):
                connection.send(("some", found))
                # A template and what it was filled with hold each other, a finished page among them. What is left after
                # that stays, too.
                gc.collect()
                gc.freeze()
            connection.send(("done", list_all_opened()))
    except (EOFError, KeyboardInterrupt):
        return
    except (OSError, BuildError) as error:
        with suppress(OSError):
            connection.send(("failed", error))
    except BaseException as error:
        words = _("a worker process failed: {what}", what=describe_fault(error))
        if is_breakdown(error):
            words = say_breakdown(note)
        with suppress(OSError):
            connection.send(("failed", WorkerError(words)))
    finally:
        connection.close()
        # Nothing of the parent may be cleaned up twice.
        os._exit(0)
