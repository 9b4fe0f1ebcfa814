from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from goodpractice.engine import site_folder
from goodpractice.engine.site_folder import (
    collect_signatures,
    digest_site,
    hold_lock,
    list_leftovers,
    move_files,
    remove_files,
    swap_folder,
    working_aside,
    write_file,
)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    fresh, site = tmp_path / "fresh", tmp_path / "site"
    for folder in (fresh, site):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name)
    return fresh, site, tmp_path / "aside"


@pytest.mark.parametrize("at_once", [True, False])
def test_swapping(folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    fresh, site, aside = folders
    if not at_once:
        monkeypatch.setattr(site_folder, "_exchange", lambda one, other: False)
    swap_folder(fresh, site, aside)
    assert (site / "index.html").read_text() == "fresh"
    assert (aside / "index.html").read_text() == "site"
    assert not fresh.exists()


def test_the_first_site_has_nothing_to_swap_with(folders: tuple[Path, Path, Path]) -> None:
    fresh, site, aside = folders
    remove_files(site, ["index.html"])
    site.rmdir()
    swap_folder(fresh, site, aside)
    assert (site / "index.html").read_text() == "fresh"
    assert not aside.exists()


def test_the_old_site_goes_back_when_the_new_one_cannot_be_moved(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, site, aside = folders
    monkeypatch.setattr(site_folder, "_exchange", lambda one, other: False)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == fresh:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        swap_folder(fresh, site, aside)
    assert (site / "index.html").read_text() == "site"


def test_a_file_is_written_whole_even_when_the_system_takes_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:3])))
    file_states = write_file(tmp_path, "a/b/index.html", b"0123456789", "digest", 5)
    assert (tmp_path / "a/b/index.html").read_bytes() == b"0123456789"
    assert file_states.signature == collect_signatures(tmp_path)["a/b/index.html"]


def test_removed_files_take_their_empty_folders_along(tmp_path: Path) -> None:
    for name in ("a/b/index.html", "a/index.html"):
        write_file(tmp_path, name, b"x", "", 0)
    remove_files(tmp_path, ["a/b/index.html"])
    assert not (tmp_path / "a/b").exists()
    assert (tmp_path / "a/index.html").exists()
    remove_files(tmp_path, ["a/index.html", "not/there.html"])
    assert list(tmp_path.iterdir()) == []


def test_files_are_moved_over_old_ones(tmp_path: Path) -> None:
    write_file(tmp_path / "new", "a/index.html", b"new", "", 0)
    write_file(tmp_path / "site", "a/index.html", b"old", "", 0)
    move_files(tmp_path / "new", tmp_path / "site", ["a/index.html"])
    assert (tmp_path / "site/a/index.html").read_bytes() == b"new"


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_lock(tmp_path / "cache", lambda: pytest.fail("waited")):
            pass


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that this test starts: a second thread, as the test runner has, would keep it from that."""
    started: list[int] = []
    fork = os.fork

    def note() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(site_folder.os, "fork", note)
    monkeypatch.setattr(site_folder.threading, "active_count", lambda: 1)
    return started


def test_another_process_works_as_this_one_would(forked: list[int]) -> None:
    done: list[int] = []

    def work() -> str:
        done.append(os.getpid())
        return "ŵ\n"

    with working_aside(work) as wait:
        assert wait() == "ŵ\n"
    assert len(forked) == 1
    assert done == []


def test_this_process_does_the_work_when_the_other_ends_too_early(
    forked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:2]))
    with working_aside(lambda: "whole") as wait:
        assert wait() == "whole"
    assert len(forked) == 1


def test_work_that_fails_in_the_other_process_fails_in_this_one(forked: list[int]) -> None:
    def fail() -> str:
        raise PermissionError(13, "Permission denied")

    with working_aside(fail) as wait, pytest.raises(PermissionError):
        wait()
    assert len(forked) == 1


def test_work_that_nobody_waits_for_leaves_no_process_behind(forked: list[int]) -> None:
    with working_aside(lambda: "long" * 200_000):
        pass
    with pytest.raises(ChildProcessError):
        os.waitpid(forked[0], os.WNOHANG)


def test_a_process_with_threads_does_its_work_itself(forked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_folder.threading, "active_count", lambda: 2)
    with working_aside(lambda: "one") as wait:
        assert wait() == "one"
    assert not forked


def test_the_digest_of_a_site_tells_of_every_change(tmp_path: Path) -> None:
    for name in ("index.html", "a/ŵ.txt", "a/search/index.json"):
        write_file(tmp_path, name, b"x", "digest", 0)
    os.close(os.open(os.fsencode(tmp_path) + b"/no-\xff-text", os.O_CREAT))
    digest = digest_site(tmp_path)
    (tmp_path / "index.html").rename(tmp_path / "home.html")
    renamed = digest_site(tmp_path)
    assert renamed != digest
    (tmp_path / "home.html").rename(tmp_path / "index.html")
    os.utime(tmp_path / "index.html", ns=(0, 0))
    assert digest_site(tmp_path) not in (digest, renamed)


def test_a_site_has_one_lock_by_all_its_names(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    waited: list[str] = []
    freed = threading.Event()

    held = threading.Event()

    def say() -> None:
        waited.append("waited")
        held.set()

    def wait_for_it() -> None:
        with hold_lock(tmp_path / "link/site", say):
            assert freed.is_set()

    other = threading.Thread(target=wait_for_it)
    with hold_lock(tmp_path / "real/site", lambda: pytest.fail("waited")):
        # Not the site beside it.
        with hold_lock(tmp_path / "real/site.preview", lambda: pytest.fail("waited")):
            other.start()
        assert held.wait(60)
        freed.set()
    other.join(60)
    assert waited == ["waited"]
    assert list((tmp_path / "real").iterdir()) == [], "no lock is left behind"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (".site.12.new", "new"),
        (".site.3.old", "old"),
        (".site.45.staging", "staging"),
        (".site.preview.12.new", ""),
        (".site.12.new.13.new", ""),
        (".site.x.new", ""),
        (".site.-1.new", ""),
        (".site.12.", ""),
        ("site.12.new", ""),
        (".sitex12.new", ""),
        (".my.site.12.new", ""),
    ],
)
def test_only_what_was_made_of_this_site_is_left_over_from_it(tmp_path: Path, name: str, found: str) -> None:
    (tmp_path / name).mkdir()
    assert list(list_leftovers(tmp_path / "site")) == ([(tmp_path / name, found)] if found else [])
