"""The pages about the design, as built, show every token and every component."""

from __future__ import annotations

import re
from pathlib import Path

import goodpractice
from goodpractice.content import open_project
from goodpractice.render.stylesheet import list_tokens
from tests.helpers.built_pages import BuiltSite

COMPONENTS = Path(goodpractice.__file__).parent / "components"
#: Components whose block has another name: Markdown gives it to callouts, and the search has a window beside its page.
NAMED = {"callout": "admonition", "search": "gp-search-page"}


def test_pages_about_the_program_lead_to_no_record_by_its_address(project_root: Path) -> None:
    """Every community has these pages, and other records: a link in HTML may lead to a list, a macro to a record."""
    files = [
        file
        for folder in ("design", "reference", "decisions")
        for file in (project_root / "docs" / folder).glob("*.md")
    ]
    assert files
    known = open_project(project_root).kb.tables
    led = [
        (file.name, found[0])
        for file in files
        for found in re.finditer(r'href="(?:\.\./)+([\w-]+)/([\w-]+)/', file.read_text(encoding="utf-8"))
        if any(found[2] in table for table in known.values())
    ]
    assert led == []


def test_every_token_is_there(built_site: BuiltSite) -> None:
    html = (built_site.folder / "design/index.html").read_text(encoding="utf-8")
    shown = set(re.findall(r"<code>(--gp-[\w-]+)</code>", html))
    assert {name for name, _, _ in list_tokens()} - shown == set()


def test_every_component_is_there(built_site: BuiltSite) -> None:
    main = ""
    for page in ("parts", "tools"):
        html = (built_site.folder / f"design/{page}/index.html").read_text(encoding="utf-8")
        main += html[html.index("<main") : html.index('class="gp-share gp-share--foot"')]
    blocks = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', main))))
    names = {folder.name for folder in COMPONENTS.iterdir() if folder.is_dir() and not folder.name.startswith("_")}
    missing = {name for name in names if not any(b.split("__")[0] == NAMED.get(name, f"gp-{name}") for b in blocks)}
    assert missing == set()
