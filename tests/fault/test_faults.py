"""Whatever goes wrong in a build: the last good site stays whole, the next build is right, and messages are clear."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.helpers.building import build_site
from tests.helpers.processes import assert_next_build_is_right, assert_waits, mount, run, start, start_writing, unmount
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree

#: How many moments of each build are tried; many more with GOODPRACTICE_HISTORIES.
MOMENTS = 100 if os.environ.get("GOODPRACTICE_HISTORIES") else 9

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")]


def edit_content(site: SmallSite) -> None:
    site.cases["case-03"]["title"] = "Another title, which several pages show"
    site.write_case("case-03")
    site.cases["case-08"]["year"] = 1999
    site.write_case("case-08")
    (site.root / "docs/notes/aside.md").unlink(missing_ok=True)
    site.write("docs/notes/another.md", "# Another\n")


def edit_template(site: SmallSite) -> None:
    edit_content(site)
    text = (site.root / "overrides/main.html").read_text(encoding="utf-8")
    site.write("overrides/main.html", text.replace("<footer>", "<footer>New "))


EDITS: dict[str, Callable[[SmallSite], None]] = {"one by one": edit_content, "all at once": edit_template}


class Built:
    """A project that was built and then edited, the site before and after, and copies to break."""

    def __init__(self, folder: Path, edit: Callable[[SmallSite], None]) -> None:
        self.folder = folder
        site = write_small_site(folder / "project", cases=10)
        self.root = site.root
        build_site(self.root, self.root / "site", jobs=1, search=False)
        self.old = read_tree(self.root / "site")
        edit(site)
        build_site(self.root, folder / "new", jobs=1, use_cache=False, search=False)
        self.new = read_tree(folder / "new")

    def copy(self) -> Path:
        """A copy, in the same place for every test, since the state knows files by their place."""
        root = self.folder / "copy"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.root, root, symlinks=True)
        return root

    def assert_whole(self, root: Path, all_or_nothing: bool) -> None:
        now = read_tree(root / "site")
        for name, data in now.items():
            assert data in (self.old.get(name), self.new.get(name)), f"{name} is neither old nor new"
        assert self.old.keys() & self.new.keys() <= now.keys(), "no page is missing"
        if all_or_nothing:
            assert now in (self.old, self.new)


@pytest.fixture(scope="module", params=EDITS, ids=lambda name: name.replace(" ", "-"))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, bool, int]:
    built = Built(tmp_path_factory.mktemp("faults"), EDITS[request.param])
    code, output, errors = run(built.copy(), "count")
    assert code == 0, errors
    return built, request.param == "all at once", int(output.removeprefix("moments: "))


def pick_moments(count: int) -> Sequence[int]:
    """Moments spread over a build, more at its end, where the site changes."""
    if count <= MOMENTS:
        return range(1, count + 1)
    spread = {1 + count * n // (MOMENTS // 2) for n in range(MOMENTS // 2)}
    return sorted(spread | set(range(count - MOMENTS // 2, count + 1)))


def test_killed_at_any_moment(built: tuple[Built, bool, int]) -> None:
    site, all_or_nothing, count = built
    for moment in pick_moments(count):
        root = site.copy()
        code, _, _ = run(root, "kill", moment)
        assert code == -9, f"moment {moment} of {count}"
        site.assert_whole(root, all_or_nothing)
        assert_next_build_is_right(root, site.new)


@pytest.mark.parametrize("what", ["full", "denied"])
def test_no_space_and_no_permission(built: tuple[Built, bool, int], what: str) -> None:
    site, all_or_nothing, count = built
    for moment in pick_moments(count)[:: 2 if MOMENTS < 50 else 1]:
        root = site.copy()
        code, output, errors = run(root, what, moment)
        if code == 0:
            continue  # it was past everything that takes space
        assert code == 1
        assert "Traceback" not in errors
        assert errors.startswith("The site was not built: ")
        assert ("the disk is full" if what == "full" else "Permission denied") in errors
        assert output == ""
        site.assert_whole(root, all_or_nothing)
        assert_next_build_is_right(root, site.new)


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(disk)
    try:
        site = write_small_site(disk / "project", cases=10)
        root = site.root
        assert run(root)[0] == 0
        old = read_tree(root / "site")
        edit_template(site)
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass
        for _ in range(2):
            code, _, errors = run(root)
            assert (code, "Traceback" in errors) == (1, False)
            assert "full" in errors
            assert read_tree(root / "site") == old
        (disk / "filler").unlink()
        assert_next_build_is_right(root)
    finally:
        unmount(disk)


def test_site_folder_on_another_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(disk)
    try:
        site = write_small_site(tmp_path / "project", cases=10)
        for edit in (lambda site: None, edit_content, edit_template):
            edit(site)
            assert run(site.root, "plain", 0, "--site-dir", str(disk / "site"))[0] == 0
            build_site(site.root, site.root / "cold", jobs=1, use_cache=False, search=False)
            assert read_tree(disk / "site") == read_tree(site.root / "cold")
    finally:
        unmount(disk)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A project that was built, and its site: neither is ever changed, only touched."""
    root = write_small_site(tmp_path_factory.mktemp("unchanged") / "project", cases=10).root
    build_site(root, root / "site", jobs=1, search=False)
    return root, read_tree(root / "site")


@pytest.mark.parametrize(
    "path",
    [
        "case_studies/case-03.md",
        "handbook/chapter-2.md",
        "docs/about.md",
        "partners.yml",
        "data/themes.yml",
        "case_studies",
        "handbook",
        "docs",
        "docs/notes",
        "data",
        "mkdocs.yml",
        "overrides",
        "overrides/main.html",
    ],
)
def test_what_cannot_be_read(unchanged: tuple[Path, dict[str, bytes]], path: str) -> None:
    root, old = unchanged
    (root / path).touch()
    for cache in ([], ["--no-cache"]):
        code, output, errors = run(root, f"deny:{root / path}", 0, *cache)
        assert code == 1, "not built without what cannot be read"
        assert "Traceback" not in output + errors
        # Without its configuration nobody knows which site that would be.
        assert "The site was not built" in errors or path == "mkdocs.yml"
        assert Path(path).name in output + errors, "says what cannot be read"
        assert read_tree(root / "site") == old
    assert_next_build_is_right(root, old)


def test_two_builds_at_once(tmp_path: Path) -> None:
    built = Built(tmp_path, edit_template)
    first = start_writing(built.root)
    second = start(built.root)
    assert_waits(second)
    first.send_signal(signal.SIGCONT)
    while first.poll() is None:
        # A page at a time: a walk through the folder could begin in the old site and end in the new one.
        for name in built.old.keys() & built.new.keys():
            assert (built.root / "site" / name).read_bytes() in (built.old[name], built.new[name])
    first.communicate()
    _, errors = second.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0), errors
    assert read_tree(built.root / "site") == built.new
    assert_next_build_is_right(built.root, built.new)


def test_a_build_that_waits_goes_on_when_the_other_is_killed(tmp_path: Path) -> None:
    built = Built(tmp_path, edit_template)
    first = start_writing(built.root)
    second = start(built.root)
    assert_waits(second)
    first.kill()
    first.communicate()
    _, errors = second.communicate(timeout=60)
    assert second.returncode == 0, errors
    assert read_tree(built.root / "site") == built.new


def test_interrupted_between_two_moves_where_folders_cannot_change_places(tmp_path: Path) -> None:
    built = Built(tmp_path, edit_template)
    # As a kill leaves it: the old site is aside, the new one not yet in its place.
    (built.root / "site").rename(built.root / ".site.123.old")
    shutil.copytree(tmp_path / "new", built.root / ".site.123.new")
    case_study = built.root / "case_studies/case-01.md"
    text = case_study.read_text(encoding="utf-8")
    case_study.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert run(built.root)[0] == 1
    assert read_tree(built.root / "site") == built.old
    case_study.write_text(text, encoding="utf-8")
    assert_next_build_is_right(built.root, built.new)


@pytest.mark.parametrize("folder", [".", "..", "docs", "docs/site", "case_studies", ".git"])
def test_a_site_does_not_take_the_place_of_the_project(tmp_path: Path, folder: str) -> None:
    site = write_small_site(tmp_path / "deep/project", cases=10)
    before = read_tree(site.root)
    code, _, errors = run(site.root, "plain", 0, "--site-dir", str(site.root / folder))
    assert code == 1
    assert "Name a folder for the site alone" in errors
    assert read_tree(site.root) == before


def test_a_site_does_not_take_the_place_of_other_files(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=10)
    mine, empty, theirs = tmp_path / "mine", tmp_path / "empty", tmp_path / "theirs"
    for folder in (mine, empty, theirs):
        folder.mkdir()
    (mine / "photos.txt").write_text("all of them", encoding="utf-8")
    code, _, errors = run(site.root, "plain", 0, "--site-dir", str(mine))
    assert code == 1
    assert "holds files that are no site" in errors
    assert (mine / "photos.txt").read_text(encoding="utf-8") == "all of them"
    (theirs / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    for folder in (empty, theirs):
        assert run(site.root, "plain", 0, "--site-dir", str(folder))[0] == 0
    # What was built here is ours, even without its list of pages.
    (empty / "sitemap.xml").unlink()
    assert run(site.root, "plain", 0, "--site-dir", str(empty))[0] == 0
    assert (empty / "sitemap.xml").is_file()


def test_a_template_whose_name_is_no_text_is_told(unchanged: tuple[Path, dict[str, bytes]]) -> None:
    root, old = unchanged
    odd = os.fsencode(root) + b"/overrides/b\xff.html"
    os.close(os.open(odd, os.O_CREAT))
    try:
        code, output, errors = run(root)
    finally:
        Path(os.fsdecode(odd)).unlink()
    assert code == 1
    assert output.startswith("overrides/b\\udcff.html:1:1: GP504 the name holds the invisible character U+DCFF")
    assert "Traceback" not in errors
    assert_next_build_is_right(root, old)


def test_a_project_that_can_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(disk)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user cache"))
    try:
        root = write_small_site(disk / "project", cases=8).root
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        code, _, errors = run(root)
        assert (code, "Name another place for the site with --site-dir DIR" in errors) == (1, True), errors
        elsewhere = ("--site-dir", str(tmp_path / "site"))
        for said in (" pages, all anew", "Nothing changed"):
            code, _, errors = run(root, "plain", 0, *elsewhere)
            assert (code, said in errors) == (0, True), errors
        code, _, errors = run(root, "plain", 0, *elsewhere, "--cache-dir", str(tmp_path / "named"))
        assert (code, "there is no cache" in errors) == (0, True), errors
        assert list((tmp_path / "named").rglob("state.sqlite"))
        command = [sys.executable, "-m", "goodpractice", "new", "case-study", "Tea", "-C", str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr == f"{root}/case_studies/tea.md cannot be written: this disk or folder can only be read.\n"
    finally:
        unmount(disk)
