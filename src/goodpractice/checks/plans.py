"""Plans: what is named inside of one is there, no name stands twice, and nothing is known of days to come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from goodpractice.checks.dates import check_day
from goodpractice.content.document import Origin
from goodpractice.content.fields import ValuePath
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.text import suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_or
from goodpractice.kinds import PLAN
from goodpractice.kinds.plan import Plan
from goodpractice.kinds.plan.standing import start_of

#: So many names are listed where nothing close was meant.
_MOST_LISTED = 6


def check_plans(kb: KnowledgeBase, today: datetime.date) -> Iterator[Diagnostic]:
    """Everything about plans that one field alone does not show.

    Args:
        kb: The knowledge base.
        today: The day of the check.
    """
    for plan_id, plan in kb.table(PLAN).raw.items():
        yield from keep_first(_PlanCheck(plan, kb.origins[PLAN, plan_id], today).check())


@dataclass(frozen=True, slots=True)
class _PlanCheck:
    plan: Plan
    origin: Origin
    today: datetime.date

    def check(self) -> Iterator[Diagnostic]:
        """The problems of a plan."""
        yield from self._check_names()
        yield from self._check_actions()
        for at, request in enumerate(self.plan.requests):
            yield from self._check_numbers(("requests", at, "actions"), request.actions)
        for field in ("evidence", "undated"):
            for at, entry in enumerate(getattr(self.plan, field)):
                yield from self._check_numbers((field, at, "actions"), entry.actions)
                yield from self._check_outcomes((field, at, "outcomes"), entry.outcomes)
        for at, evidence in enumerate(self.plan.evidence):
            yield from self._check_day(("evidence", at), evidence.date)

    def _check_actions(self) -> Iterator[Diagnostic]:
        for strand_at, strand in enumerate(self.plan.strands):
            for at, action in enumerate(strand.actions):
                path: ValuePath = ("strands", strand_at, "actions", at)
                yield from self._check_outcomes((*path, "outcomes"), action.outcomes)
                for entry_at, entry in enumerate(action.status):
                    yield from self._check_day((*path, "status", entry_at), entry.date)
                yield from check_day(self._enter(path), "reviewed_on", action.reviewed_on, self.today)

    def _check_day(self, path: ValuePath, date: str) -> Iterator[Diagnostic]:
        yield from check_day(self._enter(path), "date", start_of(date), self.today)

    def _enter(self, path: ValuePath) -> Origin:
        return replace(self.origin, base=(*self.origin.base, *path))

    def _check_outcomes(self, path: ValuePath, named: Sequence[str]) -> Iterator[Diagnostic]:
        known = [outcome.id for outcome in self.plan.outcomes]
        for at, outcome in enumerate(named):
            if outcome not in known:
                message = _("the plan has no outcome `{id}`", id=outcome)
                hint = _("Add it to `outcomes` of the plan, with an `id` and a `title`.")
                yield self._tell((*path, at), message, outcome, known, hint)

    def _check_numbers(self, path: ValuePath, named: Sequence[str]) -> Iterator[Diagnostic]:
        known = [action.id for action in self.plan.actions]
        for at, number in enumerate(named):
            if number not in known:
                message = _("the plan has no action `{id}`", id=number)
                yield self._tell((*path, at), message, number, known, _("Add it to a strand, or delete it here."))

    def _tell(self, path: ValuePath, message: str, value: str, known: Sequence[str], hint: str) -> Diagnostic:
        # Numbers of actions are all alike: to guess one would be to mislead.
        close = suggest(value, known) if not value[:1].isdigit() else None
        if close:
            hint = _("Did you mean `{close}`?", close=close)
        elif known and len(known) <= _MOST_LISTED:
            hint = _("{hint} There are: {names}.", hint=hint, names=join_lazy_or([f"`{name}`" for name in known]))
        return self.origin.diagnose(path, rules.UNKNOWN_REFERENCE, message, hint)

    def _check_names(self) -> Iterator[Diagnostic]:
        yield from self._check_once("id", ((("requests", at), entry.id) for at, entry in enumerate(self.plan.requests)))
        yield from self._check_once("id", ((("outcomes", at), entry.id) for at, entry in enumerate(self.plan.outcomes)))
        strands = [(("strands", at), str(strand.id)) for at, strand in enumerate(self.plan.strands)]
        yield from self._check_once("id", strands)
        actions = [
            (("strands", strand_at, "actions", at), action.id)
            for strand_at, strand in enumerate(self.plan.strands)
            for at, action in enumerate(strand.actions)
        ]
        yield from self._check_once("id", actions)

    def _check_once(self, field: str, named: Iterable[tuple[ValuePath, str]]) -> Iterator[Diagnostic]:
        seen: set[str] = set()
        for path, name in named:
            if name in seen:
                message = _("`{name}` stands here a second time", name=name)
                hint = _("Give it another `id`: other lines name it by that.")
                yield self.origin.diagnose((*path, field), rules.DUPLICATE_ID, message, hint)
            seen.add(name)
