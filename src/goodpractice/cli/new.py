"""`goodpractice new`."""

from __future__ import annotations

from pathlib import Path

import click

from goodpractice.cli.terminal import PROBLEMS, fail, note, project_option, require_project, shorten
from goodpractice.saying import said


@click.group()
def new() -> None:
    """Start a new file from a skeleton.

    \b
    Example:
      goodpractice new case-study "Supper and science"
    """


@new.command("case-study")
@click.argument("title")
@project_option
def new_case_study(title: str, project: Path) -> None:
    """Write the skeleton of a case study with this TITLE. An existing file is never touched.

    \b
    Example:
      goodpractice new case-study "Supper and science"
    """
    require_project(project)
    from goodpractice.skeleton import fill_skeleton, make_id

    case_id = make_id(title)
    if not case_id:
        fail(
            said(
                "The title needs at least one letter from a to z or a digit, because it becomes a file name. "
                "You can change the title in the file afterwards."
            )
        )
    file = project / "case_studies" / f"{case_id}.md"
    file.parent.mkdir(exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(fill_skeleton(title))
    except FileExistsError:
        fail(said("{file} exists already. Choose another title, or edit that file.", file=shorten(file)), code=PROBLEMS)
    click.echo(shorten(file))
    note(said("Replace every text in square brackets, then run: goodpractice check"))
