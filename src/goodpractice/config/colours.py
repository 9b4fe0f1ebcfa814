"""Colours as numbers: how well one is read on another (WCAG 2.2), and the nearest that is read well enough."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

from pydantic_core import PydanticCustomError

#: Contrast that WCAG 2.2 AA asks of text, and of signs and borders that matter.
TEXT, SIGN = 4.5, 3.0


def read_colour(given: object) -> object:
    """A colour as `#rrggbb`, from every way in which style sheets write it.

    Raises:
        PydanticCustomError: It is a text, and no colour that covers what lies below it.
    """
    if not isinstance(given, str):
        return given
    from PIL import ImageColor  # takes a while to import, and few projects set colours

    try:
        red, green, blue, *clear = ImageColor.getrgb(given.strip())
    except ValueError as error:
        raise PydanticCustomError("colour", "not a colour") from error
    if clear and clear != [255]:
        raise PydanticCustomError("colour", "what lies below it shows")
    return f"#{red:02x}{green:02x}{blue:02x}"


def measure_contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    light, dark = sorted((_measure_light(one), _measure_light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _measure_light(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _split(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def turn_colour(colour: str, start: str, end: str) -> str:
    """A colour that goes with one, as it goes with another: as light, in the hue of the other, and as much stronger."""
    (__, light, own), (__, __, before), (hue, __, strength) = map(_describe, (colour, start, end))
    return _join(hue, light, min(1.0, own * strength / before) if before else min(own, strength))


def shade_colour(colour: str, factor: float) -> str:
    """A colour with this share of its light."""
    hue, light, strength = _describe(colour)
    return _join(hue, light * factor, strength)


def find_nearest(colour: str, needs: Iterable[tuple[str, float]]) -> str | None:
    """The nearest lighter or darker colour that has a contrast with each of the others; nothing where none has.

    Args:
        colour: The colour.
        needs: Other colours, each with the contrast that is needed.
    """
    needs = tuple(needs)
    hue, light, strength = _describe(colour)
    for step in range(256):
        for nearby in (light - step / 255, light + step / 255):
            tried = _join(hue, nearby, strength) if step else colour
            if 0 <= nearby <= 1 and all(measure_contrast(tried, other) >= least for other, least in needs):
                return tried
    return None


def _split(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _describe(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*_split(colour))


def _join(hue: float, light: float, strength: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, light, strength))
