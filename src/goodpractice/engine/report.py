"""What a build did."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from goodpractice.diagnostics.follow_ons import drop_follow_ons
from goodpractice.diagnostics.rules import LETS_BUILD

if TYPE_CHECKING:
    from goodpractice.diagnostics.rules import Diagnostic
    from goodpractice.engine.refresh import Refreshed

#: Pages that the report names as the slowest.
SLOWEST = 10


class SearchReport(NamedTuple):
    """What the search holds.

    Attributes:
        records: Number of things that can be found.
        seconds: How long it took to renew.
    """

    records: int
    seconds: float


@dataclass
class Report:
    """What a build did.

    Attributes:
        pages: Pages of the site.
        rendered: Pages that were rendered.
        written: Files that were written.
        removed: Files that were deleted.
        full: Why this was a full build; empty when it was not.
        seconds: Time by stage.
        slowest: The slowest pages with their seconds, slowest first.
        diagnostics: Problems; with any, nothing was built.
        notes: Problems that must not keep the site from being built: a photo
            whose consent has ended goes from the site because it is built.
        site_dir: Where the site is.
        refreshed: The project, where the build had to load it.
        search: What was made for the search, when it was renewed.
        left_out: Outputs that were not made, with the modules that they need and that are not installed.
        papers: Slow files that were made.
        waiting: Slow files that are not in the site, because this build was not asked to make them.
        faults: What checks of the files that were made found, by name.
        urls: Addresses of the pages that were rendered.
        taken_down: Addresses of pages of the last site that lost a photo, although nothing was built.
    """

    pages: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
    full: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    slowest: list[tuple[str, float]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    notes: list[Diagnostic] = field(default_factory=list)
    site_dir: Path = Path()
    refreshed: Refreshed | None = None
    search: SearchReport | None = None
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)
    waiting: int = 0
    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)
    taken_down: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage of the build."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    @staticmethod
    def stops(found: Iterable[Diagnostic]) -> bool:
        """Whether any of these problems keeps the site from being built."""
        return any(diagnostic.code not in LETS_BUILD for diagnostic in found)

    def add_diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Keep what a check found: problems that stop the build, and those that do not."""
        for diagnostic in drop_follow_ons(found):
            (self.notes if diagnostic.code in LETS_BUILD else self.diagnostics).append(diagnostic)

    def add_pages(self, made: Sequence[tuple[str, float]]) -> None:
        """Count pages that were made: address and seconds."""
        self.rendered += len(made)
        self.urls.extend(url for url, __ in made)
        self.slowest = sorted([*self.slowest, *made], key=lambda item: -item[1])[:SLOWEST]
