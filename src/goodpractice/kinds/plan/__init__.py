"""Plans that partners share, from what people asked for to what came of it."""

from __future__ import annotations

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.kind import Collection, Kind, Search, YearPages
from goodpractice.kinds.plan.model import PLAN, MemberGroup, Plan
from goodpractice.kinds.plan.report import name_report, plan_report
from goodpractice.kinds.plan.standing import list_years
from goodpractice.kinds.plan.view import plan, plan_index, plan_page, plan_requests, plan_section, plan_strand

__all__ = ["KIND", "PLAN", "MemberGroup", "Plan", "plan_section"]

KIND = Kind(
    id=PLAN,
    model=Plan,
    file="data/plans.yml",
    list="plans",
    name=_("plan"),
    also=(
        "schedules",
        "sessions",
        "monitoring",
        "strategy",
    ),
    collection=Collection(
        url="plans/",
        title=N_("Plans at work"),
        description=N_(
            "Plans that a town or a partnership shares: who asked for what, who leads it, and what is known of it."
        ),
        view=plan_index,
        record_view=plan_page,
        describe=lambda plan, kb: kb.gettext(
            "{name}: actions with their leads, what they are to change, and what sources tell of it.", name=plan.name
        ),
        record_years=YearPages(list_years, plan_report, name_report),
    ),
    search=Search(label=N_("Plan"), rank=6, prior=0.9),
    macros=(plan, plan_strand, plan_requests),
)
