"""`goodpractice newsletter`: a draft, a message, and what goes wrong in a sentence."""

from __future__ import annotations

import email
import errno
import shutil
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goodpractice.cli.main import main
from goodpractice.kinds.newsletter import PLACEHOLDER
from tests.helpers.commits import commit
from tests.helpers.projects import SMALL

ISSUE = "newsletters/2025-02.md"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["newsletter", "-C", str(root), *arguments])


def begin(root: Path) -> Path:
    file = root / "mkdocs.yml"
    file.write_text(f"site_url: https://small.example/gp/\n{file.read_text()}")
    commit(root, "2025-02-10T12:00:00+00:00")
    return root


@pytest.fixture
def project(project_copy: Path) -> Path:
    return begin(project_copy)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for calls that write nothing."""
    return begin(Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("unchanged") / "project")))


def test_from_a_draft_to_a_message(project: Path) -> None:
    drafted = run(project, "--since", "2025-02-01")
    assert drafted.exit_code == 0, drafted.output
    assert drafted.stdout.endswith(f"{ISSUE}\n")
    file = project / ISSUE
    assert "until: 2025-02-28" in file.read_text()
    assert "[Hello](../posts/hello.md)" in file.read_text()
    file.write_text(file.read_text().replace(PLACEHOLDER, "Dear *all*,"))
    again = run(project, "--since", "2025-02-01")
    assert "`from-the-editors` stays as somebody has left it" in again.stderr
    assert "Nothing to change" in again.stderr
    assert "Dear *all*," in file.read_text()

    sent = run(project, "2025-02", "--eml", str(project / "x.eml"), "--markdown", "-")
    assert sent.exit_code == 0, sent.output
    assert "[Hello](https://small.example/gp/blog/hello/): We begin to write." in sent.stdout
    assert run(project, "2025-02", "--eml", "-").stdout_bytes == (project / "x.eml").read_bytes()
    mail = email.message_from_bytes((project / "x.eml").read_bytes(), policy=default)
    assert mail["subject"] == "A small knowledge base for tests: February 2025"
    assert not {"from", "to", "date"} & {name.lower() for name in mail}
    plain, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    assert "\n  https://small.example/gp/partners/hill-museum/\n" in plain
    assert ">Hello</a>: We begin to write." in html
    assert "has no list of addresses" in plain

    assert run(project, "--since", "2025-02-01", "--force").exit_code == 0
    assert PLACEHOLDER in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--since 2026-11-01 drafts an issue"),
        (("2025-02", "--since", "2025-02-01"), "--since 2026-11-01 drafts an issue"),
        (("--since", "1 Feb 2025"), "--since 1 Feb 2025 is no day. Did you mean 2025-02-01?"),
        (("--since", "2098-01-01"), "--since 2098-01-01 lies in the future: nothing is new yet."),
        (("--since", "yesterday"), "--since yesterday is no day. Write the year first"),
        (("--since", "2025-02-01", "--until", "2025-02-30"), "--until 2025-02-30 is no day"),
        (("--since", "2025-02-02", "--until", "2025-02-01"), "--until 2025-02-01 is before --since 2025-02-02"),
        (("--since", "0001-02-01"), "--since 0001-02-01 is no day. Did you mean 2001-02-01?"),
        (("--since", "9999-12-01"), "--since 9999-12-01 is no day. Write the year first"),
        (("--since", "20250201"), "--since 20250201 is no day. Did you mean 2025-02-01?"),
        (("--since", "2025-W05"), "--since 2025-W05 is no day. Write the year first"),
        (("2025-02",), "Say where to write it"),
        (("2025-01", "--until", "2025-02-01", "--eml", "x.eml"), "--until and --force go with --since"),
        (("2025-01", "--force", "--eml", "x.eml"), "--until and --force go with --since"),
        (("--since", "2025-02-01", "--eml", "x.eml"), "--eml and --markdown with an issue"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(unchanged: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(unchanged, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (unchanged / ISSUE).exists()


def test_an_issue_that_is_not_there(project: Path) -> None:
    result = run(project, "2025-03", "--eml", "x.eml")
    assert result.exit_code == 1
    assert "There is no issue 2025-03 in newsletters/. Did you mean 2025-01?" in result.stderr


@pytest.mark.parametrize("command", [("newsletter", "--since", "2025-02-01"), ("calendar",), ("calendar", "--reviews")])
def test_nothing_is_made_of_a_project_that_cannot_be_read(project: Path, command: tuple[str, ...]) -> None:
    """What it leaves out would be missing without a word."""
    file = project / "handbook/begin.md"
    file.write_text(file.read_text().replace("order: 1", "order: first"))
    result = CliRunner().invoke(main, [*command, "-C", str(project)])
    assert (result.exit_code, "handbook/begin.md" in result.stdout, "BEGIN" in result.stdout) == (1, True, False)
    (project / "mkdocs.yml").write_text("site_name: [\n")
    result = CliRunner().invoke(main, [*command, "-C", str(project)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "mkdocs.yml cannot be read, line 2" in result.stderr


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    result = run(tmp_path, "--since", "2025-02-01")
    assert "There is no mkdocs.yml" in result.stderr


def test_without_git_it_says_what_is_missing(project_copy: Path) -> None:
    result = run(project_copy, "--since", "2025-02-01")
    assert result.exit_code == 0
    assert "Without the history of git" in result.stderr
    text = (project_copy / ISSUE).read_text()
    assert "posts/hello.md" in text
    assert "hill-museum" not in text
    assert "site_url" in run(project_copy, "2025-02", "--eml", "x.eml").stderr


def test_a_draft_that_cannot_be_read_is_left_alone(project: Path) -> None:
    (project / "newsletters").mkdir(exist_ok=True)
    (project / ISSUE).write_text("Dear all,\n")
    result = run(project, "--since", "2025-02-01")
    assert result.exit_code == 1
    assert ISSUE in result.output
    assert (project / ISSUE).read_text() == "Dear all,\n"


def test_problems_of_the_content_come_first(project: Path) -> None:
    file = project / "posts/hello.md"
    file.write_text(file.read_text().replace("title:", "tilte:"))
    result = run(project, "--since", "2025-02-01")
    assert result.exit_code == 1
    assert "posts/hello.md" in result.stdout
    assert not (project / ISSUE).exists()


def test_a_full_disk_costs_nothing_that_an_editor_wrote(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(project, "--since", "2025-02-01")
    before = (project / ISSUE).read_text()

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    result = run(project, "--since", "2025-01-01", "--until", "2025-02-28", "--force")
    assert result.exit_code == 1
    assert "The disk is full" in result.stderr
    assert (project / ISSUE).read_text() == before
    (project / "x.eml").write_text("before")
    assert run(project, "2025-01", "--eml", str(project / "x.eml")).exit_code == 1
    assert (project / "x.eml").read_text() == "before"
    assert [file for folder in (project, project / "newsletters") for file in folder.glob("*.new")] == []
