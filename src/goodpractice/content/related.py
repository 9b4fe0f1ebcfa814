"""Which case studies belong together: shared themes, partners, programme and audience.

A facet that few case studies share says more than one that many share: each
shared value counts with its inverse frequency (Spärck Jones 1972), weighted by
what kind of facet it is. Only metadata counts, so that editing a story changes
no other page.
"""

from __future__ import annotations

import math
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from operator import itemgetter
from typing import NamedTuple

from goodpractice.content.text import slugify
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.base import find_days
from goodpractice.kinds.lookup import NEXT
from goodpractice.kinds.marks import group_references
from goodpractice.kinds.registry import KINDS, RELATED_KINDS

#: The themes, partners and other records that something names: kind and id of each.
Facets = tuple[tuple[str, str], ...]
#: What it adds that a chapter comes right after another.
IN_SEQUENCE = 1.5
#: Characters of a slug; room for two names joined, such as georgia-united-states.
_LONGEST_ID = 80
#: Case studies looked at around the place of a case study in each list that it stands in.
NEAREST = 8


class Area(NamedTuple):
    """A country, nation or region in which case studies happened.

    Attributes:
        id: Part of the address of its page.
        name: The name that most of its case studies give.
        within: Name of the country that it lies in; empty for a country.
        number: Number of case studies.
        among: Names of the countries in which a region of this name lies, where there are several. Each of these
            regions has a page of its own; this one keeps the address that it had when there was only one.
    """

    id: str
    name: str
    within: str
    number: int
    among: tuple[str, ...] = ()


@cache
def area_id(name: str) -> str:
    """The part of an address that stands for a country or region: small letters without accents, and hyphens.

    No longer than the name of a folder may be.
    """
    made = slugify(name)
    if made and len(made) <= _LONGEST_ID:
        return made
    return f"{made[:_LONGEST_ID] or 'area'}-{zlib.crc32(name.encode()):08x}"


class CaseSummary(NamedTuple):
    """What lists and relations need to know of a case study, without its front matter or body.

    Attributes:
        sort_year: The year by which lists put it in order.
        title: Its title.
        summary: Its summary.
        named: Ids of the records that it names, by kind.
        region: Nation or region.
        country: Country.
        when: The year or period, as readers see it.
        published: The day on which it was new, as `2026-03-31`; empty where it does not say.
        updated: The day on which it last changed.
        licence: Its licence, where that is not the one of the site.
        names: Names of who took part, as far as they are given in words.
    """

    sort_year: int
    title: str
    summary: str
    named: Mapping[str, tuple[str, ...]]
    region: str | None = None
    country: str | None = None
    when: str = ""
    published: str = ""
    updated: str = ""
    licence: str = ""
    names: tuple[str, ...] = ()

    def list_related(self) -> Iterator[tuple[str, str]]:
        """Every facet value by which it is related to others, as kind and value."""
        for kind in RELATED_KINDS:
            for value in self.named.get(kind, ()):
                yield kind, value


def summarise_case(case: CaseStudy) -> CaseSummary:
    """What lists and relations need to know of a case study."""
    named = group_references(case, CaseStudy)
    published, updated = (day.isoformat() if day else "" for day in find_days(case))
    return CaseSummary(
        *(case.sort_year, case.title, case.summary, named, case.region, case.country, case.when),
        *(published, updated, case.licence or "", tuple(entry.name for entry in case.partners if entry.name)),
    )


def rank_case(case_id: str, entry: CaseSummary | CaseStudy) -> tuple[float, str, str]:
    """What decides the place of a case study in every list: the newest first."""
    return -entry.sort_year, entry.title, case_id


class CaseIndex:
    """Case studies by facet, newest first; built once, in linear time but for one sort."""

    def __init__(self, entries: Mapping[str, CaseSummary]) -> None:
        self.entries = entries
        self.ordered: tuple[str, ...] = tuple(sorted(entries, key=lambda case_id: rank_case(case_id, entries[case_id])))
        self._place = {case_id: place for place, case_id in enumerate(self.ordered)}
        self._by_facet: dict[tuple[str, str], list[str]] = {}
        lies_in: dict[str, set[str]] = {}
        for entry in entries.values():
            if entry.region and entry.country:
                lies_in.setdefault(area_id(entry.region), set()).add(area_id(entry.country))
        self._ambiguous = frozenset(region for region, countries in lies_in.items() if len(countries) > 1)
        for case_id in self.ordered:
            entry = entries[case_id]
            found = [(kind, value) for kind, values in entry.named.items() for value in values]
            found += [("region", area) for area in self._list_areas(entry)]
            for facet in dict.fromkeys(found):
                self._by_facet.setdefault(facet, []).append(case_id)
        self._weighted: dict[tuple[str, str], tuple[float, Sequence[int]]] = {}

    def select(self, facets: Iterable[tuple[str, str]]) -> Sequence[str]:
        """Ids of the case studies that have every facet, newest first."""
        lists = [self._by_facet.get(facet, []) for facet in facets]
        if not lists:
            return self.ordered
        if len(lists) == 1:
            return lists[0]
        rest = [frozenset(ids) for ids in lists[1:]]
        return [case_id for case_id in lists[0] if all(case_id in ids for ids in rest)]

    def area_of(self, region: str | None, country: str | None) -> str:
        """Id of the area that a case study with this region and country is listed under; empty when it has neither."""
        if not region:
            return area_id(country) if country else ""
        area = area_id(region)
        return f"{area}-{area_id(country)}" if country and area in self._ambiguous else area

    def _list_areas(self, entry: CaseSummary) -> tuple[str, ...]:
        """Ids of the areas of a case study, each once: its region, all regions of this name, its country."""
        names = (name for name in (entry.region, entry.country) if name)
        own = self.area_of(entry.region, entry.country)
        return tuple(dict.fromkeys([*([own] if own else []), *map(area_id, names)]))

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Countries by number of case studies, each followed by its regions."""
        names: dict[str, Counter[str]] = {}
        within: dict[str, Counter[str]] = {}
        for entry in self.entries.values():
            for name in dict.fromkeys(name for name in (entry.region, entry.country) if name):
                names.setdefault(area_id(name), Counter())[name] += 1
            if entry.region:
                own = self.area_of(entry.region, entry.country)
                if own != area_id(entry.region):
                    names.setdefault(own, Counter())[entry.region] += 1
                for area in {own, area_id(entry.region)}:
                    within.setdefault(area, Counter())[entry.country or ""] += 1

        def usual(counts: Counter[str]) -> str:
            return min(counts, key=lambda name: (-counts[name], name))

        found = []
        for area, spellings in names.items():
            name = usual(spellings)
            country = usual(within[area]) if area in within else ""
            inside = country if area_id(country) != area else ""
            among = tuple(sorted(filter(None, within[area]))) if area in self._ambiguous else ()
            found.append(Area(area, name, inside, len(self._by_facet["region", area]), among))
        size = {area.name: area.number for area in found if not area.within}
        return tuple(
            sorted(
                found,
                key=lambda area: (
                    -size.get(area.within or area.name, 0),
                    area.within or area.name,
                    bool(area.within),
                    -area.number,
                    area.name,
                ),
            )
        )

    def relate(self, case_id: str, most: int) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The closest other case studies, with the facets that they share, the rarest first.

        One that shares nothing with any other still leads on: to its neighbours in the list.
        Costs about 0.05 ms, however many case studies there are.
        """
        # In places of the list, not in ids: a build asks this of every case study when a title has changed.
        scores: dict[int, float] = {}
        lists: list[tuple[float, tuple[str, str], Sequence[int]]] = []
        own = self._place[case_id]
        for facet in dict.fromkeys(self.entries[case_id].list_related()):
            weight, places = self._weighted.get(facet) or self._weigh(facet)
            if len(places) > 2 * NEAREST:
                at = bisect_left(places, own)
                start = min(max(0, at - NEAREST), len(places) - 2 * NEAREST)
                places = places[start : start + 2 * NEAREST]
            lists.append((weight, facet, places))
            for place in places:
                scores[place] = scores.get(place, 0.0) + weight
        scores.pop(own, None)
        # Most have no chance: only those with the highest scores are put in order.
        least = min(sorted(scores.values())[-most:], default=0.0)
        best = [place for place, score in scores.items() if score >= least]
        closest = sorted(best, key=lambda place: (-scores[place], abs(place - own), self.ordered[place]))[:most]
        if not closest:
            around = sorted(
                range(max(0, own - 2), min(len(self.ordered), own + 3)), key=lambda place: (abs(place - own), place)
            )
            return tuple((self.ordered[place], ()) for place in around if place != own)[: min(most, 2)]
        lists.sort(key=itemgetter(1))
        lists.sort(key=itemgetter(0), reverse=True)
        return tuple(
            (self.ordered[place], tuple([facet for __, facet, places in lists if place in places])) for place in closest
        )

    def find_near(self, before: Mapping[str, CaseSummary]) -> set[str]:
        """The case studies of which `relate` may give something else than before some stood elsewhere in the list.

        Where a case study went from one place to another, only distances to what lies between have changed, and only
        for those that look so far. Takes no more than in proportion to the stories, however many of them changed.

        Args:
            before: What lists knew of the case studies that changed. None may be new or gone, and each names the same
                records as before.
        """
        moved = {
            case_id: rank
            for case_id, entry in before.items()
            if (rank := rank_case(case_id, entry)) != rank_case(case_id, self.entries[case_id])
        }
        stretches = []
        for case_id, rank in moved.items():
            old = bisect_left(self.ordered, rank, key=lambda one: rank_case(one, self.entries[one]))
            # Others that moved may stand before or after it now.
            first = min(old, self._place[case_id]) - len(moved)
            last = max(old, self._place[case_id]) + len(moved)
            stretches.append((max(0, first), min(len(self.ordered) - 1, last)))
        found: set[int] = set()
        for first, last in _merge(stretches):
            between = range(first, last + 1)
            found.update(between, range(max(0, first - 2), first), range(last + 1, min(len(self.ordered), last + 3)))
            for facet in {facet for place in between for facet in self.entries[self.ordered[place]].list_related()}:
                __, places = self._weighted.get(facet) or self._weigh(facet)
                start, stop = bisect_left(places, first), bisect_right(places, last)
                found.update(places[max(0, start - 2 * NEAREST) : stop + 2 * NEAREST])
        return {self.ordered[place] for place in found}

    def _weigh(self, facet: tuple[str, str]) -> tuple[float, Sequence[int]]:
        """How much it says to share a facet, and the places of the case studies that have it."""
        places = [self._place[case_id] for case_id in self._by_facet[facet]]
        weight = KINDS[facet[0]].relatedness * (1 + math.log(len(self.ordered) / len(places)))
        found = self._weighted[facet] = weight, places
        return found


def _merge(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of a list, by first and last place, without what they have in common."""
    begun: tuple[int, int] | None = None
    for first, last in sorted(stretches):
        if begun is not None and first <= begun[1] + 1:
            begun = begun[0], max(begun[1], last)
            continue
        if begun is not None:
            yield begun
        begun = first, last
    if begun is not None:
        yield begun


def count_facets(chapters: Mapping[str, Sequence[tuple[str, str]]]) -> Counter[tuple[str, str]]:
    """How many chapters have each theme and moment."""
    return Counter(facet for found in chapters.values() for facet in dict.fromkeys(found))


def rank_chapters(
    chapters: Mapping[str, Sequence[tuple[str, str]]],
    carried: Mapping[tuple[str, str], int],
    facets: Iterable[tuple[str, str]],
    most: int,
    after: str | None = None,
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The chapters that share most with something, with the facets that they share, the rarest first.

    Args:
        chapters: The themes and moments of every chapter, as kind and value, in reading order.
        carried: How many of them have each, from `count_facets`.
        facets: The themes and moments of the thing itself.
        most: At most so many.
        after: The chapter that they follow. It is never among them; the one
            after it shares that it is `("next", "")`, and the last chapter
            leads back to the one before.
    """
    order = list(chapters)
    place = order.index(after) if after is not None else len(order)
    wanted = dict.fromkeys(facets)
    scores: dict[str, float] = {}
    shared: dict[str, list[tuple[float, tuple[str, str]]]] = {}
    for at, (chapter_id, found) in enumerate(chapters.items()):
        if chapter_id == after:
            continue
        reasons = [
            (KINDS[facet[0]].relatedness * (1 + math.log(len(chapters) / carried[facet])), facet)
            for facet in dict.fromkeys(found)
            if facet in wanted
        ]
        if at == place + 1:
            reasons.append((IN_SEQUENCE, (NEXT, "")))
        if reasons:
            scores[chapter_id] = sum(weight for weight, _ in reasons)
            shared[chapter_id] = reasons
    if not scores and after is not None and place:
        scores[order[place - 1]], shared[order[place - 1]] = 0.0, []
    best = sorted(scores, key=lambda chapter_id: (-scores[chapter_id], order.index(chapter_id)))[:most]
    return tuple(
        (chapter_id, tuple(facet for _, facet in sorted(shared[chapter_id], key=lambda item: (-item[0], item[1]))))
        for chapter_id in best
    )
