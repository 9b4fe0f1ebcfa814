"""`goodpractice schema` and `goodpractice reference`: files made from the code."""

from __future__ import annotations

from pathlib import Path

import click

from goodpractice.cli.terminal import PROBLEMS, fail, note, project_option, replace_file, show
from goodpractice.i18n.messages import gettext_lazy as _


@click.command(short_help="Write schemas/ anew.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when a schema is out of date.")
@project_option
def schema(only_check: bool, project: Path) -> None:
    """Write the JSON Schemas that editors such as VS Code read, to schemas/.

    \b
    Example:
      goodpractice schema --check
    """
    from goodpractice.kinds.schemas import build_schemas

    _write_generated({f"schemas/{name}": text for name, text in build_schemas().items()}, project, only_check, "schema")


@click.command(short_help="Write docs/reference/ anew.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when a page is out of date.")
@project_option
def reference(only_check: bool, project: Path) -> None:
    """Write the reference pages (messages, fields, macros) to docs/reference/.

    \b
    Example:
      goodpractice reference --check
    """
    from goodpractice.content import load_project
    from goodpractice.render.reference_pages import build_reference

    pages = {f"docs/reference/{name}": text for name, text in build_reference(load_project(project)[0]).items()}
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
            replace_file(file, text)
    for path in stale:
        show(path)
    if not stale:
        note(_("Everything is up to date."))
    elif only_check:
        fail(_("Out of date. Renew with: goodpractice {command}", command=command), code=PROBLEMS)
