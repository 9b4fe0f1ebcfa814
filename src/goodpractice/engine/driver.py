"""What builds a project that the engine cannot build. The engine imports none: the command hands one in."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Driver(Protocol):
    """A site generator, for projects whose plugins look at every page."""

    def build_alone(self, project: Path, site_dir: Path) -> None:
        """Build a project without the engine, strictly.

        Raises:
            BuildError: It failed.
        """
