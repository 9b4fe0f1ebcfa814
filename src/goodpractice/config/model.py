"""What a community sets in `mkdocs.yml` under `extra`, `goodpractice`: one model, and what does not fit into it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from operator import getitem
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import Field, StrictBool, StrictFloat, StringConstraints, ValidationError, field_validator
from pydantic_core import ErrorDetails

from goodpractice.config.contact import ContactSettings
from goodpractice.config.limits import Limits, SettingsGroup
from goodpractice.i18n.languages import CODE, KNOWN_NAMES

G = TypeVar("G", bound=SettingsGroup)

LanguageCode = Annotated[str, StringConstraints(pattern=rf"^{CODE.pattern}$")]


class LanguageSettings(SettingsGroup):
    """A language of the site besides that of the theme."""

    name: str | None = Field(
        None, min_length=1, description="What its speakers call it. English and Cymraeg are known without it."
    )
    direction: Literal["ltr", "rtl"] = Field("ltr", description="`rtl` for a language written from right to left.")


class SearchSettings(SettingsGroup):
    """What the search shows."""

    min_share: Annotated[StrictFloat, Field(ge=0, le=1)] = Field(
        1 / 3,
        description="Share of its pages that must carry a value before a filter, or a question of the finder, is "
        "shown: a number from 0 to 1. A third unless set.",
    )
    for_editors: tuple[str, ...] = Field(
        (),
        description="Pages of `docs/` for those who edit and build the site: files, and folders that end in `/`. The "
        "search shows them after every page for readers.",
    )


class GoodPracticeSettings(SettingsGroup):
    """Everything that a community sets for Good Practice; all of it may be left out."""

    languages: dict[LanguageCode, LanguageSettings] = Field(
        {}, description="Languages of the site besides that of the theme, a line for each: `cy: {name: Cymraeg}`."
    )
    limits: Limits = Field(Limits(), description="How much anybody may contribute, in whole numbers.")
    search: SearchSettings = Field(SearchSettings(), description="What the search shows.")
    markdown_pages: StrictBool = Field(
        False,
        description="Whether each page is published as Markdown, too, for programs that read for people: `index.md` "
        "beside it. It is one file more for each page.",
    )
    offline: StrictBool = Field(
        False,
        description="Whether browsers keep what was read, and on a click all of the site, for places without a "
        "network. Where it is off, copies that were kept before are deleted at the next visit.",
    )
    contact: ContactSettings = Field(ContactSettings(), description="Where readers reach you without an account.")
    allowed_contacts: tuple[str, ...] = Field(
        (), description="Public addresses and telephone numbers of organisations that texts may hold."
    )

    @field_validator("languages", mode="before")
    @classmethod
    def _accept_code_alone(cls, given: Any) -> Any:
        """A line `cy:` names a language, too."""
        if not isinstance(given, dict):
            return given
        return {code: {} if facts is None else facts for code, facts in given.items()}


class CheckedSettings(NamedTuple):
    """Settings, and what was wrong with those that were given.

    Attributes:
        settings: What fits; the default in the place of everything else.
        mistakes: What pydantic says of that, with paths below `extra`, `goodpractice`.
    """

    settings: GoodPracticeSettings
    mistakes: tuple[ErrorDetails, ...]


def check_settings(given: Any) -> CheckedSettings:
    """Take over the settings that a community gives, as far as they fit."""
    settings, mistakes = fit_settings(GoodPracticeSettings, {} if given is None else given)
    return CheckedSettings(settings, (*mistakes, *_list_nameless(settings)))


def fit_settings(model: type[G], given: Any) -> tuple[G, tuple[ErrorDetails, ...]]:
    """What fits into a model, with the default in the place of everything else; and what does not fit."""
    values = copy.deepcopy(given)
    mistakes: list[ErrorDetails] = []
    while True:
        try:
            return model.model_validate(values), tuple(mistakes)
        except ValidationError as error:
            found = error.errors(include_url=False)
        mistakes += found
        for detail in reversed(found):  # so that the numbers of entries of a list stay right
            # What misses something goes as a whole.
            where = detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]
            values = _leave_out(values, tuple(part for part in where if part != "[key]"))


def _list_nameless(settings: GoodPracticeSettings) -> Iterator[ErrorDetails]:
    for code, facts in settings.languages.items():
        if facts.name is None and code not in KNOWN_NAMES:
            yield {"type": "missing", "loc": ("languages", code, "name"), "msg": "", "input": None}


def _leave_out(values: Any, where: tuple[int | str, ...]) -> Any:
    """The values without the one at a path; nothing at all without the path."""
    if not where:
        return {}
    *above, last = where
    group: Any = reduce(getitem, above, values)
    with suppress(KeyError):  # a value may have two mistakes
        group.pop(last)
    return values
