"""`macros.py` is where a community changes what its pages look like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.helpers.mkdocs_builds import run_mkdocs
from tests.helpers.projects import name_records

EDIT = '''

_define_env = define_env


def define_env(env: Any) -> None:
    """Change a layout and a macro of editors."""
    _define_env(env)
    env.macro(lambda id, number=1: f"<h1>Changed profile of {id}</h1>", "partner_profile")
    env.macro(lambda *args, **kwargs: "Changed tip", "top_tip")
'''


def test_an_edit_in_macros_py_changes_layouts_and_macros(copy_project: Callable[[], Path]) -> None:
    root = copy_project()
    with (root / "macros.py").open("a", encoding="utf-8") as macros:
        macros.write(EDIT)
    site = run_mkdocs(root, root.parent / "site", strict=False).site
    partner, network = (name_records()[kind] for kind in ("partner", "network"))
    assert f"Changed profile of {partner}" in site.pages[f"partners/{partner}/"].text
    assert "Changed tip" in site.pages["reference/macros/"].text
    assert "Changed profile" not in site.pages[f"networks/{network}/"].text
