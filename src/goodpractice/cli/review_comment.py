"""`goodpractice review-comment`."""

from __future__ import annotations

from pathlib import Path

import click

from goodpractice.cli.terminal import fail, find_language, show
from goodpractice.i18n.messages import quote_error


@click.command("review-comment", short_help="Say what a pull request is told, as JSON.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What `goodpractice check --format json` said about the pull request. May be missing.",
)
@click.option(
    "--changed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="A JSON list of the files that it changes, asked of GitHub.",
)
@click.option("--commit", metavar="SHA", required=True, help="The commit that was checked, with all its 40 characters.")
@click.option("--conclusion", metavar="WORD", default="success", help="How the run ended, asked of GitHub.")
@click.option("--site", default="", metavar="URL", help="Address of the published site, for links to explanations.")
def review_comment(report: Path | None, changed: Path, commit: str, conclusion: str, site: str) -> None:
    """Say which labels and which comment a pull request gets, as JSON.

    For the workflow that runs on main: the report comes from a stranger's code, and nothing in it is trusted.

    \b
    Example:
      goodpractice review-comment --report report.json --changed files.json --commit $(git rev-parse HEAD)
    """
    from goodpractice.content.project_files import find_stray
    from goodpractice.diagnostics.review import MOST_BYTES, ReportError, read_changed, review_pull_request

    try:
        names = read_changed(changed.read_bytes())
    except ReportError as error:
        fail(quote_error(error))
    data = None
    if report is not None and report.is_file() and not report.is_symlink():
        with report.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    reference = f"{site.rstrip('/')}/reference/errors/" if site.startswith("https://") else ""
    try:
        review = review_pull_request(
            data,
            names,
            commit,
            reference,
            find_stray=find_stray,
            succeeded=conclusion == "success",
            language=find_language(),
        )
    except ReportError as error:
        fail(quote_error(error))
    show(review.to_json())
