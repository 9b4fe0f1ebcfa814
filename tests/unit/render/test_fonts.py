from __future__ import annotations

import re

import pytest

from goodpractice.config.look import FontSettings, ThemeSettings
from goodpractice.render.fonts import list_preloads
from goodpractice.render.stylesheet import STYLESHEET, build_stylesheets, list_tokens

OURS = "assets/fonts/bricolage-grotesque-latin.woff2"


def build(**fonts: str) -> str:
    return build_stylesheets(ThemeSettings(fonts=FontSettings(**fonts)))[STYLESHEET].replace(": ", ":")


def list_faces(css: str) -> list[tuple[str, str, str]]:
    return re.findall(r'font-family:"(\w+)";font-weight:(\d+);font-style:\w+;font-display:swap;src:url\("([^"]+)"', css)


def read_token(css: str, name: str) -> str:
    return css.split(f"--gp-{name}:", 1)[1].partition(";")[0]


def test_a_font_for_headings_takes_the_place_of_ours() -> None:
    css = build(headings="assets/fonts/our font.woff2")
    assert list_faces(css) == [("Headings", "700", "fonts/our%20font.woff2")]
    assert read_token(css, "display").startswith('"Headings",')
    assert "Bricolage" not in css


def test_fonts_for_text_stand_before_those_of_the_device() -> None:
    css = build(text="fonts/a.woff2", bold="fonts/b.woff2", italic="assets/c.woff2")
    assert list_faces(css) == [
        ("Text", "400", "../fonts/a.woff2"),
        ("Text", "700", "../fonts/b.woff2"),
        ("Text", "400", "c.woff2"),
    ]
    assert read_token(css, "sans").startswith('"Text",')
    assert read_token(css, "display").startswith('"Bricolage Grotesque",')
    assert 'font-style:italic;font-display:swap;src:url("c.woff2")' in css


def test_the_font_of_the_device_needs_no_file() -> None:
    css = build(headings="device")
    assert "@font-face" not in css
    assert read_token(css, "display") == "var(--gp-sans)"


@pytest.mark.parametrize(
    ("fonts", "paths"),
    [
        ({}, (OURS,)),
        ({"headings": "device"}, ()),
        ({"headings": "assets/a.woff2", "text": "assets/a.woff2"}, ("assets/a.woff2",)),
        ({"text": "assets/b.woff2", "bold": "assets/c.woff2"}, (OURS, "assets/b.woff2")),
    ],
)
def test_what_every_page_needs_first_is_fetched_ahead(fonts: dict[str, str], paths: tuple[str, ...]) -> None:
    assert list_preloads(FontSettings(**fonts)) == paths


def test_the_page_about_the_design_names_the_colours_of_the_site() -> None:
    look = ThemeSettings.model_validate({"colours": {"brand": "teal"}})
    tokens = {name: (light, dark) for name, light, dark in list_tokens(look)}
    assert tokens["--gp-brand"] == ("#008080", "#014d4d")
    assert tokens["--gp-rust"] == ("#98350f", "#f5a682")
