"""The colours of a site: those of the package, turned to the ones that a community sets, and kept easy to read.

A community sets as few as it likes, mostly one. What it leaves out follows: the
header's colour turns the greys, the footer and the links with it, in light and
dark colours. What follows is made lighter or darker until it can be read. What
is set stays as it is, and is told where it cannot be read (`Palette.faults`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from goodpractice.config.colours import SIGN, TEXT, find_nearest, measure_contrast, shade_colour, turn_colour
from goodpractice.config.look import Colours, ColourSettings

_TOKEN = re.compile(r"--gp-([\w-]+): (#[0-9a-f]{6});")
#: Where the colours of another scheme begin in the style sheet of the tokens.
_SCHEME = re.compile(r'^(?=@media|  \[data-md-color-scheme="slate"\])', re.MULTILINE)
_MORE = "prefers-contrast: more"
_ENHANCED = 7.0  # what a reader asks for who asks for more contrast

_GROUNDS = ("paper", "surface", "card")
_KINDS = ("plum", "rust", "teal", "indigo", "moss", "sea", "ochre", "red")
#: What stands on what, and the contrast that it needs.
PAIRS: tuple[tuple[tuple[str, ...], tuple[str, ...], float], ...] = (
    (("ink", "ink-soft", "link", "link-hover", *_KINDS), (*_GROUNDS, "mark", "code"), TEXT),
    (("focus", "line-strong", "button-edge", *(f"theme-{number}" for number in range(1, 15))), _GROUNDS, SIGN),
    (("on-brand", "on-brand-soft", "sun"), ("brand", "brand-deep"), TEXT),
    (("on-sun",), ("sun",), TEXT),
)
#: What follows a colour that is set.
_FOLLOWERS: Mapping[str, tuple[str, ...]] = {
    "brand": (
        *("paper", "surface", "card", "code", "ink", "ink-soft", "line", "line-strong", "link", "link-hover"),
        *("on-brand-soft", "button-edge"),
    ),
    "link": ("link-hover",),
    "ink": ("ink-soft",),
    "paper": ("surface", "code", "line"),
}


class Fault(NamedTuple):
    """A colour that cannot be read well enough.

    Attributes:
        scheme: `light` or `dark`.
        name: Its name, as it is set.
        other: The colour that stands on it, or below it.
        contrast: The contrast of the two.
        needed: The contrast that WCAG 2.2 AA asks for.
        nearest: The nearest colour with which everything can be read; nothing where there is none.
    """

    scheme: str
    name: str
    other: str
    contrast: float
    needed: float
    nearest: str | None


class Palette(NamedTuple):
    """The colours of a site, by scheme and token, and those of them that cannot be read."""

    schemes: Mapping[str, Mapping[str, str]]
    faults: tuple[Fault, ...]


def read_tokens() -> str:
    """The style sheet that names every colour and size."""
    return (files("goodpractice") / "components" / "_base" / "tokens.css").read_text(encoding="utf-8")


@cache
def _read_defaults() -> Mapping[str, Mapping[str, str]]:
    light, __, dark = _SCHEME.split(read_tokens())[:3]
    return {"light": dict(_TOKEN.findall(light)), "dark": dict(_TOKEN.findall(dark))}


def make_palette(colours: ColourSettings) -> Palette:
    """Work out every colour from those that are set."""
    chosen = {"light": colours.given, "dark": colours.dark.given}
    schemes: dict[str, Mapping[str, str]] = {}
    faults: list[Fault] = []
    for scheme, given in chosen.items():
        values = _follow(scheme, chosen)
        _settle(values, given)
        schemes[scheme] = values
        faults += _list_faults(scheme, values, given)
    return Palette(schemes, tuple(faults))


def _follow(scheme: str, chosen: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The colours of a scheme, turned to those that are set there or, for the dark scheme, in the light one."""
    defaults, given = _read_defaults(), chosen[scheme]
    values = dict(defaults[scheme])
    for name in Colours.model_fields:
        source = scheme if name in given else "light"
        if name in chosen[source]:
            for token in (name, *_FOLLOWERS.get(name, ())):
                values[token] = turn_colour(defaults[scheme][token], defaults[source][name], chosen[source][name])
    values.update(given)
    if values["brand"] != defaults[scheme]["brand"]:
        values["brand-deep"] = shade_colour(values["brand"], 0.8)
    return values


def _settle(values: dict[str, str], given: Mapping[str, str]) -> None:
    """Make what follows lighter or darker, until it can be read on what lies below it."""
    dark = _read_defaults()["light"]["ink"]
    values["on-brand"] = _choose_text(values["brand"], "#ffffff", dark)
    if values["on-brand"] != "#ffffff":
        values["on-brand-soft"] = values["on-brand"]
    values["brand-deep"] = find_nearest(values["brand-deep"], [(values["on-brand"], TEXT)]) or values["brand"]
    for names, grounds, least in PAIRS:
        for name in names:
            if name == "on-sun":
                values[name] = _choose_text(values["sun"], dark, "#ffffff")
            elif name not in given:
                needs = [(values[ground], least) for ground in grounds]
                values[name] = find_nearest(values[name], needs) or values["on-brand" if "brand" in grounds else name]


def _choose_text(ground: str, *wanted: str) -> str:
    """The first of some colours that can be read on a ground; black or white can on any."""
    return next(text for text in (*wanted, "#000000", "#ffffff") if measure_contrast(text, ground) >= TEXT)


def _list_faults(scheme: str, values: Mapping[str, str], given: Mapping[str, str]) -> Iterator[Fault]:
    """Of each colour that is set, the first pair that is hard to read. Where both are set, the ground is right."""
    found: dict[str, tuple[str, float, float]] = {}
    for names, grounds, least in PAIRS:
        for name, ground in ((name, ground) for name in names for ground in grounds):
            contrast = measure_contrast(values[name], values[ground])
            blamed, other = (name, ground) if name in given else (ground, name)
            if contrast < least and blamed in given:
                found.setdefault(blamed, (other, contrast, least))
    for name, (other, contrast, least) in found.items():
        yield Fault(scheme, name, other, contrast, least, find_nearest(values[name], _list_needs(name, values)))


def _list_needs(name: str, values: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    for names, grounds, least in PAIRS:
        others = chain(grounds if name in names else (), names if name in grounds else ())
        yield from ((values[other], least) for other in others)


def paint(css: str, palette: Palette) -> str:
    """The style sheet of the tokens with the colours of a palette."""
    painted, more = [], False
    for part in _SCHEME.split(css):
        more = more or _MORE in part
        scheme = "dark" if "color-scheme: dark" in part or part.startswith("  [") else "light"
        values = palette.schemes[scheme]
        painted.append(_paint_more(part, values, _read_defaults()[scheme]) if more else _replace(part, values))
    return "".join(painted)


def _replace(part: str, values: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda found: f"--gp-{found[1]}: {values[found[1]]};", part)


def _paint_more(part: str, values: Mapping[str, str], defaults: Mapping[str, str]) -> str:
    """For readers who ask for more contrast: what is black or white there stays; the rest is made as easy to read."""
    own = dict(_TOKEN.findall(part))
    for name in own.keys() & {"link", "ochre", "ink-soft", "line", "line-strong"}:
        if values[name] != defaults[name]:
            own[name] = find_nearest(values[name], [(own["paper"], _ENHANCED)]) or own["ink"]
    return _replace(part, own)
