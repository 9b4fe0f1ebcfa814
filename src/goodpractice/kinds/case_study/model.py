"""Case studies: light to write, honest about what is not known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import shorten
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import (
    NOT_DOCUMENTED,
    Facet,
    FieldError,
    Id,
    Line,
    Prose,
    PublishedOn,
    Record,
    Ref,
    Sources,
    Unpublished,
    UpdatedOn,
    Url,
    WhatChanged,
    check_review,
)
from goodpractice.kinds.case_study.words import EVERYDAY_NAMES
from goodpractice.kinds.photo import Photo

#: Characters of a title.
LONGEST_TITLE = 120
NOT_NAMED = "not named"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: A period that says only when something was over: `By 2026`, `Up to 2024`, `Grant by 2024`.
BOUND = re.compile(r"\s*(?:[a-z]+\s+)?(?:by|up to|until|before|not later than)\b", re.IGNORECASE)
#: A period that says that no source gives one, whatever year is named behind it.
UNDATED = re.compile(rf"\s*{NOT_DOCUMENTED}\b", re.IGNORECASE)

HAPPENED = "What happened"
#: How those who took part head what they learned.
LEARNED = "What we learned"
#: How a story that is told from published sources heads the same: nobody who took part wrote it.
REPORTED = "What the sources report"
#: What the parts of a story tell, by the anchors of their headings: for whoever puts stories side by side.
STORY_PARTS = {
    "what-we-learned": "learned",
    "what-the-sources-report": "reported",
    "what-did-not-work": "stumbled",
}


class PartnerInvolved(Record):
    """One partner of a case study, with what it did."""

    partner: Annotated[str, Ref("partner", literal=(NOT_NAMED,), once=True)] | None = Field(
        None, description="Id from partners.yml, or `not named`."
    )
    name: Line | None = Field(None, description="Name, instead of `partner`, of an organisation without an entry.")
    role: Line = Field(description="What this partner did or is, in a few words.")

    @model_validator(mode="after")
    def _one_name(self) -> PartnerInvolved:
        if self.partner is not None and self.name is not None:
            hint = _("Keep one of the two lines: `partner:` for an organisation with a page here, `name:` for another.")
            raise FieldError(rules.WRONG_VALUE, _("this partner has an id and a name"), hint)
        if self.partner is None and self.name is None:
            hint = _("Give `partner:` with an id from partners.yml (or `not named`), or `name:` with the name.")
            raise FieldError(rules.MISSING_FIELD, _("this partner has neither an id nor a name"), hint)
        return self


class Power(Record):
    """Who held the power, where documented."""

    who_decided: Line | None = Field(None, description="Who took the important decisions.")
    who_held_the_money: Annotated[Line, Facet("money_holder")] | None = Field(
        None, description="Who held and managed the money."
    )
    who_was_paid: Line | None = Field(None, description="Whose time was paid.")
    how_partners_were_represented: Line | None = Field(None, description="How each side was represented.")


class Document(Record):
    """Something that others can use again."""

    title: Line = Field(description="What it is called.")
    url: Url = Field(description="Where to find it.")


class Contributor(Record):
    """Somebody who wrote or checked the case study and wants to be named."""

    name: Line = Field(description="Name as the person wants it shown.")
    role: Line | None = Field(None, description="What the person did for this case study.")


def _say_no_year(period: str | None) -> FieldError:
    if period is None:
        message = _("the year is missing")
        hint = _(
            'Add `year: 2024`, or `period: "2019 to 2021"` with quotation marks. '
            "If nobody knows the year: `period: not documented`."
        )
    else:
        message = _("`period` does not hold a year with four digits: {values}", values=f"`{shorten(period, 40)}`")
        hint = _(
            'Write for example `period: "2019 to 2021"`, or `year: 2024` instead. '
            "If nobody knows the year: `period: not documented`."
        )
    return FieldError(rules.NO_YEAR, message, hint, ("period", "year"))


class CaseStudy(Record):
    """A case study. The story itself is the Markdown below these facts."""

    everyday_names: ClassVar[Mapping[str, str]] = EVERYDAY_NAMES

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)] = Field(
        description="What a reader gets, in one line of at most 120 characters."
    )
    summary: Line = Field(description="What happened and what others can take from it, at most 300 characters.")
    partners: tuple[PartnerInvolved, ...] = Field(min_length=1, description="Who took part, with roles.")
    place: Line = Field(description="Where it happened, in plain words.")
    year: int | None = Field(
        None, ge=1900, le=2100, description="The year; or give `period`; or `not documented` where nobody knows it."
    )
    period: Line | None = Field(
        None,
        description=(
            "The time in words, holding a year with four digits, or `not documented` where no source gives one; "
            "or give `year`."
        ),
    )
    themes: tuple[Annotated[Id, Ref("theme")], ...] = Field(
        min_length=1, max_length=6, description="What the story is about: ids from data/themes.yml."
    )
    sources: Sources = Field((), description="Published sources: web addresses, or ids in data/sources.yml.")
    partner_approved_on: datetime.date | None = Field(
        None, description="The day on which the community partner approved this text. Needed when there are no sources."
    )
    region: Annotated[Line, Facet("region")] | None = Field(None, description="Nation or region, for example Wales.")
    country: Annotated[Line, Facet("country")] | None = Field(None, description="Country.")
    programme: Annotated[Id, Ref("programme")] | None = Field(None, description="Programme it was part of.")
    audiences: tuple[Annotated[Id, Ref("audience")], ...] = Field(
        (), description="With whom: ids from data/vocabularies.yml."
    )
    setting: Annotated[Id, Ref("setting")] | None = Field(
        None, description="Where people met: an id from data/vocabularies.yml."
    )
    moments: tuple[Annotated[Id, Ref("moment", related=False)], ...] = Field(
        (), description="Which moments of a partnership the story tells of: ids from data/vocabularies.yml."
    )
    equity_dimensions: tuple[Annotated[Id, Ref("equity_dimension")], ...] = Field(
        (), description="Dimensions of the Equity Compass that the story shows."
    )
    power: Power | None = Field(
        None, description="Who decided, who held the money, who was paid, how sides were represented."
    )
    money: Annotated[Id, Ref("money_band")] | None = Field(None, description="What it cost, as a band.")
    staff_time: Annotated[Line, Facet("staff_time")] | None = Field(
        None, description="How much time staff and volunteers gave."
    )
    access_costs: tuple[Annotated[Id, Ref("access_cost")], ...] = Field(
        (), description="Costs of taking part that were met."
    )
    safeguarding: Line | None = Field(None, description="How people were kept safe.")
    how_contact_began: Line | None = Field(None, description="How the partners met.")
    how_it_ended: Line | None = Field(None, description="How it ended, or how it goes on.")
    situations: Annotated[tuple[Line, ...], Unpublished()] = Field(
        (), description="What people in such a situation would say or type, for the search; not shown."
    )
    partner_account: Prose | None = Field(None, description="The community partner's own account.")
    photos: tuple[Photo, ...] = Field(
        (), description="Photos in the folder `case_studies/<id>/`, each with an entry in its consent.yml."
    )
    documents: tuple[Document, ...] = Field((), description="Documents that others can use again.")
    contributors: tuple[Contributor, ...] = Field((), description="Who wrote this, if they want to be named.")
    licence: Line | None = Field(None, description="Licence, if it is not CC BY 4.0.")
    written_on: datetime.date | None = Field(
        None, description="The day on which the text was written from its sources."
    )
    reviewed_on: datetime.date | None = Field(
        None, description="The day on which a person last checked the facts against the sources; with `reviewed_by`."
    )
    reviewed_by: Line | None = Field(None, description="Who checked the facts, by name.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    what_changed: WhatChanged = None

    @model_validator(mode="before")
    @classmethod
    def _say_once_that_no_year_is_known(cls, values: Any) -> Any:
        if isinstance(values, dict) and isinstance(values.get("year"), str) and UNDATED.match(values["year"]):
            return {"period": values["year"], **{name: given for name, given in values.items() if name != "year"}}
        return values

    @model_validator(mode="after")
    def _dated_and_sourced(self) -> CaseStudy:
        if self.year is None and not (self.period and (YEAR.search(self.period) or UNDATED.match(self.period))):
            raise _say_no_year(self.period)
        if not self.sources and self.partner_approved_on is None:
            raise FieldError(
                rules.NO_PROVENANCE,
                _("it is not said where the story comes from"),
                _(
                    "Add `partner_approved_on:` with the day on which your community partner "
                    "approved this text, or `sources:` with web addresses."
                ),
                ("partner_approved_on", "sources"),
            )
        check_review(self)
        return self

    @property
    def contributed(self) -> bool:
        """Whether the community partner approved the text, rather than it being told from published sources."""
        return self.partner_approved_on is not None

    @property
    def when(self) -> str:
        """The year or period, as readers see it; empty when no source gives one."""
        if self.period and not UNDATED.match(self.period):
            return self.period
        return str(self.year) if self.year is not None else ""

    @property
    def first_year(self) -> int | None:
        """The year by which case studies are filtered and counted; None when at most a latest year is known."""
        if self.year is not None:
            return self.year
        if UNDATED.match(self.period or "") or BOUND.match(self.period or ""):
            return None
        return int(YEAR.findall(self.period or "")[0])

    @property
    def sort_year(self) -> int:
        """The year by which lists put case studies in order; 0, behind all others, when none is known."""
        return self.first_year or 0


#: What the sources may be silent about: field of `CaseStudy` or of `Power`, and how a page names it.
GAPS: dict[str, str] = {
    "who_decided": N_("who took the decisions"),
    "who_held_the_money": N_("who held the money"),
    "who_was_paid": N_("whose time was paid"),
    "money": N_("what it cost"),
    "staff_time": N_("how much staff time it took"),
    "access_costs": N_("which costs of taking part were met"),
    "safeguarding": N_("how people were kept safe"),
    "how_contact_began": N_("how contact began"),
    "how_it_ended": N_("how it ended"),
    "partner_account": N_("the community partner's own account"),
}


def list_gaps(case: CaseStudy) -> tuple[str, ...]:
    """What the sources of a case study do not say, in the words of `GAPS` and in its order."""

    def given(field: str) -> Any:
        return getattr(case, field, None) or getattr(case.power, field, None)

    return tuple(words for field, words in GAPS.items() if not given(field))


CASE_STUDY = "case_study"
