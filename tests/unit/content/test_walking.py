from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.content.walking import stop, walk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in ("b.md", "a/two.md", "a/one.md", "a/deep/x.md", ".git/config", "a/.one.md.swp", "__pycache__/m.pyc"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
    return tmp_path


def test_everything_is_listed_in_the_order_of_names_but_what_is_left_behind(folder: Path) -> None:
    found = [(path, is_folder) for path, _, is_folder in walk(folder)]
    assert found == [
        (".git", True),
        (".git/config", False),
        ("a", True),
        ("a/deep", True),
        ("a/deep/x.md", False),
        ("a/one.md", False),
        ("a/two.md", False),
        ("b.md", False),
    ]
    assert {"a/.one.md.swp", "__pycache__/m.pyc"} < {path for path, _, _ in walk(folder, leftovers=True)}


def test_a_folder_is_entered_when_the_caller_says_so(folder: Path) -> None:
    found = [path for path, _, _ in walk(folder, enter=lambda path, entry: path != "a/deep" and entry.name != ".git")]
    assert found == [".git", "a", "a/deep", "a/one.md", "a/two.md", "b.md"]


def test_links_are_followed_on_demand_and_never_in_a_circle(folder: Path) -> None:
    (folder / "a/up").symlink_to(folder, target_is_directory=True)
    (folder / "c").symlink_to("a/deep", target_is_directory=True)
    (folder / "loop").symlink_to("loop")
    plain = {path: is_folder for path, _, is_folder in walk(folder)}
    assert (plain["a/up"], plain["c"], plain["loop"]) == (False, False, False)
    followed = {path: is_folder for path, _, is_folder in walk(folder, follow=True)}
    assert (followed["a/up"], followed["c"], followed["loop"]) == (True, True, False)
    assert "c/x.md" in followed
    assert not any(path.startswith("a/up/") for path in followed)


def test_a_folder_that_cannot_be_read_is_passed_over_or_stops_the_walk(tmp_path: Path) -> None:
    assert list(walk(tmp_path / "none")) == []
    with pytest.raises(FileNotFoundError):
        list(walk(tmp_path / "none", on_error=stop))
