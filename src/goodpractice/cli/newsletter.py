"""`goodpractice newsletter`."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodpractice.cli.terminal import (
    PROBLEMS,
    explain_setup,
    fail,
    note,
    print_diagnostics,
    project_option,
    replace_file,
    require_project,
    shorten,
    show,
)
from goodpractice.i18n.messages import gettext_lazy as _

if TYPE_CHECKING:
    from goodpractice.content.knowledge_base import KnowledgeBase


@click.command(short_help="Draft an issue of the newsletter, or make a message of one.")
@click.argument("issue", required=False)
@click.option("--since", metavar="DATE", help="Draft an issue of what was new from this day on, such as 2026-11-01.")
@click.option("--until", metavar="DATE", help="Its last day; the last of the month of --since if left out.")
@click.option("--force", is_flag=True, help="Write the draft anew, whatever somebody has edited in it.")
@click.option(
    "--eml",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write ISSUE as a message to send.",
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
            code=PROBLEMS,
        )
    if since is not None:
        first = _read_day("--since", since)
        last = _read_day("--until", until) if until is not None else _end_month(first)
        if last < first:
            fail(_("--until {until} is before --since {since}.", until=last, since=first), code=PROBLEMS)
        _draft(project, first, last, force)
        return
    if eml is None and markdown is None:
        fail(_("Say where to write it, for example: --eml issue.eml"), code=PROBLEMS)
    with explain_setup(project):
        _write_out(project, str(issue), eml, markdown)


def _read_day(option: str, text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        from goodpractice.content.dates import guess_date

        guessed = guess_date(text)
    hint = _("Did you mean {day}?", day=guessed[0]) if guessed else _("Write the year first, such as 2026-11-01.")
    return fail(_("{option} {text} is no day. {hint}", option=option, text=text, hint=hint), code=PROBLEMS)


def _end_month(day: datetime.date) -> datetime.date:
    following = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return following - datetime.timedelta(days=1)


def _load(project: Path) -> KnowledgeBase:
    """The knowledge base of a project without problems: a newsletter tells of nothing that a check refuses."""
    from goodpractice.content import load_project

    kb, found = load_project(project)
    if found:
        print_diagnostics(found)
        sys.exit(PROBLEMS)
    return kb


def _draft(project: Path, since: datetime.date, until: datetime.date, force: bool) -> None:
    from goodpractice.kinds.newsletter import KIND
    from goodpractice.newsletter.draft import DraftError, redraft, write_draft
    from goodpractice.newsletter.history import History, HistoryError
    from goodpractice.newsletter.news import collect_news

    kb = _load(project)
    try:
        history = History(project)
    except HistoryError as error:
        history = None
        note(
            _(
                "Without the history of git, only what names its days is listed, and no new partner, word or tool: "
                "{reason}.",
                reason=error.args[0],
            )
        )
    drafted = write_draft(kb, collect_news(kb, since, until, history))
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

    kb = _load(project)
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
        eml.write_bytes(make_mail(read, choose_colours(kb)))
        show(shorten(eml))
    if markdown is not None and str(markdown) == "-":
        show(write_markdown(read.html))
    elif markdown is not None:
        markdown.write_text(write_markdown(read.html), encoding="utf-8", newline="\n")
        show(shorten(markdown))
