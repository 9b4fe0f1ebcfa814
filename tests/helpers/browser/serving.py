"""A built site on this computer, and a browser that notes everything it should not see."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

#: Milliseconds that a page may take for what it has to do, as long as the driver of the browser gives each of its own
#: steps: a machine that others use is many times slower than a quiet one.
PATIENCE = 30_000


class _Handler(SimpleHTTPRequestHandler):
    # One connection for many files.
    protocol_version = "HTTP/1.1"
    prefix = "/"

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-of-the-site")
        return super().translate_path("/" + path[len(self.prefix) :])

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve_folder(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder below a prefix, and give its address, which ends with a slash."""
    handler = type("Handler", (_Handler,), {"prefix": prefix})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class CutSite:
    """A site whose network can be cut, and that can be published anew, with the memory of browsers that hosts ask for.

    Attributes:
        folder: The site; another one is another publication.
        is_cut: Whether no answer comes.
        asked: The paths that were asked for, below the prefix.
    """

    def __init__(self, folder: Path, prefix: str) -> None:
        """Begin to serve it."""
        self.folder, self.prefix, self.is_cut = folder, prefix, False
        self.asked: list[str] = []
        site = self

        class Handler(_Handler):
            prefix = site.prefix

            def do_GET(self) -> None:
                if site.is_cut:
                    # Not even the connection that is open already.
                    self.close_connection = True
                    return
                self.directory = str(site.folder)
                site.asked.append(urlsplit(self.path).path.removeprefix(site.prefix))
                super().do_GET()

            def end_headers(self) -> None:
                if not self.path.endswith("/"):
                    self.send_header("Cache-Control", "max-age=600")
                super().end_headers()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{prefix}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()


#: What nobody looks at: each window of a whole Chrome has an address bar, for which it readies two pages, and they take
#: longer than most tests. The last list of features counts: Playwright's own is repeated as far as it matters here.
_NOT_NEEDED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *(
        "AimEnabled",
        "AvoidUnnecessaryBeforeUnloadCheckSync",
        "HttpsUpgrades",
        "MediaRouter",
        "NetworkTimeServiceQuerying",
    ),
    *("OptimizationHints", "PaintHolding", "PreconnectToSearch"),
)
_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(_NOT_NEEDED)}",
]


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A Chromium that cannot reach any network: the one that GOODPRACTICE_CHROMIUM names, or the first found."""
    names = ("chromium-headless-shell", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
    path = os.environ.get("GOODPRACTICE_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None or shutil.which(path) is None:
        pytest.fail(
            "The browser tests need Chrome or Chromium: install one (on Debian: sudo apt install chromium) "
            "or set GOODPRACTICE_CHROMIUM to the path of one.",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        # Playwright leaves Chromium's sandbox off, which root and many containers need.
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        expect.set_options(timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


#: Runs before every script of a page.
_WATCH = """
window.hits = [];
window.hit = what => { window.hits.push(String(what)); };
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.hit(name);
document.addEventListener("securitypolicyviolation", event =>
  console.warn("POLICY " + event.effectiveDirective + " " + event.blockedURI + " " + event.sample));
"""


@dataclass
class Watched:
    """A tab, and what happened in it.

    Attributes:
        strangers: Requests to other origins.
        violations: What the Content-Security-Policy stopped.
        errors: Exceptions of scripts.
        missing: Files of the site that were not there.
    """

    page: Page
    address: str
    strangers: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def hits(self) -> list[str]:
        """What hostile scripts of the page managed to run."""
        return list(self.page.evaluate("window.hits"))

    def is_clean(self) -> bool:
        return not (self.strangers or self.violations or self.errors or self.missing or self.dialogs)


def watch(context: BrowserContext, address: str) -> Watched:
    """Open a tab that notes requests to other origins, dialogs, violations and errors."""
    page = context.new_page()
    page.add_init_script(_WATCH)
    watched = Watched(page, address)
    origin = urlsplit(address).netloc

    def note_request(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != origin:
            watched.strangers.append(url)

    page.on("request", lambda request: note_request(request.url))
    page.on("response", lambda response: watched.missing.append(response.url) if response.status == 404 else None)
    page.on("pageerror", lambda error: watched.errors.append(f"{page.url}: {error}"))
    page.on("console", lambda message: _note_console(watched, message.text))

    def refuse(dialog: object) -> None:
        watched.dialogs.append(page.url)
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", refuse)
    return watched


def _note_console(watched: Watched, text: str) -> None:
    if text.startswith("POLICY ") or "Content Security Policy" in text:
        watched.violations.append(f"{watched.page.url}: {text}")
