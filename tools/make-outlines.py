"""Make src/goodpractice/maps/outlines.json from Natural Earth, as the npm package world-atlas carries it.

    npm pack world-atlas@2.0.2
    .venv/bin/python tools/make-outlines.py world-atlas-2.0.2.tgz

What it does: reads TopoJSON, projects, drops islands too small to see, leaves out
points that nobody would miss (Visvalingam's method: the smallest triangle first),
clips, and writes SVG paths in whole numbers. Same input, same bytes.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import sys
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from goodpractice.render.projection import project_conic, project_world

OUT = Path(__file__).parent.parent / "src/goodpractice/maps/outlines.json"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
#: Width of both views in units of their paths.
WIDTH = 1000
#: Paths are written in steps of so many units, at most two pixels on a screen. The outlines are the heaviest part of
#: the map, which has to open on a slow connection.
STEP = 3
#: Free space around the land, in the same units.
MARGIN = 34
#: How far outlines go on beyond the edges of a view.
BEYOND = 6

UK: dict[str, Any] = {"kind": "conic", "parallels": [51.0, 58.0], "meridian": -3.5}
#: Shetland stands in a box, as on most maps of the UK: everything north of `lat` moves by so many units.
INSET: dict[str, Any] = {"lat": 59.75, "dx": 262, "dy": 262}
#: The map is cut in the Bering Strait, where it cuts nobody's land in two.
WORLD: dict[str, Any] = {"kind": "world", "meridian": 11.0}

Point = tuple[float, float]
Ring = list[Point]


def read_topology(archive: Path, name: str) -> dict[str, Any]:
    """One file of the package."""
    with tarfile.open(archive) as tar:
        file = tar.extractfile(f"package/{name}.json")
        if file is None:
            sys.exit(f"{archive} holds no {name}.json.")
        found: dict[str, Any] = json.load(file)
        return found


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Lines of longitude and latitude, from their steps in whole numbers."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def outer_rings(geometry: dict[str, Any], arcs: list[Ring]) -> Iterable[Ring]:
    """Outer rings only: lakes are too small to matter here."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        ring: Ring = []
        for index in polygon[0]:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            ring += arc[1:] if ring else arc
        yield ring


def area(ring: Ring) -> float:
    """What a ring encloses, in square units."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def simplify(ring: Ring, smallest: float) -> Ring:
    """Visvalingam's method: points whose triangle is smaller than `smallest` go, smallest first."""
    points = ring[:-1] if ring[0] == ring[-1] else ring[:]
    count = len(points)
    before, after = [(i - 1) % count for i in range(count)], [(i + 1) % count for i in range(count)]
    alive = [True] * count

    def triangle(i: int) -> float:
        return area([points[before[i]], points[i], points[after[i]]])

    heap = [(triangle(i), i) for i in range(count)]
    heapq.heapify(heap)
    left = count
    while heap and left > 3:
        size, i = heapq.heappop(heap)
        if not alive[i] or size != triangle(i):
            continue
        if size >= smallest:
            break
        alive[i] = False
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            heapq.heappush(heap, (triangle(j), j))
    return [point for point, kept in zip(points, alive, strict=True) if kept]


def unwrap(ring: Ring) -> Ring:
    """A ring that crosses the date line, with longitudes that do not jump there."""
    points = ring[:1]
    for lon, lat in ring[1:]:
        before = points[-1][0]
        points.append((lon - 360 * round((lon - before) / 360), lat))
    return points


def clip(ring: Ring, left: float, top: float, right: float, bottom: float) -> Ring:
    """Sutherland and Hodgman: the part of a ring that lies inside a frame."""
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        result: Ring = []
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            inside_a, inside_b = sign * (a[axis] - limit) >= 0, sign * (b[axis] - limit) >= 0
            if inside_a:
                result.append(a)
            if inside_a != inside_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                result.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        ring = result
        if not ring:
            break
    return ring


def write_path(rings: Iterable[Ring]) -> str:
    """Rings as one SVG path, in whole numbers of `STEP` units and relative to the point before."""
    parts = []
    for ring in rings:
        whole = [(round(x / STEP), round(y / STEP)) for x, y in ring]
        points = [p for i, p in enumerate(whole) if i == 0 or p != whole[i - 1]]
        if len(points) < 3:
            continue
        (x, y), steps = points[0], []
        for px, py in points[1:]:
            steps.append(f"{px - x}{'' if py - y < 0 else ' '}{py - y}")
            x, y = px, py
        text = steps[0]
        for step in steps[1:]:
            text += step if step.startswith("-") else f" {step}"
        parts.append(f"M{points[0][0]} {points[0][1]}l{text}z")
    return "".join(parts)


def shape(rings: Iterable[Ring], place: Callable[[Point], Point], smallest: float, height: float, island: float) -> str:
    """Rings as a path: projected, clipped, without islands below `island` and points below `smallest`."""
    kept = []
    for ring in rings:
        placed = [place(point) for point in ring]
        placed = clip(placed, -BEYOND, -BEYOND, WIDTH + BEYOND, height + BEYOND)
        if len(placed) > 2 and area(placed) >= island:
            kept.append(simplify(placed, smallest))
    return write_path(kept)


def fit(points: Iterable[Point]) -> tuple[float, float, float, int]:
    """Scale and shift that bring points into the view, and its height."""
    xs, ys = zip(*points, strict=True)
    scale = (WIDTH - 2 * MARGIN) / (max(xs) - min(xs))
    height = round((max(ys) - min(ys)) * scale) + 2 * MARGIN
    return scale, MARGIN - min(xs) * scale, MARGIN - min(ys) * scale, height


def make_uk(archive: Path) -> dict[str, Any]:
    """The United Kingdom, with its neighbours and Shetland in a box."""
    topology = read_topology(archive, "countries-10m")
    arcs = decode_arcs(topology)
    countries = {g["properties"]["name"]: g for g in topology["objects"]["countries"]["geometries"]}

    def flat(point: Point) -> Point:
        return project_conic(point[1], point[0], UK["parallels"], UK["meridian"])

    home = list(outer_rings(countries["United Kingdom"], arcs))
    main = [p for ring in home for p in ring if p[1] < INSET["lat"] and p[0] > -8.7]
    scale, dx, dy, height = fit(map(flat, main))

    def place(point: Point) -> Point:
        x, y = flat(point)
        inset = point[1] > INSET["lat"]
        return x * scale + dx + (INSET["dx"] if inset else 0), y * scale + dy + (INSET["dy"] if inset else 0)

    shetland = [place(p) for ring in home for p in ring if p[1] > INSET["lat"]]
    xs, ys = zip(*shetland, strict=True)
    frame = [round(min(xs)) - 26, round(min(ys)) - 26, round(max(xs)) + 26, round(max(ys)) + 26]
    near = [r for n in ("Ireland", "France", "Isle of Man") for r in outer_rings(countries[n], arcs)]
    return {
        "projection": UK,
        "width": WIDTH,
        "height": height,
        "step": STEP,
        "scale": scale,
        "dx": dx,
        "dy": dy,
        "inset": {**INSET, "frame": frame},
        "land": shape(home, place, 40, height, 70),
        "near": shape(near, place, 90, height, 120),
    }


def make_world(archive: Path) -> dict[str, Any]:
    """All land but Antarctica."""
    topology = read_topology(archive, "land-110m")
    arcs = decode_arcs(topology)

    def flat(point: Point) -> Point:
        return project_world(point[1], point[0] - WORLD["meridian"])

    rings = [ring for g in topology["objects"]["land"]["geometries"] for ring in outer_rings(g, arcs)]
    # Without Antarctica, which would take a fifth of the height.
    rings = [ring for ring in rings if max(lat for _, lat in ring) > -60]
    west = WORLD["meridian"] - 180
    parts = [
        clip([(lon + turn, lat) for lon, lat in unwrap(ring)], west, -90, west + 360, 90)
        for ring in rings
        for turn in (-360, 0, 360)
    ]
    rings = [ring for ring in parts if ring]
    scale, dx, dy, height = fit(flat(p) for ring in rings for p in ring)

    def place(point: Point) -> Point:
        x, y = flat(point)
        return x * scale + dx, y * scale + dy

    return {
        "projection": WORLD,
        "width": WIDTH,
        "height": height,
        "step": STEP,
        "scale": scale,
        "dx": dx,
        "dy": dy,
        "inset": None,
        "land": shape(rings, place, 26, height, 20),
        "near": "",
    }


def main() -> None:
    """Write both views."""
    archive = Path(sys.argv[1])
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{archive} is not world-atlas 2.0.2: its checksum differs.")
    views = {"uk": make_uk(archive), "world": make_world(archive)}
    for view in views.values():
        for key in ("scale", "dx", "dy"):
            view[key] = round(view[key], 3)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(views, indent=1) + "\n", encoding="utf-8")
    for name, view in views.items():
        sys.stderr.write(f"{name}: {view['height']} high, {len(view['land']) + len(view['near'])} bytes\n")


if __name__ == "__main__":
    main()
