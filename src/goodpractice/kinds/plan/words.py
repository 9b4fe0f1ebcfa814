"""How a plan is said: states, leads, dates and links, for all its pages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from goodpractice.i18n.dates import spell_date
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.blocks import Block, Paragraph
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.plan.model import PLAN, Action, Plan, Status, Trace
from goodpractice.kinds.texts import PageLink, Sentence, Text, join
from goodpractice.kinds.views.links import cite_inline, link_known

#: What readers call a state.
STATES = {
    "started": N_("Begun"),
    "done": N_("Done"),
    "changed": N_("Changed"),
    "dropped": N_("Dropped"),
}
_OURS = {
    "requests": N_("Which action answers which request is our reading: no source we have says so."),
    "mechanisms": N_("The mechanism of each action is our reading: no source we have names one."),
    "evidence": N_("Which action each of these belongs to is our reading: no source we have says so."),
}


def anchor_action(action: Action) -> str:
    """The anchor of an action on the page of its plan."""
    return f"action-{re.sub(r'[^0-9a-z]+', '-', action.id.casefold()).strip('-')}"


def link_action(kb: Lookup, plan: Plan, number: str) -> Text:
    """A link to an action by its number; the number alone where the plan has no such action."""
    action = next((action for action in plan.actions if action.id == number), None)
    if action is None:
        return number
    url = f"{kb.collection(PLAN).record_url(plan.id)}#{anchor_action(action)}"
    return PageLink(url, kb.gettext("{number} {title}", number=action.id, title=action.title))


def link_actions(kb: Lookup, plan: Plan, numbers: tuple[str, ...]) -> Text:
    """Links to several actions."""
    return join(link_action(kb, plan, number) for number in numbers)


def list_leads(kb: Lookup, action: Action) -> Iterator[tuple[str, Text]]:
    """Who leads an action, each as a key and a text."""
    for partner in action.lead:
        yield partner, link_known(kb, "partner", (partner,))
    if action.lead_text:
        yield action.lead_text, action.lead_text


def say_lead(kb: Lookup, action: Action) -> Text:
    """Who leads an action."""
    return join(text for __, text in list_leads(kb, action))


def say_status(kb: Lookup, status: Status | None) -> Text:
    """A status with its date, what was done and who says so."""
    if status is None:
        return kb.gettext("Not documented")
    said = name_status(kb, status)
    if status.note:
        said = f"{said}: {status.note}"
    return Sentence("{said} ({sources})", {"said": said, "sources": cite_inline(status.sources)})


def name_status(kb: Lookup, status: Status) -> str:
    """A state and since when."""
    date = spell_date(status.date, kb.language)
    return kb.gettext("{state}, {date}", state=kb.gettext(STATES[status.state]), date=date)


def say_evidence(entry: Trace) -> Text:
    """A piece of evidence and who says so."""
    return Sentence("{what} ({sources})", {"what": entry.what, "sources": cite_inline(entry.sources)})


def mark_ours(kb: Lookup, plan: Plan, *readings: str) -> tuple[str, ...]:
    """That links of these kinds are the editors' own, as far as they are."""
    return tuple(kb.gettext(_OURS[reading]) for reading in readings if reading in plan.our_reading)


def note_ours(kb: Lookup, plan: Plan, *readings: str) -> tuple[Block, ...]:
    """The same as paragraphs."""
    return tuple(Paragraph("reading", words) for words in mark_ours(kb, plan, *readings))


def spell_day(kb: Lookup, day: datetime.date) -> str:
    """A day in words."""
    return spell_date(day.isoformat(), kb.language)
