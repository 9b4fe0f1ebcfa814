"""Several at work in one place: builds of neighbouring sites, of one site by several names, and other programs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.helpers.building import build_site
from tests.helpers.processes import (
    assert_next_build_is_right,
    assert_waits,
    go_on,
    mount,
    run,
    start,
    start_writing,
    unmount,
)
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")]


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    return write_small_site(tmp_path / "project", cases=10)


@pytest.fixture
def expected(site: SmallSite, tmp_path: Path) -> dict[str, bytes]:
    """What a cold build gives, elsewhere."""
    build_site(site.root, tmp_path / "expected/site", jobs=1, search=False)
    return read_tree(tmp_path / "expected/site")


@pytest.mark.parametrize("other", ["site.preview", "site.1", "site."])
def test_a_build_leaves_what_another_makes_of_the_site_beside_it(
    site: SmallSite, expected: dict[str, bytes], other: str
) -> None:
    held = start_writing(site.root, "--site-dir", str(site.root / other), made=f".{other}.*.new")
    assert run(site.root)[0] == 0
    assert go_on(held)[0] == 0
    assert read_tree(site.root / other) == read_tree(site.root / "site") == expected


def test_a_project_has_one_lock_by_all_its_names(site: SmallSite, expected: dict[str, bytes], tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(site.root, target_is_directory=True)
    held = start_writing(site.root)
    second = start(link)
    assert_waits(second)
    assert go_on(held)[0] == 0
    _, errors = second.communicate(timeout=120)
    assert (second.returncode, "Nothing changed" in errors) == (0, True), "they share the state, too"
    assert read_tree(site.root / "site") == expected
    assert_next_build_is_right(site.root, expected)


def test_two_copies_of_a_project_write_one_site_in_turn(
    site: SmallSite, expected: dict[str, bytes], tmp_path: Path
) -> None:
    shutil.copytree(site.root, tmp_path / "copy")
    target = str(tmp_path / "site")
    held = start_writing(site.root, "--site-dir", target, made="../.site.*.new")
    second = start(tmp_path / "copy", "plain", 0, "--site-dir", target)
    assert_waits(second)
    assert go_on(held)[0] == 0
    _, errors = second.communicate(timeout=120)
    assert second.returncode == 0, errors
    assert read_tree(tmp_path / "site") == expected
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".site")] == []


def test_a_site_that_loses_files_while_it_is_made_is_not_published(site: SmallSite, expected: dict[str, bytes]) -> None:
    held = start_writing(site.root)
    (fresh,) = site.root.glob(".site.*.new")
    shutil.rmtree(fresh)
    code, errors = go_on(held)
    assert code == 1
    assert f"another program changed {site.root / 'site'} while the site was built" in errors
    assert not (site.root / "site").exists()
    assert_next_build_is_right(site.root, expected)


@pytest.mark.parametrize("what", ["moved", "removed", "emptied"])
def test_a_site_that_somebody_takes_away_during_a_build_comes_back(site: SmallSite, what: str) -> None:
    folder = site.root / "site"
    assert run(site.root)[0] == 0
    site.cases["case-03"]["title"] = "Another title, which several pages show"
    site.write_case("case-03")
    held = start_writing(site.root, when=12, made=".site.*.staging")
    if what == "moved":
        folder.rename(site.root / "aside")
    else:
        shutil.rmtree(folder)
    if what == "emptied":  # as `mkdocs build` does before it writes
        folder.mkdir()
    code, errors = go_on(held)
    assert code == 1
    assert "another program changed" in errors
    assert_next_build_is_right(site.root)


def test_a_volume_that_is_the_site_folder_itself_is_told(site: SmallSite) -> None:
    disk = site.root / "site"
    disk.mkdir()
    mount(disk)
    try:
        code, _, errors = run(site.root)
        assert code == 1
        assert f"Name a folder below it, for example --site-dir {disk / 'site'}" in errors
        assert run(site.root, "plain", 0, "--site-dir", str(disk / "site"))[0] == 0
    finally:
        unmount(disk)
