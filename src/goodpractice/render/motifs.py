"""A motif for each theme: a tile in the weave of the site's mark, so that themes are told apart without colour too.

Drawn here, by the place of a theme in `data/themes.yml`. Beside it always
stands the theme's name.
"""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase

#: What lies in the four fields of a tile, from the top left: bars across (h) or upright (v), a disc (d), a ring (r),
#: or nothing (-).
TILES = (
    *("dvvd", "hddh", "rhvr", "vvdd", "hrrh", "dhhr", "v-dv"),
    *("rrhh", "hv-d", "d-rd", "vrhv", "hh-r", "drvh", "-vr-"),
    *("hdrh", "d-hv", "vhhd", "rd-h", "vvrr", "dhvr", "h-dd"),
)
#: Fewer than the motifs: colours repeat, and shapes tell apart.
COLOURS = 14
_CENTRES = ((13, 13), (35, 13), (13, 35), (35, 35))


def _draw(field: str, x: int, y: int) -> str:
    if field == "h":
        return "".join(f'<rect x="{x - 10}" y="{y + at}" width="20" height="8" rx="4"/>' for at in (-10, 2))
    if field == "v":
        return "".join(f'<rect x="{x + at}" y="{y - 10}" width="8" height="20" rx="4"/>' for at in (-10, 2))
    if field == "d":
        return f'<circle cx="{x}" cy="{y}" r="10"/>'
    if field == "r":
        return f'<circle cx="{x}" cy="{y}" r="7.5" fill="none" stroke="currentcolor" stroke-width="5"/>'
    return ""


@cache
def draw_motif(place: int) -> Markup:
    """The motif of the theme at a place in the list, from 0; after the last it begins again."""
    number = place % len(TILES)
    fields = "".join(_draw(field, x, y) for field, (x, y) in zip(TILES[number], _CENTRES, strict=True))
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="gp-motif gp-motif--{number % COLOURS + 1}" viewBox="0 0 48 48" width="24" height="24" '
        f'fill="currentcolor" aria-hidden="true">{fields}</svg>'
    )


def theme_motif(kb: KnowledgeBase, theme_id: str) -> Markup:
    """The motif of a theme."""
    return draw_motif(list(kb.themes).index(theme_id))
