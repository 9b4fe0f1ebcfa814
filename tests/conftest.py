"""What several kinds of tests share: the built site, a server, a browser."""

from __future__ import annotations

import contextlib
import gc
import json
import mimetypes
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from tests.helpers.browser.traffic import Traffic
from tests.helpers.built_pages import BuiltSite
from tests.helpers.hostile import Attack, write_contribution
from tests.helpers.mkdocs_builds import BASE, PREFIXED_BASE, Build, run_mkdocs
from tests.helpers.projects import REPOSITORY, copy_repository

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Pictures take minutes and hold for one browser: `make audit` compares them.
collect_ignore = [] if os.environ.get("GOODPRACTICE_LOOKS") else ["looks"]

#: `make check` tries fewer examples of a property than `make test` does: the same in every run, however slow it is.
settings.register_profile("quick", deadline=None, derandomize=True, database=None, max_examples=10)

#: Files whose tests are spread over the processes. Those with the same parameter stay together.
SPREAD = ("browser/test_accessibility.py", "integration/test_build_incremental.py", "integration/test_build_equal.py")

#: Files whose tests look at the source of the whole package: in one process, it is parsed once.
OF_SOURCE = (
    *("content/test_dependencies.py", "unit/test_docstrings.py", "unit/test_size.py"),
    *("unit/i18n/test_messages.py", "unit/kinds/test_names.py", "unit/test_naming.py"),
)

#: The fixtures that build all of this repository: `make check` leaves out the tests that ask for one of them.
WHOLE_SITES = {"build", "built_site", "built_site_prefixed", "translated_site"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Those are marked that look at the site of this repository."""
    if not WHOLE_SITES.isdisjoint(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.site)
    for marker in item.iter_markers("thorough"):
        assert marker.args, f"{item.nodeid}: say why `make check` leaves it out"


def pytest_collection_finish() -> None:
    """Let the garbage collector look seldom, and never at modules and tests: it took a sixth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first, so that the processes of a run end together."""
    items.sort(key=lambda item: not (item.get_closest_marker("slow") or item.get_closest_marker("browser")))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """With `--dist loadscope`, a process gets a file at a time, in the order of the tests.

    A browser, a site or an open page that the tests of a file share is then made once. (xdist 3.8 can keep tests
    together by a mark, too, but not with pytest 9.2: https://github.com/pytest-dev/pytest-xdist/issues/1386.)
    """
    if config.getoption("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class FileByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            if file.endswith(OF_SOURCE):
                return "source"
            if not file.endswith(SPREAD):
                return file
            name, bracket, parameter = test.partition("[")
            return f"{file}[{parameter}" if bracket else f"{file}::{name}"

    # In the order of the tests, and not those files first that hold the most.
    config.option.loadscopereorder = False
    return FileByFile(config, log)


#: Seconds from which on a preparation is told, for `--durations`.
TOLD_FROM = 0.1


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Send no word from process to process about a preparation that went well: that took a twentieth of a run."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed or report.duration > TOLD_FROM:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(scope="session")
def project_root() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def pango() -> None:
    from goodpractice.paper.formats import FORMATS

    if FORMATS[0].find_missing():
        pytest.skip("PDFs need Pango: make paper installs it")


@pytest.fixture(scope="session")
def copy_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a copy of the project, to be changed at will."""
    return lambda: copy_repository(tmp_path_factory.mktemp("copy") / "project")


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Fills a folder once for all processes of a test run: `make_once("site", build_into)` returns it.

    The folder is named for what it holds. Where the system has no locks, each process fills its own.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if fcntl and "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def build(make_once: Callable[..., Path]) -> Build:
    """The real project, built strictly."""

    def fill(folder: Path) -> None:
        (folder / "output").write_text(run_mkdocs(REPOSITORY, folder / "site").output, encoding="utf-8")

    folder = make_once("built", fill)
    return Build((folder / "output").read_text(encoding="utf-8"), BuiltSite(folder / "site", BASE))


@pytest.fixture(scope="session")
def built_site(build: Build) -> BuiltSite:
    return build.site


@pytest.fixture(scope="session")
def built_site_prefixed(make_once: Callable[..., Path]) -> BuiltSite:
    """The real project, built for the address of a repository's site."""
    folder = make_once("prefixed", lambda folder: run_mkdocs(REPOSITORY, folder / "site", PREFIXED_BASE))
    return BuiltSite(folder / "site", PREFIXED_BASE)


@pytest.fixture(scope="session")
def translated_site(make_once: Callable[..., Path]) -> Path:
    """The real site, as it would be with approved pages in Arabic and Welsh."""
    from tests.helpers.translated import build_translated

    return make_once("translated", build_translated) / "site"


@pytest.fixture(scope="session")
def attack(make_once: Callable[..., Path], built_site: BuiltSite) -> Attack:
    def fill(folder: Path) -> None:
        root = copy_repository(folder / "project")
        write_contribution(root)
        # Not strictly: the check warns of raw HTML and of such links, and here we want to see what happens anyway.
        run_mkdocs(root, folder / "after", strict=False)

    folder = make_once("attack", fill)
    return Attack(built_site, BuiltSite(folder / "after", BASE))


class _Pages(BaseHTTPRequestHandler):
    """Serves a folder below a path as GitHub Pages does."""

    # One connection for many files.
    protocol_version = "HTTP/1.1"
    folder: Path
    prefix: str

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        inside = path.removeprefix(self.prefix) if path.startswith(self.prefix) else None
        if inside is None or ".." in inside.split("/"):
            self._send(404, "text/plain", b"outside the site")
            return
        file = self.folder / inside
        if file.is_dir() and inside and not inside.endswith("/"):
            self.send_response(301)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        if file.is_file():
            self._send(200, mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes())
        else:
            self._send(404, "text/html", (self.folder / "404.html").read_bytes())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        if not kind.startswith("text/html"):
            # As on a static host: a second page takes styles and scripts from the browser's memory.
            self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        # A browser that left the page hangs up.
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path, str], str]]:
    """Starts a static server on a free port: `serve(folder, "/repo/")` returns the address of the site."""
    running: dict[tuple[Path, str], tuple[ThreadingHTTPServer, threading.Thread]] = {}

    def start(folder: Path, prefix: str = "/") -> str:
        if (folder, prefix) not in running:
            handler = type("Pages", (_Pages,), {"folder": folder, "prefix": prefix})
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            running[folder, prefix] = (server, thread)
        return f"http://127.0.0.1:{running[folder, prefix][0].server_port}{prefix}"

    yield start
    for server, thread in running.values():
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def site_url(serve: Callable[[Path, str], str], built_site: BuiltSite) -> str:
    """Address of the real site, served at the root."""
    return serve(built_site.folder, "/")


@pytest.fixture(scope="session")
def prefixed_site_url(serve: Callable[[Path, str], str], built_site_prefixed: BuiltSite) -> str:
    """Address of the real site, served under a repository's name."""
    return serve(built_site_prefixed.folder, "/repo/")


# Not for the session: the tests that start processes should not share one with a running browser.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A Chromium that cannot reach any network."""
    from tests.helpers.browser.serving import open_browser

    with open_browser() as browser:
        yield browser


@pytest.fixture
def traffic() -> Traffic:
    """What the pages of this test did; `new_page` fails the test for anything in it."""
    return Traffic()


@pytest.fixture
def new_page(chromium: Browser, traffic: Traffic) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own: `new_page(width=360, scheme="dark", javascript=False)`."""
    contexts = []

    def open_page(width: int = 1280, scheme: str = "light", *, javascript: bool = True, scale: float = 1) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            device_scale_factor=scale,
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            service_workers="block",
        )
        contexts.append(context)
        page = context.new_page()
        traffic.watch(page)
        return page

    yield open_page
    for context in contexts:
        # A request that a route is still answering would fail with the context.
        for page in context.pages:
            page.unroute_all(behavior="wait")
        context.close()
    assert not traffic.foreign, "requests to another origin"
    assert not traffic.errors, "errors in the browser's console"


@pytest.fixture
def note_check(
    record_property: Callable[[str, object], None], chromium: Browser
) -> Callable[[str, str, int, str, list[str]], None]:
    """Notes a check for the accessibility statement: what was asked, of which page, how wide, in which colours.

    `make accessibility` reads the notes from the report of the run.
    """

    def note(check: str, page: str, width: int, scheme: str, found: list[str]) -> None:
        kept = {"check": check, "page": page, "width": width, "scheme": scheme, "found": found}
        record_property("check", json.dumps(kept))
        record_property("chromium", chromium.version)

    return note


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of 1280 px in light colours."""
    return new_page()
