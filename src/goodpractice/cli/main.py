"""The command and its subcommands."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from goodpractice import __version__
from goodpractice.cli.build import build, serve
from goodpractice.cli.calendar import calendar
from goodpractice.cli.check import check
from goodpractice.cli.export import export
from goodpractice.cli.generate import reference, schema
from goodpractice.cli.new import new
from goodpractice.cli.newsletter import newsletter
from goodpractice.cli.photo import consent, photo
from goodpractice.cli.report import report
from goodpractice.cli.review import review
from goodpractice.cli.review_comment import review_comment
from goodpractice.cli.supervising import SUPERVISED, run_supervised
from goodpractice.cli.terminal import PROBLEMS, SpeakingGroup, note
from goodpractice.cli.translation import translation
from goodpractice.diagnostics.witness import is_breakdown
from goodpractice.i18n.messages import TRACE_VARIABLE, describe_fault
from goodpractice.i18n.messages import gettext_lazy as _

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=SpeakingGroup, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="goodpractice")
def main() -> None:
    """Check, build and extend a knowledge base that a community of practice writes together.

    \b
    Examples:
      goodpractice check
      goodpractice new case-study "Supper and science"
      goodpractice build
    """


for command in (
    *(check, build, serve, export, new, photo, consent, schema, reference),
    *(review, report, calendar, review_comment, translation, newsletter),
):
    main.add_command(command)


def run() -> NoReturn:
    """Run the command as the process that it was started for, and end that at once.

    Python would free every object first, which takes a third of a second after a build of ten thousand stories.
    """
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever started the command has closed it
            setattr(sys, name, nowhere)
    command = next((argument for argument in sys.argv[1:] if argument in SUPERVISED), "")
    code = run_supervised(_run, command) if command else _run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _run() -> int:
    try:
        main(prog_name="goodpractice")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except Exception as error:
        if os.environ.get(TRACE_VARIABLE) or is_breakdown(error):
            raise
        note(
            _(
                "This is a fault of the program and not yours: {what}. Please report it, with what you did and what "
                "{variable}=1 before the command prints.",
                what=describe_fault(error),
                variable=TRACE_VARIABLE,
            )
        )
        return PROBLEMS
    return 0
