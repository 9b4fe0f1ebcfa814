"""One build: scan → refresh inputs → demand outputs → stage → swap → keep.

A build from nothing is this with an empty store; an edit is this with a store that knows the rest; `serve` is this in
a process that stays. Nothing below asks which of them it is. Three shortcuts are declared, each where it is taken:

- `Difference.is_local`: only texts of stories differ, so that no query of another page has another result. Without
  it, an edit among 10,000 stories reads the rows of all of them (0.4 s instead of 0.03 s).
- `Scan.is_partial`: `serve` knows which files changed, and looks at no others (0.1 s instead of 0.25 s at 10,000).
- `Staging`: where nothing is known of the site, it changes places as a whole, and its state is written meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.engine.options import Options
from goodpractice.engine.report import Report
from goodpractice.engine.scan import Scan, explain_full, keep_signatures, scan_project, scan_stories
from goodpractice.engine.site_folder import clean_leftovers, digest_site, hold_lock, working_aside
from goodpractice.engine.state import State
from goodpractice.engine.store import Store
from goodpractice.query.recording import recording

if TYPE_CHECKING:
    from goodpractice.engine.refresh import Refreshed


@dataclass
class Memory:
    """What a process that stays knows of its last build.

    Attributes:
        scan: The sources, when all of them were looked at.
        refreshed: The project; nothing before the first build that loads it, and while it has problems.
    """

    scan: Scan | None = None
    refreshed: Refreshed | None = None


def build(options: Options, memory: Memory | None = None, paths: Collection[str] = ()) -> Report:
    """Build a site; the result is what a build from nothing gives, byte for byte.

    Nothing of the last site changes before everything new is ready. With problems in the content, nothing changes at
    all.

    Args:
        options: How to build.
        memory: What the same process knows of the last build, where it stays; it is kept up to date.
        paths: The files that changed since, where somebody knows: then no others are looked at.

    Raises:
        OSError: Files could not be written; the last site stays.
        WorkerError: A worker process failed.
    """
    report, memory = Report(site_dir=options.site_dir), memory or Memory()
    with hold_lock(options.site_dir, options.on_wait), recording(f"{options.root}{os.sep}{CASE_STUDIES}{os.sep}"):
        clean_leftovers(options)
        scan = _scan_paths(options, memory, paths)
        if scan is None or not _build(options, scan, report, memory):
            scan = _scan(options, report)
            _build(options, scan, report, memory)
    return report


def _scan_paths(options: Options, memory: Memory, paths: Collection[str]) -> Scan | None:
    """Look at these files only, where nothing else can differ."""
    if not paths or memory.scan is None or memory.refreshed is None:
        return None
    return scan_stories(options, memory.scan, paths)


def _scan(options: Options, report: Report) -> Scan:
    """Look at all sources and at the folder of the site, and decide whether the last build counts."""
    store = Store(options.state_path)
    # Each of these takes as long as the rest of the scan. The search has a digest of its own.
    with (
        report.stage("scan"),
        working_aside(store.sum_up) as sum_state,
        working_aside(partial(digest_site, options.site_dir, SEARCH_FOLDER)) as digest_outputs,
    ):
        scan = scan_project(options, lambda: store.load(sum_state()) if options.use_cache else State())
        if not scan.is_unchanged:
            # What follows takes longer to import than finding that nothing changed; the site is still being looked at.
            import goodpractice.engine.staging  # noqa: F401
        if scan.state.meta and scan.state.meta["outputs"] != digest_outputs():
            scan.compare_site()
        report.full = explain_full(options, scan)
        if report.full:
            scan.forget()
    return scan


def _build(options: Options, scan: Scan, report: Report, memory: Memory) -> bool:
    """Build what a scan found.

    Returns:
        Whether that was possible: what `serve` says of a few files may concern others, too.
    """
    if scan.is_unchanged:
        report.pages = int(scan.state.meta["planned"])
        keep_signatures(options, scan)
        return True
    from goodpractice.checks import ProjectCheck
    from goodpractice.engine.checking import CheckPlan
    from goodpractice.engine.making import Demands, Maker, find_demands
    from goodpractice.engine.pool import Pool, Work
    from goodpractice.engine.refresh import refresh
    from goodpractice.engine.staging import Staging
    from goodpractice.engine.traces import TracePacker

    refreshed = refresh(options, scan, report, memory.refreshed if scan.is_partial else None)
    site, difference = refreshed.site, refreshed.difference
    if scan.is_partial and not difference.is_local:
        return False
    report.refreshed = refreshed
    memory.scan, memory.refreshed = (memory.scan, memory.refreshed) if scan.is_partial else (scan, None)
    with report.stage("check"):
        check = site.parsers = ProjectCheck(site.project, site.page_index)
        checks = CheckPlan(check, refreshed, scan)
        if not difference.is_local:
            # A macros.py that does not run is told from here; in a worker it would look like a failure of ours.
            check.set_up()
        found = [*refreshed.diagnostics, *checks.check_rest()]
    with report.stage("find files"):
        packer = TracePacker()
        demands = Demands() if report.stops(found) else find_demands(refreshed, scan, packer)
    maker = Maker(site, demands, checks.find_shares, scan)
    work: dict[str, Work] = {"check": checks.check_share, "make": maker.make_share}
    with Pool(options.workers_for(max(checks.size, demands.pages)), work) as pool:
        with report.stage("check"):
            pool.start("check")
            for diagnostics, linked in pool.collect():
                found += diagnostics
                check.linked |= linked
        report.add_diagnostics(found)
        if report.diagnostics:
            return True
        with Staging(options, scan, report) as staging:
            with report.stage("make"):
                pool.start("make", staging.folder)
                staging.add(maker.make_alone(staging.folder), demands.pages)
                staging.add(pool.collect(), demands.pages)
            with report.stage("swap"):
                staging.swap(demands.obsolete)
                report.pages = demands.number
            with report.stage("keep"):
                if not scan.is_partial:
                    staging.keep(refreshed, demands, check.linked, packer)
    memory.refreshed = refreshed
    return True
