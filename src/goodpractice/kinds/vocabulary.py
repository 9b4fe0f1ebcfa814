"""Controlled vocabularies: values that fields choose from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import Id, Line, Record, Unpublished
from goodpractice.kinds.kind import Filter, Kind, Question


class Choice(Record):
    """A value of a controlled vocabulary."""

    id: Id = Field(description="Short name used in the files.")
    name: Line = Field(description="Name that readers see.")
    description: Line | None = Field(None, description="When to choose it.")
    also: Annotated[tuple[Line, ...], Unpublished()] = Field(
        (), description="Everyday words that people type into a search instead."
    )


VOCABULARIES_FILE = "data/vocabularies.yml"

AUDIENCE = "audience"
SETTING = "setting"
MOMENT = "moment"
PARTNER_KIND = "partner_kind"
RESOURCE_KIND = "resource_kind"
MONEY_BAND = "money_band"
MECHANISM = "mechanism"


def _vocabulary(id: str, name: str, known: str = "", in_file: str = "", **more: Any) -> Kind[Choice]:
    # Its list in the file has the name of `in_file`, or that of the id with an s.
    return Kind(
        id=id,
        model=Choice,
        file=VOCABULARIES_FILE,
        list=in_file or f"{id}s",
        name=name,
        known=known,
        is_vocabulary=True,
        linked_type="DefinedTerm",
        **more,
    )


#: All vocabularies, in the order of their lists in the file. A field chooses from one by its mark: `Ref("audience")`.
KINDS = (
    _vocabulary(
        AUDIENCE,
        _("audience"),
        _("the audiences we know"),
        filter=Filter(name=N_("With whom"), place=20),
        also=("vocabulary", "choices", "options"),
        question=Question(N_("Who do you work with?"), 2),
        relatedness=1.0,
        shared=N_("also with {names}"),
    ),
    _vocabulary(
        SETTING,
        _("setting"),
        _("the settings we know"),
        filter=Filter(name=N_("Setting"), place=30),
        question=Question(N_("Where do people meet?"), 4),
    ),
    _vocabulary(
        MOMENT,
        _("moment"),
        _("the moments we know"),
        question=Question(N_("Where are you in the partnership?"), 3),
        relatedness=0.5,
        shared=N_("for the same moment: {names}"),
    ),
    _vocabulary(PARTNER_KIND, _("kind of partner")),
    _vocabulary(RESOURCE_KIND, _("kind of resource")),
    _vocabulary(
        MONEY_BAND,
        _("money band"),
        _("the money bands we know"),
        filter=Filter(name=N_("What it cost"), id="money", place=100),
    ),
    _vocabulary("access_cost", _("kind of cost"), _("the kinds of cost we know")),
    _vocabulary(MECHANISM, _("mechanism"), _("the mechanisms we know"), also=("theory of change",)),
)
