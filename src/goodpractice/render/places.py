"""Where partners and case studies are, as far as it may be shown, and how they become marks that do not overlap."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import CaseSummary
from goodpractice.content.text import slugify
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds import PARTNER, PROGRAMME, Partner
from goodpractice.kinds.lookup import memoise
from goodpractice.render.projection import project_conic, project_world

HOME = "United Kingdom"
#: Group of partners with a position and no country.
UNKNOWN = N_("Country not documented")
#: Positions are of towns: about a kilometre, never an address.
DECIMALS = 2


class MapEntry(NamedTuple):
    """A partner or a case study on the map or in its list."""

    id: str
    name: str
    programmes: tuple[str, ...]
    #: For a partner: how many of its case studies stand on the map with it.
    cases: int = 0


@dataclass(frozen=True)
class Place:
    """A town with the partners in it, and the case studies that they lead.

    Attributes:
        id: Anchor of its entry in the list.
        name: Town.
        group: Nation or region for the United Kingdom, country elsewhere.
        group_id: Anchor of the group in the list.
        lat: Degrees, two decimals.
        lon: Degrees, two decimals.
        country: Country, where known.
    """

    id: str
    name: str
    group: str
    group_id: str
    lat: float
    lon: float
    country: str
    partners: tuple[MapEntry, ...] = ()
    cases: tuple[MapEntry, ...] = ()

    @property
    def total(self) -> int:
        """How many partners and case studies stand here."""
        return len(self.partners) + len(self.cases)


@dataclass(frozen=True)
class PlaceIndex:
    """Everything that the map and its list may show.

    Attributes:
        places: By group, then by name.
        partners: Partners without a place on the map, by name.
        cases: Case studies without a place on the map, newest first.
    """

    places: tuple[Place, ...]
    partners: tuple[MapEntry, ...]
    cases: tuple[MapEntry, ...]


@memoise
def index_places(kb: KnowledgeBase) -> PlaceIndex:
    """Sort partners and case studies into places.

    A partner whose place is withheld is not there at all. A case study stands
    where its lead partner does: the first that has an entry in `partners.yml`.
    One that a withheld partner took part in stands nowhere, since a dot beside
    it would tell where that partner is.
    """
    shown: dict[str, Partner] = {}
    hidden: set[str] = set()
    for partner in kb.ordered_partners:
        if partner.map == "withheld":
            hidden.add(partner.name.casefold())
        else:
            shown[partner.id] = partner
    towns: dict[tuple[str, str], list[Partner]] = {}
    homeless: list[MapEntry] = []
    for partner in shown.values():
        if partner.lat is None or partner.lon is None:
            homeless.append(MapEntry(partner.id, partner.name, partner.programmes))
        else:
            towns.setdefault(_town(kb, partner), []).append(partner)
    led: dict[str, list[MapEntry]] = {}
    unplaced: list[MapEntry] = []
    for case_id, case in kb.list_case_summaries():
        listed = MapEntry(case_id, case.title, case.named.get(PROGRAMME, ()))
        lead = _find_lead(kb, case, shown, frozenset(hidden))
        if lead is None:
            unplaced.append(listed)
        else:
            led.setdefault(lead, []).append(listed)
    taken: set[str] = set()
    order = sorted(towns, key=lambda key: (*_group_order(key[0], towns[key]), sort_key(key[1]), key))
    groups = {group: _anchor("group", group, taken) for group in dict.fromkeys(group for group, _ in order)}
    places = [_make_place(group, groups[group], name, towns[group, name], led, taken) for group, name in order]
    return PlaceIndex(tuple(places), tuple(homeless), tuple(unplaced))


def _town(kb: KnowledgeBase, partner: Partner) -> tuple[str, str]:
    group = partner.country or partner.region or kb.gettext(UNKNOWN)
    if group == HOME:
        group = partner.region or HOME
    return group, partner.town or partner.region or partner.country or partner.name


def _group_order(group: str, partners: Sequence[Partner]) -> tuple[bool, str]:
    return partners[0].country != HOME, sort_key(group)


def _find_lead(
    kb: KnowledgeBase, case: CaseSummary, shown: Mapping[str, Partner], hidden: frozenset[str]
) -> str | None:
    """The partner beside which a case study stands, or None when it may not or cannot stand anywhere."""
    involved = [partner_id for partner_id in case.named.get(PARTNER, ()) if partner_id in kb.partners]
    if not involved or any(partner_id not in shown for partner_id in involved):
        return None
    if any(name.casefold() in hidden for name in case.names):
        return None
    lead = shown[involved[0]]
    return lead.id if lead.lat is not None and lead.lon is not None else None


def _make_place(
    group: str,
    group_id: str,
    name: str,
    partners: Sequence[Partner],
    led: Mapping[str, list[MapEntry]],
    taken: set[str],
) -> Place:
    # One position for a town, the one that most partners give: a mark never tells which street.
    positions = Counter((round(p.lat or 0, DECIMALS), round(p.lon or 0, DECIMALS)) for p in partners)
    (lat, lon), _ = min(positions.items(), key=lambda item: (-item[1], item[0]))
    cases = tuple(case for partner in partners for case in led.get(partner.id, ()))
    return Place(
        id=_anchor("place", name, taken),
        name=name,
        group=group,
        group_id=group_id,
        lat=lat,
        lon=lon,
        country=partners[0].country or "",
        partners=tuple(MapEntry(p.id, p.name, p.programmes, len(led.get(p.id, ()))) for p in partners),
        cases=cases,
    )


def _anchor(kind: str, name: str, taken: set[str]) -> str:
    stem = f"{kind}-{slugify(name) or 'x'}"
    anchor, number = stem, 1
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor


class Inset(NamedTuple):
    """A part of a map that is moved into a box: what lies north of `lat`."""

    lat: float
    dx: float
    dy: float
    frame: tuple[int, int, int, int]


@dataclass(frozen=True)
class View:
    """A map without marks.

    Attributes:
        width: Units across; `height` likewise.
        step: Units of the view in one unit of its paths.
        land: SVG path of the land.
        near: SVG path of neighbours, drawn paler; may be empty.
    """

    id: str
    width: int
    height: int
    step: int
    land: str
    near: str
    inset: Inset | None
    _kind: str
    _parallels: tuple[float, float]
    _meridian: float
    _scale: float
    _dx: float
    _dy: float

    def place(self, lat: float, lon: float) -> tuple[int, int] | None:
        """Where a position lies, in whole units; None outside the view."""
        lat, lon = round(lat, DECIMALS), round(lon, DECIMALS)
        if self._kind == "conic":
            if abs(lon - self._meridian) > 30 or not 30 < lat < 80:
                return None
            x, y = project_conic(lat, lon, self._parallels, self._meridian)
        else:
            x, y = project_world(lat, (lon - self._meridian + 180) % 360 - 180)
        moved = self.inset is not None and lat > self.inset.lat
        x, y = x * self._scale + self._dx, y * self._scale + self._dy
        if moved and self.inset is not None:
            x, y = x + self.inset.dx, y + self.inset.dy
        point = round(x), round(y)
        return point if 0 <= point[0] <= self.width and 0 <= point[1] <= self.height else None


@cache
def load_views() -> Mapping[str, View]:
    """The maps that come with the package, by name: `uk` and `world`."""
    data = json.loads((files("goodpractice") / "maps" / "outlines.json").read_text(encoding="utf-8"))
    views = {}
    for name, view in data.items():
        projection, inset = view["projection"], view["inset"]
        low, high = projection.get("parallels", (0, 0))
        views[name] = View(
            id=name,
            width=view["width"],
            height=view["height"],
            step=view["step"],
            land=view["land"],
            near=view["near"],
            inset=Inset(inset["lat"], inset["dx"], inset["dy"], tuple(inset["frame"])) if inset else None,
            _kind=projection["kind"],
            _parallels=(low, high),
            _meridian=projection["meridian"],
            _scale=view["scale"],
            _dx=view["dx"],
            _dy=view["dy"],
        )
    return views


@dataclass
class Mark:
    """A mark of a map: one place, or several that lie too close together to be told apart.

    Attributes:
        x: Units from the left; `y` from the top.
        places: The first is the one it stands on.
    """

    x: int
    y: int
    places: list[Place] = field(default_factory=list)

    @property
    def partners(self) -> int:
        """How many partners it stands for."""
        return sum(len(place.partners) for place in self.places)

    @property
    def cases(self) -> int:
        """How many case studies it stands for."""
        return sum(len(place.cases) for place in self.places)


def cluster_places(view: View, places: Iterable[Place], radius: int, apart: int = 2) -> list[Mark]:
    """Marks for a view, none nearer to another than two radii, or as many as `apart` says.

    The busiest place is set first and keeps its position; a place that would
    overlap a mark joins the nearest one. So marks stand on real places, and no
    later one can push an earlier one. Time grows with places × marks, and the
    marks are bounded by the area of the map.
    """
    marks: list[Mark] = []
    for place in sorted(places, key=lambda place: (-place.total, place.id)):
        point = view.place(place.lat, place.lon)
        if point is None:
            continue
        # A mark at the edge stays whole.
        x = min(max(point[0], radius), view.width - radius)
        y = min(max(point[1], radius), view.height - radius)
        near = [
            (distance, i) for i, mark in enumerate(marks) if (distance := _squared(mark, x, y)) < (apart * radius) ** 2
        ]
        if near:
            marks[min(near)[1]].places.append(place)
        else:
            marks.append(Mark(x, y, [place]))
    return sorted(marks, key=lambda mark: (mark.y, mark.x))


def _squared(mark: Mark, x: int, y: int) -> int:
    return (mark.x - x) ** 2 + (mark.y - y) ** 2


class Label(NamedTuple):
    """A name beside a mark: where, seen from the mark, its text begins, is centred or ends, as `anchor` says."""

    x: int
    y: int
    anchor: str
    text: str


def place_labels(view: View, marks: Sequence[Mark], radius: int, size: int) -> list[Label | None]:
    """Names beside the marks, where there is room for them: the busiest marks choose first.

    Widths are estimated from the number of letters, generously.
    """
    boxes = [(mark.x - radius, mark.y - radius, mark.x + radius, mark.y + radius) for mark in marks]
    labels: list[Label | None] = [None] * len(marks)
    order = sorted(range(len(marks)), key=lambda i: (-marks[i].partners - marks[i].cases, i))
    for i in order:
        mark, text = marks[i], short_name(marks[i], countries=view.id == "world")
        width, gap, half = round(len(text) * size * 0.7), round(size * 0.35), round(size * 0.6)
        right, left = mark.x + radius + gap, mark.x - radius - gap
        for label, box in (
            (Label(radius + gap, 0, "start", text), (right, mark.y - half, right + width, mark.y + half)),
            (Label(-radius - gap, 0, "end", text), (left - width, mark.y - half, left, mark.y + half)),
            (
                Label(0, radius + half, "middle", text),
                (mark.x - width // 2, mark.y + radius, mark.x + width // 2, mark.y + radius + 2 * half),
            ),
            (
                Label(0, -radius - half, "middle", text),
                (mark.x - width // 2, mark.y - radius - 2 * half, mark.x + width // 2, mark.y - radius),
            ),
        ):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= view.width and box[3] <= view.height
            if inside and not any(_overlap(box, other) for j, other in enumerate(boxes) if j != i):
                labels[i] = label
                boxes.append(box)
                break
    return labels


def short_name(mark: Mark, countries: bool) -> str:
    """The town a mark stands on, without what tells where the town is, and how many others it stands for.

    Args:
        mark: The mark.
        countries: On a map of the world, towns that share a mark are named by country.
    """
    names = [place.name.split(",")[0] for place in mark.places]
    if countries and len(names) > 1:
        names = list(dict.fromkeys(place.country or place.group for place in mark.places))
        if len(names) == 2:
            return f"{names[0]}, {names[1]}"
    return names[0] if len(names) == 1 else f"{names[0]} + {len(names) - 1}"


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
