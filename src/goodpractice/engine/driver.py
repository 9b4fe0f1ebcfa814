"""What the engine asks of a site generator. It imports none: the command hands one in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from goodpractice.render.shells import Shell, ShellKey


class ShellSource(Protocol):
    """What an adapter gives for one build: page shells, addresses, and all files that are not pages."""

    @property
    def site_url(self) -> str:
        """Address of the site with a final slash, or nothing."""

    @property
    def repo_url(self) -> str:
        """Address of the repository without a final slash, or nothing."""

    @property
    def in_nav(self) -> frozenset[str]:
        """Addresses of the pages in the navigation."""

    def make_shell(self, shell_key: ShellKey, page: Any) -> Shell:
        """The shell for all pages with this key; `page` is one of them."""

    def write_static(self, write: Callable[[str, bytes], None]) -> None:
        """Hand over the files that are not pages, each with its path in the site."""


class Driver(Protocol):
    """A site generator that the engine drives."""

    def start_shells(self, project: Any, plan: Sequence[Any]) -> ShellSource:
        """Set the generator up for a project and the plan of its pages.

        Raises:
            SetupError: It does not accept the configuration.
        """

    def build_alone(self, project: Path, site_dir: Path) -> None:
        """Build a project without the engine, strictly.

        Raises:
            BuildError: It failed.
        """
