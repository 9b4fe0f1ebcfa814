"""A command whose process dies ends with a message that names the file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import goodpractice.cli as cli
from tests.helpers.projects import SMALL

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

#: What compiled code may do to a process: `comrak` is replaced by something that does it on purpose.
ENDS = {
    "an abort": "os.abort()",
    "killed for its memory": "os.kill(os.getpid(), signal.SIGKILL)",
    "a fault": "os.kill(os.getpid(), signal.SIGSEGV)",
    "a panic": "raise type('PanicException', (BaseException,), {})('called `Option::unwrap()`')",
    "no memory": "raise MemoryError",
    "a parser without end": "deeper()",
}
_PROGRAM = """
import os, signal, sys
import comrak

def deeper():
    deeper()

render = comrak.render_markdown
def break_down(text, *arguments, **options):
    if "Park" in text or "park" in text:
        {end}
    return render(text, *arguments, **options)
comrak.render_markdown = break_down
sys.argv[1:] = {arguments}
from goodpractice.cli import run
run()
"""


def run_broken(end: str, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = _PROGRAM.format(end=end, arguments=[*arguments, "-C", str(root)])
    return subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "project"))


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_broken_parser_is_a_message_at_its_file(end: str, command: str, root: Path) -> None:
    options = ("build", "--no-search") if command == "build" else ("check",)
    ended = run_broken(ENDS[end], root, *options)
    assert ended.returncode == 1
    assert "broke down while it was reading case_studies/park.md" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (root / "site").exists()


def test_a_mistake_of_ours_is_not_hidden(root: Path) -> None:
    ended = run_broken("raise KeyError('ours')", root, "check")
    assert ended.returncode == 1
    assert "KeyError: 'ours'" in ended.stderr


@pytest.mark.parametrize(("arguments", "code"), [(("check",), 0), (("check", "--nonsense"), 2)])
def test_the_exit_code_is_that_of_the_command(arguments: tuple[str, ...], code: int, root: Path) -> None:
    assert run_broken("pass", root, *arguments).returncode == code


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
