"""Plans that partners share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Prose, Record, Ref, Sources
from goodpractice.kinds.blocks import View, Widget, join
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.views.links import link_known


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


class MemberGroup(Record):
    """Members with the same role."""

    group: Line = Field(description="Their role, or what they have in common.")
    partners: tuple[Annotated[Id, Ref("partner", facet=False)], ...] = Field(
        (), description="Those that have an entry in partners.yml."
    )
    names: tuple[Line, ...] = Field((), description="Names of those without one.")


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


def plan(kb: Lookup, id: Annotated[str, Ref("plan")]) -> View:
    """A whole plan: requests, strands, actions, participation, governance, members.

    Args:
        id: The plan.

    Example:
        {{ plan("stemworks") }}
    """
    record: Plan = kb.table(PLAN)[id]
    strands = [_show_strand(kb, record, strand) for strand in record.strands]
    members = [
        (group.group, join([link_known(kb, "partner", group.partners), *group.names])) for group in record.members
    ]
    return (Widget("plan", {"plan": record, "strands": strands, "members": members, "anchor": _anchor(record)}),)


def plan_strand(kb: Lookup, id: Annotated[str, Ref("plan")], strand: int) -> View:
    """One strand of a plan with its actions.

    Args:
        id: The plan.
        strand: Number of the strand.

    Example:
        {{ plan_strand("stemworks", 1) }}

    Raises:
        KeyError: The plan has no such strand.
    """
    record: Plan = kb.table(PLAN)[id]
    chosen = next((entry for entry in record.strands if entry.id == strand), None)
    if chosen is None:
        raise KeyError(_("the plan {plan} has no strand {strand}", plan=id, strand=strand))
    return (_show_strand(kb, record, chosen),)


def _anchor(record: Plan) -> str:
    return f"plan-{record.id}"


def _show_strand(kb: Lookup, record: Plan, strand: Strand) -> Widget:
    actions = [
        {
            **{name: getattr(action, name) for name in ("id", "title", "detail", "status")},
            "lead": join([link_known(kb, "partner", action.lead), action.lead_text or ""]),
        }
        for action in strand.actions
    ]
    anchor = f"{_anchor(record)}-strand-{strand.id}"
    return Widget("strand", {"strand": strand, "actions": actions, "anchor": anchor})


KIND = Kind(
    id=PLAN,
    model=Plan,
    file="data/plans.yml",
    list="plans",
    name=_("plan"),
    also=(
        "schedules",
        "sessions",
    ),
    macros=(plan, plan_strand),
)
