"""`goodpractice build` and `goodpractice serve`, on MkDocs."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from goodpractice.config.settings import find_cache, guess_site_dir, load_settings
from goodpractice.engine.options import SEARCH_FOLDER, BuildError, Options, Report, ShellSource
from goodpractice.engine.output import WHOLE_LOCK, digest_site, hold_lock, working_aside
from goodpractice.engine.run import build, is_search_current
from goodpractice.engine.sources import SOURCE_FOLDERS
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import quote_error

if TYPE_CHECKING:
    from goodpractice.engine.taking_down import TakenDown

#: Folders that a site cannot lie in.
NO_SITE = frozenset({*SOURCE_FOLDERS, ".git"})
#: Files of this package that need a new process when they change.
CODE = frozenset({".py", ".html", ".css", ".js"})
#: Seconds between two looks at the code while serving.
INTERVAL = 0.5


def build_site(
    project: Path,
    site_dir: Path | None = None,
    *,
    jobs: int = 0,
    use_cache: bool = True,
    search: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
    search_progress: Callable[[int, int], None] = lambda done, total: None,
    on_wait: Callable[[], None] = lambda: None,
    on_taken_down: Callable[[TakenDown], None] = lambda taken: None,
) -> Report:
    """Build a project: only what changed since the last build.

    Where nothing can be built, the last site stays, but for photos that were
    taken down: these go from it whatever else is wrong.

    Args:
        project: Its folder.
        site_dir: Where to write; `site_dir` of `mkdocs.yml` when not given.
        jobs: Worker processes; 0 for one a processor.
        use_cache: Whether to use what the last build knew.
        search: Whether to renew the search when pages changed.
        progress: Called with the number of pages made so far and the number of all.
        search_progress: Called with the number of entries that can be found so far and the number of all.
        on_wait: Called when another build of the same site has to end first.
        on_taken_down: Called when nothing was built and photos went from the last site.

    Raises:
        BuildError: The site could not be built; the last site stays in place.
    """
    try:
        report = _build_site(project, site_dir, jobs, use_cache, search, progress, search_progress, on_wait)
    except Exception:
        _take_down(project, site_dir, on_wait, on_taken_down)
        raise
    if report.diagnostics:
        report.taken_down = _take_down(project, site_dir, on_wait, on_taken_down).pages
    return report


def _build_site(
    project: Path,
    site_dir: Path | None,
    jobs: int,
    use_cache: bool,
    search: bool,
    progress: Callable[[int, int], None],
    search_progress: Callable[[int, int], None],
    on_wait: Callable[[], None],
) -> Report:
    target = site_dir or project
    try:
        settings = load_settings(project)
        target = (site_dir or project / settings.site_dir).resolve()
        options = Options(project, target, _start_shells, jobs, use_cache, progress, on_wait)
        _reject_folder(project.resolve(), options)
        if settings.fast_build_blockers:
            with hold_lock(target, on_wait, WHOLE_LOCK), hold_lock(target, on_wait):
                return _build_in_full(project, target, settings.fast_build_blockers)
        if target.is_mount():
            raise BuildError(_explain_mount(target))
        # Two that renew the search at a time would each delete the parts of the other.
        with hold_lock(options.site_dir, on_wait, WHOLE_LOCK):
            # Of ten thousand entries, this takes as long as the rest of a build without changes.
            with working_aside(partial(digest_site, options.site_dir / SEARCH_FOLDER)) as digest_search:
                report = build(options)
                current = not search or report.diagnostics or (use_cache and is_search_current(options, digest_search))
            if not current:
                _renew_search(options, report, search_progress)
            return report
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise BuildError(
                _("the disk is full. Free some space and build again; the last site is still there")
            ) from error
        if error.errno in (errno.EBUSY, errno.EXDEV):
            raise BuildError(_explain_mount(target)) from error
        beside = Path(str(error.filename)) if error.filename else None
        if beside is not None and beside.parent == target.parent and beside.name.startswith(f".{target.name}"):
            # The lock or what is being made: both lie beside the site, and their names begin alike.
            raise BuildError(
                _(
                    "{folder} cannot be written ({error}). Name another place for the site with --site-dir DIR",
                    folder=target.parent,
                    error=error.strerror,
                )
            ) from error
        # What Python says; where our own code raised the error, in its own words.
        what = error.strerror or quote_error(error)
        raise BuildError(_("{error} ({file})", error=what, file=error.filename) if error.filename else what) from error


def _take_down(
    project: Path,
    site_dir: Path | None,
    on_wait: Callable[[], None],
    on_taken_down: Callable[[TakenDown], None],
) -> TakenDown:
    """Take off the last site what may not be shown any more.

    Raises:
        BuildError: A file could not be deleted or written.
    """
    from goodpractice.engine.taking_down import TakenDown, take_down
    from goodpractice.render.sitemap import SITEMAP

    target = (site_dir or project / guess_site_dir(project)).resolve()
    options = Options(project, target, _start_shells)
    if not (target / SITEMAP).is_file():
        return TakenDown()
    try:
        with hold_lock(target, on_wait):
            taken = take_down(project, target, options.beside("staging"))
    except OSError as error:
        raise BuildError(
            _(
                "a photo could not be taken off the last site: {error} ({file}). Delete the folder {folder}",
                error=error.strerror or quote_error(error),
                file=error.filename,
                folder=target,
            )
        ) from error
    if taken:
        on_taken_down(taken)
    return taken


def _reject_folder(project: Path, options: Options) -> None:
    """Keep a site from taking the place of anything but a site: whatever lies in its folder is replaced.

    Raises:
        BuildError: The folder holds the project, or a part of it, or files that no build has written.
    """
    target = options.site_dir
    inside = target.relative_to(project).parts[0] if target != project and target.is_relative_to(project) else ""
    if project.is_relative_to(target) or inside in NO_SITE:
        raise BuildError(
            _("{folder} holds the project, or a part of it. Name a folder for the site alone", folder=target)
        )
    if target.exists() and not target.is_dir():
        raise BuildError(_("{folder} is a file. Name a folder for the site alone", folder=target))
    if not options.state_path.is_file() and target.is_dir() and any(target.iterdir()):
        # Nothing is known of it; but every site has a list of its pages, whoever built it.
        from goodpractice.render.sitemap import SITEMAP

        if not (target / SITEMAP).is_file():
            raise BuildError(
                _(
                    "{folder} holds files that are no site and would be lost. Name a folder for the site alone",
                    folder=target,
                )
            )


def _explain_mount(folder: Path) -> str:
    """Why a site cannot be a folder at which a disk or a volume of a container begins: it could not change places."""
    return _(
        "{folder} is the beginning of another disk or volume, where a new site cannot take the place of the old one "
        "at once. Name a folder below it, for example --site-dir {example}",
        folder=folder,
        example=folder / "site",
    )


def _start_shells(project: Any, plan: Sequence[Any]) -> ShellSource:
    from goodpractice.adapters.shells import MkDocsShells

    return MkDocsShells(project, plan)


def _renew_search(options: Options, report: Report, progress: Callable[[int, int], None]) -> None:
    from goodpractice.engine.incremental import load_built
    from goodpractice.engine.searching import renew_search
    from goodpractice.search import SearchIndexError

    with report.stage("search"):
        try:
            report.search = renew_search(options, report.built or load_built(options), progress)
        except (SearchIndexError, ValueError) as error:
            report.search_problem = quote_error(error)


def _build_in_full(project: Path, site_dir: Path, because_of: Sequence[str]) -> Report:
    """Build a project with MkDocs alone, strictly: for plugins that look at every page."""
    report = Report(site_dir=site_dir, full=_("rendered in full because of {names}", names=", ".join(because_of)))
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import mkdocs.commands.build
    import mkdocs.exceptions

    from goodpractice.adapters.shells import load_config

    try:
        config = load_config(project, strict=True, site_dir=str(site_dir))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs.commands.build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (mkdocs.exceptions.Abort, mkdocs.exceptions.MkDocsException) as error:
        raise BuildError(str(error) or _("see the messages above")) from error
    report.pages = report.rendered = report.written = sum(1 for __ in site_dir.rglob("index.html"))
    return report


@dataclass(frozen=True)
class Serving:
    """A server that is running.

    Attributes:
        url: Where the site is.
        stop: Ends it.
        wait: Waits until the code of the project changes; returns whether to start anew.
    """

    url: str
    stop: Callable[[], None]
    wait: Callable[[], bool]


def serve_site(
    project: Path,
    host: str,
    port: int,
    tell: Callable[[Report, float], None],
    say: Callable[[str], None],
    progress: Callable[[int, int], None],
    *,
    poll: bool = False,
    hosts: Sequence[str] = (),
) -> Serving:
    """Build a project, serve it, and follow every edit.

    Args:
        project: Its folder.
        host: Name or address to listen on.
        port: Port; 0 chooses a free one.
        tell: Called after every build with its report and seconds.
        say: Called with other news in a sentence.
        progress: As in `build_site`.
        poll: Look at all files again and again instead of asking the system what changes.
        hosts: Names of this computer by which browsers may call it, besides its addresses and `localhost`.

    Raises:
        BuildError: The site could not be set up, or the address is taken.
    """
    from goodpractice.engine.server import Audience, make_server
    from goodpractice.engine.serving import SearchKeeper, follow
    from goodpractice.engine.session import Session
    from goodpractice.engine.watching import Watcher

    root = project.resolve()
    folder = find_cache(root) / "served"
    audience = Audience()
    base = urlsplit(os.environ.get("SITE_URL", "")).path or "/"
    base = base if base.endswith("/") else f"{base}/"
    try:
        server = make_server((host, port), folder, base, audience, hosts)
    except OSError as error:
        raise BuildError(_explain_address(host, port, error)) from error
    session = Session(Options(root, folder, _start_shells, progress=progress))
    watcher = Watcher(root, say, poll, session.list_included)
    started = time.perf_counter()
    try:
        report = session.build()
    except OSError as error:
        raise BuildError(quote_error(error)) from error
    tell(report, time.perf_counter() - started)
    audience.tell(report)
    watcher.start()

    def tell_all(report: Report, seconds: float) -> None:
        tell(report, seconds)
        audience.tell(report)

    keeper = SearchKeeper(session, say)
    threading.Thread(target=follow, args=(session, watcher, keeper, tell_all), daemon=True).start()
    threading.Thread(target=keeper.run, daemon=True).start()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def stop() -> None:
        watcher.stop()
        server.shutdown()
        server.server_close()

    def wait() -> bool:
        before = _code_times()
        while True:
            time.sleep(INTERVAL)
            if _code_times() != before:
                return True

    shown = f"[{host}]" if ":" in host else host
    return Serving(f"http://{shown}:{server.server_port}{base}", stop, wait)


def _explain_address(host: str, port: int, error: OSError) -> str:
    from goodpractice.engine.server import find_free_port

    address = f"{host}:{port}"
    free = find_free_port(host, port) if error.errno == errno.EADDRINUSE else 0
    if not free:
        return _(
            "{address} cannot be used ({error}). Choose another with --address, for example 127.0.0.1:8001",
            address=address,
            error=error.strerror,
        )
    return _(
        "another program uses port {port}. Port {free} is free: goodpractice serve --address {address}, or "
        "make serve PORT={free}",
        port=port,
        free=free,
        address=f"{host}:{free}",
    )


def _code_times() -> dict[Path, int]:
    package = Path(__file__).parent.parent
    return {file: file.stat().st_mtime_ns for file in package.rglob("*") if file.suffix in CODE and file.is_file()}
