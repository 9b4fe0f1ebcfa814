"""What every record has in common: strictness, references, shared types."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from goodpractice.config.web_address import BEGIN, NOT_IN_NAME, PORT, USER
from goodpractice.diagnostics import rules
from goodpractice.i18n.messages import gettext_lazy as _

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LABEL = rf"[^.{NOT_IN_NAME}]+"
#: A whole web address that every reader of addresses can take apart: dots between the parts of its name, no empty part,
#: no bracket, a port that there can be. Who stands before an `@` is told of by the checks.
URL_PATTERN = re.compile(rf"{BEGIN}(?:{USER})?{_LABEL}(?:\.{_LABEL})+\.?(?:{PORT})?(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose value is the id of another record.

    Attributes:
        kind: Id of the other record's kind, for example `partner`.
        literal: Values that are allowed beside ids, for example `not named`.
        facet: Whether the search narrows results by it, where the other kind has a filter.
        related: Whether records that share a value are related, where the other kind has a weight for that.
        once: Whether an id may stand in one group only of a list of groups. In a list of ids, each stands once.
    """

    kind: str
    literal: tuple[str, ...] = ()
    facet: bool = True
    related: bool = True
    once: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Marks a field that is no reference and by which the search narrows results.

    Attributes:
        id: Id of the filter.
    """

    id: str


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Marks a field that cites: a web address, or an id in `data/sources.yml`."""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """Marks a field that no page shows and no published data holds."""


class Record(BaseModel):
    """A frozen entry that refuses fields it does not know."""

    model_config = ConfigDict(
        # An edit of a story needs few of the models: each is built when it is first used.
        defer_build=True,
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
    )
    #: What people call a field, whatever it is called here.
    everyday_names: ClassVar[Mapping[str, str]] = {}
    #: Fields of earlier versions: where what stands in them goes now.
    former_fields: ClassVar[Mapping[str, str]] = {}


Id = Annotated[str, StringConstraints(pattern=rf"^{ID_PATTERN.pattern}$", max_length=60)]
Url = Annotated[str, StringConstraints(pattern=rf"^{URL_PATTERN.pattern}$", max_length=500)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=3000)]
Source = Annotated[str, SourceRef(), StringConstraints(min_length=1, max_length=500)]
Sources = tuple[Source, ...]
#: The name of a person or a role. An address would be read by everybody, programs among them.
PersonName = Annotated[str, StringConstraints(pattern=r"^[^@]+$", max_length=120)]

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


#: What stands where no source gives a value, so that nobody has to invent one.
NOT_DOCUMENTED = "not documented"


class FieldError(ValueError):
    """A value that its kind refuses, or several that do not fit together, with what is to be told of it.

    Attributes:
        rule: The rule that it breaks.
        message: What is wrong.
        hint: What to write instead.
        fields: Fields of which one may be missing: the problem is told at the first that is given.
    """

    def __init__(self, rule: str, message: str, hint: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint, self.fields = rule, message, hint, fields


def check_review(record: Any) -> None:
    """Refuse a review of which only the day or only the name is given: a reader must know who stands for the facts."""
    if (record.reviewed_on is None) == (record.reviewed_by is None):
        return
    if record.reviewed_by is None:
        message = _("the day of a review is given, and not who made it")
        hint = _(
            "Add `reviewed_by:` with the name of the person who checked the facts. "
            "For the day on which the text was written, call the line `written_on:`."
        )
    else:
        message = _("the name of a reviewer is given, and not the day")
        hint = _("Add `reviewed_on:` with the day, year first: 2026-03-31.")
    raise FieldError(rules.REVIEW_WITHOUT_NAME, message, hint, ("reviewed_on", "reviewed_by"))


PublishedOn = Annotated[
    datetime.date | None,
    Field(description="The day on which readers first found it here, for the list of what is new and the feeds."),
]
UpdatedOn = Annotated[
    datetime.date | None,
    Field(description="The day on which it last changed so much that it is worth reading again; a comma is not."),
]
WhatChanged = Annotated[
    Line | None, Field(description="What changed on that day, in a sentence, for the next issue of the newsletter.")
]
#: Fields with the day on which something was new. The first that is given counts.
FIRST_DAYS = ("published_on", "written_on", "partner_approved_on")
#: Fields with a day on which somebody worked on the record.
WORKING_DAYS = (*FIRST_DAYS, "updated_on", "reviewed_on")


def find_days(record: Any) -> tuple[datetime.date | None, datetime.date | None]:
    """The day on which a record was new and the day on which it last changed, as far as it says."""
    first = next((day for name in FIRST_DAYS if (day := getattr(record, name, None))), None)
    return first, getattr(record, "updated_on", None) or first


def check_position(record: Any) -> None:
    """Refuse half a position, and a position of a place that is withheld."""
    if record.lat is None and record.lon is None:
        return
    if record.map == "withheld":
        message = _("the place is withheld from maps, so lat and lon must be left out")
        raise FieldError(rules.PLACE_INCOMPLETE, message, _("Delete `lat` and `lon`."), ("lat", "lon"))
    if record.lat is None or record.lon is None:
        message = _("only one of lat and lon is given")
        raise FieldError(rules.PLACE_INCOMPLETE, message, _("Give both numbers, or neither."), ("lat", "lon"))


#: Fields that say where something is: published data leaves them out where the place is withheld.
PLACE_FIELDS = frozenset({"lat", "lon", "town", "region", "country", "seat"})


class Placed(Record):
    """A record with an approximate position: a town, never a street address."""

    lat: Latitude | None = Field(None, description="Latitude of the town in degrees, two decimals; never an address.")
    lon: Longitude | None = Field(None, description="Longitude of the town in degrees, two decimals; never an address.")
    map: Annotated[str, Unpublished()] = Field(
        "shown",
        pattern="^(shown|withheld)$",
        description=(
            "`withheld` keeps the place off every map and export: for organisations working with people "
            "who seek safety."
        ),
    )

    @model_validator(mode="after")
    def _position(self) -> Placed:
        check_position(self)
        return self


class _Located(Protocol):
    @property
    def region(self) -> str | None: ...

    @property
    def country(self) -> str | None: ...


def place_of(record: _Located) -> str:
    """Where a partner is or a story happened, from the nearest to the widest, without saying a name twice."""
    nearest = getattr(record, "place", None) or getattr(record, "town", None)
    parts: list[str] = []
    for part in (nearest, record.region):
        if part and not any(part in before for before in parts):
            parts.append(part)
    if record.country and record.country != "United Kingdom" and not any(record.country in part for part in parts):
        parts.append(record.country)
    return ", ".join(parts) or (record.country or "")
