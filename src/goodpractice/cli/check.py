"""`goodpractice check`."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodpractice.cli.terminal import (
    OK,
    PROBLEMS,
    explain_setup,
    find_language,
    note,
    print_diagnostics,
    project_option,
    require_project,
    show,
)
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import ngettext_lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodpractice.content import Project
    from goodpractice.diagnostics.rules import Diagnostic

#: Seconds between two looks at the files while watching.
WATCH_INTERVAL = 0.5


@click.command(short_help="Find every problem in the content.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="How to report: for people, as annotations of a pull request, or for programs.",
)
@click.option("--watch", is_flag=True, help="Check again after every change, until stopped with Ctrl-C.")
@click.option("--run-macros", is_flag=True, help="Run macros.py too. Only for one that you have read.")
@project_option
def check(form: str, watch: bool, run_macros: bool, project: Path) -> None:
    """Find every problem in the content, without building anything.

    Nothing of the project is run, so that a branch can be checked before anybody has read it.
    What macros of your own write is checked by the build, or with `--run-macros`.

    Exit code 0: clean, or nothing but notices of photos that have to go; 1:
    problems were found; 2: the command was called wrongly.
    With `--format github`, a summary goes to the file that GITHUB_STEP_SUMMARY names.

    \b
    Example:
      goodpractice check --watch
    """
    require_project(project)
    if not watch:
        # As for a build: what is read stays until the end.
        gc.disable()
        sys.exit(report(project, form, run_macros))
    from goodpractice.content.opened import open_project

    shown = None
    try:
        while True:
            current = open_project(project)
            if current is not shown:
                shown = current
                if sys.stdout.isatty():
                    click.clear()
                report(project, form, run_macros)
                note(_("Watching for changes. Stop with Ctrl-C."))
            time.sleep(WATCH_INTERVAL)
    except KeyboardInterrupt:
        note(_("Stopped."))


def report(project: Path, form: str = "text", run_macros: bool = False) -> int:
    """Check a project, print what was found, and return the exit code."""
    from goodpractice.content import open_project
    from goodpractice.diagnostics import reports
    from goodpractice.engine.pool import WorkerError
    from goodpractice.engine.whole_check import check_side_by_side
    from goodpractice.render.declarations import read_declarations
    from goodpractice.render.registration import collect_macros, read_macros

    with explain_setup(project):
        opened = open_project(project)
        try:
            found = check_side_by_side(opened, collect_macros if run_macros else read_macros)
        except WorkerError as error:
            note(str(error))
            return PROBLEMS
        if not run_macros and read_declarations(opened.root):
            note(_("macros.py was read and not run: what its own macros write is checked by the build."))
    if form == "json":
        show(reports.format_json(found, find_language()))
    elif form == "github":
        if found:
            show(reports.format_github(found, find_language()))
        note(
            _("Found {problems}.", problems=reports.count_problems(found))
            if found
            else _("No problems in {content}.", content=describe(opened))
        )
        write_summary(reports.format_summary(found, _find_reference(), find_language()))
    else:
        print_diagnostics(found)
        if found and not has_problems(found):
            note(_("None of this keeps the site from being built, or fails a pull request."))
        if found and _find_reference():
            note(_("What a code means: {address}", address=_find_reference()))
        if not found:
            note(_("No problems in {content}.", content=describe(opened)))
    return PROBLEMS if has_problems(found) else OK


def has_problems(found: Sequence[Diagnostic]) -> bool:
    """Whether something has to be mended. What consent that ends leaves behind is told and fails nobody's work."""
    from goodpractice.diagnostics.rules import NOTICES

    return any(diagnostic.code not in NOTICES for diagnostic in found)


def write_summary(text: str) -> None:
    """Add a text to the page that GitHub shows after a run; elsewhere nothing happens."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        with Path(file).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)


def _find_reference() -> str:
    """Address of the page that explains the codes, where the address of the site is known."""
    site = os.environ.get("SITE_URL", "")
    return f"{site.rstrip('/')}/reference/errors/" if site.startswith("https://") else ""


def describe(project: Project) -> str:
    """What a project holds, in words."""
    kb = project.kb
    return _(
        "{case_studies}, {chapters} and {partners}",
        case_studies=ngettext_lazy("{number} case study", "{number} case studies", len(kb.case_studies)),
        chapters=ngettext_lazy("{number} chapter", "{number} chapters", len(kb.chapters)),
        partners=ngettext_lazy("{number} partner", "{number} partners", len(kb.partners)),
    )
