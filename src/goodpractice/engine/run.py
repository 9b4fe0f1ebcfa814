"""One build: scan the files, check what changed, render the pages that depend on it, put them in place."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from functools import partial

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.config.site_folders import PHOTO_FOLDER, SEARCH_FOLDER
from goodpractice.content.unread_files import list_strays
from goodpractice.engine.options import Options
from goodpractice.engine.output import (
    digest_site,
    hold_lock,
    list_leftovers,
    remove_files,
    remove_tree,
    working_aside,
)
from goodpractice.engine.report import Report
from goodpractice.engine.source_diff import SourceDiff
from goodpractice.engine.sources import (
    CONTENT_FILES,
    CONTENT_FOLDERS,
    SETUP_FILES,
    SETUP_FOLDERS,
    FileState,
    digest_bytes,
    digest_setup,
    list_files,
    list_package,
    see_files,
)
from goodpractice.engine.state import State, StateFile, renew_digests
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.query.recording import recording

#: File of the state that names what the search was made from.
SEARCH_KEY = "search.key"


def build(options: Options) -> Report:
    """Build a site; the result is what a full build gives, byte for byte.

    Nothing of the last site changes before everything new is ready. With
    problems in the content, nothing changes at all.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    with hold_lock(options.site_dir, options.on_wait):
        _clean_leftovers(options)
        # Each of these takes as long as the rest of the scan. The search has a digest of its own.
        with (
            working_aside(StateFile(options.state_path).sum_up) as sum_state,
            working_aside(partial(digest_site, options.site_dir, SEARCH_FOLDER)) as digest_outputs,
            recording(f"{options.root}{os.sep}{CASE_STUDIES}{os.sep}"),
        ):
            return _build(options, sum_state, digest_outputs)


def _build(options: Options, sum_state: Callable[[], str], digest_outputs: Callable[[], str]) -> Report:
    report = Report(site_dir=options.site_dir)
    with report.stage("look at sources"):
        diff = _scan(options, sum_state)
    if diff.changed or diff.removed or not diff.state.meta:
        # Loading, checking and rendering take longer to import than finding that nothing changed. Here they will be
        # needed, and the site is still being looked at.
        with report.stage("import"):
            import goodpractice.engine.incremental  # noqa: F401
    with report.stage("look at the site"):
        if diff.state.meta and diff.state.meta["outputs"] != digest_outputs():
            _compare_site(options, diff)
        report.full = _why_full(options, diff)
    if report.full:
        from goodpractice.engine.full_build import build_full

        build_full(options, diff, report)
        return report
    if diff.orphaned:
        remove_files(options.site_dir, diff.orphaned)
        report.removed += len(diff.orphaned)
    report.pages = int(diff.state.meta["planned"])
    if diff.changed or diff.removed or diff.modified or diff.has_expired:
        from goodpractice.engine.incremental import build_changed
        from goodpractice.engine.stories import build_stories

        if not build_stories(options, diff, report):
            build_changed(options, diff, report)
    else:
        _refresh_signatures(options, diff)
    return report


def is_search_current(options: Options, digest_search: Callable[[], str] | None = None) -> bool:
    """Whether the search is as it was left, made from the pages that are there now, by the code that is there now.

    Args:
        options: Where the site lies.
        digest_search: Gives the digest of the folder of the search, where somebody works it out already.
    """
    made_from, __ = _read_search_key(options)
    return made_from == StateFile(options.state_path).find_search_key() and is_search_untouched(options, digest_search)


def is_search_untouched(options: Options, digest_search: Callable[[], str] | None = None) -> bool:
    """Whether the search is as it was left, whatever it was made from; see `is_search_current`."""
    return _read_search_key(options)[1] == (digest_search or partial(_digest_search, options))()


def _digest_search(options: Options) -> str:
    return digest_site(options.site_dir / SEARCH_FOLDER)


def _read_search_key(options: Options) -> tuple[str, str]:
    try:
        made_from, __, digest = (options.cache / SEARCH_KEY).read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return made_from, digest


def keep_search_key(options: Options, made_from: str) -> None:
    """Keep what the search was made from, and how it lies in the site: names, sizes and times of all its files.

    Raises:
        OSError: The folder of the state cannot be written.
    """
    (options.cache / SEARCH_KEY).write_text(f"{made_from}\n{_digest_search(options)}", encoding="utf-8")


def _scan(options: Options, sum_state: Callable[[], str]) -> SourceDiff:
    root = options.root
    now = time.time_ns()
    # What lies where nothing is read belongs to it: whoever adds such a file is told.
    files = (*CONTENT_FILES, *list_strays(root, options.site_dir.name))
    content = dict(list_files(root, (*CONTENT_FOLDERS, CASE_STUDIES), files))
    state = StateFile(options.state_path).load(sum_state()) if options.use_cache else State()
    included = tuple(json.loads(state.meta.get("included", "[]")))
    setup = {**dict(list_files(root, SETUP_FOLDERS, (*SETUP_FILES, *included))), **dict(list_package())}
    # Without a state everything is built, and the workers that read the stories need not wait for their digests.
    file_states = see_files(root, content, state.files, now, later=not state.meta)
    setup_states = see_files(root, setup, state.files, now)
    return SourceDiff(
        state,
        {**file_states, **setup_states},
        digest_setup(root, setup_states),
        options.site_dir,
        now,
        included=included,
    )


def _why_full(options: Options, diff: SourceDiff) -> str:
    if not options.use_cache:
        return _("the cache is switched off")
    if not diff.state.meta:
        return _("there is no cache that can be used")
    if diff.state.meta.get("setup") != diff.setup:
        return _("configuration, templates, code or libraries changed")
    if diff.day < diff.state.meta.get("day", ""):
        # The last build took down what ends before its day.
        return _("the clock was ahead when the site was built last")
    if diff.modified and not diff.outputs:
        return _("the site folder is empty")
    if any(path.startswith("docs/") and not path.endswith(".md") for path in (*diff.changed, *diff.removed)):
        return _("a file that is copied into the site changed")
    if any(not diff.state.pages[name].plan.text for name in diff.modified if not name.startswith(f"{PHOTO_FOLDER}/")):
        return _("files of the site that are not pages were changed or removed")
    if not all((options.root / path).exists() for path in json.loads(diff.state.meta["linked"])):
        return _("a file that pages link to is gone")
    return ""


def _compare_site(options: Options, diff: SourceDiff) -> None:
    """Find the files of the site whose content differs from what was written, or only their signature."""
    outputs, pages = diff.outputs, diff.state.pages
    diff.orphaned = [name for name in outputs if name not in pages]
    for name, page in pages.items():
        signature = outputs.get(name)
        if signature == page.file_states.signature:
            continue
        if signature is None or signature.size != page.file_states.signature.size:
            diff.modified.append(name)
            continue
        try:
            data = (options.site_dir / name).read_bytes()
        except OSError:
            data = b""
        if digest_bytes(data) == page.digest:
            diff.mtime_only[name] = page._replace(file_states=FileState(signature, page.digest, diff.now))
        else:
            diff.modified.append(name)


def _refresh_signatures(options: Options, diff: SourceDiff) -> None:
    """Keep new signatures of files with the same content, so that the next build need not read them."""
    known = diff.state.files
    fresh = [path for path, file_states in diff.file_states.items() if known[path] is not file_states]
    if fresh or diff.mtime_only:
        with StateFile(options.state_path).updating() as writer:
            before = {name: diff.state.pages[name] for name in diff.mtime_only}
            writer.write_meta(renew_digests(diff.state.meta, before, diff.mtime_only))
            writer.write_pages(diff.mtime_only.items())
            writer.write_files({path: diff.file_states[path] for path in fresh})


def _clean_leftovers(options: Options) -> None:
    """Delete what an interrupted build left behind: the lock is ours, so nobody works on it."""
    site_dir = options.site_dir
    for folder, what in list(list_leftovers(site_dir)):
        if what == "old" and not site_dir.exists():
            # Interrupted between the two moves of a swap: the last good site goes back.
            folder.rename(site_dir)
        else:
            remove_tree(folder)
    for file in options.cache.glob("*.new"):
        file.unlink(missing_ok=True)
