"""`goodpractice calendar`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodpractice.cli.terminal import fail, hand_over, load_records, project_option, require_project
from goodpractice.i18n.messages import gettext_lazy as _

if TYPE_CHECKING:
    import icalendar

    from goodpractice.content.knowledge_base import KnowledgeBase


@click.command()
@click.option("--reviews", is_flag=True, help="The days by which chapters are to be reviewed, in the place of events.")
@click.option("--owner", metavar="NAME", help="With --reviews: only chapters of this owner.")
@project_option
def calendar(reviews: bool, owner: str | None, project: Path) -> None:
    """Print events or reviews as a calendar file.

    The site has the events at /calendar.ics already. Your reviews are yours:
    nothing of them is published. Open the file with your calendar, and open a
    new one after a review: an entry that is there already is moved.

    \b
    Examples:
      goodpractice calendar --reviews > reviews.ics
      goodpractice calendar --reviews --owner "Editors" > reviews.ics
    """
    require_project(project)
    if owner is not None and not reviews:
        fail(_("--owner goes with --reviews: events have no owner."))
    from goodpractice.outputs.calendars import render_calendar, serialise_calendar

    kb = load_records(project)
    owners = sorted({chapter.owner for chapter in kb.chapters.values()})
    if owner is not None and owner not in owners:
        fail(_("No chapter belongs to {owner}. Chapters belong to: {owners}.", owner=owner, owners=", ".join(owners)))
    title = kb.gettext("Reviews of {site}", site=str(kb.settings.file.get("site_name") or ""))
    data = serialise_calendar(title, _list_reviews(kb, owner)) if reviews else render_calendar(kb)
    hand_over(data)


def _list_reviews(kb: KnowledgeBase, owner: str | None) -> Iterator[icalendar.Event]:
    """The review of each chapter, the earliest first, in the version of its last review."""
    from goodpractice.kinds import CHAPTER
    from goodpractice.outputs.calendars import add_time, clean, make_entry

    dated = sorted((chapter.review_due, chapter_id, chapter) for chapter_id, chapter in kb.chapters.items())
    for due, chapter_id, chapter in dated:
        if owner is not None and chapter.owner != owner:
            continue
        address = kb.site_url + kb.collection(CHAPTER).record_url(chapter_id)
        title = kb.gettext("Review: {title}", title=chapter.title)
        last = chapter.reviewed_on or chapter.written_on
        entry = make_entry(f"{address}#review", title, chapter.written_on, last)
        entry.add("CLASS", "PRIVATE")
        said = kb.gettext(
            "handbook/{id}.md, of {owner}. Last looked at on {day}.",
            id=chapter_id,
            owner=chapter.owner,
            day=last.isoformat(),
        )
        entry.add("DESCRIPTION", clean(said))
        add_time(entry, due, None)
        yield entry
