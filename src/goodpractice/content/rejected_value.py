"""A value that pydantic rejects, with all that a message about it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from goodpractice.content.fields import ValuePath, find_model
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _


def show_value(value: object) -> str:
    """A value as a message quotes it: cut, or named by its kind when it is no single text."""
    if isinstance(value, dict):
        return _("a group of fields")
    if isinstance(value, (list, tuple)):
        return _("a list")
    if value is None:
        return _("nothing")
    if value is True or value is False:
        return f"`{str(value).lower()}`"
    return f"`{shorten(' '.join(str(value).split()), 40)}`"


@dataclass(frozen=True, slots=True)
class RejectedValue:
    """A value that a model rejects.

    Attributes:
        model: The model of the whole record.
        kind: What pydantic calls the mistake.
        where: Path of the value, without the number of a last entry of a list.
        name: The same for people.
        value: The value.
        context: What pydantic adds: a limit, a pattern, the error of a rule.
        place: File, line and column.
        given: Whether the name of the field stands in the file.
    """

    model: type[BaseModel]
    kind: str
    where: ValuePath
    name: str
    value: Any
    context: Mapping[str, Any]
    place: tuple[str, int, int]
    given: bool

    @property
    def last(self) -> str:
        """Name of the field."""
        return str(self.where[-1]) if self.where else ""

    @property
    def owner(self) -> type[BaseModel] | None:
        """The model that has the field."""
        return find_model(self.model, self.where[:-1])

    @property
    def described(self) -> str:
        """The description of the field in its model; `make generate` collects these words from the models."""
        info = self.owner.model_fields.get(self.last) if self.owner else None
        return _(info.description) if info and info.description else ""

    @property
    def shown(self) -> str:
        """The value as a message quotes it."""
        return show_value(self.value)

    def diagnose(self, rule: str, message: str, hint: str = "") -> Diagnostic:
        """A problem at the place of the value."""
        return Diagnostic(*self.place, rule, message, hint)
