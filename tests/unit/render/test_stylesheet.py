"""The stylesheet: every token defined, every file that it names there."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from goodpractice.config.look import FontSettings, ThemeSettings
from goodpractice.render.fonts import list_preloads
from goodpractice.render.stylesheet import STYLESHEET, build_paper_stylesheet, build_stylesheets, link_sheets

REPOSITORY = Path(__file__).parents[3]
TEMPLATES = REPOSITORY / "src/goodpractice/templates"


def test_every_token_that_is_used_is_defined() -> None:
    sheets = build_stylesheets()
    for css in sheets.values():
        used = set(re.findall(r"var\((--gp-[\w-]+)\)", css))
        assert used <= set(re.findall(r"(--gp-[\w-]+):", sheets[STYLESHEET] + css))


def test_every_class_is_that_of_something() -> None:
    """A class of CSS stands in a template, a script or a view; of one that is put together, its beginning."""
    package = TEMPLATES.parent
    files = [file for ending in ("html", "js", "py") for file in package.rglob(f"*.{ending}")]
    texts = "\n".join(file.read_text(encoding="utf-8") for file in (*files, *REPOSITORY.glob("docs/**/*.md")))
    names, begun = set(re.findall(r"[\w-]+", texts)), set(re.findall(r"(gp-[\w-]*[-_])(?:\{|\$\{|\" ~)", texts))
    for css in (*build_stylesheets().values(), build_paper_stylesheet(ThemeSettings())):
        for name in set(re.findall(r"\.(gp-[\w-]+)", css)):
            is_role = name.removeprefix("gp-") in names
            assert name in names or is_role or any(name.startswith(first) for first in begun - {"gp-"}), name


def test_a_sign_travels_with_what_uses_it() -> None:
    sheets = build_stylesheets()
    common = sheets.pop(STYLESHEET)
    # What fills every sign is no sign.
    assert "--gp-icon-fill:CanvasText" in common
    defined = re.findall(r"(--gp-icon-[\w-]+):url", common)
    assert [name for name in defined if f"var({name})" not in common] == []
    for css in sheets.values():
        brought = re.findall(r"(--gp-icon-[\w-]+):url", css)
        assert [name for name in brought if name in defined or f"var({name})" not in css] == []
    assert sum("--gp-icon-voice:url" in css for css in sheets.values()) > 1


def test_sheets_are_linked_from_anywhere() -> None:
    assert link_sheets((), "map/") == ""
    assert link_sheets(["map", "list"], "") == (
        '<link rel="stylesheet" href="assets/styles/map.css"><link rel="stylesheet" href="assets/styles/list.css">'
    )
    assert 'href="../../assets/styles/story.css"' in link_sheets(["story"], "case-studies/lab13/")


def test_every_font_that_is_named_is_there_with_its_licence() -> None:
    named = re.findall(r'url\("(fonts/[^"]+)"\)', build_stylesheets()[STYLESHEET])
    assert len(named) == 2
    assert all((TEMPLATES / "assets" / name).stat().st_size < 20_000 for name in named)
    assert "SIL OPEN FONT LICENSE" in (TEMPLATES / "assets/fonts/OFL.txt").read_text(encoding="utf-8").upper()
    assert list_preloads(FontSettings()) == (f"assets/{named[0]}",)


#: What stands on the ground of panels and is told apart without it: by lines, or because it fills its place.
LINED = {"gp-chain__box", "gp-toc--line", "th", "gp-search__form", "gp-result", "gp-photo__image"}


def test_with_more_contrast_every_panel_has_an_edge() -> None:
    css = "".join(build_stylesheets().values())
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    on_panels = [selector for selector, body in rules if "background:var(--gp-surface)" in body]
    panels = {re.findall(r"[\w-]+", re.sub(r":[\w-]+", "", selector.split()[-1]))[-1] for selector in on_panels}
    found = re.search(r"prefers-contrast: ?more\)\{(\.gp-facts[^{]*)\{outline:", css)
    assert found is not None
    edged = {name.removesuffix("--foot") for name in re.findall(r"\.([\w-]+)", found[1])}
    assert panels - LINED - edged == set()


def test_a_first_visit_fetches_little_style() -> None:
    weights = {path: len(gzip.compress(css.encode(), 9)) for path, css in build_stylesheets().items()}
    assert weights.pop(STYLESHEET) < 9_700
    assert max(weights.values()) < 2_250, weights


def test_what_a_finger_touched_last_does_not_stay_lit() -> None:
    css = "".join(build_stylesheets().values())
    # What stands in a media query for pointers that hover is taken out; links in a text take the focus with the touch.
    guarded = re.sub(r"@media \(hover: ?hover\)\{(?:[^{}]*\{[^{}]*\})*\}", "", css)
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", guarded)
    lit = [rule for rule in rules if all(":hover" in part for part in re.split(r",(?![^(]*\))", rule))]
    assert [rule for rule in lit if ":focus" not in rule and ".headerlink" not in rule] == []
