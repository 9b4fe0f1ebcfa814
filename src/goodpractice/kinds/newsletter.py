"""Issues of the newsletter."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from goodpractice.diagnostics import rules
from goodpractice.i18n.dates import format_period
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import FieldError, Line, PublishedOn, Record, Unpublished, UpdatedOn
from goodpractice.kinds.blocks import Fact, Head, Paragraph, Story, View
from goodpractice.kinds.kind import Card, CardText, Collection, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.paging import count_pages, slice_page
from goodpractice.kinds.texts import PageLink, Sentence
from goodpractice.kinds.views.links import link_overview, link_section, read_head
from goodpractice.kinds.views.lists import listing, show_cards

NEWSLETTER = "newsletter"
#: Issues on one page of the list.
ISSUES_ON_A_PAGE = 24
#: What stands in the place of a foreword until an editor writes one.
PLACEHOLDER = "<!-- foreword: write three or four sentences here. What mattered, and to whom? -->"
#: What a section was when the command wrote it: its name and a digest.
Drafted = Annotated[str, Field(pattern=r"^\S+-[0-9a-f]{8}$")]


class Issue(Record):
    """An issue of the newsletter. The text itself is the Markdown below these facts."""

    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="Title, at most 120 characters.")
    summary: Line = Field(description="What it tells, in a sentence.")
    since: datetime.date = Field(description="First day of what it tells.")
    until: datetime.date = Field(description="Last day of what it tells.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    drafted: Annotated[tuple[Drafted, ...], Unpublished()] = Field(
        (), description="What `goodpractice newsletter` wrote, by which it knows the sections that nobody has edited."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Issue:
        if self.until < self.since:
            raise FieldError(rules.WRONG_VALUE, _("`until` is before `since`"), _("Swap the two days."))
        return self


def mail_url(url: str, issue_id: str) -> str:
    """Address of an issue as a message that a mail program opens."""
    return f"{url}{issue_id}.eml"


def markdown_url(url: str, issue_id: str) -> str:
    """Address of an issue as Markdown."""
    return f"{url}{issue_id}.md"


def order_issues(issues: Mapping[str, Issue]) -> list[str]:
    """Ids of issues, the latest first."""
    return sorted(issues, key=lambda issue_id: (issues[issue_id].until, issue_id), reverse=True)


def _say_period(kb: Lookup, issue: Issue) -> str:
    # An issue that is sent before its period has ended tells nothing of the days that are left.
    last = min(issue.until, issue.published_on or issue.until)
    return format_period(issue.since, max(last, issue.since), kb.language)


def newsletter_page(kb: Lookup, id: str) -> View:
    """The page of an issue: head, text, how to pass it on.

    Args:
        id: The issue.
    """
    issue: Issue = kb.table(NEWSLETTER)[id]
    return (
        Head(
            NEWSLETTER,
            link_section(kb, NEWSLETTER),
            *read_head(kb, NEWSLETTER, id),
            (Fact("period", kb.gettext("What was new"), _say_period(kb, issue)),),
        ),
        Story("chapter", kb.read_text(NEWSLETTER, id)),
        Paragraph("leads-on", _say_how_to_send(kb, id)),
    )


def _say_how_to_send(kb: Lookup, issue_id: str) -> Sentence:
    url = kb.collection(NEWSLETTER).record_url(issue_id)
    new = link_overview(kb, "new", kb.gettext("what is new"))
    if not kb.site_url:
        words = kb.gettext("This site keeps no list of addresses. Look for {new} here, or follow it with a feed.")
        return Sentence(words, {"new": new})
    words = kb.gettext(
        "This site keeps no list of addresses, so nobody has to give it one. Send this issue to whom you like: as "
        "{mail} that your own mail program opens, or as {markdown}. Or follow {new} with a feed."
    )
    links = {
        "mail": PageLink(mail_url(url, issue_id), kb.gettext("a message")),
        "markdown": PageLink(markdown_url(url, issue_id), kb.gettext("a text in Markdown")),
        "new": new,
    }
    return Sentence(words, links)


def newsletter_index(kb: Lookup, number: int = 1) -> View:
    """All issues, the latest first.

    Args:
        number: Page of the list.
    """
    ids = order_issues(kb.table(NEWSLETTER))
    of = count_pages(len(ids), ISSUES_ON_A_PAGE)
    shown = show_cards(kb, NEWSLETTER, slice_page(ids, number, ISSUES_ON_A_PAGE))
    said = kb.gettext("Anybody can send an issue on with their own mail program. This site asks nobody for an address.")
    return listing(kb, NEWSLETTER, shown, Paragraph("leads-on", said), number=number, of=of)


KIND = Kind(
    id=NEWSLETTER,
    model=Issue,
    file="newsletters/",
    name=_("issue of the newsletter"),
    also=("mailing", "mailings", "bulletin", "bulletins", "digests"),
    collection=Collection(
        url="newsletter/",
        title=N_("Newsletter"),
        description=N_("What was new here, month by month: to read, and to send on."),
        view=newsletter_index,
        page_size=ISSUES_ON_A_PAGE,
        record_view=newsletter_page,
        record_title=lambda issue, kb: kb.gettext("Newsletter: {title}", title=issue.title),
        describe=lambda issue, _: issue.summary,
        has_feed=True,
    ),
    card=Card(
        write=lambda _, issue, kb: CardText(
            kb.gettext("Newsletter"), issue.summary, _say_period(kb, issue), is_translated=True
        ),
        summary="One issue of the newsletter.",
        argument="The issue: its file name without `.md`.",
        example="2026-11",
    ),
    search=Search(label=N_("Newsletter"), rank=12, prior=0.6),
)
