"""Sites as `mkdocs build` and `goodpractice build` make them, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(root: Path, *command: str, fails: bool = False) -> str:
    """Run a command in a project, and give back what it said.

    Args:
        root: The project.
        command: A module and its arguments.
        fails: Whether it has to fail instead of to succeed.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *command],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert bool(done.returncode) is fails, f"{' '.join(command)}\n{done.stdout}"
    return done.stdout


def build_with(command: str, root: Path) -> dict[str, bytes]:
    """Every file of the site that a driver makes, by its path."""
    folder = root.parent / f"{root.name}-by-{command}"
    run(root, command, "build", "--site-dir", str(folder))
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}
