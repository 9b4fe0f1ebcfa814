from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.config.fast_build import list_fast_build_blockers
from goodpractice.config.mkdocs_file import read_config_file


@pytest.mark.parametrize(
    ("text", "blockers"),
    [
        ("plugins: [goodpractice, macros]\ntheme: {name: null, custom_dir: overrides}\ndocs_dir: docs", []),
        ("plugins: [goodpractice, search]\ntheme: material", []),
        ("plugins: [goodpractice, search]\ntheme: {name: material}", []),
        ("plugins: [goodpractice, search]\ntheme: goodpractice", []),
        ("plugins: [goodpractice, materialx/search]\ntheme: materialx", []),
        ("plugins: [goodpractice, search]", []),
        ("plugins: [goodpractice, search]\ntheme: {name: readthedocs}", ["search"]),
        ("plugins: [goodpractice, redirects]\nhooks: [hook.py]", ["redirects", "hook.py"]),
        ("docs_dir: texts\ntheme: {custom_dir: theirs}\nINHERIT: base.yml", ["INHERIT", "docs_dir", "custom_dir"]),
        (
            "exclude_docs: '*.txt'\ndraft_docs: x\nextra_templates: [x.html]",
            ["exclude_docs", "draft_docs", "extra_templates"],
        ),
        ("plugins:\n  - macros: {include_dir: x, module_name: other}", ["macros: include_dir", "macros: module_name"]),
    ],
)
def test_what_only_mkdocs_can_follow_is_named(tmp_path: Path, text: str, blockers: list[str]) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert list(list_fast_build_blockers(read_config_file(tmp_path))) == blockers
