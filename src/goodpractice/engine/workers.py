"""Processes that load, check and render a share of the case studies each.

Two exchanges suffice: every worker sends the cached rows of its share, and gets
those of the others. Stories never travel between processes.
"""

from __future__ import annotations

import gc
import json
import mmap
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from goodpractice.checks import ProjectCheck
from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.content import load_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics.errors import BuildError
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.diagnostics.witness import is_breakdown, make_note, say_breakdown, write_to
from goodpractice.engine.built import plan_site
from goodpractice.engine.facts import add_case_studies, join_case_studies, list_cached_cases
from goodpractice.engine.lazy import LazyOrigins
from goodpractice.engine.output import write_file
from goodpractice.engine.pages import Finished, MakeShell, PageMaker, SiteInputs
from goodpractice.engine.sources import FileState
from goodpractice.engine.state import CachedCase, Dependencies
from goodpractice.i18n.messages import describe_fault
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.pages import Page
from goodpractice.query.recording import list_opened, recording
from goodpractice.render.shells import Shell, ShellKey

V = TypeVar("V")

#: Pages between two messages about progress.
REPORT_EVERY = 100


class Written(NamedTuple):
    """A page that a worker has written.

    Attributes:
        url: Its address.
        output: Its file, relative to the site.
        file_states: The file, as the file system has it.
        trace: What it was made from, packed.
        dependencies: Those of the trace that no page before has sent.
        text: What the search reads of it, packed.
        seconds: How long it took.
    """

    url: str
    output: str
    file_states: FileState
    trace: bytes
    dependencies: Dependencies
    text: bytes
    seconds: float


class WorkerError(BuildError):
    """A worker failed; the message holds what it said."""


class Worker:
    """What one process does."""

    def __init__(
        self, root: Path, case_paths: Sequence[str], number: int = 0, of: int = 1, kb: KnowledgeBase | None = None
    ) -> None:
        """Take a share of a project.

        Args:
            root: Its folder.
            case_paths: The case studies of the share.
            number: Which of the workers this is, from 0.
            of: How many there are.
            kb: The project without its case studies, where it is loaded already.
        """
        self.root = root
        self.case_paths = case_paths
        self.facts: list[CachedCase] = []
        self._kb = kb
        self._number, self._of = number, of

    def _share(self, items: Sequence[V]) -> Sequence[V]:
        """The part that falls to this worker, of what falls to all of them."""
        return items[self._number :: self._of]

    def load(self) -> tuple[list[CachedCase], list[Diagnostic]]:
        """Read the share of case studies; problems elsewhere are told by whoever reads the rest of the project."""
        kb = self._kb or load_project(self.root, [])[0]
        loaded, diagnostics = load_project(self.root, self.case_paths, True, kb.settings)
        self.kb = add_case_studies(kb, loaded)
        self.facts = list_cached_cases(self.kb)
        return self.facts, diagnostics

    def check(self, others: Sequence[CachedCase]) -> tuple[list[Diagnostic], set[str]]:
        """Check the share, knowing the rows of all others; also tells which files of the repository it links to."""
        own = self.kb.case_studies.raw
        facts = [*self.facts, *others]
        self.kb = join_case_studies(self.kb, self.root, facts)
        origins = cast("LazyOrigins", self.kb.origins)
        built = plan_site(self.root, self.kb, {})
        self.project, self.plan, self.page_index = built.project, built.plan, built.page_index
        self.checked = ProjectCheck(self.project, self.page_index)
        # The longest first, so that all shares take about as long.
        documents = sorted(self.kb.list_editors_documents(), key=lambda key: -len(self.kb.documents[key].body))
        self.written = self._share(documents)
        links = {fact.id: json.loads(fact.links) for fact in self.facts}
        found = [
            *self.checked.check_case_studies(list(own), links),
            *self.checked.check_photos(list(own)),
            *self.checked.check_editors_pages(self.written),
        ]
        origins.forget()
        return found, self.checked.linked

    def render(self, make_shell: MakeShell, folder: Path, site: SiteInputs, now: int) -> Iterator[Written]:
        """Make the pages of the share and write them."""
        maker = PageMaker(self.project, self.page_index, site, lambda shell_key: None, make_shell, self.checked)
        pages = list(self.list_pages())
        # One worker begins where the other ends: pages with many shell keys lie together, and while one waits
        # for a shell the other renders.
        for page in reversed(pages) if self._number % 2 else pages:
            made = maker.make(page)
            fresh, maker.traces.dependencies = maker.traces.dependencies, {}
            yield write_page(made, folder, now, fresh)

    def list_pages(self) -> Iterator[Page]:
        """The pages whose texts were checked here, and a share of those that have none."""
        own = {("case_study", fact.id) for fact in self.facts}.union(self.written)
        others = 0
        for page in self.plan:
            if page.kind == "case_study" or page.is_written:
                if page.document in own:
                    yield page
            else:
                if others % self._of == self._number:
                    yield page
                others += 1


def write_page(made: Finished, folder: Path, now: int, dependencies: Dependencies | None = None) -> Written:
    """Write a finished page.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    file_states = write_file(folder, made.output, made.data, made.digest, now)
    return Written(made.page.url, made.output, file_states, made.trace, dependencies or {}, made.text, made.seconds)


def serve_worker(
    connection: Connection,
    make_worker: Callable[[], Worker],
    others: Sequence[Connection] = (),
    memory: mmap.mmap | None = None,
) -> None:
    """The main loop of a worker process: a message in, an answer out.

    Args:
        connection: To the main process.
        make_worker: Makes the worker with its share.
        others: Connections that the process has inherited and that are not its own.
        memory: Where it writes which file it reads, for the main process.
    """
    write_to(memory)
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Records stay until the process ends: looking for garbage among them, again and again, finds next to nothing.
    gc.disable()
    worker = make_worker()

    try:
        with recording(f"{worker.root}{os.sep}{CASE_STUDIES}{os.sep}"):
            _answer(connection, worker)
    except (EOFError, KeyboardInterrupt):
        return
    except OSError as error:
        with suppress(OSError):
            connection.send(("failed", error))
    except BaseException as error:
        words = _("a worker process failed: {what}", what=describe_fault(error))
        if is_breakdown(error):
            words = say_breakdown(memory)
        with suppress(OSError):
            connection.send(("failed", WorkerError(words)))
    finally:
        connection.close()


def _answer(connection: Connection, worker: Worker) -> None:
    """Do what the main process asks for, until it asks for something else."""

    def make_shell(shell_key: ShellKey, page: Page) -> Shell:
        # Page shells need the site generator, which only the main process has started.
        connection.send(("shell", (shell_key, page)))
        shell: Shell = connection.recv()
        return shell

    while True:
        request, *arguments = connection.recv()
        if request == "load":
            connection.send(("done", worker.load()))
        elif request == "check":
            connection.send(("done", worker.check(*arguments)))
        elif request == "render":
            batch: list[Written] = []
            for written in worker.render(make_shell, *arguments):
                batch.append(written)
                if len(batch) == REPORT_EVERY:
                    connection.send(("some", batch))
                    batch = []
            connection.send(("some", batch))
            connection.send(("done", list(list_opened(os.fspath(worker.root)))))
        else:
            return


class Pool:
    """Worker processes, each with a share of the case studies."""

    def __init__(self, root: Path, case_paths: Sequence[str], jobs: int, kb: KnowledgeBase) -> None:
        """Start the processes.

        Args:
            root: Folder of the project.
            case_paths: All case studies.
            jobs: How many processes.
            kb: The project without its case studies.
        """
        # A forked process has the modules of its parent already; elsewhere it imports them itself. A process with
        # other threads, such as `serve`, must not fork: a lock that one of them holds would stay locked in the child.
        can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
        method = "fork" if can_fork else "spawn"
        context: Any = multiprocessing.get_context(method)
        self._connections: list[Connection] = []
        self._notes: list[mmap.mmap | None] = []
        self._processes: list[Any] = []
        for number in range(jobs):
            here, there = context.Pipe()
            # A forked worker has the ends of the main process too: it would never learn that the other side is gone,
            # and hold the lock of a build that was killed.
            others = [*self._connections, here] if method == "fork" else []
            # A forked worker has the project, too; elsewhere it reads it itself.
            given = kb if method == "fork" else None
            worker = partial(Worker, root, case_paths[number::jobs], number, jobs, given)
            # Where nothing is inherited, no memory is shared.
            memory = make_note() if method == "fork" else None
            arguments = (there, worker, others, memory)
            process = context.Process(target=serve_worker, args=arguments, daemon=True)
            process.start()
            there.close()
            self._connections.append(here)
            self._notes.append(memory)
            self._processes.append(process)

    @property
    def jobs(self) -> int:
        """Number of workers."""
        return len(self._connections)

    def send(self, requests: Sequence[tuple[Any, ...]]) -> None:
        """Send each worker its request."""
        for connection, request in zip(self._connections, requests, strict=True):
            connection.send(request)

    def collect(
        self, on_some: Callable[[list[Written]], None] | None = None, make_shell: MakeShell | None = None
    ) -> list[Any]:
        """Wait for all answers, in the order of the workers.

        Args:
            on_some: Called with pages that were written meanwhile.
            make_shell: Makes the page shells that workers ask for.

        Raises:
            OSError: A worker could not write.
            WorkerError: A worker failed otherwise.
        """
        results: list[Any] = [None] * self.jobs
        waiting: dict[Connection, int] = dict(zip(self._connections, range(self.jobs), strict=True))
        while waiting:
            for ready in wait(list(waiting)):
                connection = cast("Connection", ready)
                try:
                    kind, value = connection.recv()
                except EOFError:
                    raise WorkerError(say_breakdown(self._notes[waiting[connection]])) from None
                if kind == "failed":
                    raise value
                if kind == "shell" and make_shell is not None:
                    connection.send(make_shell(*value))
                elif kind == "some":
                    if on_some is not None:
                        on_some(value)
                else:
                    results[waiting.pop(connection)] = value
        return results

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for connection in self._connections:
            with suppress(OSError):
                connection.send(("stop",))
            connection.close()
        for process in self._processes:
            process.join(timeout=0.2)
            if process.is_alive():
                process.kill()
                process.join()
