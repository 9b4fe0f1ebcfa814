"""How to build."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodpractice.config.cache import find_cache
from goodpractice.config.settings import Settings
from goodpractice.engine.driver import ShellSource
from goodpractice.engine.sources import digest_bytes


@dataclass(frozen=True)
class Options:
    """How to build.

    Attributes:
        root: Folder of the project. Like `site_dir` it becomes a real path: whoever calls a folder by another name,
            through a symbolic link for example, means the same site with the same state.
        site_dir: Where the site goes.
        start_shells: Sets the site generator up, see `Driver.start_shells`.
        jobs: Worker processes; 0 for one a processor, at most eight.
        use_cache: Whether the state of the last build is used.
        progress: Called with the number of pages made so far and the number of all to be made.
        on_wait: Called when another build of the same site has to end first.
        settings: What `mkdocs.yml` says, for one build; without it, each build reads the file.
    """

    root: Path
    site_dir: Path
    start_shells: Callable[[Any, Sequence[Any]], ShellSource]
    jobs: int = 0
    use_cache: bool = True
    progress: Callable[[int, int], None] = lambda done, total: None
    on_wait: Callable[[], None] = lambda: None
    settings: Settings | None = None

    def __post_init__(self) -> None:
        for name in ("root", "site_dir"):
            object.__setattr__(self, name, Path(os.path.realpath(getattr(self, name))))

    @property
    def workers(self) -> int:
        """Number of worker processes."""
        return self.jobs or min(os.cpu_count() or 1, 8)

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
