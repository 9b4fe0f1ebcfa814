"""The fields of an event."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from goodpractice.diagnostics import rules
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import (
    Facet,
    FieldError,
    Id,
    Line,
    Placed,
    Prose,
    PublishedOn,
    Record,
    Ref,
    Sources,
    UpdatedOn,
    Url,
    WhatChanged,
)
from goodpractice.kinds.event.dates import (
    DAY_NAMES,
    ORDINALS,
    Occurrence,
    WhenError,
    list_occurrences,
    read_when,
)
from goodpractice.kinds.event.zones import find_zone, list_near_zones

EVENT = "event"

#: What became of an event.
Status = Literal["planned", "held", "called off", "moved", "not documented"]


def _write_day(value: Any) -> Any:
    """Days and years that YAML has read as such, as texts again."""
    return str(value) if isinstance(value, datetime.date | int) and not isinstance(value, bool) else value


def _check_when(text: str) -> str:
    try:
        read_when(text)
    except WhenError:
        # As for every other day that is none: the message guesses which one was meant.
        raise PydanticCustomError("date_parsing", "no such day", {"may_be_partial": True}) from None
    return text


def _check_zone(name: str) -> str:
    try:
        find_zone(name)
    except KeyError:
        near = list_near_zones(name)
        hint = _("Write the name that the IANA has for it, with the continent: `Europe/London`.")
        if near:
            hint = _("Write one of these, with the continent: {names}.", names=", ".join(f"`{zone}`" for zone in near))
        raise FieldError(rules.UNKNOWN_ZONE, _("there is no time zone `{name}`", name=name), hint) from None
    return name


When = Annotated[
    str,
    BeforeValidator(_write_day),
    AfterValidator(_check_when),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d([ T]\d\d:\d\d)?)?)?$"}),
]
Zone = Annotated[str, AfterValidator(_check_zone)]
_WEEKDAY = rf"^({'|'.join(ORDINALS)}) ({'|'.join(DAY_NAMES)})$"


class MovedOccurrence(Record):
    """One occurrence of a repeated event that takes place at another time."""

    day: datetime.date = Field(description="The day on which it would have been.")
    to: When = Field(description="The day on which it is instead, with a time of day where that is another, too.")


class Repetition(Record):
    """How an event comes again."""

    every: Literal["week", "two weeks", "month", "year"] = Field(description="How often.")
    weekday: Annotated[str, StringConstraints(pattern=_WEEKDAY)] | None = Field(
        None, description="Which day of the month, in words: `second Tuesday`, `last Friday`; else the same date."
    )
    until: datetime.date = Field(description="The last day on which it may be.")
    left_out: tuple[datetime.date, ...] = Field((), description="Days on which it was never going to be.")
    called_off: tuple[datetime.date, ...] = Field((), description="Days on which it was announced and is called off.")
    moved: tuple[MovedOccurrence, ...] = Field((), description="Days on which it was announced and is moved.")


class Event(Placed):
    """Something that took place or will take place: a meeting, a summit, a launch, a festival."""

    everyday_names: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("date", "from", "when", "day", "begins", "starts", "starts_on", "start_date", "time", "start_time"),
            "start",
        ),
        **dict.fromkeys(("to", "until", "till", "ends", "ends_on", "end_date", "end_time"), "end"),
        **dict.fromkeys(("title", "event", "what"), "name"),
        **dict.fromkeys(("link", "website", "web"), "url"),
    }

    id: Id = Field(description="Permanent short name; it becomes the address of the page.")
    name: Line = Field(description="Name of the event.")
    status: Status = Field(
        description="What became of it; `not documented` where it was announced and no source says more."
    )
    start: When | None = Field(
        None,
        description="When it begins, as precisely as a source says: 2026-03-31, with a time of day 2026-03-31 14:00, "
        "and 2026-03 or 2026 where nobody knows more.",
    )
    end: When | None = Field(None, description="Its last day, or when it ends, in the form of `start`.")
    zone: Zone | None = Field(
        None, description="Time zone of the place, where `start` has a time of day: Europe/London."
    )
    moved_from: When | None = Field(None, description="When it should have begun before it was moved.")
    period: Line | None = Field(None, description="Dates in words, where no source gives them as dates.")
    repeats: Repetition | None = Field(None, description="How it comes again, where it does.")
    online: bool = Field(False, description="Whether people take part online, there alone or besides the place.")
    place: Line | None = Field(None, description="Building, where a source names it in public.")
    town: Line | None = Field(None, description="Town.")
    country: Annotated[Line, Facet("country")] | None = Field(None, description="Country.")
    url: Url | None = Field(None, description="Public page of the event.")
    hosts: tuple[Annotated[Id, Ref("partner")], ...] = Field((), description="Hosting partners.")
    networks: tuple[Annotated[Id, Ref("network")], ...] = Field((), description="Networks behind the event.")
    programmes: tuple[Annotated[Id, Ref("programme", facet=False)], ...] = Field(
        (), description="Programmes that it belongs to."
    )
    themes: tuple[Annotated[Id, Ref("theme", facet=False)], ...] = Field((), description="Themes that it was about.")
    attendance: Line | None = Field(None, description="How many came; sources that differ are all named.")
    outcome: Line | None = Field(None, description="What was agreed.")
    about: Prose | None = Field(None, description="More about it.")
    published_on: PublishedOn = None
    updated_on: UpdatedOn = None
    what_changed: WhatChanged = None
    sources: Sources = Field(min_length=1, description="Where the entry comes from.")

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Every time that it takes place, the earliest first; none where its days are not known."""
        return list_occurrences(self)

    @property
    def first_day(self) -> datetime.date | None:
        """The first day on which it may be, for lists in order."""
        return read_when(self.start).first if self.start else None

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it may be: afterwards it has passed."""
        if self.start is None:
            return None
        days = [one.last_day for one in self.occurrences]
        return max(days) if days else read_when(self.end or self.start).last
