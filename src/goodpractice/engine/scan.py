"""The first step of a build: what differs from the last one, in the sources and in the folder of the site."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from goodpractice.config import clock
from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.content.unread_files import list_strays
from goodpractice.engine.options import Options
from goodpractice.engine.site_folder import collect_signatures
from goodpractice.engine.sources import (
    CONTENT_FILES,
    CONTENT_FOLDERS,
    NEVER_THE_SAME,
    SETUP_FILES,
    SETUP_FOLDERS,
    FileState,
    Signature,
    add_digests,
    digest_bytes,
    digest_setup,
    is_case_study,
    is_copied,
    is_other,
    is_same,
    is_setup,
    list_files,
    list_package,
    read_later,
    scan_again,
    see_files,
    sign_file,
)
from goodpractice.engine.state import BuiltFile, State, renew_digest
from goodpractice.engine.store import Store
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.query.recording import list_opened


@dataclass
class Scan:
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
        lacks_search: Whether the search is wanted, and the last build left it out.
        is_partial: Whether only the sources that somebody named were looked at, and neither the others nor the site.
            What is built of them is not kept in the state: a scan of everything finds it again.
    """

    state: State
    file_states: dict[str, FileState]
    setup: str
    site_dir: Path
    now: int
    modified: list[str] = field(default_factory=list)
    mtime_only: dict[str, BuiltFile] = field(default_factory=dict)
    orphaned: list[str] = field(default_factory=list)
    included: tuple[str, ...] = ()
    lacks_search: bool = False
    is_partial: bool = False

    @cached_property
    def outputs(self) -> Mapping[str, Signature]:
        """Files of the site as they are."""
        return collect_signatures(self.site_dir)

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
        opened = {path for path in opened if not (root / path).is_dir()}
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
        return [] if self.is_partial else [path for path in self.state.files if path not in self.file_states]

    @cached_property
    def keeps_editors(self) -> bool:
        """Whether all that editors wrote is as the last build saw it: only what lies with stories differs."""
        paths = (*self.changed, *self.removed)
        return bool(self.state.meta) and all(path.startswith(f"{CASE_STUDIES}/") for path in paths)

    @cached_property
    def day(self) -> str:
        """The day of the build, as 2026-03-31: it decides which consent has ended."""
        return clock.today().isoformat()

    @property
    def has_expired(self) -> bool:
        """Whether the last build showed something whose consent has expired."""
        until = self.state.meta.get("until", "")
        return bool(until) and until < self.day

    @property
    def has_new(self) -> bool:
        """Whether a source is there that was not there before. Those that somebody names have been there."""
        return not self.is_partial and any(path not in self.state.files for path in self.changed)

    @property
    def is_unchanged(self) -> bool:
        """Whether the site is what a build would make."""
        return bool(self.state.meta) and not self.changed and not self.modified and not self._is_other

    @property
    def _is_other(self) -> bool:
        """Whether anything differs besides sources and files of the site that are there."""
        return bool(self.removed or self.orphaned or self.has_expired or self.lacks_search)

    @property
    def has_papers(self) -> bool:
        """Whether the last build was asked for all papers, so that none is missing."""
        return bool(self.state.meta.get("papers"))

    @property
    def only_stories(self) -> bool:
        """Whether no source differs but files of case studies that were there before; files of the site may."""
        return not self._is_other and all(map(is_case_study, self.changed))

    def digest_sources(self) -> dict[str, str]:
        """Digests of sources that pages depend on as a whole: see `outputs.site.Site`."""
        content, copied = [], []
        for path, file in self.file_states.items():
            if is_copied(path):
                copied.append((path, file.digest))
            elif not is_setup(path) and not path.startswith(f"{CASE_STUDIES}/"):
                content.append((path, file.digest))
        return {"content": add_digests(content), "copied": add_digests(copied)}

    def forget(self) -> None:
        """Let the last build count for nothing."""
        self.state, self.modified, self.mtime_only, self.orphaned = State(), [], {}, []
        self.lacks_search = False
        for name in ("changed", "removed", "keeps_editors"):
            self.__dict__.pop(name, None)

    def compare_site(self) -> None:
        """Find the files of the site whose content differs from what was written, or only their signature."""
        outputs, known = self.outputs, self.state.outputs
        self.orphaned = [name for name in outputs if name not in known]
        for name, file in known.items():
            signature = outputs.get(name)
            if signature == file.file_states.signature:
                continue
            if signature is None or signature.size != file.file_states.signature.size:
                self.modified.append(name)
                continue
            try:
                data = (self.site_dir / name).read_bytes()
            except OSError:
                data = b""
            if digest_bytes(data) == file.digest:
                self.mtime_only[name] = file._replace(file_states=FileState(signature, file.digest, self.now))
            else:
                self.modified.append(name)


def scan_project(options: Options, load_state: Callable[[], State]) -> Scan:
    """Look at all sources.

    Args:
        options: Where they are.
        load_state: Gives what the last build knew; called once, after some of the work.

    Raises:
        OSError: A folder cannot be read.
    """
    root = options.root
    now = time.time_ns()
    # What lies where nothing is read belongs to it: whoever adds such a file is told.
    files = (*CONTENT_FILES, *list_strays(root, options.site_dir.name))
    content = dict(list_files(root, (*CONTENT_FOLDERS, CASE_STUDIES), files))
    state = load_state()
    # A folder is never read as a file, and has no digest.
    included = tuple(path for path in json.loads(state.meta.get("included", "[]")) if not (root / path).is_dir())
    setup = {**dict(list_files(root, SETUP_FOLDERS, (*SETUP_FILES, *included))), **dict(list_package())}
    # Without a state everything is built, and the processes that read the stories need not wait for their digests.
    file_states = see_files(root, content, state.files, now, later=not state.meta)
    setup_states = see_files(root, setup, state.files, now)
    return Scan(
        state,
        {**file_states, **setup_states},
        digest_setup(root, setup_states),
        options.site_dir,
        now,
        included=included,
        lacks_search=options.search and bool(state.meta) and not state.meta.get("searched"),
    )


def scan_stories(options: Options, before: Scan, paths: Iterable[str]) -> Scan | None:
    """Look at a few case studies only; nothing where anything else may have changed.

    Args:
        options: Where they are.
        before: What was known when everything was looked at.
        paths: The files that changed since, relative to the project.
    """
    root, now = options.root, time.time_ns()
    known, state = before.file_states, State(Store(options.state_path).load_meta())
    if not state.meta or not all(path in known and is_case_study(path) and (root / path).is_file() for path in paths):
        return None
    changed = {path: FileState(sign_file(root, path), NEVER_THE_SAME, now) for path in paths}
    return Scan(state, changed, before.setup, options.site_dir, now, included=before.included, is_partial=True)


def explain_full(options: Options, scan: Scan) -> str:
    """Why what the last build knew counts for nothing, in a few words; empty where it counts."""
    meta = scan.state.meta
    if not options.use_cache:
        return _("the cache is switched off")
    if not meta:
        return _("there is no cache that can be used")
    if meta.get("setup") != scan.setup:
        return _("configuration, templates, code or libraries changed")
    if scan.day < meta.get("day", ""):
        # The last build took down what ends before its day.
        return _("the clock was ahead when the site was built last")
    if scan.modified and not scan.outputs:
        return _("the site folder is empty")
    if not all((options.root / path).exists() for path in json.loads(meta["linked"])):
        return _("a file that pages link to is gone")
    return ""


def keep_signatures(options: Options, scan: Scan) -> None:
    """Keep new signatures of files with the same content, so that the next build need not read them."""
    known = scan.state.files
    fresh = {path: file_states for path, file_states in scan.file_states.items() if known[path] is not file_states}
    if fresh or scan.mtime_only:
        with Store(options.state_path).updating() as writer:
            before = {name: scan.state.outputs[name] for name in scan.mtime_only}
            writer.write_meta({"outputs": renew_digest(scan.state.meta["outputs"], before, scan.mtime_only)})
            writer.write_outputs(scan.mtime_only.items())
            writer.write_files(fresh)
