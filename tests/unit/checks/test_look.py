"""What is wrong with colours, fonts and names below `theme` is told at its line, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.checks.configuration import check_configuration
from goodpractice.config.settings import load_settings
from goodpractice.pages import make_page_index


def check(root: Path, theme: str, extra: str = "") -> list[str]:
    lines = "".join(f"  {line}\n" for line in theme.splitlines())
    (root / "mkdocs.yml").write_text(f"site_name: x\ntheme:\n{lines}  name: goodpractice\n{extra}", encoding="utf-8")
    found = check_configuration(root, load_settings(root), make_page_index([]))
    return [f"{one.line}:{one.column} {one.code} {one.message} → {one.hint}" for one in found]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/assets").mkdir(parents=True)
    (tmp_path / "docs/assets/ours.woff2").write_bytes(b"wOF2\x00")
    (tmp_path / "docs/assets/renamed.woff2").write_bytes(b"\x00\x01\x00\x00")
    return tmp_path


@pytest.mark.parametrize(
    "theme",
    [
        "logo: assets/logo.svg\nfavicon: assets/favicon.svg",  # those of the package
        "font: false\nfeatures: [toc.follow]\nown: [1]",
        'colours: {brand: "#1d4e5f", dark: {link: "#9fd"}}\nfonts: {headings: device, text: assets/ours.woff2}',
        "fonts: {headings: assets/ours.woff2, text: assets/ours.woff2, bold: assets/ours.woff2}",
    ],
)
def test_what_fits_is_not_told(root: Path, theme: str) -> None:
    assert check(root, theme) == []


@pytest.mark.parametrize(
    ("theme", "told"),
    [
        ("colors: {}", "3:3 GP202 `colors` is not the name of a setting → Did you mean `colours`?"),
        (
            "palette: {primary: pink}",
            "3:3 GP202 `palette` is a setting of Material and does nothing here → "
            'Write `colours:` instead, and below it `brand: "#1d4e5f"`.',
        ),
        (
            "font: {text: Roboto}",
            "3:3 GP202 `font` is a setting of Material and does nothing here → "
            "Write `fonts:` instead, and below it `text: assets/fonts/our-font.woff2`.",
        ),
        ('colours:\n  brnad: "#123"', "4:5 GP202 `brnad` is not a known field → Did you mean `brand`?"),
        (
            "colours:\n  brand: #1d4e5f",
            "4:5 GP201 `brand` has no colour: without quotation marks, what follows `#` is a comment → "
            'Write `brand: "#1d4e5f"`.',
        ),
        ("colours:\n  sun: 112233", '4:5 GP203 `sun` is not a colour: `112233` → Write `sun: "#112233"`.'),
        ("colours:\n  ink: gery", '4:5 GP203 `ink` is not a colour: `gery` → Write `ink: "grey"`.'),
        (
            'colours:\n  link: "#ff9900"',
            "4:5 GP222 `link` #ff9900 is hard to read in light colours: its contrast with `paper` is 2.07 to 1, and "
            '4.5 is needed → The nearest colour that is read well: `link: "#955900"`.',
        ),
        (
            'colours:\n  dark:\n    link: "#1d4e5f"',
            "5:7 GP222 `link` #1d4e5f is hard to read in dark colours: its contrast with `paper` is 1.97 to 1, and "
            '4.5 is needed → The nearest colour that is read well: `link: "#4da9c9"`.',
        ),
        (
            "fonts:\n  headings: https://fonts.example.org/roboto.ttf",
            "4:5 GP203 the font `https://fonts.example.org/roboto.ttf` would be fetched from another website → "
            "Put its file into docs/assets/fonts/, and write `headings: assets/fonts/roboto.woff2`.",
        ),
        (
            "fonts:\n  text: assets/renamed.woff2",
            "4:5 GP203 `assets/renamed.woff2` is not a font that every browser reads → "
            "Take the file of the font that ends in .woff2: `text: assets/fonts/renamed.woff2`.",
        ),
        (
            "fonts:\n  text: assets/ours.ttf",
            "4:5 GP203 `assets/ours.ttf` is not a font that every browser reads → "
            "Take the file of the font that ends in .woff2: `text: assets/fonts/ours.woff2`.",
        ),
        (
            "fonts:\n  text: assets/gone.woff2",
            "4:11 GP313 there is no file `docs/assets/gone.woff2` → Write the path inside docs/, or delete the line.",
        ),
        (
            "fonts:\n  bold: assets/ours.woff2",
            "4:5 GP201 there is a font for `bold`, and none for the text around it → "
            "Add a line `text: …` with the file for plain text.",
        ),
    ],
)
def test_a_mistake_is_told_with_what_to_write(root: Path, theme: str, told: str) -> None:
    assert check(root, theme) == [told]


def test_a_theme_without_a_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme:\n  logo: assets/logo.svg\n", encoding="utf-8")
    (told,) = check_configuration(tmp_path, load_settings(tmp_path), make_page_index([]))
    assert (told.line, told.message) == (2, "`theme` does not say which theme it means")
    assert told.hint == "Add a line `name: goodpractice` below it."


@pytest.mark.parametrize("theme", ["theme: readthedocs\n", "theme:\n  name: materail\n"])
def test_a_theme_that_is_not_made_for_our_pages_is_told(tmp_path: Path, theme: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\n{theme}", encoding="utf-8")
    (told,) = check_configuration(tmp_path, load_settings(tmp_path), make_page_index([]))
    assert told.message == f"the theme `{theme.split()[-1]}` is not made for these pages, or not installed"
    assert told.hint == "Write `name: goodpractice` below `theme:`."
    (tmp_path / "frame").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: readthedocs, custom_dir: frame}\n", encoding="utf-8"
    )
    assert list(check_configuration(tmp_path, load_settings(tmp_path), make_page_index([]))) == []


def test_a_colour_that_nothing_nearby_can_mend_is_told(root: Path) -> None:
    told = check(root, 'colours: {ink: "#777777", paper: "#000000", card: "#ffffff", mark: "#767676"}')
    assert next(line for line in told if "`ink`" in line).endswith(
        "Nothing lighter or darker goes with the other colours. Leave one of them out: it then follows."
    )


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        (
            "extra:\n  footer_link: []\n",
            "6:3 GP202 `footer_link` is not the name of a setting → Did you mean `footer_links`?",
        ),
        (
            "extra:\n  footer_links:\n    - titel: About\n      title: x\n      url: https://a.example\n",
            "7:7 GP202 `titel` is not a known field → Did you mean `title`?",
        ),
        ("extra:\n  own_value: 5\n", None),
    ],
)
def test_slips_in_the_foot_of_the_page_are_told(root: Path, extra: str, told: str | None) -> None:
    assert check(root, "language: en", extra) == ([told] if told else [])
