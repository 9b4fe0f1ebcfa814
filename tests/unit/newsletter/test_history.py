"""What git says of a project, and what it cannot say."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from goodpractice.newsletter.history import History, HistoryError
from goodpractice.newsletter.news import collect_news
from tests.helpers.commits import commit
from tests.helpers.projects import load_folder

OCTOBER, NOVEMBER = datetime.date(2026, 10, 1), datetime.date(2026, 11, 1)
LAST = datetime.date(2026, 11, 30)


def add_term(root: Path, term_id: str) -> None:
    file = root / "data/glossary.yml"
    facts = f"id: {term_id}, word: {term_id}, use: explained, meaning: M., sources: [annual-report]"
    file.write_text(f"{file.read_text()}\n  - {{{facts}}}\n")


def test_what_names_no_day_is_new_when_git_did_not_know_it(project_copy: Path) -> None:
    commit(project_copy, "2026-10-31T23:00:00+00:00")
    add_term(project_copy, "fresh")
    commit(project_copy, "2026-11-15T12:00:00+00:00")
    add_term(project_copy, "later")
    commit(project_copy, "2026-12-01T00:00:00+00:00")
    kb, history = load_folder(project_copy).kb, History(project_copy)
    assert collect_news(kb, NOVEMBER, LAST, history).new == {"term": ["fresh"]}
    everything = collect_news(kb, OCTOBER, LAST, history).new
    assert "partner" in everything
    assert "later" not in everything["term"]
    # Without a history, only days count that records name.
    assert collect_news(kb, NOVEMBER, LAST, None).new == {}


def test_a_record_that_was_wrong_before_is_not_new(project_copy: Path) -> None:
    file = project_copy / "data/glossary.yml"
    text = file.read_text()
    file.write_text(text.replace("meaning:", "meanings:"))
    commit(project_copy, "2026-10-01T00:00:00+00:00")
    file.write_text(text)
    commit(project_copy, "2026-11-02T00:00:00+00:00")
    assert collect_news(load_folder(project_copy).kb, NOVEMBER, LAST, History(project_copy)).new == {}


def test_a_project_may_lie_inside_a_repository(project_copy: Path) -> None:
    outer = project_copy.parent
    (outer / "partners.yml").write_text("no project\n")
    commit(outer, "2026-10-01T00:00:00+00:00")
    history = History(project_copy)
    folder = outer / "restored"
    folder.mkdir()
    history.restore(history.find_last(LAST), folder)
    assert (folder / "partners.yml").read_bytes() == (project_copy / "partners.yml").read_bytes()
    assert (folder / "posts/hello.md").is_file()
    assert not (folder / "mkdocs.yml").exists()


def test_a_link_is_not_followed(project_copy: Path) -> None:
    (project_copy / "data/link.yml").symlink_to("/etc/hostname")
    commit(project_copy, "2026-10-01T00:00:00+00:00")
    folder = project_copy.parent / "restored"
    folder.mkdir()
    history = History(project_copy)
    history.restore(history.find_last(LAST), folder)
    assert not os.path.lexists(folder / "data/link.yml")


def test_a_history_that_begins_later_knows_nothing_before(project_copy: Path) -> None:
    commit(project_copy, "2026-11-21T00:00:00+00:00")
    assert History(project_copy).find_last(NOVEMBER) == ""


def test_where_git_cannot_say_it_says_so(project_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HistoryError, match="not in a repository of git"):
        History(project_copy)
    subprocess.run(["git", "init", "-q", str(project_copy)], check=True)
    with pytest.raises(HistoryError, match="nothing has been committed"):
        History(project_copy)
    commit(project_copy, "2026-10-01T00:00:00+00:00")
    commit(project_copy, "2026-11-01T00:00:00+00:00", empty=True)
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", project_copy.as_uri(), str(shallow)], check=True)
    with pytest.raises(HistoryError, match="git fetch --unshallow"):
        History(shallow)
    partial = tmp_path / "partial"
    subprocess.run(["git", "-C", str(project_copy), "config", "uploadpack.allowFilter", "true"], check=True)
    clone = ["git", "clone", "-q", "--no-checkout", "--filter=blob:none", project_copy.as_uri(), str(partial)]
    subprocess.run(clone, check=True)
    subprocess.run(["git", "-C", str(partial), "config", "remote.origin.url", f"{tmp_path}/gone"], check=True)
    with pytest.raises(HistoryError, match="not all on this computer"):
        collect_news(load_folder(project_copy).kb, NOVEMBER, LAST, History(partial))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("git") is None
    with pytest.raises(HistoryError, match="not installed"):
        History(project_copy)
