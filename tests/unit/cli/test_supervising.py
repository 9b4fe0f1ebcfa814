"""A command whose process dies ends with a message that names the file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import goodpractice.cli as cli
from tests.helpers.broken_command import ENDS, run_broken
from tests.helpers.processes import run_copy
from tests.helpers.projects import SMALL

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "project"))


def run_command(end: str, root: Path, *arguments: str) -> tuple[int, str]:
    code, _, errors = run_copy(run_broken, end, (*arguments, "-C", str(root)))
    return code, errors


@pytest.mark.parametrize("end", sorted(ENDS.keys() - {"a mistake of ours", "nothing"}))
@pytest.mark.parametrize("command", [("check",), ("build", "--no-search")], ids=["check", "build"])
def test_a_broken_parser_is_a_message_at_its_file(end: str, command: tuple[str, ...], root: Path) -> None:
    code, errors = run_command(end, root, *command)
    assert code == 1
    assert "broke down while it was reading case_studies/park.md" in errors
    assert "Traceback" not in errors
    assert not (root / "site").exists()


def test_a_mistake_of_ours_is_not_hidden(root: Path) -> None:
    code, errors = run_command("a mistake of ours", root, "check")
    assert code == 1
    assert "KeyError: 'ours'" in errors


@pytest.mark.parametrize(("arguments", "code"), [(("check",), 0), (("check", "--nonsense"), 2)])
def test_the_exit_code_is_that_of_the_command(arguments: tuple[str, ...], code: int, root: Path) -> None:
    assert run_command("nothing", root, *arguments)[0] == code


def test_only_one_place_prints() -> None:
    modules = Path(cli.__file__).parent.glob("*.py")
    printing = {module.name for module in modules if "click.echo(" in module.read_text(encoding="utf-8")}
    assert printing == {"terminal.py"}


def test_a_ledger_cannot_command_a_terminal(root: Path) -> None:
    folder = root / "case_studies" / "park"
    folder.mkdir(exist_ok=True)
    ledger = (
        "tent.jpg: {people: adults, consent_given_on: 2024-01-01, expires_on: 2024-02-01, scope: [website], "
        'kept_by: "\\e]0;pwned\\a\\u009b31m Anna\\u202e"}\n'
    )
    (folder / "consent.yml").write_text(ledger, encoding="utf-8")
    program = [sys.executable, "-m", "goodpractice", "consent", "-C", str(root)]
    ended = subprocess.run(program, capture_output=True, text=True, check=False)
    for text in (ended.stdout, ended.stderr):
        assert text.replace("\n", "").isprintable()
