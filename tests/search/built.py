"""The built site that the tests of the search share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.serving import serve_folder

REPOSITORY = Path(__file__).parents[2]


def build(folder: Path) -> Path:
    """Build the repository into a folder, with its search."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(REPOSITORY / "mkdocs.yml"), "-d", str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    assert (folder / "assets/search/pagefind.js").is_file(), "the build made no search"
    return folder


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve it below a path, as GitHub Pages does with a repository."""
    with serve_folder(folder, "/repo/") as address:
        yield address
