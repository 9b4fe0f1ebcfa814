"""`goodpractice export`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from goodpractice.cli.terminal import (
    OK,
    PROBLEMS,
    USAGE,
    explain_setup,
    fail,
    note,
    print_diagnostics,
    project_option,
    require_project,
    shorten,
    show,
)
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import ngettext_lazy


@click.command(short_help="Write the records as data to a folder.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    help="Only these, separated by commas: csv, json, jsonld, geojson, bibtex, ris, csl, markdown.",
)
@project_option
def export(folder: Path, formats: str | None, project: Path) -> None:
    """Write the records as data to a folder: the same files, byte for byte, as the site has.

    Markdown of every page that says something of its own is written, too. In a
    folder that holds anything else nothing is written.

    Exit code 0: all is written; 1: the content has problems, or the folder
    cannot be used; 2: the command was called wrongly.

    \b
    Examples:
      goodpractice export ../records
      goodpractice export ../records --format csv,json
    """
    require_project(project)
    folder = folder.absolute()
    from goodpractice.outputs.exporting import collect_options, find_foreign, list_files, write_export

    options = collect_options()
    chosen = list(options) if formats is None else [name.strip() for name in formats.split(",") if name.strip()]
    if unknown := [name for name in chosen if name not in options]:
        fail(_("There is no format {name}. There are: {known}.", name=unknown[0], known=", ".join(options)), code=USAGE)
    if not chosen:
        fail(_("--format names no format. There are: {known}.", known=", ".join(options)), code=USAGE)
    if "markdown" in chosen:
        _reject_inside(folder, project)
    if foreign := find_foreign(folder):
        fail(
            _(
                "{folder} holds {file}, which no export wrote. Name an empty folder, or one that holds an export only.",
                folder=shorten(folder),
                file=foreign,
            ),
            code=PROBLEMS,
        )
    from goodpractice.checks import check_project
    from goodpractice.content import open_project
    from goodpractice.outputs.site import Site
    from goodpractice.render.registration import collect_macros

    with explain_setup(project):
        opened = open_project(project)
        found = check_project(opened, collect_macros)
        if found:
            print_diagnostics(found)
            fail(_("Nothing was written: mend this first."), code=PROBLEMS)
        files = dict(list_files(Site(opened), tuple(ending for name in chosen for ending in options[name])))
    for name in write_export(folder, files):
        note(_("Removed: {file}", file=name))
    for name in files:
        show(name)
    note(
        _(
            "{files} in {folder}",
            files=ngettext_lazy("{number} file", "{number} files", len(files)),
            folder=shorten(folder),
        )
    )
    sys.exit(OK)


def _reject_inside(folder: Path, project: Path) -> None:
    """Stop before pages are written where the check would take them for stories in the wrong place."""
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(project)):
        fail(
            _(
                "{folder} lies in the project, where the check takes pages for stories that were put in the wrong "
                "place. Name a folder beside it, for example ../records.",
                folder=shorten(folder),
            ),
            code=PROBLEMS,
        )
