"""Whoever follows the page Make it yours has a site of their own, however it is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.building import build_site
from tests.helpers.looks import make_other_look, read_example
from tests.helpers.mkdocs_builds import run_mkdocs

pytestmark = pytest.mark.slow


def test_the_page_says_it_in_ten_lines() -> None:
    settings = [line for line in read_example().splitlines() if not line.endswith(":")]
    assert len(settings) <= 10


def test_name_logo_colours_font_menu_and_footer_are_changed(tmp_path: Path) -> None:
    root = make_other_look(tmp_path / "project")
    report = build_site(root, root / "site", jobs=1)
    assert report.diagnostics == []
    page = min((root / "site/case-studies").glob("*/index.html")).read_text(encoding="utf-8")
    head, body = page.split("</head>")
    assert " - River Stories</title>" in head
    assert '<link rel="icon" href="../../assets/our-favicon.svg">' in head
    assert '<link rel="preload" href="../../assets/fonts/our-font.woff2" as="font"' in head
    assert "bricolage" not in head
    assert '<img src="../../assets/our-logo.svg" alt="" width="30" height="30">' in body
    assert re.findall(r'class="md-tabs__link"[^>]*>([^<]+)<', body) == ["Home", "Stories", "Partners", "About us"]
    footer = body.partition("<footer")[2]
    assert "Words and photos under CC BY 4.0." in footer
    assert footer.count("<li>") == 3  # the way to share a story, one link, the repository
    css = (root / "site/assets/goodpractice.css").read_text(encoding="utf-8")
    assert "--gp-brand:#1d4e5f" in css.replace(": ", ":")
    assert 'src:url("fonts/our-font.woff2")' in css
    for path in ("our-logo.svg", "our-favicon.svg", "fonts/our-font.woff2"):
        assert (root / "site/assets" / path).is_file()

    other = run_mkdocs(root, tmp_path / "mkdocs").site.folder
    for path in ("assets/goodpractice.css", "404.html", "index.html", "design/index.html", "assets/styles/map.css"):
        assert (other / path).read_bytes() == (root / "site" / path).read_bytes(), path
