"""Time, memory and bytes of a command with all its processes.

Linux gives every number; elsewhere the memory is that of the largest process.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Seconds between two looks at the memory. Each walks through all of it, and holds the process up meanwhile: for a
#: gigabyte many milliseconds. So the pause is also this many times as long as the look before it.
INTERVAL = 0.05
PAUSE = 50
#: Seconds between two requests while waiting for an edit to show.
POLL = 0.004


@dataclass(frozen=True)
class Measured:
    """What a command took.

    Attributes:
        wall: Seconds by the clock.
        cpu: Seconds of processor time, of all processes.
        memory: Largest memory of all processes together, in bytes; memory that they share counts once.
        written: Bytes of the files that were written.
        output: What it said.
    """

    wall: float
    cpu: float
    memory: int
    written: int = 0
    output: str = ""


class CommandFailedError(Exception):
    """A measured command failed; the message holds what it said."""


def run(
    command: Sequence[str | Path],
    cwd: Path,
    site: Path | None = None,
    environment: Mapping[str, str] | None = None,
    accept: Sequence[int] = (0,),
) -> Measured:
    """Run a command to its end and measure it.

    Args:
        command: Program and arguments.
        cwd: Where it runs.
        site: Folder in which written files are counted.
        environment: Variables to set.
        accept: Exit codes that are no failure.

    Raises:
        CommandFailedError: It ended with another exit code.
    """
    began = time.time()
    with _sampling() as sample:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=_make_environment(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        sample.pid = process.pid
        chunks: list[bytes] = []
        reader = threading.Thread(target=lambda: chunks.append(process.stdout.read() if process.stdout else b""))
        reader.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        reader.join()
        if process.stdout:
            process.stdout.close()
    output = b"".join(chunks).decode(errors="replace")
    if process.returncode not in accept:
        raise CommandFailedError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output[-3000:]}")
    factor = 1 if sys.platform == "darwin" else 1024
    memory = max(sample.peak, usage.ru_maxrss * factor)
    written = _count_written(site, began) if site is not None else 0
    return Measured(wall, usage.ru_utime + usage.ru_stime, memory, written, output)


def _make_environment(more: Mapping[str, str] | None) -> dict[str, str]:
    """The environment of a measured command: Python may keep what it has compiled, as it does wherever people work."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **(more or {})}


def _count_written(folder: Path, since: float) -> int:
    """Bytes of the files that are newer than a moment, by the time at which they were changed or moved."""
    total = 0
    for file in folder.rglob("*"):
        status = file.stat()
        if file.is_file() and status.st_ctime >= since - 0.02:
            total += status.st_size
    return total


class _Sample:
    pid = 0
    peak = 0


@contextmanager
def _sampling() -> Iterator[_Sample]:
    sample = _Sample()
    done = threading.Event()

    def look() -> None:
        took = 0.0
        while not done.wait(max(INTERVAL, PAUSE * took)):
            if sample.pid:
                started = time.perf_counter()
                sample.peak = max(sample.peak, sum(_memory(pid) for pid in [sample.pid, *list_children(sample.pid)]))
                took = time.perf_counter() - started

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield sample
    finally:
        done.set()
        thread.join()


def list_children(pid: int) -> list[int]:
    """Processes that a process has started, and theirs; empty where `/proc` is not."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *list_children(int(child))]
    return found


def _memory(pid: int) -> int:
    """Proportional set size: what processes share is divided among them."""
    with contextlib.suppress(OSError, ValueError), Path(f"/proc/{pid}/smaps_rollup").open() as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def time_edits(
    command: Sequence[str | Path],
    cwd: Path,
    url: str,
    edit: Callable[[int], str],
    edits: int,
    patience: float = 600,
    environment: Mapping[str, str] | None = None,
) -> list[float]:
    """Seconds from saving a file to its text on the page, while a server runs.

    Args:
        command: Starts the server.
        cwd: Where it runs.
        url: The page that shows the edit.
        edit: Saves the nth edit, and gives the text by which it is known.
        edits: How many; one more is made before, to warm up.
        patience: Seconds to wait for the server, and for each edit.
        environment: Variables to set.

    Raises:
        CommandFailedError: The server or an edit did not come.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=_make_environment(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(url, "", patience, process)
        times = []
        for number in range(edits + 1):
            time.sleep(1.0)
            mark = edit(number)
            started = time.perf_counter()
            _wait_for(url, mark, patience, process)
            times.append(time.perf_counter() - started)
        return times[1:]
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(url: str, text: str, patience: float, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=patience) as answer:
                if text.encode() in answer.read():
                    return
        except (OSError, http.client.HTTPException):
            # The server is not there yet, or writes the file while it sends it.
            if process.poll() is not None:
                raise CommandFailedError(f"the server ended with {process.returncode}") from None
        time.sleep(POLL)
    raise CommandFailedError(f"{url} did not show {text!r} in {patience} seconds")


def own_memory() -> int:
    """Largest memory of this process so far, in bytes."""
    factor = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * factor
