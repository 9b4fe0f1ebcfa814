"""What differs from the last build."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.engine.output import list_site
from goodpractice.engine.sources import (
    NEVER_THE_SAME,
    FileState,
    Signature,
    digest_setup,
    is_other,
    is_same,
    is_setup,
    list_files,
    read_later,
    scan_again,
    see_files,
)
from goodpractice.engine.state import PageState, State
from goodpractice.query.recording import list_opened


@dataclass
class SourceDiff:
    """The sources and the site as they are now, compared with the state of the last build.

    Attributes:
        state: What the last build knew.
        file_states: Sources as they are now.
        setup: Digest of everything but content.
        site_dir: Where the site is.
        now: Time of the scan, in nanoseconds.
        modified: Files of the site whose content is not what was written.
        mtime_only: Files with the content that was written and another signature, with their new states.
        orphaned: Files of the site that no build has written.
        included: Other files of the project that the last build opened, and so belong to the setup.
    """

    state: State
    file_states: dict[str, FileState]
    setup: str
    site_dir: Path
    now: int
    modified: list[str] = field(default_factory=list)
    mtime_only: dict[str, PageState] = field(default_factory=dict)
    orphaned: list[str] = field(default_factory=list)
    included: tuple[str, ...] = ()

    @cached_property
    def outputs(self) -> Mapping[str, Signature]:
        """Files of the site as they are, without the search: that has a digest of its own."""
        return list_site(self.site_dir, SEARCH_FOLDER)

    def read_rest(self, root: Path) -> None:
        """Read the sources whose digest was left for later."""
        self.file_states.update(read_later(root, self.file_states))

    def scan_again(self, root: Path) -> tuple[dict[str, FileState], dict[str, str]]:
        """States of sources that changed after the scan, and what to change in the metadata of the build.

        Returns:
            The sources, with a digest that never matches, so that the next build renders an edited story again. If
            any other source changed, no record tells which pages show its passing content: the metadata then lacks
            its digest of the setup, and the next build is a full one.
        """
        moved = scan_again(root, self.file_states)
        only_stories = all(path.startswith(f"{CASE_STUDIES}/") for path in moved)
        return moved, {} if only_stories else {"setup": ""}

    def find_included(self, root: Path, cache: Path) -> tuple[dict[str, FileState], dict[str, str]]:
        """States of files that pages were rendered from and that no list of sources names.

        Args:
            root: Folder of the project.
            cache: Where the state lies.

        Returns:
            The files, as they are now, and what to change in the metadata of the build.
        """
        inside = tuple(f"{os.path.relpath(folder, root)}/" for folder in (self.site_dir, cache))
        opened = {path for path in list_opened(os.fspath(root)) if is_other(root, path) and not path.startswith(inside)}
        included = sorted({*self.included, *opened})
        if included == sorted(self.included):
            return {}, {"included": json.dumps(included)}
        fresh = see_files(root, dict(list_files(root, (), included)), self.file_states, self.now)
        for path, file_states in fresh.items():
            if max(file_states.signature.modified, file_states.signature.changed) >= self.now:
                # It changed during the build, and either version may have been read.
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
        """Whether the last build showed something whose consent has expired."""
        until = self.state.meta["until"]
        return bool(until) and until < self.day
