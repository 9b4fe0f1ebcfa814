"""Plans that partners share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.programme import MemberGroup


class Action(Record):
    """An action of a plan."""

    id: Line = Field(description='Number of the action, for example "1.2".')
    title: Line = Field(description="What is to be done.")
    lead: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Leading partners.")
    lead_text: Line | None = Field(None, description="Leading organisations without an entry in partners.yml.")
    detail: Line | None = Field(None, description="How.")
    status: Line | None = Field(None, description="What became of it, where documented.")


class Strand(Record):
    """A strand of a plan: actions with one outcome."""

    id: int = Field(ge=1, description="Number of the strand.")
    title: Line = Field(description="Title.")
    outcome: Line | None = Field(None, description="What the strand is to change.")
    actions: tuple[Action, ...] = Field(description="Its actions.")


class Domain(Record):
    """A domain of participation."""

    id: int = Field(ge=1, description="Number of the domain.")
    title: Line = Field(description="Title.")
    aim: Line = Field(description="What citizens are to be able to do.")


class Plan(Record):
    """A plan that partners share: strands, actions, who leads, what should change."""

    id: Id = Field(description="Permanent short name.")
    name: Line = Field(description="Name of the plan.")
    programme: Annotated[Id, Ref("programme")] = Field(description="The programme on whose page it is shown.")
    period: Line | None = Field(None, description="Years, in words.")
    area: Line | None = Field(None, description="City or region.")
    about: Prose | None = Field(None, description="Why the plan was made.")
    lead_partners: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Who leads.")
    governance: Prose | None = Field(None, description="Who governs, steers, manages and monitors.")
    requests: tuple[Line, ...] = Field((), description="What young people or citizens asked for.")
    members: tuple[MemberGroup, ...] = Field((), description="All members, by role.")
    strands: tuple[Strand, ...] = Field(min_length=1, description="Strands, in order.")
    domains: tuple[Domain, ...] = Field((), description="Domains of participation, in order.")
    participation: Prose | None = Field(None, description="How citizens take part.")
    sources: Sources = Field(min_length=1, description="Where the plan is documented.")


PLAN = "plan"

KIND = Kind(id=PLAN, model=Plan, file="data/plans.yml", list="plans", name=_("plan"))
