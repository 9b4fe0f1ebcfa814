"""How to build."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from goodpractice.config.cache import find_cache
from goodpractice.config.settings import Settings
from goodpractice.engine.sources import digest_bytes

#: Stories or pages below which one process is enough: starting another costs as much as fifty of them.
PARALLEL_FROM = 100


def count_workers() -> int:
    """Number of worker processes where nobody has said how many: one a processor, at most eight."""
    return min(os.cpu_count() or 1, 8)


@dataclass(frozen=True)
class Options:
    """How to build.

    Attributes:
        root: Folder of the project. Like `site_dir` it becomes a real path: whoever calls a folder by another name,
            through a symbolic link for example, means the same site with the same state.
        site_dir: Where the site goes.
        jobs: Worker processes; 0 for one a processor, at most eight.
        use_cache: Whether the state of the last build is used.
        progress: Called with the number of pages made so far and the number of all to be made.
        on_wait: Called when another build of the same site has to end first.
        search: Whether the search is made with the pages.
        paper: Whether files are made that take long: those of outputs that are slow.
        settings: What `mkdocs.yml` says, for one build; without it, each build reads the file.
    """

    root: Path
    site_dir: Path
    jobs: int = 0
    use_cache: bool = True
    progress: Callable[[int, int], None] = lambda done, total: None
    on_wait: Callable[[], None] = lambda: None
    settings: Settings | None = None
    search: bool = True
    paper: bool = False

    def __post_init__(self) -> None:
        for name in ("root", "site_dir"):
            object.__setattr__(self, name, Path(os.path.realpath(getattr(self, name))))

    @property
    def workers(self) -> int:
        """Number of worker processes."""
        return self.jobs or count_workers()

    def workers_for(self, number: int) -> int:
        """Number of worker processes for so many stories or pages."""
        return self.workers if number >= PARALLEL_FROM else 1

    @property
    def cache(self) -> Path:
        """Folder for the state of this site: each site folder has its own."""
        return find_cache(self.root) / digest_bytes(os.fsencode(os.path.relpath(self.site_dir, self.root)))[:12]

    def beside(self, what: str) -> Path:
        """A hidden folder beside the site, and so on its file system: what lies there can be moved into it."""
        return self.site_dir.with_name(f".{self.site_dir.name}.{os.getpid()}.{what}")

    @property
    def state_path(self) -> Path:
        """File that keeps the state."""
        return self.cache / "state.sqlite"
