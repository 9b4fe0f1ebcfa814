"""`goodpractice serve`: a site that follows every edit, on this computer."""

from __future__ import annotations

import http.server
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from goodpractice.build.engine import is_search_current
from goodpractice.build.options import Report
from goodpractice.build.output import WHOLE_LOCK, hold_lock
from goodpractice.build.searching import renew_search
from goodpractice.build.session import Session
from goodpractice.issues import BROKEN_MACRO, WRONG_VALUE, YAML_SYNTAX, Issue
from goodpractice.languages import find_language
from goodpractice.leftovers import is_leftover
from goodpractice.reports import describe_issue
from goodpractice.saying import quote_error, said
from goodpractice.settings import CONFIG_FILE, SettingsError

#: Addresses of the server itself, below the site.
EVENTS = "__goodpractice/events"
SCRIPT = "__goodpractice/reload.js"
#: Seconds of quiet after a change before building: editors write a file in several steps.
QUIET = 0.03
#: Seconds without an edit before the search is renewed.
SEARCH_QUIET = 2.0
#: Seconds between two signs of life to a page that listens.
HEARTBEAT = 15.0

WATCHED = ("handbook", "case_studies", "docs", "data", "overrides", "partners.yml", "macros.py", "mkdocs.yml")


class Audience:
    """Pages that listen for news."""

    def __init__(self) -> None:
        self._queues: set[queue.SimpleQueue[str]] = set()
        self._lock = threading.Lock()
        self.last = json.dumps({"issues": []})

    def join(self) -> queue.SimpleQueue[str]:
        """A queue of news for one page; it begins with the latest."""
        own: queue.SimpleQueue[str] = queue.SimpleQueue()
        own.put(self.last)
        with self._lock:
            self._queues.add(own)
        return own

    def leave(self, own: queue.SimpleQueue[str]) -> None:
        """The page is gone."""
        with self._lock:
            self._queues.discard(own)

    def tell(self, report: Report) -> None:
        """Tell every page which pages changed, or what is wrong."""
        issues = [describe_issue(issue, find_language(os.environ)) for issue in report.issues]
        self.last = json.dumps({"issues": issues})
        news = json.dumps({"issues": issues, "urls": report.urls, "all": bool(report.cold) or report.written > 100})
        with self._lock:
            for own in self._queues:
                own.put(news)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site, with a script in every page that reloads it."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, audience: Audience, base: str, **kwargs: Any) -> None:
        self.audience = audience
        self.base = base
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer a request."""
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.base):
            if path == "/":
                self.send_response(302)
                self.send_header("Location", self.base)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._send_missing()
            return
        inside = path.removeprefix(self.base)
        if inside == EVENTS:
            self._send_events()
        elif inside == SCRIPT:
            text = (files("goodpractice.adapters") / "reload.js").read_text(encoding="utf-8")
            self._send(200, "text/javascript; charset=utf-8", text.encode())
        else:
            self._send_file(inside)

    def _send_file(self, inside: str) -> None:
        folder = Path(self.directory).resolve()
        try:
            file = (folder / inside.lstrip("/")).resolve()
            if not file.is_relative_to(folder):
                self._send_missing()
                return
            if file.is_dir():
                if inside and not inside.endswith("/"):
                    self.send_response(301)
                    self.send_header("Location", f"{self.base}{inside}/")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                file = file / "index.html"
            data = file.read_bytes()
        except (OSError, ValueError):  # not there, or no name that a file could have
            self._send_missing()
            return
        if file.suffix == ".html":
            self._send(200, "text/html; charset=utf-8", self._with_script(data))
        else:
            self._send(200, self.guess_type(str(file)), data)

    def _send_missing(self) -> None:
        try:
            data = (Path(self.directory) / "404.html").read_bytes()
        except OSError:
            data = b"<!doctype html><title>Not here</title>"
        self._send(404, "text/html; charset=utf-8", self._with_script(data))

    def _with_script(self, data: bytes) -> bytes:
        tag = f'<script type="module" src="{self.base}{SCRIPT}"></script></body>'
        before, found, after = data.rpartition(b"</body>")
        return before + tag.encode() + after if found else data + tag.encode()

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(data)

    def _send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        own = self.audience.join()
        try:
            while True:
                try:
                    news = own.get(timeout=HEARTBEAT)
                    self.wfile.write(f"data: {news}\n\n".encode())
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            pass
        finally:
            self.audience.leave(own)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the standard library
        """Say nothing about single requests."""


class Server(http.server.ThreadingHTTPServer):
    """Ends at once, also while pages listen."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Changes(FileSystemEventHandler):
    def __init__(self, root: Path, changes: queue.SimpleQueue[str]) -> None:
        self._root = root
        self._changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type in ("opened", "closed_no_write"):
            return
        for name in (event.src_path, event.dest_path):
            if name:
                with suppress(ValueError):
                    self._changes.put(Path(os.fsdecode(name)).relative_to(self._root).as_posix())


def watch(root: Path, changes: queue.SimpleQueue[str]) -> Any:
    """Put the path of every file that changes into a queue; returns what stops it."""
    observer = Observer()
    handler = _Changes(root, changes)
    for name in WATCHED:
        path = root / name
        if path.is_dir():
            observer.schedule(handler, str(path), recursive=True)
    observer.schedule(handler, str(root), recursive=False)
    observer.start()
    return observer


def collect_changes(changes: queue.SimpleQueue[str]) -> set[str]:
    """Wait for a change, then for a moment of quiet."""
    paths = {changes.get()}
    while True:
        try:
            paths.add(changes.get(timeout=QUIET))
        except queue.Empty:
            return {path for path in paths if _matters(path)}


def _matters(path: str) -> bool:
    first, _, name = path.partition("/")
    if first not in WATCHED:
        return False
    return not is_leftover(path) and not (name or first).rpartition("/")[2].startswith(".")


class SearchKeeper:
    """Renews the search in the background, when nobody has edited anything for a moment."""

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        self.lock = threading.Lock()
        self._session = session
        self._say = say
        self._wanted = threading.Event()
        if session.built is not None and not is_search_current(session.options):
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
                self._say(said("The search was not renewed: {error}", error=quote_error(error)))

    def renew(self) -> None:
        """Renew the search if pages say something else."""
        session = self._session
        with self.lock:
            # Edited stories are on their pages already; now the state learns of them.
            report = session.build()
        options = session.options
        # Another server of the same project works on the same search. Pages are built meanwhile.
        with hold_lock(options.site_dir, lambda: None, WHOLE_LOCK):
            if report.issues or session.built is None or is_search_current(options):
                return
            found = renew_search(options, session.built)
        self._say(
            said("Search: {records} entries in {seconds} s", records=found.records, seconds=f"{found.seconds:.2f}")
        )


def follow(
    session: Session,
    changes: queue.SimpleQueue[str],
    keeper: SearchKeeper,
    tell: Callable[[Report, float], None],
) -> None:
    """Build after every change, for ever."""
    while True:
        paths = collect_changes(changes)
        if not paths:
            continue
        started = time.perf_counter()
        try:
            with keeper.lock:
                report = session.update(paths)
            keeper.want()
        except Exception as error:  # the server goes on: the next edit may mend it
            report = Report()
            report.issues = [explain_failure(error, paths)]
        tell(report, time.perf_counter() - started)


def explain_failure(error: Exception, paths: Iterable[str]) -> Issue:
    """Why a build ended after an edit of these files, as an issue that the page can show."""
    hint = said("Undo the last edit, or look at it again.")
    if isinstance(error, SettingsError):
        return Issue(CONFIG_FILE, 1, 1, WRONG_VALUE, quote_error(error), hint)
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        message = said("the line cannot be read: {what}", what=str(getattr(error, "problem", "")))
        return Issue(CONFIG_FILE, mark.line + 1, mark.column + 1, YAML_SYNTAX, message, hint)
    message = said("the site could not be built: {error}", error=quote_error(error))
    return Issue(min(paths), 1, 1, BROKEN_MACRO, message, hint)


def make_server(address: tuple[str, int], folder: Path, base: str, audience: Audience) -> Server:
    """A server for the site.

    Raises:
        OSError: The address is taken.
    """
    return Server(address, partial(Handler, directory=str(folder), audience=audience, base=base))
