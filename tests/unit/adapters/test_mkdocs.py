"""MkDocs, driven in this process, makes of a small project what the engine makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.helpers.building import build_site
from tests.helpers.trees import read_tree


def build_with_mkdocs(root: Path, site: Path, **settings: Any) -> None:
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=True, **settings)
    config.plugins.run_event("startup", command="build", dirty=False)
    build(config)


def test_every_file_is_that_of_the_engine(project_copy: Path, tmp_path: Path) -> None:
    build_with_mkdocs(project_copy, tmp_path / "by-mkdocs")
    build_site(project_copy, tmp_path / "by-engine", jobs=1, use_cache=False)
    made, expected = read_tree(tmp_path / "by-mkdocs"), read_tree(tmp_path / "by-engine")
    assert sorted(made) == sorted(expected)
    assert [name for name in made if made[name] != expected[name]] == []
