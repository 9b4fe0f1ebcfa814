"""The scripts of the search, run by Node beside a folder of the search."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.i18n.languages import Language
from goodpractice.i18n.stemming import ALGORITHMS
from goodpractice.render.scripts import read_scripts
from tests.helpers.node import NODE


class Scripts:
    """Asks them."""

    def __init__(self, site: Path, process: subprocess.Popen[str]) -> None:
        self.folder = site / SEARCH_FOLDER
        self._process = process

    def write(self, files: Mapping[str, bytes]) -> None:
        """Put an index in the place of the last one."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def ask(self, name: str, asked: Any = None) -> Any:
        """Ask something: see `search_scripts.mjs`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps([name, asked])}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "problem" in answer:
            raise ValueError(answer["problem"])
        return answer["answer"]


@contextmanager
def run_scripts(site: Path) -> Iterator[Scripts]:
    """Run them."""
    for path, text in read_scripts(Language(code, code) for code in ALGORITHMS).items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (site / "assets/scripts/package.json").write_text('{"type": "module"}')
    command = [str(NODE), str(Path(__file__).with_name("search_scripts.mjs")), str(site)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            yield Scripts(site, process)
        finally:
            process.kill()
