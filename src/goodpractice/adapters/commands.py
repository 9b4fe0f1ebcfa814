"""`goodpractice build` and `goodpractice serve`, on MkDocs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

CONTENT = ("handbook", "case_studies", "partners.yml", "data", "overrides", "docs")
#: Seconds between two looks at the code while serving.
INTERVAL = 0.5


class BuildError(Exception):
    """The build stopped; the message says why, in one sentence."""


def build_site(project: Path, site_dir: Path | None = None) -> tuple[int, Path]:
    """Build a project strictly.

    Args:
        project: Its folder.
        site_dir: Where to write; `site_dir` of `mkdocs.yml` when not given.

    Returns:
        The number of pages, and the folder that holds them.

    Raises:
        BuildError: MkDocs found a problem. Its messages went to standard error.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import mkdocs.commands.build
    import mkdocs.config
    import mkdocs.exceptions

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        config = mkdocs.config.load_config(
            str(project / "mkdocs.yml"),
            strict=True,
            **({"site_dir": str(site_dir.resolve())} if site_dir else {}),
        )
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs.commands.build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (mkdocs.exceptions.Abort, mkdocs.exceptions.MkDocsException) as error:
        raise BuildError(str(error) or "see the messages above") from error
    finally:
        logger.removeHandler(handler)
    written = Path(config.site_dir)
    return sum(1 for _ in written.rglob("index.html")), written


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
