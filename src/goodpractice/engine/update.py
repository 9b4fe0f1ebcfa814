"""Changing some files of an existing site: written to a staging folder, moved into the site, kept in the state."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from goodpractice.checks import ProjectCheck
from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.content import Project
from goodpractice.engine.driver import ShellSource
from goodpractice.engine.options import Options
from goodpractice.engine.output import (
    digest_site,
    move_files,
    remove_files,
    remove_tree,
    require_whole,
    working_aside,
    write_file,
)
from goodpractice.engine.pages import MakeShell, PageMaker, SiteInputs
from goodpractice.engine.report import Report
from goodpractice.engine.source_diff import SourceDiff
from goodpractice.engine.sources import FileState, digest_bytes, signature_of
from goodpractice.engine.state import NO_PAGE, PageState, Planned, State, StateWriter, renew_digests
from goodpractice.engine.workers import write_page
from goodpractice.pages import Page, plan_pages
from goodpractice.render.shells import Shell, ShellKey


def make_site_inputs(state: State) -> SiteInputs:
    """What pages show of the whole site, as the last build kept it."""
    site_url, repo_url, in_nav = json.loads(state.meta["site"])
    return SiteInputs(site_url, repo_url, frozenset(in_nav))


def start_shells_late(options: Options, project: Project, plan: Sequence[Page] | None = None) -> MakeShell:
    """Make page shells; the site generator starts with the first: most edits need none."""
    started: list[ShellSource] = []

    def make_shell(shell_key: ShellKey, page: Page) -> Shell:
        if not started:
            started.append(options.start_shells(project, plan_pages(project.kb) if plan is None else plan))
        return started[0].make_shell(shell_key, page)

    return make_shell


class SiteUpdate:
    """The files of a site that change in one build, and those that go.

    As a context: what was made and did not get into the site is deleted at the end.

    Example:
        with SiteUpdate(options, diff, diff.state.pages) as update:
            update.make(maker, pages, report)
            update.put_in_place(report)
            with store.updating() as writer:
                update.keep(writer, maker, check, {})
    """

    def __init__(self, options: Options, diff: SourceDiff, known: Mapping[str, PageState]) -> None:
        """Begin an update.

        Args:
            options: How the site is built.
            diff: What differs from the last build.
            known: Cached states of the files that may change, by name.
        """
        self._options = options
        self._diff = diff
        self._known = known
        self._staging = options.beside("staging")
        self._made: dict[str, PageState] = {}
        self._moved: list[str] = []
        self._removed: list[str] = []

    def __enter__(self) -> SiteUpdate:
        return self

    def __exit__(self, *error: object) -> None:
        remove_tree(self._staging)

    def make(self, maker: PageMaker, pages: Sequence[tuple[Page, Planned]], report: Report) -> None:
        """Render pages.

        Args:
            maker: Makes them.
            pages: The pages, with their serialised plans.
            report: What the build did.
        """
        for done, (page, planned) in enumerate(pages, start=1):
            made = maker.make(page)
            report.add_pages([(page.url, made.seconds)])
            old = self._diff.mtime_only.get(made.output) or self._known.get(made.output)
            is_same = old is not None and old.digest == made.digest and made.output not in self._diff.modified
            file_states = (
                old.file_states
                if is_same and old is not None
                else write_page(made, self._staging, self._diff.now).file_states
            )
            if not is_same:
                self._moved.append(made.output)
            self._made[made.output] = PageState(planned, made.trace, made.digest, file_states, made.text)
            self._options.progress(done, len(pages))

    def add(self, name: str, data: bytes) -> None:
        """Write a file that is not a page, if it differs from the one that is there."""
        old = self._known.get(name)
        digest = digest_bytes(data)
        if old is None or old.digest != digest or name in self._diff.modified:
            file_states = write_file(self._staging, name, data, digest, self._diff.now)
            self._made[name] = PageState(NO_PAGE, b"", digest, file_states)
            self._moved.append(name)

    def remove(self, names: Iterable[str]) -> None:
        """Let files go from the site."""
        self._removed += names

    def put_in_place(self, report: Report) -> None:
        """Move what was made into the site, and delete what goes."""
        site_dir = self._options.site_dir
        move_files(self._staging, site_dir, self._moved)
        for name in self._moved:
            # Moving a file changes its signature.
            signature = signature_of((site_dir / name).stat())
            self._made[name] = self._made[name]._replace(
                file_states=FileState(signature, self._made[name].digest, self._diff.now)
            )
        remove_files(site_dir, self._removed)
        report.written = len(self._moved)
        report.removed += len(self._removed)

    def keep(self, writer: StateWriter, maker: PageMaker, check: ProjectCheck, meta: Mapping[str, str]) -> None:
        """Write the states of the changed files, and of the sources as the scan found them.

        Args:
            writer: Writes the state.
            maker: Made the pages.
            check: Checked what changed.
            meta: Metadata of the build that differs from that of the last one.

        Raises:
            OSError: What lies in the site is not what was written: somebody else has been at work there.
        """
        diff, site_dir = self._diff, self._options.site_dir
        after = {**diff.mtime_only, **self._made}
        for name in self._removed:
            after.pop(name, None)
        changed = (*diff.mtime_only, *self._made, *self._removed)
        # `mtime_only` is only set after all page rows were loaded, so reading them here is free.
        known = {**self._known, **(diff.state.pages if diff.mtime_only else {})}
        before = {name: known[name] for name in changed if name in known}
        digests = renew_digests(diff.state.meta, before, after)
        with working_aside(partial(digest_site, site_dir, SEARCH_FOLDER)) as digest_outputs:
            moved, doubts = diff.scan_again(self._options.root)
            included, meta_of_setup = diff.find_included(self._options.root, self._options.cache)
            writer.remove(pages=self._removed, files=diff.removed)
            writer.write_meta(
                {
                    **diff.state.meta,
                    **digests,
                    "linked": json.dumps(sorted({*json.loads(diff.state.meta["linked"]), *check.linked})),
                    "day": diff.day,
                    **meta,
                    **meta_of_setup,
                    **doubts,
                }
            )
            writer.write_pages(after.items())
            known_files = diff.state.files
            writer.write_files(
                {
                    path: file_states
                    for path, file_states in diff.file_states.items()
                    if known_files.get(path) is not file_states
                }
            )
            writer.write_files({**included, **moved})
            writer.write_shells(maker.new_shells)
            writer.write_dependencies(maker.traces.dependencies)
            require_whole(site_dir, digest_outputs(), digests["outputs"])
