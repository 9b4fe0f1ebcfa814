"""Scripts: one custom element a file, loaded by the pages that say so."""

from __future__ import annotations

import re
from importlib.resources import files

from goodpractice.load import Project
from goodpractice.pages import plan_pages
from goodpractice.render.scripts import compact, read_scripts, script_path


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


def test_comments_and_indentation_stay_at_home() -> None:
    script = """// What it is for
/**
 * Several lines.
 */
const A = "// not a comment"; // Kept: what ends a line may be part of an address.
  /** One line */
  call(`https://x`,
    2);
"""
    assert compact(script) == (
        'const A = "// not a comment"; // Kept: what ends a line may be part of an address.\ncall(`https://x`,\n2);\n'
    )


def test_no_text_of_a_script_runs_over_several_lines() -> None:
    for file in (files("goodpractice") / "scripts").iterdir():
        lines = file.read_text(encoding="utf-8").splitlines()
        code = [line for line in lines if not line.lstrip().startswith(("//", "/*", "*"))]
        assert [line for line in code if line.count("`") % 2] == [], file.name
