"""The real site as it would be with approved pages in other languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import copy_project
from goodpractice.i18n import languages
from tests.helpers.building import build_site
from tests.helpers.projects import REPOSITORY
from tests.helpers.spoken import MadeUp

#: Pages in Arabic that only tests know, by where they would stand.
ARABIC = {"docs/index.ar.md": "index.ar.md", "handbook/superpowers.ar.md": "superpowers.ar.md"}


def build_translated(folder: Path) -> None:
    """Build the site with two pages in Arabic and the Welsh chapter, all approved by nobody real, into `site`.

    A draft stands for a page in a language in which all words of the generator are approved: in brackets.
    """
    root = folder / "project"
    copy_project(REPOSITORY, root)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    more = "cy: {name: Cymraeg}\n      ar: {name: العربية, direction: rtl}\n      br: {name: Brezhoneg}"
    (root / "mkdocs.yml").write_text(config.replace("cy: {name: Cymraeg}", more), encoding="utf-8")
    for path, name in ARABIC.items():
        text = (REPOSITORY / "tests/translations" / name).read_text(encoding="utf-8")
        (root / path).write_text(text, encoding="utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("approved_"))
    (root / "handbook/superpowers.br.md").write_text(text, encoding="utf-8")
    draft = root / "handbook/power-dynamics.cy.md"
    approved = "approved_by: A Reader\napproved_on: 2026-11-22\ntranslated_by:"
    draft.write_text(draft.read_text(encoding="utf-8").replace("translated_by:", approved, 1), encoding="utf-8")
    known = languages._find_words
    brackets = MadeUp(lambda text: f"⟦{text}⟧")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "_find_words", lambda code: brackets if code == "br" else known(code))
        report = build_site(root, folder / "site", jobs=1, use_cache=False, search=True)
    assert report.diagnostics == []
