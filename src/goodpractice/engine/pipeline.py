"""One build: lock → scan → refresh → check → find what to make → make → search → swap → keep.

A build from nothing is this with an empty store; an edit is this with a store that knows the rest; `serve` is this in
a process that stays. Nothing below asks which of them it is. Four shortcuts are taken; each says where it is declared
why it is safe:

- `Difference.is_local`: only texts of stories differ. Of the store, what is kept of these stories is read, not of all.
- `Scan.keeps_editors`: nothing that editors wrote differs. Their records are read of the store, when asked for.
- `Scan.is_partial`: `serve` has named the files that changed. No others are looked at, nor the folder of the site.
- `Staging`: nothing is known of the site. A new folder takes its place as a whole.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.engine.options import Options
from goodpractice.engine.report import Report
from goodpractice.engine.scan import Scan, explain_full, keep_signatures, scan_project, scan_stories
from goodpractice.engine.site_folder import clean_leftovers, digest_site, hold_lock, working_aside
from goodpractice.engine.state import State
from goodpractice.engine.store import Store
from goodpractice.query.recording import recording

if TYPE_CHECKING:
    from goodpractice.engine.making import Demands, Maker
    from goodpractice.engine.pool import Pool
    from goodpractice.engine.refresh import Refreshed
    from goodpractice.engine.staging import Staging


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
        named = _scan_named(options, memory, paths)
        is_done = named is not None and _try_build(options, named, report, memory)
        if not is_done:
            _try_build(options, _scan_all(options, report), report, memory)
    return report


def _scan_named(options: Options, memory: Memory, paths: Collection[str]) -> Scan | None:
    """Look at these files only, where nothing else can differ."""
    if not paths or memory.scan is None or memory.refreshed is None:
        return None
    return scan_stories(options, memory.scan, paths)


def _scan_all(options: Options, report: Report) -> Scan:
    """Look at all sources and at the folder of the site, and decide whether the last build counts."""
    store = Store(options.state_path)
    # Each of these takes as long as the rest of the scan.
    with (
        report.stage("scan"),
        working_aside(store.sum_up) as sum_state,
        working_aside(partial(digest_site, options.site_dir)) as digest_outputs,
    ):
        scan = scan_project(options, lambda: store.load(sum_state()) if options.use_cache else State())
        if not scan.is_unchanged:
            # Another process looks at the site meanwhile; what follows takes longer to import than that.
            import goodpractice.engine.staging  # noqa: F401
        if scan.state.meta and scan.state.meta["outputs"] != digest_outputs():
            scan.compare_site()
        report.full = explain_full(options, scan)
        if report.full:
            # From here on, the store is empty, and everything has changed.
            scan.forget()
    return scan


def _keep_last_site(options: Options, scan: Scan, report: Report) -> bool:
    report.pages = int(scan.state.meta["planned"])
    keep_signatures(options, scan)
    return True


def _try_build(options: Options, scan: Scan, report: Report, memory: Memory) -> bool:
    """Build what a scan found, or find the problems that keep it from being built.

    Returns:
        False where the change of a few named files concerns others, too: then everything has to be looked at.
    """
    if scan.is_unchanged and (scan.has_papers or not options.paper):
        return _keep_last_site(options, scan, report)
    from goodpractice.checks import ProjectCheck
    from goodpractice.engine.checking import CheckPlan
    from goodpractice.engine.editions import stage_edition
    from goodpractice.engine.indexing import SearchRenewal
    from goodpractice.engine.making import Demands, Maker, find_demands
    from goodpractice.engine.pool import Pool
    from goodpractice.engine.refresh import refresh
    from goodpractice.engine.staging import Staging

    refreshed = refresh(options, scan, report, memory.refreshed if scan.is_partial else None)
    site, is_local = refreshed.site, refreshed.difference.is_local
    if scan.is_partial and not is_local:
        return False
    report.refreshed = refreshed
    if not scan.is_partial:  # after problems, the next build looks at everything again
        memory.scan, memory.refreshed = scan, None
    with report.stage("check"):
        check = site.parsers = ProjectCheck(site.project, site.page_index)
        checks = CheckPlan(check, refreshed, scan)
        if not is_local:
            # A macros.py that does not run is told from here; in a worker it would look like a failure of ours.
            check.set_up()
        found = [*refreshed.diagnostics, *checks.check_here()]
    # Found before the checks have ended: processes are forked with all that they need, and ask for nothing later.
    with report.stage("find files"):
        demands = Demands() if report.stops(found) else find_demands(refreshed, scan, options.paper)
        maker = Maker(site, demands, checks.find_shares, scan, refreshed.store)
        maker.prepare()
    workers = options.workers_for(max(checks.size, demands.size))
    with Pool(workers, {"check": checks.check_share, "make": maker.make_share}) as pool:
        with report.stage("check"):
            pool.start("check")
            found += checks.join_shares(pool.collect())
        report.add_diagnostics(found)
        if report.diagnostics:
            return True  # the last site stays
        with Staging(options, scan, report) as staging:
            _make(maker, demands, pool, staging, report)
            pool.close()  # the rest needs as much memory, and none of the processes
            if options.search and not scan.is_partial:
                with report.stage("search"):
                    report.search = SearchRenewal(refreshed, scan, demands, staging).run()
            if site.kb.settings.own.offline and not scan.is_partial:
                stage_edition(refreshed, scan, demands, staging)
            staging.swap_and_keep(refreshed, demands, check.linked)
    memory.refreshed = refreshed
    return True


def _make(maker: Maker, demands: Demands, pool: Pool, staging: Staging, report: Report) -> None:
    for is_told in demands.ranks:
        with report.stage("papers" if is_told else "make"):
            pool.start("make", staging.folder, is_told, staging.told)
            staging.add(maker.make_here(staging.folder, is_told), demands.page_count)
            staging.add(pool.collect(), demands.page_count)
