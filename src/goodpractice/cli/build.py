"""`goodpractice build` and `goodpractice serve`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from goodpractice.cli.check import report
from goodpractice.cli.terminal import OK, PROBLEMS, note, project_option, require_project, shorten


@click.command()
@click.option(
    "--site-dir",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the site to this folder instead of site/ in the project.",
)
@project_option
def build(site_dir: Path | None, project: Path) -> None:
    """Check the content and build the website.

    Nothing is built while there are problems: the last good site stays as it is.

    \b
    Example:
      goodpractice build --site-dir public
    """
    require_project(project)
    code = report(project)
    if code != OK:
        note("The site was not built.")
        sys.exit(code)
    from goodpractice.adapters.commands import BuildError, build_site

    started = time.monotonic()
    try:
        pages, written = build_site(project, site_dir)
    except BuildError as error:
        note(f"The site was not built: {error}")
        sys.exit(PROBLEMS)
    note(f"Built {pages} pages in {time.monotonic() - started:.1f} s: {shorten(written)}")


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to serve.")
@project_option
def serve(address: str, project: Path) -> None:
    """Show the website on this computer and follow every edit.

    \b
    Example:
      goodpractice serve --address 127.0.0.1:9000
    """
    require_project(project)
    from goodpractice.adapters.commands import serve_site

    try:
        code = serve_site(project, address)
    except KeyboardInterrupt:
        note("Stopped.")
        return
    sys.exit(code)
