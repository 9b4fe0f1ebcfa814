from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from goodpractice.config.colours import find_nearest, measure_contrast, read_colour, turn_colour


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#1D4E5F", "#1d4e5f"),
        ("#fff", "#ffffff"),
        ("teal", "#008080"),
        (" rgb(1, 2, 3) ", "#010203"),
        ("hsl(120, 100%, 50%)", "#00ff00"),
        ("#0102ffff", "#0102ff"),
        (112233, 112233),
    ],
)
def test_colours_are_read_as_style_sheets_write_them(written: object, read: object) -> None:
    assert read_colour(written) == read


@pytest.mark.parametrize("written", ["", "#12", "gery", "#11223344", "currentcolor"])
def test_what_is_no_colour_or_lets_something_through_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        read_colour(written)


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    # As https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio defines it.
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1), ("#ff0000", "#ffffff", 4.0)],
)
def test_the_contrast_is_that_of_wcag(one: str, other: str, contrast: float) -> None:
    assert measure_contrast(one, other) == pytest.approx(contrast, abs=0.005)
    assert measure_contrast(other, one) == measure_contrast(one, other)


def test_the_nearest_colour_is_as_little_darker_as_can_be() -> None:
    assert find_nearest("#777777", [("#ffffff", 4.5)]) == "#767676"
    assert find_nearest("#767676", [("#ffffff", 4.5)]) == "#767676"
    assert find_nearest("#777777", [("#000000", 7)]) == "#959595"
    assert find_nearest("#777777", [("#ffffff", 4.5), ("#000000", 7)]) is None


def test_a_colour_turns_to_another_hue_and_stays_as_light() -> None:
    assert turn_colour("#8a1c5c", "#4a1942", "#0b4f6c") == "#0074a6"
    assert turn_colour("#ffffff", "#4a1942", "#0b4f6c") == "#ffffff"
    assert turn_colour("#8a1c5c", "#4a1942", "#777777") == "#535353"
    assert turn_colour("#221a21", "#ffffff", "#fff8e8") == "#22201a"
