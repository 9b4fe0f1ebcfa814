"""`goodpractice check`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodpractice.cli.terminal import OK, PROBLEMS, note, print_issues, project_option, require_project

if TYPE_CHECKING:
    from goodpractice.load import Project

#: Seconds between two looks at the files while watching.
WATCH_INTERVAL = 0.5


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="How to report: for people, as annotations of a pull request, or for programs.",
)
@click.option("--watch", is_flag=True, help="Check again after every change, until stopped with Ctrl-C.")
@project_option
def check(form: str, watch: bool, project: Path) -> None:
    """Find every problem in the content, without building anything.

    Exit code 0: clean; 1: problems were found; 2: the command was called wrongly.

    \b
    Example:
      goodpractice check --watch
    """
    require_project(project)
    if not watch:
        sys.exit(report(project, form))
    from goodpractice.load.opened import open_project

    shown = None
    try:
        while True:
            current = open_project(project)
            if current is not shown:
                shown = current
                if sys.stdout.isatty():
                    click.clear()
                report(project, form)
                note("Watching for changes. Stop with Ctrl-C.")
            time.sleep(WATCH_INTERVAL)
    except KeyboardInterrupt:
        note("Stopped.")


def report(project: Path, form: str = "text") -> int:
    """Check a project, print what was found, and return the exit code."""
    from goodpractice import reports
    from goodpractice.checks import check_project
    from goodpractice.load import open_project

    opened = open_project(project)
    found = check_project(opened)
    if form == "json":
        click.echo(reports.format_json(found))
    elif form == "github":
        if found:
            click.echo(reports.format_github(found))
        note(f"Found {reports.count_problems(found)}." if found else f"No problems in {describe(opened)}.")
    else:
        print_issues(found)
        if not found:
            note(f"No problems in {describe(opened)}.")
    return PROBLEMS if found else OK


def describe(project: Project) -> str:
    """What a project holds, in words."""
    kb = project.kb
    return f"{len(kb.case_studies)} case studies, {len(kb.chapters)} chapters and {len(kb.partners)} partners"
