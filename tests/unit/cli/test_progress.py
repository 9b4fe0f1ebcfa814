"""How far a build is: lines where nobody sees a bar, one bar after the other on a terminal."""

import io
import sys

import pytest

from goodpractice.cli.build import show_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_plain_lines_tell_each_tenth_once(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress() as progress:
        for done in range(0, 1001, 10):
            progress.tell_pages(done, 1000)
        for done in (0, 1000, 2000):
            progress.tell_search(done, 2000)
    pages = [f"{done} of 1000 pages" for done in range(100, 1001, 100)]
    search = ["Search: 1000 of 2000 entries", "Search: 2000 of 2000 entries"]
    assert capsys.readouterr().err.splitlines() == [*pages, *search]


def test_a_short_build_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress() as progress:
        progress.tell_pages(999, 999)
        progress.tell_search(10, 10)
    assert capsys.readouterr().err == ""


def test_a_terminal_shows_one_bar_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with show_progress() as progress:
        for done in (0, 30, 60):
            progress.tell_pages(done, 60)
        for done in (0, 40, 80):
            progress.tell_search(done, 80)
    pages, search, _ = terminal.getvalue().split("\n")
    assert "Pages" in pages
    assert "60/60" in pages
    assert "Search" not in pages
    assert "80/80" in search
