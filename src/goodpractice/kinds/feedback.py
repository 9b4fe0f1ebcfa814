"""What readers said about the site, and what became of it."""

from __future__ import annotations

import datetime

from pydantic import Field

from goodpractice.i18n.dates import format_date
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record
from goodpractice.kinds.blocks import Block, Fact, Facts, Paragraph, Paragraphs, Section, View
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
    answered_on: datetime.date | None = Field(None, description="The day on which it was done or decided.")


FEEDBACK = "feedback"


def feedback_list(kb: Lookup) -> View:
    """What readers said, the latest first: what was done about it, or why not.

    While nobody has said anything, a sentence says so.

    Example:
        {{ feedback_list() }}
    """
    entries: list[Feedback] = sorted(kb.table(FEEDBACK).values(), key=lambda entry: (entry.said_on, entry.id))
    if not entries:
        return (Paragraph("empty", kb.gettext("Nobody has told us anything yet, so there is nothing to list.")),)
    return tuple(_describe(kb, entry) for entry in reversed(entries))


def _describe(kb: Lookup, entry: Feedback) -> Section:
    answered = format_date(entry.answered_on, kb.language) if entry.answered_on else ""
    blocks: tuple[Block, ...] = (
        Paragraphs(entry.said, role=""),
        Facts(
            (
                Fact("said-on", kb.gettext("Said"), format_date(entry.said_on, kb.language)),
                Fact("done", kb.gettext("Done"), entry.done),
                Fact("why-not", kb.gettext("Why not"), entry.why_not),
                Fact("waiting", kb.gettext("Done"), "" if entry.done or entry.why_not else kb.gettext("Not yet")),
                Fact("answered-on", kb.gettext("Answered"), answered),
            )
        ),
    )
    return Section(entry.id, entry.title, blocks, FEEDBACK, level=3)


KIND = Kind(
    id=FEEDBACK,
    model=Feedback,
    file="data/feedback.yml",
    list="feedback",
    name=_("entry of the feedback"),
    also=("comments", "reactions", "answers"),
    macros=(feedback_list,),
)
