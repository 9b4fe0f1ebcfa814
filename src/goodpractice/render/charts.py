"""Charts as SVG: text keeps its size on every screen, because places are per cent across and ems down.

Each is a picture with a name in words. What it shows stands beside it as a table, so nothing inside is a link.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from goodpractice.kinds.charts import Bars, Chart, Columns, Tile, Tiles, World
from goodpractice.render.places import load_views

#: Letters of a name that fit across a telephone, and beside the dots, also with the space between letters that WCAG 2.2
#: (1.4.12) asks pages to bear. A picture does not break lines by itself.
MOST_LETTERS = 25
#: From one line of a name to the next, in ems.
LINE = 1.25


def _svg(block: str, height: float, name: str, parts: Sequence[Markup]) -> Markup:
    # One picture with one name: what is drawn in it is not told a second time, without its order.
    return Markup(
        '<svg class="gp-chart gp-chart--{}" role="img" aria-label="{}" width="100%" height="{}em">'
        '<g aria-hidden="true">{}</g></svg>'
    ).format(block, name, _number(height), Markup("").join(parts))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _break(name: str) -> list[str]:
    """A name as one line or two, cut at the end of the second; the table has it in full."""
    return textwrap.wrap(name, MOST_LETTERS, max_lines=2, placeholder="…") or [""]


def _write_name(lines: Sequence[str], top: float) -> Markup:
    """Lines of a name, from the base of the first."""
    text = Markup('<text class="gp-chart__name" x="0" y="{}em">{}</text>')
    return Markup("").join(text.format(_number(top + at * LINE), line) for at, line in enumerate(lines))


def draw_chart(chart: Chart) -> list[Markup]:
    """The pictures of a chart; a matrix and a map have one for wide screens and one for narrow ones."""
    if isinstance(chart, Bars):
        return [draw_bars(chart.name, chart.rows)]
    if isinstance(chart, Columns):
        return [draw_columns(chart.name, chart.columns)]
    if isinstance(chart, World):
        return [draw_world(chart, beside) for beside in (True, False)]
    if isinstance(chart, Tiles):
        return [draw_tiles(chart.name, chart.rows, chart.legend)]
    return [draw_matrix(chart.name, chart.columns, chart.rows, chart.cells, beside) for beside in (True, False)]


def draw_bars(name: str, rows: Sequence[tuple[str, int]]) -> Markup:
    """Bars that lie, each below its name, with its number at the end.

    Args:
        name: What the picture shows, in one sentence.
        rows: Names and numbers, in the order shown.
    """
    most = max((number for _, number in rows), default=0) or 1
    parts = []
    top = 0.0
    for text, number in rows:
        lines = _break(text)
        # Letters that reach below the line end above the number of a short bar.
        bar = top + 1.55 + (len(lines) - 1) * LINE
        # An eighth of the width stays free for the number.
        width = number / most * 88
        parts.append(
            Markup(
                '{}<rect class="gp-chart__bar{}" x="0" y="{}em" width="{}%" height="0.95em"/>'
                '<text class="gp-chart__number" x="{}%" y="{}em" dx="0.5em">{}</text>'
            ).format(
                _write_name(lines, top + 1.05),
                "" if number else " gp-chart__bar--none",
                _number(bar),
                _number(max(width, 0.6)),
                _number(max(width, 0.6)),
                _number(bar + 0.8),
                number,
            )
        )
        top = bar + 1.5
    return _svg("bars", top, name, parts)


def draw_columns(name: str, columns: Sequence[tuple[str, int]]) -> Markup:
    """Columns that stand, with a number above and a short label below.

    Args:
        name: What the picture shows, in one sentence.
        columns: Labels and numbers, from left to right. Where they are many, only some labels are printed.
    """
    most = max((number for _, number in columns), default=0) or 1
    step = 100 / max(len(columns), 1)
    # Six labels of four figures stand apart on a telephone.
    every = -(-len(columns) // 6)
    high, base = 10.0, 12.0
    parts = [
        Markup('<line class="gp-chart__axis" x1="0" x2="100%" y1="{}em" y2="{}em"/>').format(
            _number(base), _number(base)
        )
    ]
    for at, (label, number) in enumerate(columns):
        middle = (at + 0.5) * step
        tall = number / most * high
        if number:
            parts.append(
                Markup(
                    '<rect class="gp-chart__bar" x="{}%" y="{}em" width="{}%" height="{}em"/>'
                    '<text class="gp-chart__number" x="{}%" y="{}em" text-anchor="middle">{}</text>'
                ).format(
                    _number(at * step + step * 0.15),
                    _number(base - tall),
                    _number(step * 0.7),
                    _number(tall),
                    _number(middle),
                    _number(base - tall - 0.4),
                    number,
                )
            )
        if at % every == 0:
            parts.append(
                Markup('<text class="gp-chart__label" x="{}%" y="{}em" text-anchor="middle">{}</text>').format(
                    _number(middle), _number(base + 1.4), label
                )
            )
    return _svg("columns", base + 2, name, parts)


def draw_matrix(
    name: str, columns: Sequence[str], rows: Sequence[str], cells: Mapping[tuple[int, int], int], beside: bool
) -> Markup:
    """Dots where rows and columns meet, with a number where it is more than one.

    Args:
        name: What the picture shows, in one sentence.
        columns: Names across, printed from bottom to top.
        rows: Names down.
        cells: Numbers, by row and column.
        beside: Row names stand beside the dots; above them otherwise, for narrow screens.
    """
    left = 44.0 if beside else 0.0
    step = (100 - left) / max(len(columns), 1)
    top = max((len(column) for column in columns), default=0) * 0.62 + 1
    names = [_break(row) for row in rows]
    highs = [(2.0 if beside else 3.3) + (len(lines) - 1) * (LINE - (0.5 if beside else 0)) for lines in names]
    below = top + sum(highs)
    parts = []
    for at, column in enumerate(columns):
        x = _number(left + (at + 0.5) * step)
        parts.append(
            Markup(
                '<svg x="{}%" y="{}em" overflow="visible">'
                '<text class="gp-chart__label" transform="rotate(-90)" dy="0.35em">{}</text></svg>'
                '<line class="gp-chart__guide" x1="{}%" x2="{}%" y1="{}em" y2="{}em"/>'
            ).format(x, _number(top - 0.4), column, x, x, _number(top), _number(below))
        )
    for at, (lines, high) in enumerate(zip(names, highs, strict=True)):
        middle = top + (high / 2 if beside else high - 0.95)
        text = top + (high / 2 + 0.35 - (len(lines) - 1) * LINE / 2 if beside else 1.1)
        parts.append(
            Markup('<line class="gp-chart__axis" x1="0" x2="100%" y1="{0}em" y2="{0}em"/>{1}').format(
                _number(top), _write_name(lines, text)
            )
        )
        for place in range(len(columns)):
            number = cells.get((at, place), 0)
            if not number:
                continue
            x = _number(left + (place + 0.5) * step)
            parts.append(
                Markup('<circle class="gp-chart__dot" cx="{}%" cy="{}em" r="0.72em"/>').format(x, _number(middle))
            )
            if number > 1:
                count = Markup('<text class="gp-chart__count" x="{}%" y="{}em">{}</text>')
                parts.append(count.format(x, _number(middle + 0.36), number))
        top += high
    return _svg(f"matrix gp-chart--{'wide' if beside else 'narrow'}", below + 0.3, name, parts)


#: Size of the letters on a map 1,000 units wide, so that they are legible: for a screen of 440 px, and a telephone.
_LETTERS = {True: 30, False: 46}


def draw_world(chart: World, wide: bool) -> Markup:
    """Names on a map of the world, each above a dot where it stands.

    Args:
        chart: The names with their places.
        wide: Whether it is for a wide screen; for a telephone otherwise, with larger letters.
    """
    view, size = load_views()["world"], _LETTERS[wide]
    spots = [
        Markup(
            '<circle class="gp-chart__dot" cx="{0}" cy="{1}" r="{2}"/>'
            '<text class="gp-chart__name" x="{0}" y="{3}">{4}</text>'
        ).format(x, y, _number(size * 0.28), _number(y - size * 0.5), spot.name)
        for spot in chart.spots
        for x, y in [view.place(spot.lat, spot.lon) or (0, 0)]
    ]
    land = Markup('<path class="gp-chart__land" transform="scale({})" d="{}"/>').format(view.step, view.land)
    return Markup(
        '<svg class="gp-chart gp-chart--world gp-chart--{}" role="img" aria-label="{}" viewBox="0 0 {} {}" '
        'width="100%"><g aria-hidden="true" font-size="{}">{}{}</g></svg>'
    ).format("wide" if wide else "narrow", chart.name, view.width, view.height, size, land, Markup("").join(spots))


#: At least so many and at most so many tiles beside each other, and the height of one, in ems.
_FEWEST, _MOST, _TALL = 3, 5, 2.2


def draw_tiles(name: str, rows: Sequence[tuple[str, Sequence[Tile]]], legend: Sequence[tuple[str, str]]) -> Markup:
    """Tiles in rows, each row below its name; what their looks mean stands at the foot.

    Args:
        name: What the picture shows, in one sentence.
        rows: Names with their tiles, in the order shown.
        legend: Looks with what they mean. Each differs in shape, not only in colour.
    """
    parts = []
    top = 0.0
    abreast = min(max(_FEWEST, *(len(tiles) for __, tiles in rows)), _MOST) if rows else _FEWEST
    for text, tiles in rows:
        lines = textwrap.wrap(text, MOST_LETTERS)
        first = top + 1.6 + (len(lines) - 1) * LINE
        parts.append(_write_name(lines, top + 1.05))
        for at, tile in enumerate(tiles):
            down, across = divmod(at, abreast)
            place = (across * 100 / abreast, first + down * (_TALL + 0.4), 100 / abreast - 2)
            parts.append(_draw_tile(*place, tile.look, tile.label))
            if tile.dot:
                parts.append(_draw_dot(place[0] + place[2] - 2.5, place[1] + 0.55))
        top = first + -(-len(tiles) // abreast) * (_TALL + 0.4) + 0.5
    for look, meaning in legend:
        parts.append(_draw_dot(4, top + 0.75) if look == "dot" else _draw_tile(0, top, 8, look, "", 1.5))
        text = Markup('<text class="gp-chart__label" x="10%" y="{}em">{}</text>')
        parts.append(text.format(_number(top + 1.1), meaning))
        top += 1.9
    return _svg("tiles", top, name, parts)


def _draw_tile(left: float, top: float, wide: float, look: str, label: str, tall: float = _TALL) -> Markup:
    box = Markup('<rect class="gp-chart__tile gp-chart__tile--{}" x="{}%" y="{}em" width="{}%" height="{}em"/>')
    edge = "none" if look == "none" else "edge"
    parts = [box.format(edge, _number(left), _number(top), _number(wide), _number(tall))]
    if look in ("full", "half"):
        filled = tall if look == "full" else tall * 0.3
        parts.append(box.format("full", _number(left), _number(top + tall - filled), _number(wide), _number(filled)))
    if look == "crossed":
        line = Markup('<line class="gp-chart__cross" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>')
        parts.append(line.format(_number(left), _number(top + tall), _number(left + wide), _number(top)))
    text = Markup('<text class="gp-chart__number{}" x="{}%" y="{}em" text-anchor="middle">{}</text>')
    on = " gp-chart__number--on" if look == "full" else ""
    parts.append(
        text.format(on, _number(left + wide / 2), _number(top + tall / 2 + 0.35), label) if label else Markup("")
    )
    return Markup("").join(parts)


def _draw_dot(left: float, top: float) -> Markup:
    return Markup('<circle class="gp-chart__mark" cx="{}%" cy="{}em" r="0.32em"/>').format(_number(left), _number(top))
