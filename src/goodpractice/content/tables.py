"""The records of the knowledge base in tables, one for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from goodpractice.kinds import (
    Choice,
    Record,
    case_study,
    chapter,
    event,
    network,
    partner,
    plan,
    programme,
    publication,
    resource,
    term,
    theme,
    translation,
)
from goodpractice.kinds.kind import Collection, Kind
from goodpractice.kinds.registry import COLLECTIONS, KINDS, VOCABULARIES
from goodpractice.query.tracking import Table

K = TypeVar("K", bound=Record)


class _Records(Generic[K]):
    """A table as an attribute: `kb.partners` is `kb.table("partner")`, with the type of its records."""

    def __init__(self, kind: Kind[K]) -> None:
        self.kind = kind.id

    def __get__(self, kb: Tables, owner: type[Tables]) -> Table[K]:
        return kb.tables[self.kind]


class Tables:
    """Records by kind. Those of the package have a typed attribute each, too."""

    tables: Mapping[str, Table[Any]]

    partners = _Records(partner.KIND)
    networks = _Records(network.KIND)
    programmes = _Records(programme.KIND)
    themes = _Records(theme.KIND)
    events = _Records(event.KIND)
    terms = _Records(term.KIND)
    resources = _Records(resource.KIND)
    plans = _Records(plan.KIND)
    publications = _Records(publication.KIND)
    case_studies = _Records(case_study.KIND)
    chapters = _Records(chapter.KIND)
    translations = _Records(translation.KIND)

    def table(self, kind: str) -> Table[Any]:
        """The table that holds records of a kind, by the id that `Ref` names.

        Raises:
            KeyError: There is no such kind.
        """
        return self.tables[kind]

    def kind(self, kind: str) -> Kind[Any]:
        """A kind by its id.

        Raises:
            KeyError: There is no such kind.
        """
        return KINDS[kind]

    def collection(self, kind: str) -> Collection[Any]:
        """The pages of a kind.

        Raises:
            KeyError: There is no such kind, or it has no pages.
        """
        return COLLECTIONS[kind]

    @property
    def choices(self) -> Mapping[str, Table[Choice]]:
        """Controlled vocabularies: kind, then id."""
        return {kind: self.tables[kind] for kind in VOCABULARIES}

    def list_choices(self, kind: str) -> tuple[Choice, ...]:
        """The values of a controlled vocabulary, in the order of its file; none when the community has none."""
        return tuple(self.tables[kind].values())
