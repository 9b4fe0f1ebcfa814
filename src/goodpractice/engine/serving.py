"""`goodpractice serve`: a site that follows every edit, on this computer."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from goodpractice.config.cache import find_cache
from goodpractice.config.mkdocs_file import CONFIG_FILE, SettingsError
from goodpractice.diagnostics.errors import BuildError, SetupError
from goodpractice.diagnostics.rules import BROKEN_MACRO, WRONG_VALUE, YAML_SYNTAX, Diagnostic
from goodpractice.engine.options import Options
from goodpractice.engine.pipeline import Memory, build
from goodpractice.engine.report import Report
from goodpractice.engine.server import Audience, find_free_port, make_server
from goodpractice.engine.store import Store
from goodpractice.engine.watching import QUIET, Watcher
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import quote_error
from goodpractice.render.declarations import MACROS_FILE
from goodpractice.render.sandbox import find_own_line

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

#: Files of this package that need a new process when they change.
CODE = frozenset({".py", ".html", ".css", ".js"})
#: Seconds between two looks at the code while serving.
INTERVAL = 0.5
#: Seconds without an edit before the search is renewed.
SEARCH_QUIET = 2.0


@dataclass(frozen=True)
class Serving:
    """A server that is running.

    Attributes:
        url: Where the site is.
    """

    url: str
    _server: ThreadingHTTPServer
    _watcher: Watcher

    def stop(self) -> None:
        """End it."""
        self._watcher.stop()
        self._server.shutdown()
        self._server.server_close()

    def wait(self) -> None:
        """Wait until the code of this package changes."""
        before = _code_times()
        while _code_times() == before:
            time.sleep(INTERVAL)


def serve_site(
    project: Path,
    host: str,
    port: int,
    on_build: Callable[[Report, float], None],
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
        on_build: Called after every build with its report and seconds.
        say: Called with other news in a sentence.
        progress: As in `build_site`.
        poll: Look at all files again and again instead of asking the system what changes.
        hosts: Names of this computer by which browsers may call it, besides its addresses and `localhost`.

    Raises:
        BuildError: The site could not be set up, or the address is taken.
    """
    root = project.resolve()
    folder = find_cache(root) / "served"
    audience = Audience()
    base = urlsplit(os.environ.get("SITE_URL", "")).path or "/"
    base = base if base.endswith("/") else f"{base}/"
    try:
        server = make_server((host, port), folder, base, audience, hosts)
    except OSError as error:
        raise BuildError(_explain_address(host, port, error)) from error

    def tell(report: Report, seconds: float) -> None:
        on_build(report, seconds)
        audience.tell(report)

    session = Session(Options(root, folder, progress=progress))
    started = time.perf_counter()
    try:
        watcher = Watcher(root, say, poll, session.list_included)
        report = session.build()
    except OSError as error:
        raise BuildError(quote_error(error)) from error
    tell(report, time.perf_counter() - started)
    watcher.start()
    keeper = SearchKeeper(session, say, tell)
    threading.Thread(target=follow, args=(session, watcher, keeper, tell), daemon=True).start()
    threading.Thread(target=keeper.run, daemon=True).start()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    shown = f"[{host}]" if ":" in host else host
    return Serving(f"http://{shown}:{server.server_port}{base}", server, watcher)


def _explain_address(host: str, port: int, error: OSError) -> str:
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


class Session:
    """Builds a site again and again, in a process that stays.

    Attributes:
        options: How it builds.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self._memory = Memory()
        self._made: set[str] = set()
        self._included: list[str] = []

    def build(self, paths: Collection[str] = ()) -> Report:
        """Build what changed.

        Args:
            paths: The files that changed, relative to the project, where that is known.

        Raises:
            OSError: Files could not be written; the last site stays.
            WorkerError: A worker process failed.
        """
        report = build(self.options, self._memory, paths)
        if paths:
            self._made.update(report.urls)
        return report

    def look(self) -> tuple[Report, bool]:
        """Look at all files and build what changed; also says whether a page was made that nobody was told of.

        What was built of named files only is made once more, so that the state learns of it: that is no news.
        """
        before, self._made = self._made, set()
        report = self.build()
        return report, bool(report.diagnostics) or not before.issuperset(report.urls)

    def list_included(self) -> list[str]:
        """Other files of the project that its pages were made from, as far as the last build that kept it knows.

        While the state is written, or when it is damaged, these are the files of before.
        """
        meta = Store(self.options.state_path).load_meta()
        if meta:
            self._included = json.loads(meta.get("included", "[]"))
        return self._included


class SearchKeeper:
    """Renews the search in the background, when nobody has edited anything for a moment."""

    def __init__(
        self,
        session: Session,
        say: Callable[[str], None],
        tell: Callable[[Report, float], None] = lambda report, seconds: None,
    ) -> None:
        """Take what builds, and who is told of the search and of pages that are made on the way."""
        self.lock = threading.Lock()
        self._tell = tell
        self._session = session
        self._say = say
        self._wanted = threading.Event()
        self._wanted.set()

    def want(self) -> None:
        """Something changed."""
        self._wanted.set()

    def run(self) -> None:
        """Renew the search after every change, for ever."""
        while True:
            self._wanted.wait()
            while self._wanted.is_set():
                self._wanted.clear()
                time.sleep(SEARCH_QUIET)
            try:
                self.renew()
            except Exception as error:  # the server goes on; the search is as old as it was
                self._say(_("The search was not renewed: {error}", error=quote_error(error)))

    def renew(self) -> None:
        """Renew the search if pages say something else."""
        session = self._session
        with self.lock:
            # Edited stories are on their pages already; now the state learns of them.
            started = time.perf_counter()
            report, is_news = session.look()
        if is_news:
            # An edit that nobody has reported yet.
            self._tell(report, time.perf_counter() - started)
        if report.search is not None:
            found = report.search
            self._say(
                _("Search: {records} entries in {seconds} s", records=found.records, seconds=f"{found.seconds:.2f}")
            )


def follow(
    session: Session,
    watcher: Watcher,
    keeper: SearchKeeper,
    tell: Callable[[Report, float], None],
) -> None:
    """Build after every change, for ever."""
    while True:
        paths = watcher.collect()
        started = time.perf_counter()
        report = _build_named(session, keeper, paths)
        # Several files may come one after the other: what is wrong with half of them is no news until all are there.
        while report.diagnostics and (more := watcher.collect(QUIET)):
            paths = paths | more
            report = _build_named(session, keeper, paths)
        # Also what failed: a look at everything mends what an edit cannot, such as a state that was locked.
        keeper.want()
        tell(report, time.perf_counter() - started)


def _build_named(session: Session, keeper: SearchKeeper, paths: Collection[str]) -> Report:
    """Build what changed; an error becomes a problem, since the server goes on: the next edit may mend it."""
    try:
        with keeper.lock:
            return session.build(paths)
    except Exception as error:
        report = Report()
        report.diagnostics = [explain_failure(error, paths)]
        return report


def explain_failure(error: Exception, paths: Iterable[str]) -> Diagnostic:
    """Why a build ended after an edit of these files, as a problem that the page can show."""
    hint = _("Undo the last edit, or look at it again.")
    if isinstance(error, SettingsError):
        return Diagnostic.of_file(CONFIG_FILE, WRONG_VALUE, quote_error(error), hint)
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        message = _("the line cannot be read: {what}", what=str(getattr(error, "problem", "")))
        return Diagnostic(CONFIG_FILE, mark.line + 1, mark.column + 1, YAML_SYNTAX, message, hint)
    own = find_own_line(error)
    if own is not None:
        message = _("macros.py does not work: {error}", error=f"{type(error).__name__}: {error}")
        return Diagnostic(MACROS_FILE, own, 1, BROKEN_MACRO, message, hint)
    message = _("the site could not be built: {error}", error=quote_error(error))
    if isinstance(error, SetupError) and error.line:
        return Diagnostic(error.path, error.line, 1, WRONG_VALUE, message, hint)
    return Diagnostic.of_file(min(paths), BROKEN_MACRO, message, hint)
