"""What a build is told, what it finds, and what it says afterwards."""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.config.settings import find_cache
from goodpractice.diagnostics.rules import LETS_BUILD
from goodpractice.engine.output import list_site
from goodpractice.engine.shells import Shell, ShellKey
from goodpractice.engine.sources import (
    NEVER_THE_SAME,
    Seen,
    Stamp,
    digest_bytes,
    digest_setup,
    is_other,
    is_same,
    is_setup,
    list_files,
    read_later,
    scan_again,
    see_files,
)
from goodpractice.engine.state import CachedCase, PageState, State
from goodpractice.query.recording import list_opened

if TYPE_CHECKING:
    from goodpractice.content import Project
    from goodpractice.diagnostics.rules import Diagnostic
    from goodpractice.pages import Page, PageIndex
    from goodpractice.search import SearchReport

#: Where the search lies on the site: as in `goodpractice.search`, whose import takes longer than finding no change.
SEARCH_FOLDER = "assets/search"
#: Where photos lie on the site: as in `goodpractice.photos.sizes`.
PHOTO_FOLDER = "assets/photos"
#: File of the state that tells from what the search was made.
SEARCH_KEY = "search.key"
#: Pages that the report names as the slowest.
SLOWEST = 10


class BuildError(Exception):
    """The build stopped; the message says why, in a sentence."""


class ShellSource(Protocol):
    """What an adapter gives: frames, addresses, and all files that are not pages."""

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
        """The frame for a shape of page."""

    def write_static(self, write: Callable[[str, bytes], None]) -> None:
        """Hand over the files that are not pages, each with its path in the site."""


@dataclass(frozen=True)
class Built:
    """What a site was made from, for the next build in the same process.

    Attributes:
        project: The project, with the facts of all case studies.
        plan: All pages.
        directory: Where they are found.
        facts: What is kept of each case study, by id.
    """

    project: Project
    plan: Sequence[Page]
    page_index: PageIndex
    facts: Mapping[str, CachedCase]


@dataclass
class Report:
    """What a build did.

    Attributes:
        pages: Pages of the site.
        rendered: Pages that were made anew.
        written: Files that were written.
        removed: Files that were deleted.
        cold: Why everything was made anew; empty when it was not.
        seconds: Time by stage.
        slowest: The slowest pages with their seconds, slowest first.
        issues: Problems; with any, nothing was built.
        notes: Problems that must not keep the site from being built: a photo
            whose consent has ended goes from the site because it is built.
        site_dir: Where the site is.
        built: What the site was made from, when the build had to load it.
        search: What was made for the search, when it was renewed.
        search_problem: Why it could not be renewed, though the pages could: the last one stays.
        urls: Addresses of the pages that were made anew.
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
    built: Built | None = None
    search: SearchReport | None = None
    search_problem: str = ""
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

    def add_diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Keep what a check found: problems that stop the build, and those that do not."""
        for diagnostic in sorted(set(found)):
            (self.notes if diagnostic.code in LETS_BUILD else self.diagnostics).append(diagnostic)

    def add_pages(self, made: Sequence[tuple[str, float]]) -> None:
        """Count pages that were made: address and seconds."""
        self.rendered += len(made)
        self.urls.extend(url for url, _ in made)
        self.slowest = sorted([*self.slowest, *made], key=lambda item: -item[1])[:SLOWEST]


@dataclass(frozen=True)
class Options:
    """How to build.

    Attributes:
        root: Folder of the project. Like `site_dir` it becomes a real path: whoever calls a folder by another name,
            through a symbolic link for example, means the same site with the same state.
        site_dir: Where the site goes.
        start_frames: Makes the frame source, from a project and its plan.
        jobs: Worker processes; 0 for one a processor, at most eight.
        use_cache: Whether the state of the last build is used.
        progress: Called with the number of pages made so far and the number of all to be made.
        on_wait: Called when another build of the same site has to end first.
    """

    root: Path
    site_dir: Path
    start_shells: Callable[[Any, Sequence[Any]], ShellSource]
    jobs: int = 0
    use_cache: bool = True
    progress: Callable[[int, int], None] = lambda done, total: None
    on_wait: Callable[[], None] = lambda: None

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


@dataclass
class SourceDiff:
    """What is there now, and what was there at the last build.

    Attributes:
        state: What the last build knew.
        seen: Sources as they are now.
        setup: Digest of everything but content.
        site_dir: Where the site is.
        now: When it was looked, in nanoseconds.
        damaged: Files of the site that are not as they were written.
        touched: Those that are, but under another stamp, with what is to be kept of them from now on.
        strays: Files of the site that nobody has written.
        included: Other files of the project that the last build opened, and so belong to the setup.
    """

    state: State
    file_states: dict[str, Seen]
    setup: str
    site_dir: Path
    now: int
    modified: list[str] = field(default_factory=list)
    mtime_only: dict[str, PageState] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    included: tuple[str, ...] = ()

    @cached_property
    def outputs(self) -> Mapping[str, Stamp]:
        """Files of the site as they are. What belongs to the search is looked after apart from them."""
        return list_site(self.site_dir, SEARCH_FOLDER)

    def read_rest(self, root: Path) -> None:
        """Read the sources that were left for later."""
        self.file_states.update(read_later(root, self.file_states))

    def scan_again(self, root: Path) -> tuple[dict[str, Seen], dict[str, str]]:
        """What is to be kept of sources that have changed since they were looked at.

        Returns:
            The sources, never the same again; and facts about the build. A story that was edited meanwhile is made
            anew the next time. Of anything else, nobody knows which pages show what it said for a moment: the next
            build makes all of them.
        """
        moved = scan_again(root, self.file_states)
        only_stories = all(path.startswith(f"{CASE_STUDIES}/") for path in moved)
        return moved, {} if only_stories else {"setup": ""}

    def find_included(self, root: Path, cache: Path) -> tuple[dict[str, Seen], dict[str, str]]:
        """What is to be kept of files that pages were made from and that nobody had known of.

        Args:
            root: Folder of the project.
            cache: Where the state lies.

        Returns:
            The files, as they are now, and facts about the build.
        """
        inside = tuple(f"{os.path.relpath(folder, root)}/" for folder in (self.site_dir, cache))
        opened = {path for path in list_opened(os.fspath(root)) if is_other(root, path) and not path.startswith(inside)}
        included = sorted({*self.included, *opened})
        if included == sorted(self.included):
            return {}, {"included": json.dumps(included)}
        fresh = see_files(root, dict(list_files(root, (), included)), self.file_states, self.now)
        for path, file_states in fresh.items():
            if max(file_states.signature.modified, file_states.signature.changed) >= self.now:
                # Nobody knows which of its texts was read.
                fresh[path] = file_states._replace(digest=NEVER_THE_SAME)
        setup = {path: file_states for path, file_states in self.file_states.items() if is_setup(path)} | fresh
        return fresh, {"included": json.dumps(included), "setup": digest_setup(root, setup)}

    @cached_property
    def changed(self) -> list[str]:
        """Sources that are new or differ."""
        known = self.state.files
        return [path for path, file_states in self.file_states.items() if not is_same(known.get(path), file_states)]

    @cached_property
    def removed(self) -> list[str]:
        """Sources that are gone."""
        return [path for path in self.state.files if path not in self.file_states]

    @cached_property
    def day(self) -> str:
        """The day of the build, as 2026-03-31: it decides which consent has ended."""
        return datetime.datetime.now(datetime.UTC).date().isoformat()

    @property
    def has_expired(self) -> bool:
        """Whether something may not be shown any more that the last build showed."""
        until = self.state.meta["until"]
        return bool(until) and until < self.day
