"""How far a build is: lines where nobody sees a bar, a bar on a terminal."""

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
    pages = [f"{done} of 1000 pages" for done in range(100, 1001, 100)]
    assert capsys.readouterr().err.splitlines() == pages


def test_a_short_build_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress() as progress:
        progress.tell_pages(999, 999)
    assert capsys.readouterr().err == ""


def test_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with show_progress() as progress:
        for done in (0, 30, 60):
            progress.tell_pages(done, 60)
    pages, _ = terminal.getvalue().split("\n")
    assert "Pages" in pages
    assert "60/60" in pages
