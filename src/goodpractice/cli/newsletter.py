"""`goodpractice newsletter`."""

from __future__ import annotations

import calendar
import datetime
from pathlib import Path

import click

from goodpractice.cli.terminal import (
    PROBLEMS,
    USAGE,
    explain_setup,
    fail,
    hand_over,
    load_records,
    note,
    project_option,
    read_day,
    replace_file,
    require_project,
    shorten,
    show,
)
from goodpractice.i18n.messages import gettext_lazy as _


@click.command(short_help="Draft an issue of the newsletter, or make a message of one.")
@click.argument("issue", required=False)
@click.option("--since", metavar="DATE", help="Draft an issue of what was new from this day on, such as 2026-11-01.")
@click.option("--until", metavar="DATE", help="Its last day; the last of the month of --since if left out.")
@click.option("--force", is_flag=True, help="Write the draft anew, whatever somebody has edited in it.")
@click.option(
    "--eml",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write ISSUE as a message to send; - shows it.",
)
@click.option(
    "--markdown",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write ISSUE as Markdown; - shows it.",
)
@project_option
def newsletter(
    issue: str | None,
    since: str | None,
    until: str | None,
    force: bool,
    eml: Path | None,
    markdown: Path | None,
    project: Path,
) -> None:
    """Draft an issue of the newsletter, or make a message of one.

    A draft is a file in newsletters/, named after the month in which its
    period ends. It lists what is new and what has changed, by the days that
    records name and by the history of git. You write the foreword, cut and
    reword. A second run renews the sections that nobody has touched.

    The message has no sender and no receiver: open it in your own mail program,
    and send it to whom you like.

    \b
    Examples:
      goodpractice newsletter --since 2026-11-01
      goodpractice newsletter 2026-11 --eml issue.eml
    """
    require_project(project)
    if (since is None) == (issue is None):
        fail(
            _("Say what to do: --since 2026-11-01 drafts an issue, and 2026-11 --eml FILE makes a message of one."),
            code=USAGE,
        )
    of_drafts, of_issues = (until is not None, force), (eml is not None, markdown is not None)
    if any(of_drafts if issue is not None else of_issues):
        fail(_("--until and --force go with --since, and --eml and --markdown with an issue."), code=USAGE)
    if since is not None:
        first = read_day("--since", since)
        last = read_day("--until", until) if until is not None else _end_month(first)
        from goodpractice.config import clock

        if first > clock.today():
            fail(_("--since {since} lies in the future: nothing is new yet.", since=first), code=USAGE)
        if last < first:
            fail(_("--until {until} is before --since {since}.", until=last, since=first), code=USAGE)
        _draft(project, first, last, force)
        return
    if eml is None and markdown is None:
        fail(_("Say where to write it, for example: --eml issue.eml"), code=USAGE)
    with explain_setup(project):
        _write_out(project, str(issue), eml, markdown)


def _end_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _draft(project: Path, since: datetime.date, until: datetime.date, force: bool) -> None:
    from goodpractice.kinds.newsletter import KIND
    from goodpractice.newsletter.draft import DraftError, redraft, write_draft
    from goodpractice.newsletter.history import History, HistoryError
    from goodpractice.newsletter.news import collect_news

    kb = load_records(project)
    try:
        news = collect_news(kb, since, until, History(project))
    except HistoryError as error:
        news = collect_news(kb, since, until, None)
        note(
            _(
                "Without the history of git, only what names its days is listed, and no new partner, word or tool: "
                "{reason}.",
                reason=error.args[0],
            )
        )
    drafted = write_draft(kb, news)
    file = project / KIND.file / f"{until:%Y-%m}.md"
    if force or not file.exists():
        file.parent.mkdir(exist_ok=True)
        replace_file(file, drafted)
        show(shorten(file))
        note(_("Write the foreword, cut and reword. Then run: goodpractice check"))
        return
    try:
        found = redraft(file.read_text(encoding="utf-8"), drafted)
    except (DraftError, UnicodeDecodeError):
        fail(_("{file} cannot be read. Mend it, or write it anew with --force.", file=shorten(file)), code=PROBLEMS)
    for name in found.kept:
        note(_("`{name}` stays as somebody has left it; --force would write it anew.", name=name))
    if not found.renewed:
        note(_("Nothing to change in {file}.", file=shorten(file)))
        return
    replace_file(file, found.text)
    show(shorten(file))
    note(_("Renewed: {names}.", names=", ".join(f"`{name}`" for name in found.renewed)))


def _write_out(project: Path, issue: str, eml: Path | None, markdown: Path | None) -> None:
    from goodpractice.content import Project
    from goodpractice.content.text import suggest
    from goodpractice.kinds.newsletter import NEWSLETTER
    from goodpractice.newsletter.mail import make_mail
    from goodpractice.newsletter.plain import write_markdown
    from goodpractice.outputs.newsletters import choose_colours, read_issue
    from goodpractice.outputs.site import Site

    kb = load_records(project)
    issues = kb.table(NEWSLETTER).raw
    if issue not in issues:
        close = suggest(issue, issues) or next(iter(sorted(issues, reverse=True)), "")
        hint = (
            _("Did you mean {close}?", close=close)
            if close
            else _("Draft one with: goodpractice newsletter --since DATE")
        )
        fail(_("There is no issue {issue} in newsletters/. {hint}", issue=issue, hint=hint), code=PROBLEMS)
    if not kb.site_url:
        fail(_("mkdocs.yml sets no `site_url`: links in a message need the address of the site."), code=PROBLEMS)
    site = Site(Project(project, kb, ()))
    page = next(page for page in site.plan if (page.kind, page.id, page.language) == (NEWSLETTER, issue, ""))
    read = read_issue(site, page)
    if eml is not None:
        _write(eml, make_mail(read, choose_colours(kb)))
    if markdown is not None:
        _write(markdown, write_markdown(read.html).encode())


def _write(file: Path, data: bytes) -> None:
    """Write a file, or show what it would hold where its name is a hyphen."""
    if str(file) == "-":
        hand_over(data)
    else:
        replace_file(file, data)
        show(shorten(file))
