"""Lists of case studies by facet, read in slices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from goodpractice.kinds import CaseStudy

if TYPE_CHECKING:
    from goodpractice.content.knowledge_base import KnowledgeBase


class CaseList(Sequence[tuple[str, CaseStudy]]):
    """A list of case studies. What is read of it is an answer of its own: a slice does not depend on the rest."""

    def __init__(self, kb: KnowledgeBase, facets: tuple[tuple[str, str], ...]) -> None:
        self._kb = kb
        self._facets = facets

    def __len__(self) -> int:
        return int(self._kb.ask("case_count", self._facets))

    @overload
    def __getitem__(self, at: int) -> tuple[str, CaseStudy]: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, CaseStudy], ...]: ...

    def __getitem__(self, at: int | slice) -> tuple[str, CaseStudy] | tuple[tuple[str, CaseStudy], ...]:
        if isinstance(at, int):
            (found,) = self[at : at + 1 or None]
            return found
        ids = self._kb.ask("cases", self._facets, at.start, at.stop)
        return tuple((case_id, self._kb.case_studies[case_id]) for case_id in ids)

    def __iter__(self) -> Iterator[tuple[str, CaseStudy]]:
        return iter(self[:])

    def __bool__(self) -> bool:
        return len(self) > 0
