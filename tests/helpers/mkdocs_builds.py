"""Builds as `mkdocs build` makes them, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.helpers.built_pages import BuiltSite

#: The address that the workflow would set for a repository; tests follow it back to files.
REPO_URL = "https://github.com/OWNER/REPOSITORY"
BASE = "http://127.0.0.1:8000/"
PREFIXED_BASE = "https://example.org/repo/"


class Build(NamedTuple):
    """A finished build: what it said, and the site."""

    output: str
    site: BuiltSite


class BuildError(AssertionError):
    """The build ended with an error; the message is everything that it said."""


def run_mkdocs(
    root: Path, folder: Path, base: str = BASE, *, strict: bool = True, python: str = sys.executable, path: str = ""
) -> Build:
    """Build a project as `mkdocs build` does, in a process of its own.

    Args:
        root: The project.
        folder: Where the site goes.
        base: Address of the site.
        strict: Whether a warning is an error.
        python: The interpreter, for builds with another installation.
        path: PYTHONPATH, for builds with another installation.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    environment |= {"SITE_URL": base, "REPO_URL": REPO_URL, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    if path:
        environment["PYTHONPATH"] = path
    command = [python, "-m", "mkdocs", "build", "--site-dir", str(folder), *(["--strict"] if strict else [])]
    done = subprocess.run(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"mkdocs build ended with {done.returncode}:\n{done.stdout}")
    return Build(done.stdout, BuiltSite(folder, base))
