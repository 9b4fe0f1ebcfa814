"""What readers said about the site, and what became of it."""

from __future__ import annotations

import datetime

from pydantic import Field

from goodpractice.i18n.dates import format_date
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record
from goodpractice.kinds.blocks import View, Widget
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.lookup import Lookup


class Feedback(Record):
    """Something that a reader said, with what was done about it or why nothing was."""

    id: Id = Field(description="Permanent short name.")
    title: Line = Field(description="What it was about, in a few words.")
    said: Prose = Field(
        description="What the reader said: in your own words, or in theirs if they agreed. Never who it was."
    )
    said_on: datetime.date = Field(description="The day on which it arrived.")
    done: Prose | None = Field(None, description="What changed because of it.")
    why_not: Prose | None = Field(None, description="Why nothing changed, if nothing did.")


FEEDBACK = "feedback"


def feedback_list(kb: Lookup) -> View:
    """What readers said, the latest first: what was done about it, or why not.

    While nobody has said anything, a sentence says so.

    Example:
        {{ feedback_list() }}
    """
    entries: list[Feedback] = sorted(
        kb.table(FEEDBACK).values(), key=lambda entry: (entry.said_on, entry.id), reverse=True
    )
    shown = [
        {
            **{name: getattr(entry, name) for name in ("id", "title", "said", "done", "why_not")},
            "said_on": format_date(entry.said_on, kb.language),
        }
        for entry in entries
    ]
    return (Widget("replies", {"entries": shown}),)


KIND = Kind(
    id=FEEDBACK,
    model=Feedback,
    file="data/feedback.yml",
    list="feedback",
    name=_("entry of the feedback"),
    also=("comments", "reactions", "answers"),
    macros=(feedback_list,),
)
