"""Scripts: one custom element a file, loaded by the pages that say so."""

from __future__ import annotations

import re

from goodpractice.load import Project
from goodpractice.pages import plan_pages
from goodpractice.render.scripts import read_scripts, script_path


def test_every_script_that_a_page_names_is_there(repository: Project) -> None:
    named = {name for page in plan_pages(repository.kb) for name in page.scripts}
    assert "gp-map" in named
    assert {script_path(name) for name in named} <= set(read_scripts())


def test_scripts_define_an_element_and_load_nothing_else() -> None:
    for path, text in read_scripts().items():
        name = path.rsplit("/", 1)[-1].removesuffix(".js")
        if name.startswith("gp-"):
            assert f'customElements.define("{name}"' in text
        assert not re.search(r"https?://|innerHTML|\beval\(", text)
