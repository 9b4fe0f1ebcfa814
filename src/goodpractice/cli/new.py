"""`goodpractice new`."""

from __future__ import annotations

from pathlib import Path

import click

from goodpractice.cli.terminal import PROBLEMS, fail, note, project_option, require_project, shorten, show, write_new
from goodpractice.i18n.messages import gettext_lazy as _


@click.group()
def new() -> None:
    """Start a new file from a skeleton.

    \b
    Example:
      goodpractice new case-study "Supper and science"
    """


@new.command("case-study")
@click.argument("title")
@click.option(
    "--file-name", metavar="NAME", help="Name the file so, where no name can be made of the title: supper-and-science."
)
@project_option
def new_case_study(title: str, file_name: str | None, project: Path) -> None:
    """Write the skeleton of a case study with this TITLE. An existing file is never touched.

    \b
    Example:
      goodpractice new case-study "Supper and science"
    """
    require_project(project)
    from goodpractice.config.project_folders import case_study_path
    from goodpractice.content.project_files import is_reserved
    from goodpractice.content.text import make_id
    from goodpractice.kinds.case_study.model import LONGEST_TITLE
    from goodpractice.kinds.case_study.skeleton import fill_skeleton

    title = " ".join(title.split())
    if not title:
        fail(_("The title is empty. Say what a reader gets, for example: {title}", title='"Supper and science"'))
    if len(title) > LONGEST_TITLE:
        fail(
            _(
                "The title has {number} characters; {most} fit. Choose a shorter one: what does a reader get?",
                number=len(title),
                most=LONGEST_TITLE,
            )
        )
    case_id = make_id(title if file_name is None else file_name.removesuffix(".md"))
    if not case_id:
        fail(
            _(
                "A file name of letters from a to z and digits cannot be made of {title}. Choose one yourself, for "
                "example: --file-name supper-and-science",
                title=title if file_name is None else file_name,
            )
        )
    if is_reserved(case_id):
        case_id = f"{case_id}-1"  # Windows keeps the name for itself, and the check refuses it
    file = project / case_study_path(case_id)
    text = fill_skeleton(title)
    file.parent.mkdir(exist_ok=True)
    try:
        write_new(file, text)
    except FileExistsError:
        fail(
            _("{file} exists already. Edit that file, or choose another name with --file-name.", file=shorten(file)),
            code=PROBLEMS,
        )
    show(shorten(file))
    note(_("Replace every text in square brackets, then run: goodpractice check"))
