"""Commits in a repository of a test, at a moment that the test chooses."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

#: Nobody, and nothing of this computer.
_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A tester"), ("EMAIL", "nobody@example.org"))
}


def commit(root: Path, moment: str, empty: bool = False) -> None:
    """Commit all that lies in a folder, which becomes a repository if it is none."""
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    commands = [["init", "-q"]] if not (root / ".git").exists() else []
    commands += [["add", "-A"], ["commit", "-q", "-m", "x", *(["--allow-empty"] if empty else [])]]
    for command in commands:
        subprocess.run(
            ["git", "-C", str(root), *command], env={**os.environ, **_IDENTITY, **dates, **settings}, check=True
        )
