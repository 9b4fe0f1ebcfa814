"""A community sets one colour or some, and every page can be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.config.colours import measure_contrast
from goodpractice.config.look import Colours, ColourSettings
from goodpractice.render.palette import PAIRS, Fault, Palette, make_palette, paint, read_tokens

COLOUR = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def list_unreadable(palette: Palette) -> list[tuple[str, str, str]]:
    return [
        (scheme, name, ground)
        for scheme, values in palette.schemes.items()
        for names, grounds, least in PAIRS
        for name in names
        for ground in grounds
        if measure_contrast(values[name], values[ground]) < least
    ]


def test_our_own_colours_can_be_read_and_stay_as_they_are() -> None:
    palette = make_palette(ColourSettings())
    assert (palette.faults, list_unreadable(palette)) == ((), [])
    assert paint(read_tokens(), palette) == read_tokens()


@given(COLOUR)
def test_with_any_brand_everything_can_be_read(brand: str) -> None:
    palette = make_palette(ColourSettings(brand=brand))
    assert (palette.faults, list_unreadable(palette)) == ((), [])
    assert palette.schemes["light"]["brand"] == brand


@given(st.dictionaries(st.sampled_from([*Colours.model_fields]), COLOUR), st.booleans())
def test_what_cannot_be_read_is_always_told(chosen: dict[str, str], dark: bool) -> None:
    colours = ColourSettings(dark=Colours(**chosen)) if dark else ColourSettings(**chosen)
    palette = make_palette(colours)
    scheme = "dark" if dark else "light"
    told = {fault.name for fault in palette.faults if fault.scheme == scheme}
    found = [pair for pair in list_unreadable(palette) if pair[0] == scheme]
    assert bool(told) == bool(found)
    assert told <= chosen.keys()
    assert all(told & set(pair) for pair in found)


def test_one_colour_turns_its_family_in_both_schemes() -> None:
    light, dark = make_palette(ColourSettings(brand="#0b4f6c")).schemes.values()
    assert (light["link"], light["paper"], light["brand-deep"]) == ("#006d9c", "#f9fcfe", "#093f56")
    assert (dark["link"], dark["paper"], dark["brand"]) == ("#9ee2ff", "#131a1d", "#083446")
    assert (light["sun"], light["teal"]) == ("#f6bd4b", "#0a5e60")


def test_text_on_a_light_brand_is_dark() -> None:
    light, dark = make_palette(ColourSettings(brand="#ffd500")).schemes.values()
    assert (light["on-brand"], light["on-sun"]) == ("#2a1d28", "#ffffff")
    assert (dark["on-brand"], dark["on-sun"]) == ("#ffffff", "#2a1d28")


@pytest.mark.parametrize(
    ("colours", "fault"),
    [
        (ColourSettings(link="#ff9900"), Fault("light", "link", "paper", 2.08, 4.5, "#955900")),
        (ColourSettings(dark=Colours(link="#1d4e5f")), Fault("dark", "link", "paper", 1.97, 4.5, "#4da9c9")),
        # What is set for light colours holds for both, and the ground that is set is told where the text is not.
        (ColourSettings(paper="#2a1d28"), Fault("light", "paper", "ink", 1.0, 4.5, "#e4d7e2")),
        (ColourSettings(link="#888888", paper="#808080"), Fault("light", "link", "paper", 1.11, 4.5, "#171717")),
    ],
)
def test_a_colour_that_cannot_be_read_is_told_with_the_nearest_that_can(colours: ColourSettings, fault: Fault) -> None:
    found = next(found for found in make_palette(colours).faults if found.name == fault.name)
    assert found._replace(contrast=round(found.contrast, 2)) == fault


def test_every_scheme_of_the_style_sheet_is_painted() -> None:
    css = paint(read_tokens(), make_palette(ColourSettings(brand="#0b4f6c", link="#005577")))
    light, no_script, more = css.partition("@media screen {")[0], *css.split("@media screen and")[1:3]
    assert "--gp-link: #005577;" in light
    assert "--gp-link: #9ee3ff" in css.partition("@media screen {")[2].partition("}")[0]
    assert no_script.count("--gp-link: #9ee3ff") == 1
    # Black and white stay; the rest has 7 to 1.
    assert "--gp-paper: #ffffff" in more
    links = re.findall(r"--gp-link: (#\w+)", more)
    assert len(links) == 2
    assert measure_contrast(links[0], "#ffffff") >= 7
    assert measure_contrast(links[1], "#000000") >= 7
