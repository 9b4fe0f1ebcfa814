"""`goodpractice review`."""

from __future__ import annotations

from pathlib import Path

import click

from goodpractice.cli.terminal import find_language, note, project_option, require_project, say_days, show
from goodpractice.config import clock
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import ngettext_lazy


@click.command()
@click.option(
    "--days", default=30, show_default=True, metavar="N", type=click.IntRange(0), help="How far to look ahead."
)
@project_option
def review(days: int, project: Path) -> None:
    """List the chapters whose review is due, the oldest first.

    A chapter says when it was written (`written_on`) or last reviewed
    (`reviewed_on`), and how long that holds (`review_in`). The exit code is 0
    whatever is due.

    \b
    Example:
      goodpractice review --days 90
    """
    require_project(project)
    from goodpractice.content import load_project

    today = clock.today()
    kb, __ = load_project(project)
    dated = sorted((chapter.review_due, chapter_id, chapter) for chapter_id, chapter in kb.chapters.items())
    shown = 0
    for due, chapter_id, chapter in dated:
        left = (due - today).days
        if left > days:
            break
        shown += 1
        when = find_language().translate(say_days(left, _("overdue")))
        show(f"{due.isoformat()}  {when:>9}  handbook/{chapter_id}.md  {chapter.owner}")
    chapters = ngettext_lazy("{number} chapter", "{number} chapters", len(dated))
    within = ngettext_lazy("{number} day", "{number} days", days)
    note(
        _("{shown} of {chapters} to review within {days}.", shown=shown, chapters=chapters, days=within)
        if shown
        else _("Nothing to review within {days}.", days=within)
    )
