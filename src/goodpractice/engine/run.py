"""One build: look at the files, check what changed, make the pages that depend on it, put them in place."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from functools import partial

from goodpractice.content.project_files import list_strays
from goodpractice.engine.options import PHOTO_FOLDER, SEARCH_FOLDER, SEARCH_KEY, Look, Options, Report
from goodpractice.engine.output import (
    digest_site,
    hold_lock,
    list_leftovers,
    remove_files,
    remove_tree,
    working_aside,
)
from goodpractice.engine.sources import (
    CASE_STUDIES,
    CONTENT_FILES,
    CONTENT_FOLDERS,
    SETUP_FILES,
    SETUP_FOLDERS,
    Seen,
    digest_bytes,
    digest_setup,
    list_files,
    list_package,
    see_files,
)
from goodpractice.engine.state import State, StateFile, renew_digests
from goodpractice.i18n.messages import said
from goodpractice.query.recording import recording


def build(options: Options) -> Report:
    """Build a site; the result is what a cold build gives, byte for byte.

    Nothing of the last site changes before everything new is ready. With
    problems in the content, nothing changes at all.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    with hold_lock(options.site_dir, options.on_wait):
        _clean_leftovers(options)
        # These take as long as everything else that is looked at. The search is looked after apart from the pages.
        with (
            working_aside(StateFile(options.state_path).sum_up) as sum_state,
            working_aside(partial(digest_site, options.site_dir, SEARCH_FOLDER)) as digest_outputs,
            recording(f"{options.root}{os.sep}{CASE_STUDIES}{os.sep}"),
        ):
            return _build(options, sum_state, digest_outputs)


def _build(options: Options, sum_state: Callable[[], str], digest_outputs: Callable[[], str]) -> Report:
    report = Report(site_dir=options.site_dir)
    with report.stage("look at sources"):
        look = _look(options, sum_state)
    if look.changed or look.removed or not look.state.meta:
        # Loading, checking and rendering take longer to import than finding that nothing changed. Here they will be
        # needed, and the site is still being looked at.
        with report.stage("import"):
            import goodpractice.engine.incremental  # noqa: F401
    with report.stage("look at the site"):
        if look.state.meta and look.state.meta["outputs"] != digest_outputs():
            _compare_site(options, look)
        report.cold = _why_cold(options, look)
    if report.cold:
        from goodpractice.engine.cold import build_cold

        build_cold(options, look, report)
        return report
    if look.strays:
        remove_files(options.site_dir, look.strays)
        report.removed += len(look.strays)
    report.pages = int(look.state.meta["planned"])
    if look.changed or look.removed or look.damaged or look.has_expired:
        from goodpractice.engine.incremental import build_changed
        from goodpractice.engine.stories import build_stories

        if not build_stories(options, look, report):
            build_changed(options, look, report)
    else:
        _refresh_stamps(options, look)
    return report


def is_search_current(options: Options, digest_search: Callable[[], str] | None = None) -> bool:
    """Whether the search is as it was left, made from the pages that are there now, by the code that is there now.

    Args:
        options: Where the site lies.
        digest_search: Gives the digest of the folder of the search, where somebody works it out already.
    """
    made_from, _ = _read_search_key(options)
    return made_from == StateFile(options.state_path).find_search_key() and is_search_untouched(options, digest_search)


def is_search_untouched(options: Options, digest_search: Callable[[], str] | None = None) -> bool:
    """Whether the search is as it was left, whatever it was made from; see `is_search_current`."""
    return _read_search_key(options)[1] == (digest_search or partial(_digest_search, options))()


def _digest_search(options: Options) -> str:
    return digest_site(options.site_dir / SEARCH_FOLDER)


def _read_search_key(options: Options) -> tuple[str, str]:
    try:
        made_from, _, digest = (options.cache / SEARCH_KEY).read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return made_from, digest


def keep_search_key(options: Options, made_from: str) -> None:
    """Keep what the search was made from, and how it lies in the site: names, sizes and times of all its files.

    Raises:
        OSError: The folder of the state cannot be written.
    """
    (options.cache / SEARCH_KEY).write_text(f"{made_from}\n{_digest_search(options)}", encoding="utf-8")


def _look(options: Options, sum_state: Callable[[], str]) -> Look:
    root = options.root
    now = time.time_ns()
    # What lies where nothing is read belongs to it: whoever adds such a file is told.
    files = (*CONTENT_FILES, *list_strays(root, options.site_dir.name))
    content = dict(list_files(root, (*CONTENT_FOLDERS, CASE_STUDIES), files))
    state = StateFile(options.state_path).load(sum_state()) if options.use_cache else State()
    included = tuple(json.loads(state.meta.get("included", "[]")))
    setup = {**dict(list_files(root, SETUP_FOLDERS, (*SETUP_FILES, *included))), **dict(list_package())}
    # Without a state everything is built, and the workers that read the stories need not wait for their digests.
    seen = see_files(root, content, state.files, now, later=not state.meta)
    seen_setup = see_files(root, setup, state.files, now)
    return Look(state, {**seen, **seen_setup}, digest_setup(root, seen_setup), options.site_dir, now, included=included)


def _why_cold(options: Options, look: Look) -> str:
    if not options.use_cache:
        return said("the cache is switched off")
    if not look.state.meta:
        return said("there is no cache that can be used")
    if look.state.meta.get("setup") != look.setup:
        return said("configuration, templates, code or libraries changed")
    if look.day < look.state.meta.get("day", ""):
        # The last build took down what ends before its day.
        return said("the clock was ahead when the site was built last")
    if look.damaged and not look.outputs:
        return said("the site folder is empty")
    if any(path.startswith("docs/") and not path.endswith(".md") for path in (*look.changed, *look.removed)):
        return said("a file that is copied into the site changed")
    if any(not look.state.pages[name].plan.text for name in look.damaged if not name.startswith(f"{PHOTO_FOLDER}/")):
        return said("files of the site that are not pages were changed or removed")
    if not all((options.root / path).exists() for path in json.loads(look.state.meta["linked"])):
        return said("a file that pages link to is gone")
    return ""


def _compare_site(options: Options, look: Look) -> None:
    """Find the files of the site that are not as they were written, and those that are, under another stamp."""
    outputs, pages = look.outputs, look.state.pages
    look.strays = [name for name in outputs if name not in pages]
    for name, page in pages.items():
        stamp = outputs.get(name)
        if stamp == page.seen.stamp:
            continue
        if stamp is None or stamp.size != page.seen.stamp.size:
            look.damaged.append(name)
            continue
        try:
            data = (options.site_dir / name).read_bytes()
        except OSError:
            data = b""
        if digest_bytes(data) == page.digest:
            look.touched[name] = page._replace(seen=Seen(stamp, page.digest, look.now))
        else:
            look.damaged.append(name)


def _refresh_stamps(options: Options, look: Look) -> None:
    """Keep stamps whose files turned out to be the same, so that they need not be read again."""
    known = look.state.files
    fresh = [path for path, seen in look.seen.items() if known[path] is not seen]
    if fresh or look.touched:
        with StateFile(options.state_path).updating() as writer:
            before = {name: look.state.pages[name] for name in look.touched}
            writer.write_meta(renew_digests(look.state.meta, before, look.touched))
            writer.write_pages(look.touched.items())
            writer.write_files({path: look.seen[path] for path in fresh})


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
