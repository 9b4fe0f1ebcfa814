"""What is said of a record that breaks a rule about several of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodpractice.content.document import Origin
from goodpractice.content.fields import Position
from goodpractice.content.rejected_value import RejectedValue, show_value
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import FieldError, PlaceError, ReviewError
from goodpractice.kinds.case_study.model import PartnerNameError, ProvenanceError, YearError
from goodpractice.kinds.newsletter import PeriodError
from goodpractice.kinds.post import AuthorError

#: Fields that a rule is about: the problem is reported at the first that is given.
_RULED: Mapping[type, tuple[str, ...]] = {
    YearError: ("period", "year"),
    PlaceError: ("lat", "lon"),
    ProvenanceError: ("partner_approved_on", "sources"),
    ReviewError: ("reviewed_on", "reviewed_by"),
}


def place_rule(rejected: RejectedValue, origin: Origin) -> Position:
    """Where a rule about several fields is told: at the first that is given, or where one can be added."""
    for field in _RULED.get(type(rejected.context.get("error")), ()):
        if (*origin.base, *rejected.where, field) in origin.positions:
            return origin.find((*rejected.where, field))
    return origin.end if origin.end and not rejected.where else rejected.place[1:]


def explain_rule(rejected: RejectedValue) -> Diagnostic:
    """Say which rule about several fields a record breaks, and what to write."""
    error = rejected.context.get("error")
    if isinstance(error, FieldError):
        return rejected.diagnose(error.rule, error.message, error.hint)
    values = rejected.value if isinstance(rejected.value, dict) else {}
    if isinstance(error, YearError) and values.get("period") is not None:
        return rejected.diagnose(
            rules.NO_YEAR,
            _("`period` does not hold a year with four digits: {values}", values=show_value(values["period"])),
            _(
                'Write for example `period: "2019 to 2021"`, or `year: 2024` instead. '
                "If nobody knows the year: `period: not documented`."
            ),
        )
    if isinstance(error, YearError):
        return rejected.diagnose(
            rules.NO_YEAR,
            _("the year is missing"),
            _(
                'Add `year: 2024`, or `period: "2019 to 2021"` with quotation marks. '
                "If nobody knows the year: `period: not documented`."
            ),
        )
    if isinstance(error, ProvenanceError):
        return rejected.diagnose(
            rules.NO_PROVENANCE,
            _("it is not said where the story comes from"),
            _(
                "Add `partner_approved_on:` with the day on which your community partner "
                "approved this text, or `sources:` with web addresses."
            ),
        )
    if isinstance(error, PartnerNameError) and values.get("name"):
        hint = _("Keep one of the two lines: `partner:` for an organisation with a page here, `name:` for another.")
        return rejected.diagnose(rules.WRONG_VALUE, _("this partner has an id and a name"), hint)
    if isinstance(error, PartnerNameError):
        hint = _("Give `partner:` with an id from partners.yml (or `not named`), or `name:` with the name.")
        return rejected.diagnose(rules.MISSING_FIELD, _("this partner has neither an id nor a name"), hint)
    if isinstance(error, AuthorError):
        hint = _('Add `authors: ["the editors of this site"]`, or `organisations:` with ids from partners.yml.')
        return rejected.diagnose(rules.MISSING_FIELD, _("nobody is said to have written it"), hint)
    if isinstance(error, PeriodError):
        return rejected.diagnose(rules.WRONG_VALUE, _("`until` is before `since`"), _("Swap the two days."))
    if isinstance(error, ReviewError):
        return _explain_review(rejected, unnamed=values.get("reviewed_by") is None)
    if isinstance(error, PlaceError):
        withheld = values.get("map") == "withheld"
        hint = _("Delete `lat` and `lon`.") if withheld else _("Give both numbers, or neither.")
        message = (
            _("the place is withheld from maps, so lat and lon must be left out")
            if withheld
            else _("only one of lat and lon is given")
        )
        return rejected.diagnose(rules.PLACE_INCOMPLETE, message, hint)
    return rejected.diagnose(rules.WRONG_VALUE, str(error), _("The page Fields says what it holds."))


def _explain_review(rejected: RejectedValue, unnamed: bool) -> Diagnostic:
    if unnamed:
        message = _("the day of a review is given, and not who made it")
        hint = _(
            "Add `reviewed_by:` with the name of the person who checked the facts. "
            "For the day on which the text was written, call the line `written_on:`."
        )
    else:
        message = _("the name of a reviewer is given, and not the day")
        hint = _("Add `reviewed_on:` with the day, year first: 2026-03-31.")
    return rejected.diagnose(rules.REVIEW_WITHOUT_NAME, message, hint)


def is_unnamed_review(record: Any) -> bool:
    """Whether the day of a review is given, and not who made it."""
    return isinstance(record, dict) and bool(record.get("reviewed_on")) and not record.get("reviewed_by")


def explain_day_of_writing(rejected: RejectedValue) -> Diagnostic:
    """Texts of earlier versions have one day, that of a review without a name."""
    message = _("the day of a review is given, and neither who made it nor when the text was written")
    return rejected.diagnose(rules.MISSING_FIELD, message, _("Call the line `written_on:`."))
