"""Files that are made from the code hold what the code makes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_every_generated_file_is_fresh() -> None:
    command = [sys.executable, str(REPOSITORY / "tools/generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_every_file_that_the_architecture_names_is_there() -> None:
    text = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+/[a-z_/]*(?:\.py)?)`", text))
    assert len(named) > 20
    roots = (REPOSITORY, REPOSITORY / "src/goodpractice")
    assert [name for name in sorted(named) if not any((root / name).exists() for root in roots)] == []
