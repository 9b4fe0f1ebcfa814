"""Everything that the community has written, typed and frozen.

`load` makes it; checks, pages and macros read it. Questions that several of
them ask ("which case studies have this theme?") are answered here, once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from goodpractice.models import (
    CaseStudy,
    Chapter,
    Choice,
    Event,
    Network,
    Partner,
    Plan,
    Programme,
    Publication,
    Record,
    Resource,
    Term,
    Theme,
)

#: Words of non-fiction read in a minute: 238 (Brysbaert 2019, doi:10.1016/j.jml.2019.104047).
WORDS_A_MINUTE = 238


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read.

    Attributes:
        path: File, relative to the project.
        base: Path of the record within the file; empty for a file of its own.
        positions: Line and column of every value in the file.
        body_line: Line on which the Markdown begins; 0 for records without a body.
    """

    path: str
    base: tuple[str | int, ...] = ()
    positions: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    body_line: int = 0

    def find(self, where: tuple[str | int, ...] = ()) -> tuple[int, int]:
        """Line and column of a value of the record, or of the nearest value around it."""
        path = (*self.base, *where)
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file as it stands: the story of a case study, a chapter, a page of `docs/`.

    Attributes:
        path: File, relative to the project.
        body: Markdown below the facts.
        body_line: Line on which the body begins, from 1.
        meta: The facts, as read; only for pages of `docs/`.
    """

    path: str
    body: str
    body_line: int = 1
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reading_minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(len(self.body.split()) / WORDS_A_MINUTE))


def _empty() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class KnowledgeBase:
    """All records by id, in the order of their files.

    Attributes:
        documents: Markdown bodies: of case studies and chapters under
            `(kind, id)`, of pages in `docs/` under `("doc", path in docs)`.
        origins: Where each record was read, under `(kind, id)`.
        choices: Controlled vocabularies: kind, then id.
    """

    partners: Mapping[str, Partner] = field(default_factory=_empty)
    networks: Mapping[str, Network] = field(default_factory=_empty)
    programmes: Mapping[str, Programme] = field(default_factory=_empty)
    themes: Mapping[str, Theme] = field(default_factory=_empty)
    events: Mapping[str, Event] = field(default_factory=_empty)
    terms: Mapping[str, Term] = field(default_factory=_empty)
    resources: Mapping[str, Resource] = field(default_factory=_empty)
    plans: Mapping[str, Plan] = field(default_factory=_empty)
    publications: Mapping[str, Publication] = field(default_factory=_empty)
    choices: Mapping[str, Mapping[str, Choice]] = field(default_factory=_empty)
    case_studies: Mapping[str, CaseStudy] = field(default_factory=_empty)
    chapters: Mapping[str, Chapter] = field(default_factory=_empty)
    documents: Mapping[tuple[str, str], Document] = field(default_factory=_empty)
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=_empty)

    def table(self, kind: str) -> Mapping[str, Record]:
        """The table that holds records of a kind: the names used by `Ref`.

        Raises:
            KeyError: There is no such kind.
        """
        if kind in self.choices:
            return self.choices[kind]
        return TABLES[kind](self)

    @cached_property
    def publication_by_url(self) -> Mapping[str, Publication]:
        """Titles for cited addresses."""
        return {entry.url: entry for entry in self.publications.values() if entry.url}

    @cached_property
    def ordered_chapters(self) -> tuple[tuple[str, Chapter], ...]:
        """Chapters in reading order."""
        return tuple(sorted(self.chapters.items(), key=lambda item: (item[1].order, item[0])))

    @cached_property
    def ordered_case_studies(self) -> tuple[tuple[str, CaseStudy], ...]:
        """Case studies, newest first, then by title."""
        return tuple(sorted(self.case_studies.items(), key=lambda item: (-item[1].first_year, item[1].title, item[0])))

    @cached_property
    def _cases_by(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        found: dict[str, dict[str, list[str]]] = {"theme": {}, "partner": {}, "programme": {}, "audience": {}}
        for case_id, case in self.ordered_case_studies:
            keys: dict[str, Iterable[str | None]] = {
                "theme": case.themes,
                "partner": (involved.partner for involved in case.partners),
                "programme": (case.programme,),
                "audience": case.audiences,
            }
            for facet, values in keys.items():
                for value in dict.fromkeys(values):
                    if value is not None:
                        found[facet].setdefault(value, []).append(case_id)
        return {facet: {key: tuple(ids) for key, ids in values.items()} for facet, values in found.items()}

    def select_case_studies(self, **facets: str | None) -> tuple[tuple[str, CaseStudy], ...]:
        """Case studies that have every given facet, newest first.

        Args:
            **facets: `theme`, `partner`, `programme` or `audience`, each an id;
                None leaves a facet open.
        """
        wanted = {facet: value for facet, value in facets.items() if value is not None}
        if not wanted:
            return self.ordered_case_studies
        lists = [self._cases_by[facet].get(value, ()) for facet, value in wanted.items()]
        rest = [frozenset(ids) for ids in lists[1:]]
        return tuple(
            (case_id, self.case_studies[case_id]) for case_id in lists[0] if all(case_id in ids for ids in rest)
        )

    @cached_property
    def _chapters_by_theme(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for chapter_id, chapter in self.ordered_chapters:
            for theme in chapter.themes:
                found.setdefault(theme, []).append(chapter_id)
        return {theme: tuple(ids) for theme, ids in found.items()}

    def select_chapters(self, themes: Iterable[str]) -> tuple[tuple[str, Chapter], ...]:
        """Chapters on any of the themes, in reading order."""
        ids = {chapter_id for theme in themes for chapter_id in self._chapters_by_theme.get(theme, ())}
        return tuple(item for item in self.ordered_chapters if item[0] in ids)

    @cached_property
    def _members(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for partner in self.partners.values():
            for programme in partner.programmes:
                found.setdefault(programme, []).append(partner.id)
        return {programme: tuple(sorted(ids, key=self._partner_order)) for programme, ids in found.items()}

    def _partner_order(self, partner_id: str) -> tuple[str, str]:
        return (sort_key(self.partners[partner_id].name), partner_id)

    def members(self, programme: str) -> tuple[Partner, ...]:
        """Partners that took part in a programme, by name."""
        return tuple(self.partners[partner_id] for partner_id in self._members.get(programme, ()))

    @cached_property
    def ordered_partners(self) -> tuple[Partner, ...]:
        """Partners by name."""
        return tuple(self.partners[partner_id] for partner_id in sorted(self.partners, key=self._partner_order))

    def network_members(self, network: str) -> tuple[Partner, ...]:
        """Partners that belong to a network, by name."""
        return tuple(partner for partner in self.ordered_partners if network in partner.networks)

    def choice_name(self, kind: str, choice_id: str) -> str:
        """Name of a value of a controlled vocabulary; the id itself when it is not there."""
        choice = self.choices.get(kind, {}).get(choice_id)
        return choice.name if choice else choice_id


def sort_key(name: str) -> str:
    """Key for sorting names as readers expect: no case, no accents, no leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return plain.removeprefix("the ")


TABLES: Mapping[str, Callable[[KnowledgeBase], Mapping[str, Record]]] = {
    "partner": lambda kb: kb.partners,
    "network": lambda kb: kb.networks,
    "programme": lambda kb: kb.programmes,
    "theme": lambda kb: kb.themes,
    "event": lambda kb: kb.events,
    "term": lambda kb: kb.terms,
    "resource": lambda kb: kb.resources,
    "plan": lambda kb: kb.plans,
    "source": lambda kb: kb.publications,
    "case_study": lambda kb: kb.case_studies,
    "chapter": lambda kb: kb.chapters,
}
