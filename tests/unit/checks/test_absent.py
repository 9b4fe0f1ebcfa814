"""A file or folder that is missing altogether is told once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from goodpractice.checks import check_project
from goodpractice.content import open_project
from tests.helpers.building import build_site
from tests.helpers.sites import write_small_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "project", cases=8).root


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize("path", ["handbook", "data", "partners.yml", "data/sources.yml", "case_studies"])
def test_what_is_missing_is_told_once(root: Path, path: str) -> None:
    remove(root / path)
    found = {(diagnostic.path, diagnostic.code) for diagnostic in check_project(open_project(root))}
    assert (path, "GP120") in found
    others = {code for place, code in found if place != path}
    assert not others & {"GP301", "GP302", "GP303", "GP307"}


def test_a_build_says_the_same(root: Path) -> None:
    for name in ("handbook", "partners.yml"):
        remove(root / name)
    found = build_site(root, jobs=2, search=False).diagnostics
    assert [diagnostic.path for diagnostic in found if diagnostic.code == "GP120"] == ["handbook", "partners.yml"]


def test_what_nobody_names_may_be_missing(tmp_path: Path) -> None:
    for name in ("mkdocs.yml", "docs/index.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert "GP120" not in {diagnostic.code for diagnostic in check_project(open_project(tmp_path))}
