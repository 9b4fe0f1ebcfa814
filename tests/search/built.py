"""Serving a built site to the tests of the search."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.serving import serve_folder


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve it below a path, as GitHub Pages does with a repository."""
    with serve_folder(folder, "/repo/") as address:
        yield address
