"""`goodpractice build` and `goodpractice serve`, on MkDocs."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from goodpractice.adapters.frames import MkDocsFrames, SetupError, load_config
from goodpractice.build.engine import build
from goodpractice.build.options import Options, Report
from goodpractice.build.workers import WorkerError
from goodpractice.settings import load_settings

CONTENT = ("handbook", "case_studies", "partners.yml", "data", "overrides", "docs")
#: Seconds between two looks at the code while serving.
INTERVAL = 0.5


class BuildError(Exception):
    """The build stopped; the message says why, in one sentence."""


def build_site(
    project: Path,
    site_dir: Path | None = None,
    *,
    jobs: int = 0,
    use_cache: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Build a project: only what changed since the last build.

    Args:
        project: Its folder.
        site_dir: Where to write; `site_dir` of `mkdocs.yml` when not given.
        jobs: Worker processes; 0 for one a processor.
        use_cache: Whether to use what the last build knew.
        progress: Called with the number of pages made so far and the number of all.
        on_wait: Called when another build of the same site has to end first.

    Raises:
        BuildError: The site could not be built; the last site stays in place.
    """
    settings = load_settings(project)
    target = (site_dir or project / settings.site_dir).resolve()
    if settings.unframed:
        return _build_in_full(project, target, settings.unframed)
    options = Options(project, target, MkDocsFrames, jobs, use_cache, progress, on_wait)
    try:
        return build(options)
    except (SetupError, WorkerError) as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise BuildError(
                "the disk is full. Free some space and build again; the last site is still there"
            ) from error
        where = f" ({error.filename})" if error.filename else ""
        raise BuildError(f"{error.strerror or error}{where}") from error


def _build_in_full(project: Path, site_dir: Path, because_of: Sequence[str]) -> Report:
    """Build a project with MkDocs alone, strictly: for plugins that look at every page."""
    report = Report(site_dir=site_dir, cold=f"rendered in full because of {', '.join(because_of)}")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import mkdocs.commands.build
    import mkdocs.exceptions

    try:
        config = load_config(project, strict=True, site_dir=str(site_dir))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs.commands.build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (mkdocs.exceptions.Abort, mkdocs.exceptions.MkDocsException) as error:
        raise BuildError(str(error) or "see the messages above") from error
    report.pages = report.rendered = report.written = sum(1 for _ in site_dir.rglob("index.html"))
    return report


def serve_site(project: Path, address: str) -> int:
    """Serve a project with live reload until stopped.

    Edits of content are picked up by MkDocs. Edits of Python code need a new
    process: the server is started again, and open pages reload.

    Returns:
        The exit code of the server when it stops by itself.
    """
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address, "-f", str(project / "mkdocs.yml")]
    for path in CONTENT:
        if (project / path).exists():
            command += ["--watch", str(project / path)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    while True:
        before = _code_times(project)
        server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own interpreter, no shell
        try:
            while server.poll() is None and _code_times(project) == before:
                time.sleep(INTERVAL)
            if server.poll() is not None:
                return server.returncode
        finally:
            server.terminate()
            server.wait()


def _code_times(project: Path) -> dict[Path, int]:
    return dict(_walk_code(project))


def _walk_code(project: Path) -> Iterator[tuple[Path, int]]:
    package = Path(__file__).parent.parent
    files = [project / "macros.py", project / "mkdocs.yml", *package.rglob("*.py"), *package.rglob("*.html")]
    files += package.rglob("*.css")
    for file in files:
        try:
            yield file, file.stat().st_mtime_ns
        except OSError:
            continue
