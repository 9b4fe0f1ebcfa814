"""The server behind `goodpractice serve`: the site as it is now, for the people at this computer."""

from __future__ import annotations

import html
import http.server
import ipaddress
import json
import os
import queue
import socket
import sys
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from goodpractice.config.site_folders import WORKER
from goodpractice.diagnostics.reports import describe_diagnostic
from goodpractice.engine.report import Report
from goodpractice.i18n.languages import ENGLISH, find_language
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.render.scripts import read_worker

#: Addresses of the server itself, below the site.
EVENTS = "__goodpractice/events"
SCRIPT = "__goodpractice/reload.js"
#: Seconds between two signs of life to a page that listens.
HEARTBEAT = 15.0
#: Seconds that a browser may take to ask and to be answered, and that a connection may wait for its next question.
PATIENCE = 30.0
#: Connections at a time, each of which has a thread. A page in a browser holds up to seven.
MOST_CONNECTIONS = 100


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
        diagnostics = [describe_diagnostic(diagnostic, find_language(os.environ)) for diagnostic in report.diagnostics]
        self.last = json.dumps({"issues": diagnostics})
        news = json.dumps(
            {"issues": diagnostics, "urls": report.urls, "all": bool(report.full) or report.written > 100}
        )
        with self._lock:
            for own in self._queues:
                own.put(news)


def is_known_host(header: str, known: Collection[str]) -> bool:
    """Whether a browser means this computer by the name that it gives in `Host`.

    A page on the web can let a name of its own lead to this computer, and would then read what only the people here
    should: drafts, and what the check says. No name of the web looks like an address, or ends in `localhost`.

    Args:
        header: The name with a port or without.
        known: Names that may be used besides.
    """
    try:
        name = urlsplit(f"//{header}")
        host = (name.hostname or "").rstrip(".")
        __ = name.port
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost") or host in known:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site, with a script in every page that reloads it."""

    protocol_version = "HTTP/1.1"
    server: Server

    def __init__(self, *args: Any, audience: Audience, base: str, hosts: Collection[str], **kwargs: Any) -> None:
        self.audience = audience
        self.base = base
        self.hosts = hosts
        super().__init__(*args, **kwargs)

    def handle_one_request(self) -> None:
        """Answer one request, all of it in good time."""
        self.server.wait_for(self.connection)
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer a request."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) > 1 or not all(is_known_host(host, self.hosts) for host in hosts):
            self._reject_host(hosts[0])
            return
        try:
            asked = urlsplit(self.path)
        except ValueError:
            self._send_missing()
            return
        path, base = unquote(asked.path), unquote(self.base)
        if path.startswith(base):
            inside = path.removeprefix(base)
        elif path in ("/", base.rstrip("/")):
            self._redirect(self.base, asked.query)
            return
        else:
            self._send_missing()
            return
        if inside == EVENTS:
            self._send_events()
        elif inside == SCRIPT:
            text = (files("goodpractice.engine") / "reload.js").read_text(encoding="utf-8")
            self._send(200, "text/javascript; charset=utf-8", text.encode())
        elif inside == WORKER:
            # A writer must see what is there now: no page is kept, and a worker that another site left behind ends.
            ending = read_worker(ENGLISH, keeps=False)
            self._send(200, "text/javascript; charset=utf-8", ending.encode())
        else:
            self._send_file(inside, asked.query)

    do_HEAD = do_GET  # noqa: N815 - the name of the standard library

    def _send_file(self, inside: str, query: str) -> None:
        folder = Path(self.directory).resolve()
        try:
            file = (folder / inside.lstrip("/")).resolve()
            if not file.is_relative_to(folder):
                self._send_missing()
                return
            if file.is_dir():
                if inside and not inside.endswith("/"):
                    # The address of what is there, and not what was asked for: that may lead anywhere.
                    self._redirect(f"{self.base}{quote(file.relative_to(folder).as_posix())}/", query)
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

    def _redirect(self, address: str, query: str) -> None:
        self.send_response(302)
        self.send_header("Location", address + (f"?{quote(query, safe=_OF_QUERIES)}" if query else ""))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_missing(self) -> None:
        try:
            data = (Path(self.directory) / "404.html").read_bytes()
        except OSError:
            data = b"<!doctype html><title>Not here</title>"
        self._send(404, "text/html; charset=utf-8", self._with_script(data))

    def _reject_host(self, header: str) -> None:
        name = header.rpartition(":")[0] or header
        explained = find_language(os.environ).translate(
            _(
                "This server answers to the names of this computer only, and {name} is not one that it knows. If you "
                "have given this computer that name, press Ctrl-C where the server runs and start it again with:",
                name=name,
            )
        )
        command = f"goodpractice serve --allow-host {name}"
        text = f"<!doctype html><meta charset=utf-8><title>{html.escape(name)}</title><p>{html.escape(explained)}</p>"
        self._send(403, "text/html; charset=utf-8", f"{text}<pre>{html.escape(command)}</pre>".encode())

    def _with_script(self, data: bytes) -> bytes:
        tag = f'<script type="module" id="gp-served" src="{self.base}{SCRIPT}"></script></body>'
        before, found, after = data.rpartition(b"</body>")
        return before + tag.encode() + after if found else data + tag.encode()

    def send_header(self, keyword: str, value: str) -> None:
        """Send a header that ends where its value ends."""
        super().send_header(keyword, "".join(map(_quote_control, str(value))))

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            with suppress(ConnectionError):
                self.wfile.write(data)

    def _send_events(self) -> None:
        if self.command != "HEAD":
            # Before the answer: who has it can count on its place.
            self.server.let_stay(self.connection)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        # A page that has stopped reading takes no sign of life either.
        self.connection.settimeout(PATIENCE)
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


#: What may stand in a query as it is.
_OF_QUERIES = "%=&+;,:@/?!$'()*-._~"


def _quote_control(character: str) -> str:
    return quote(character) if character < " " or not character.isascii() else character


class Server(http.server.ThreadingHTTPServer):
    """Ends at once, also while pages listen; ends connections that wait too long, and never has too many."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], *arguments: Any) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._ends: dict[socket.socket, float] = {}
        self._lock = threading.Lock()
        super().__init__(address, *arguments)

    def server_bind(self) -> None:
        """Take the address; its name is of no use, and looking it up may take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name == "posix"))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def wait_for(self, connection: socket.socket) -> None:
        """From now on, this connection has as long as a request and its answer may take."""
        with self._lock:
            if connection in self._ends:
                self._ends[connection] = time.monotonic() + PATIENCE

    def let_stay(self, connection: socket.socket) -> None:
        """This connection may stay as long as there is room."""
        with self._lock:
            if connection in self._ends:
                self._ends[connection] = float("inf")

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a new connection; where there are too many, the one whose time is over soonest goes."""
        with self._lock:
            if len(self._ends) >= MOST_CONNECTIONS:
                self._end(min(self._ends, key=lambda connection: self._ends[connection]))
            self._ends[request] = time.monotonic() + PATIENCE
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """A connection has come to its end."""
        with self._lock:
            self._ends.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """End what has waited too long: called several times a second."""
        now = time.monotonic()
        with self._lock:
            for connection in [connection for connection, end in self._ends.items() if end < now]:
                self._end(connection)

    def _end(self, connection: socket.socket) -> None:
        # Its thread finds the connection closed, whether it reads or writes, and ends.
        self._ends.pop(connection, None)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def make_server(
    address: tuple[str, int], folder: Path, base: str, audience: Audience, hosts: Collection[str] = ()
) -> Server:
    """A server for the site.

    Args:
        address: Name or address to listen on, and port; 0 chooses a free one.
        folder: The site.
        base: Its address on this server, with a slash at both ends.
        audience: Pages that listen for news.
        hosts: Names of this computer by which browsers may call it, besides its addresses and `localhost`.

    Raises:
        OSError: The address is taken or is not that of this computer.
    """
    known = frozenset(host.lower().rstrip(".") for host in (address[0], *hosts))
    return Server(
        address,
        partial(Handler, directory=str(folder), audience=audience, base=quote(base, safe="/%~"), hosts=known),
    )


def find_free_port(host: str, port: int) -> int:
    """A port after this one that nobody uses; 0 where none is found soon."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for other in range(port + 1, min(port + 50, 65536)):
        with socket.socket(family) as tried, suppress(OSError):
            tried.bind((host, other))
            return other
    return 0
