"""Following the files of a project, with the system's help and without it."""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
from watchdog.observers import Observer

from goodpractice.engine import watching
from goodpractice.engine.watching import Watcher

Follow = Callable[[], Watcher]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("handbook/one.md", "docs/notes/two.md", "partners.yml", "aside/handbook/one.md", "shared/footer.html"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides/footer.html").symlink_to("../shared/footer.html")
    return tmp_path


@pytest.fixture(params=["reported", "unreported"])
def follow(request: pytest.FixtureRequest, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follow]:
    """Starts to follow the project."""
    monkeypatch.setattr(watching, "UNREPORTED", 0.01)
    started: list[Watcher] = []

    def start() -> Watcher:
        watcher = Watcher(root, pytest.fail, poll=request.param == "unreported")
        watcher.start()
        started.append(watcher)
        return watcher

    yield start
    for watcher in started:
        watcher.stop()


#: What each watcher was asked for so far.
ASKED: WeakKeyDictionary[Watcher, set[str]] = WeakKeyDictionary()


def collect(watcher: Watcher, *expected: str) -> None:
    """Wait until all of these have been told, and nothing else was.

    A change that the system reports while all files are looked at is told twice, the second time perhaps late.
    """
    asked = ASKED.setdefault(watcher, set())
    asked |= set(expected)
    missing = set(expected)
    while missing:
        found = watcher.collect()
        assert found <= asked
        missing -= found


def test_files_that_change_come_and_go(root: Path, follow: Follow) -> None:
    watcher = follow()
    (root / "partners.yml").write_text("changed", encoding="utf-8")
    collect(watcher, "partners.yml")
    (root / "case_studies").mkdir()
    (root / "case_studies/new.md").write_text("new", encoding="utf-8")
    collect(watcher, "case_studies/new.md")
    (root / "docs/notes/two.md").unlink()
    collect(watcher, "docs/notes/two.md")


def test_what_changes_before_the_watcher_starts_is_told(root: Path) -> None:
    watcher = Watcher(root, pytest.fail)
    (root / "handbook/one.md").write_text("changed", encoding="utf-8")
    watcher.start()
    collect(watcher, "handbook/one.md")
    watcher.stop()


def test_a_folder_that_is_replaced_is_followed(root: Path, follow: Follow) -> None:
    watcher = follow()
    for name in ("first", "second"):
        shutil.copytree(root / "aside/handbook", root / "fresh")
        (root / "handbook").rename(root / f"old-{name}")
        (root / "fresh").rename(root / "handbook")
        collect(watcher, "handbook/one.md")
        (root / "handbook/one.md").write_text(name, encoding="utf-8")
        collect(watcher, "handbook/one.md")


def test_a_folder_that_leaves_takes_its_files_along(root: Path, follow: Follow) -> None:
    watcher = follow()
    (root / "docs/notes").rename(root / "notes")
    collect(watcher, "docs/notes/two.md")
    (root / "notes").rename(root / "docs/other")
    collect(watcher, "docs/other/two.md")
    shutil.rmtree(root / "docs")
    collect(watcher, "docs/other/two.md")
    (root / "docs").mkdir()
    (root / "docs/three.md").write_text("three", encoding="utf-8")
    collect(watcher, "docs/three.md")


def test_a_folder_that_goes_before_it_is_watched_does_no_harm(
    root: Path, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_dir", lambda path: True)
        watcher = follow()
    (root / "handbook/one.md").write_text("changed", encoding="utf-8")
    collect(watcher, "handbook/one.md")


def test_a_template_changes_where_its_link_leads(root: Path, follow: Follow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "REPORTED", 0.01)
    watcher = follow()
    (root / "shared/footer.html").write_text("changed", encoding="utf-8")
    collect(watcher, "overrides/footer.html")


@pytest.mark.parametrize(
    "name", [".one.md.swp", "4913", "one.md~", "#one.md#", ".~lock.one.md#", "one.md___jb_tmp___", ".DS_Store"]
)
def test_what_editors_leave_behind_is_not_told(root: Path, follow: Follow, name: str) -> None:
    watcher = follow()
    (root / "handbook" / name).write_text("x", encoding="utf-8")
    (root / "handbook/.#one.md").symlink_to("user@host.1:2")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("x", encoding="utf-8")
    (root / "handbook/one.md").write_text("saved", encoding="utf-8")
    collect(watcher, "handbook/one.md")


@pytest.mark.parametrize("number", [28, 24, 38])
def test_where_the_system_reports_nothing_files_are_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(observer: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Observer, "start", refuse)
    monkeypatch.setattr(watching, "UNREPORTED", 0.01)
    told: list[str] = []
    watcher = Watcher(root, told.append)
    watcher.start()
    (root / "handbook/one.md").write_text("changed", encoding="utf-8")
    collect(watcher, "handbook/one.md")
    watcher.stop()
    assert len(told) == 1
    assert told[0].startswith("This computer does not report changed files (")


def test_other_files_that_pages_are_made_from_are_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "REPORTED", 0.01)
    included: list[str] = []
    watcher = Watcher(root, pytest.fail, list_included=lambda: included)
    watcher.start()
    included.append("aside/handbook/one.md")
    (root / "partners.yml").write_text("changed", encoding="utf-8")
    collect(watcher, "partners.yml")
    while "aside/handbook/one.md" not in watcher._included:
        (root / "partners.yml").touch()
        collect(watcher, "partners.yml")
    (root / "aside/handbook/one.md").write_text("changed", encoding="utf-8")
    collect(watcher, "aside/handbook/one.md")
    watcher.stop()


class Changes(queue.SimpleQueue[watching._Change]):
    """Changes, and how long was waited for each of them."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float | None] = []
        self.is_quiet_awaited = threading.Event()

    def get(self, block: bool = True, timeout: float | None = None) -> watching._Change:
        self.waits.append(timeout)
        if timeout == watching.QUIET:
            self.is_quiet_awaited.set()
        return super().get(block, timeout)


def test_a_file_that_is_written_is_waited_for_and_one_that_is_whole_is_not(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "QUIET", 20.0)
    watcher = Watcher(root, pytest.fail)
    changes = watcher._changes = Changes()
    watcher.start()

    def write_slowly() -> None:
        with (root / "partners.yml").open("w", encoding="utf-8") as file:
            file.write("one half,")
            file.flush()
            changes.is_quiet_awaited.wait(10)
            file.write(" and the other")

    def write_again() -> None:
        changes.is_quiet_awaited.wait(10)
        (root / "handbook/one.md").write_text("new", encoding="utf-8")

    writer = threading.Thread(target=write_slowly)
    writer.start()
    assert watcher.collect() == {"partners.yml"}
    assert changes.waits[-1] == watching.WHOLE
    writer.join()
    # As many editors save: the file that they moved away first is not there for a moment.
    changes.is_quiet_awaited.clear()
    writer = threading.Thread(target=write_again)
    writer.start()
    (root / "handbook/one.md").rename(root / "handbook/one.md~")
    assert watcher.collect() == {"handbook/one.md"}
    assert changes.waits[-1] == watching.WHOLE
    writer.join()
    watcher.stop()


@pytest.mark.parametrize(
    ("wholes", "waits"),
    [("w", "W"), ("-", "Q"), ("ww", "WQ"), ("w-", "WQ"), ("-w", "QQ"), ("www", "WQQ")],
)
def test_where_several_files_come_the_next_is_waited_for(root: Path, wholes: str, waits: str) -> None:
    watcher = Watcher(root, pytest.fail)
    changes = watcher._changes = Changes()
    paths = [f"handbook/{number}.md" for number in range(len(wholes))]
    for path, is_whole in zip(paths, wholes, strict=True):
        changes.put(watching._Change(path, is_whole == "w"))
    assert watcher.collect() == set(paths)
    assert changes.waits == [None, *({"W": watching.WHOLE, "Q": watching.QUIET}[wait] for wait in waits)]


def test_nothing_is_waited_for_longer_than_asked(root: Path) -> None:
    watcher = Watcher(root, pytest.fail)
    assert watcher.collect(0.01) == set()
    watcher._changes.put(watching._Change("handbook/one.md~", True))
    assert watcher.collect(0.01) == set(), "what editors leave behind is no change"
