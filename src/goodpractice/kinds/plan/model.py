"""The fields of a plan: what was asked for, what is to be done, what should come of it, and what is known."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources, UpdatedOn, WhatChanged, check_review
from goodpractice.kinds.event.model import When
from goodpractice.kinds.vocabulary import MECHANISM

PLAN = "plan"

#: How an action stands. What no source tells has no status at all.
State = Literal["started", "done", "changed", "dropped"]
#: Links that editors may have drawn where no source draws them.
Reading = Literal["requests", "mechanisms", "evidence"]


class Request(Record):
    """Something that people asked for before the plan was made."""

    id: Id = Field(description="Short name within the plan.")
    text: Line = Field(description="What they asked for.")
    actions: tuple[Line, ...] = Field((), description="Numbers of the actions that answer it; none where none does.")
    note: Line | None = Field(None, description="What else answers it, or why nothing does.")


class Step(Record):
    """A part of an action."""

    what: Line = Field(description="What is to be done.")
    by: When | None = Field(None, description="By when: a year, a month or a day.")


class Status(Record):
    """How an action stands on a day, and who says so."""

    state: State = Field(description="`started`, `done`, `changed` or `dropped`.")
    date: When = Field(description="Since when: a year, a month or a day.")
    note: Line | None = Field(None, description="What was done, or changed and why.")
    sources: Sources = Field(
        min_length=1, description="Who says so: minutes, a report, a web address. Without one, leave the status out."
    )


class Action(Record):
    """An action of a plan."""

    id: Line = Field(description='Number of the action, in quotation marks: "1.2".')
    title: Line = Field(description="What is to be done.")
    lead: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Leading partners.")
    lead_text: Line | None = Field(None, description="Leading organisations without an entry in partners.yml.")
    detail: Line | None = Field(None, description="How, in a sentence or two.")
    steps: tuple[Step, ...] = Field((), description="Its parts, in order.")
    due: When | None = Field(None, description="By when it is to be done, where that is not the end of the plan.")
    mechanisms: tuple[Annotated[Id, Ref(MECHANISM)], ...] = Field(
        (), description="By which mechanisms it is to bring a change about."
    )
    outcomes: tuple[Id, ...] = Field((), description="What is to come of it: ids of outcomes of the plan.")
    status: tuple[Status, ...] = Field((), description="How it stands; add an entry whenever that changes.")
    reviewed_on: datetime.date | None = Field(
        None, description="The day on which somebody last asked how it stands, if not that of the whole plan."
    )


class Outcome(Record):
    """What should be different because of the plan."""

    id: Id = Field(description="Short name within the plan.")
    title: Line = Field(description="What should be different.")
    known_by: Line | None = Field(None, description="By what you will know: what is counted, asked or watched.")


class Strand(Record):
    """A strand of a plan: actions with one aim."""

    former_fields: ClassVar[Mapping[str, str]] = {
        "outcome": _(
            "Keep the sentence: make it an entry of `outcomes` of the plan, with an `id` and this text as `title`, "
            "and name the id in `outcomes` of the actions that lead to it."
        )
    }
    id: int = Field(ge=1, description="Number of the strand.")
    title: Line = Field(description="Title.")
    actions: tuple[Action, ...] = Field(description="Its actions.")
    also_asks_for: tuple[Line, ...] = Field((), description="What the strand asks for beside its actions.")


class Trace(Record):
    """Something that a source tells of without saying when. It counts as no evidence: it may be older than the plan."""

    what: Line = Field(description="What happened, or what was found.")
    actions: tuple[Line, ...] = Field((), description="Numbers of the actions that it is evidence of.")
    outcomes: tuple[Id, ...] = Field((), description="Outcomes that it is evidence of.")
    sources: Sources = Field(min_length=1, description="Who says so.")


class Evidence(Trace):
    """Something that shows what came of the plan."""

    date: When = Field(description="When it took place or was found: a year, a month or a day.")


class Domain(Record):
    """A domain of participation."""

    id: int = Field(ge=1, description="Number of the domain.")
    title: Line = Field(description="Title.")
    aim: Line = Field(description="What citizens are to be able to do.")


class MemberGroup(Record):
    """Members with the same role."""

    group: Line = Field(description="Their role, or what they have in common.")
    partners: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field(
        (), description="Those that have an entry in partners.yml."
    )
    names: tuple[Line, ...] = Field((), description="Names of those without one.")


class Plan(Record):
    """A plan that partners share: who asked for what, who leads which action, what should change, what is known."""

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Name of the plan.")
    programme: Annotated[Id, Ref("programme")] | None = Field(
        None, description="The programme that it belongs to, if there is one."
    )
    period: Line | None = Field(None, description="Years, in words.")
    due: When | None = Field(None, description="By when everything is to be done that gives no date of its own.")
    area: Line | None = Field(None, description="City or region.")
    about: Prose | None = Field(None, description="Why the plan was made.")
    lead_partners: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Who leads.")
    governance: Prose | None = Field(None, description="Who governs, steers, manages and monitors.")
    asked_by: Line | None = Field(None, description="Who asked for it: the heading above the requests.")
    requests: tuple[Request, ...] = Field((), description="What young people or citizens asked for.")
    members: tuple[MemberGroup, ...] = Field((), description="All members, by role.")
    outcomes: tuple[Outcome, ...] = Field((), description="What should be different because of the plan.")
    strands: tuple[Strand, ...] = Field(min_length=1, description="Strands, in order.")
    evidence: tuple[Evidence, ...] = Field((), description="What shows that something came of it, oldest first.")
    undated: tuple[Trace, ...] = Field(
        (), description="What sources tell of without a date: it is shown, and counts as no evidence."
    )
    our_reading: tuple[Reading, ...] = Field(
        (),
        description=(
            "Which links the editors drew because no source draws them: `requests`, `mechanisms`, `evidence`. "
            "The page then says that they are ours."
        ),
    )
    domains: tuple[Domain, ...] = Field((), description="Domains of participation, in order.")
    participation: Prose | None = Field(None, description="How citizens take part.")
    declaration: Prose | None = Field(None, description="What the place has signed up to, and with whom.")
    written_on: datetime.date | None = Field(None, description="The day on which the entry was written.")
    reviewed_on: datetime.date | None = Field(
        None, description="The day on which somebody last went through all actions; with `reviewed_by`."
    )
    reviewed_by: Line | None = Field(None, description="Who did: a group or a person, by name.")
    updated_on: UpdatedOn = None
    what_changed: WhatChanged = None
    sources: Sources = Field(min_length=1, description="Where the plan is documented.")

    @model_validator(mode="after")
    def _reviewed_by_somebody(self) -> Plan:
        check_review(self)
        return self

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of all strands, in order."""
        return tuple(action for strand in self.strands for action in strand.actions)
