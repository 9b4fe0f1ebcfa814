"""The commands and their options."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from goodpractice import __version__

if TYPE_CHECKING:
    from goodpractice.load import Project

F = TypeVar("F", bound=Callable[..., Any])

OK, PROBLEMS, USAGE = 0, 1, 2
#: Seconds between two looks at the files while watching.
WATCH_INTERVAL = 0.5

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def project_option(command: F) -> F:
    r"""Add `-C DIR` to a command."""
    option = click.option(
        "-C",
        "project",
        metavar="DIR",
        default=".",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Work on the project in this folder instead of the current one.",
    )
    return option(command)


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="goodpractice")
def main() -> None:
    r"""Check, build and extend a knowledge base that a community of practice writes together.

    \b
    Examples:
      goodpractice check
      goodpractice new case-study "Supper and science"
      goodpractice build
    r
    """


@main.command()
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
    r"""Find every problem in the content, without building anything.

    Exit code 0: clean; 1: problems were found; 2: the command was called wrongly.

    \b
    Example:
      goodpractice check --watch
    r
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
    r"""Check a project, print what was found, and return the exit code."""
    from goodpractice import reports
    from goodpractice.checks import check_project
    from goodpractice.load import open_project

    opened = open_project(project)
    found = check_project(opened)
    if form == "json":
        click.echo(reports.format_json(found))
    elif found:
        click.echo(reports.format_github(found) if form == "github" else _coloured(reports.format_text(found)))
    if form != "json":
        note(f"Found {reports.count_problems(found)}." if found else f"No problems in {describe(opened)}.")
    return PROBLEMS if found else OK


def describe(project: Project) -> str:
    r"""What a project holds, in words."""
    kb = project.kb
    return f"{len(kb.case_studies)} case studies, {len(kb.chapters)} chapters and {len(kb.partners)} partners"


def _coloured(text: str) -> str:
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    lines = []
    for line in text.split("\n"):
        if line.startswith("  hint:"):
            lines.append(click.style(line, fg="cyan"))
        else:
            place, _, rest = line.partition(" ")
            code, _, message = rest.partition(" ")
            lines.append(f"{click.style(place, bold=True)} {click.style(code, fg='red')} {message}")
    return "\n".join(lines)


@main.command()
@click.option(
    "--site-dir",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the site to this folder instead of site/ in the project.",
)
@project_option
def build(site_dir: Path | None, project: Path) -> None:
    r"""Check the content and build the website.

    Nothing is built while there are problems: the last good site stays as it is.

    \b
    Example:
      goodpractice build --site-dir public
    r
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
    note(f"Built {pages} pages in {time.monotonic() - started:.1f} s: {_shorten(written)}")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to serve.")
@project_option
def serve(address: str, project: Path) -> None:
    r"""Show the website on this computer and follow every edit.

    \b
    Example:
      goodpractice serve --address 127.0.0.1:9000
    r
    """
    require_project(project)
    from goodpractice.adapters.commands import serve_site

    try:
        code = serve_site(project, address)
    except KeyboardInterrupt:
        note("Stopped.")
        return
    sys.exit(code)


@main.group()
def new() -> None:
    r"""Start a new file from a skeleton.

    \b
    Example:
      goodpractice new case-study "Supper and science"
    r
    """


@new.command("case-study")
@click.argument("title")
@project_option
def new_case_study(title: str, project: Path) -> None:
    r"""Write the skeleton of a case study with this TITLE. An existing file is never touched.

    \b
    Example:
      goodpractice new case-study "Supper and science"
    r
    """
    require_project(project)
    from goodpractice.skeleton import fill_skeleton, make_id

    case_id = make_id(title)
    if not case_id:
        fail("The title needs at least one letter from a to z or a digit, because it becomes a file name.")
    file = project / "case_studies" / f"{case_id}.md"
    file.parent.mkdir(exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(fill_skeleton(title))
    except FileExistsError:
        fail(f"{_shorten(file)} exists already. Choose another title, or edit that file.", code=PROBLEMS)
    click.echo(_shorten(file))
    note("Replace every text in square brackets, then run: goodpractice check")


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when a schema is out of date.")
@project_option
def schema(only_check: bool, project: Path) -> None:
    r"""Write the JSON Schemas that editors such as VS Code read, to schemas/.

    \b
    Example:
      goodpractice schema --check
    r
    """
    from goodpractice.schemas import build_schemas

    _write_generated({f"schemas/{name}": text for name, text in build_schemas().items()}, project, only_check, "schema")


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when a page is out of date.")
@project_option
def reference(only_check: bool, project: Path) -> None:
    r"""Write the reference pages (messages, fields, macros) to docs/reference/.

    \b
    Example:
      goodpractice reference --check
    """
    from goodpractice.reference import build_reference

    pages = {f"docs/reference/{name}": text for name, text in build_reference().items()}
    _write_generated(pages, project, only_check, "reference")


def _write_generated(files: dict[str, str], project: Path, only_check: bool, command: str) -> None:
    stale = []
    for path, text in files.items():
        file = project / path
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if not only_check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    for path in stale:
        click.echo(path)
    if not stale:
        note("Everything is up to date.")
    elif only_check:
        fail(f"Out of date. Renew with: goodpractice {command}", code=PROBLEMS)


def require_project(project: Path) -> None:
    """Stop with a sentence when the folder is not a project."""
    if not (project / "mkdocs.yml").is_file():
        fail(f"There is no mkdocs.yml in {project.resolve().name}/. Go to the project folder, or name it with -C DIR.")


def fail(message: str, code: int = USAGE) -> NoReturn:
    """Say what went wrong and stop."""
    note(message)
    sys.exit(code)


def note(message: str) -> None:
    """Say something to the person at the terminal: on standard error, so that data stays clean."""
    click.echo(message, err=True)


def _shorten(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
