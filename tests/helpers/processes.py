"""Builds in processes of their own, which are held, killed and waited for."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import hooked_build
from tests.helpers.building import build_site
from tests.helpers.trees import read_tree

#: Processes that begin as copies of one that has loaded the builder already: loading takes longer than building.
COPIES = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
COPIES.set_forkserver_preload(["goodpractice.cli", "goodpractice.engine.service", "goodpractice.adapters.mkdocs"])


def start(root: Path, what: str = "plain", when: int = 0, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", hooked_build.__file__, what, str(when), str(root), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def start_writing(root: Path, *options: str, when: int = 100, made: str = ".site.*.new") -> subprocess.Popen[str]:
    """A build that has begun to write, and is held there until it gets SIGCONT.

    Args:
        root: The project.
        options: Options of the command.
        when: The moment at which it is held.
        made: What it has made in the project by then.
    """
    process = start(root, "hold", when, *options)
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert list(root.glob(made))
    return process


def go_on(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Let a build that is held go on to its end: how it ended, and what it said."""
    process.send_signal(signal.SIGCONT)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def assert_waits(process: subprocess.Popen[str]) -> None:
    """A build says that it waits for another."""
    assert process.stderr is not None
    assert process.stderr.readline() == "Another build of this site is running; waiting for it to end.\n"


def run(root: Path, what: str = "plain", when: int = 0, *options: str) -> tuple[int, str, str]:
    """A build from its beginning to the end of its last process: how it ended, and what it said."""
    return run_copy(hooked_build.build, what, str(when), str(root), *options)


def run_copy(work: Callable[..., None], *arguments: Any) -> tuple[int, str, str]:
    """Work in a process of its own, to the end of the last that it began: how it ended, and what was said."""
    ended, open_end = COPIES.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder:
        process = COPIES.Process(target=_work_in_copy, args=(folder, open_end, work, *arguments))
        process.start()
        open_end.close()
        # Nothing is ever sent: the pipe breaks when nobody holds its other end any more.
        assert ended.poll(120), "it does not come to its end"
        process.join()
        ended.close()
        said = [(Path(folder) / name).read_text(encoding="utf-8") for name in ("output", "errors")]
    assert process.exitcode is not None
    return process.exitcode, said[0], said[1]


def _work_in_copy(folder: str, open_end: Connection, work: Callable[..., None], *arguments: Any) -> None:
    """Work with what is said going to files. The end of the pipe is held by this process and those that it begins."""
    for number, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(f"{folder}/{name}", os.O_CREAT | os.O_WRONLY), number)
    try:
        work(*arguments)
    finally:
        open_end.close()


def assert_next_build_is_right(root: Path, expected: dict[str, bytes] | None = None) -> None:
    """The next build gives what a cold build gives.

    Args:
        root: The project.
        expected: What a cold build of the same project gave, if there was one.
    """
    report = build_site(root, root / "site", jobs=1, search=False)
    assert report.diagnostics == []
    if expected is None:
        build_site(root, root / "cold", jobs=1, use_cache=False, search=False)
        expected = read_tree(root / "cold")
    assert read_tree(root / "site") == expected
    left = [file.name for file in root.iterdir() if re.match(r"\.site\.", file.name)]
    assert left == [], "nothing of the interrupted build is left"


def mount(disk: Path) -> None:
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk takes root")


def unmount(disk: Path) -> None:
    subprocess.run(["umount", disk], check=True)
