"""A project beside what a build from nothing makes of it, after every edit."""

from __future__ import annotations

import copy
import os
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from goodpractice.config import clock
from goodpractice.diagnostics.errors import BuildError
from goodpractice.engine.options import Options
from goodpractice.engine.report import Report
from goodpractice.engine.site_folder import digest_site
from goodpractice.engine.state import NO_DIGEST, renew_digest
from goodpractice.engine.store import Store
from tests.helpers.building import build_site
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree

#: Not read by a build, or read only through what it left behind.
MADE = ("site", "cold", ".cache", ".aside")

#: Line of the settings for one file more beside each page, which every edit has to keep right.
MARKDOWN_PAGES = "    markdown_pages: true\n"

#: Where Linux keeps files in memory: on a disk, to begin thousands of small files takes a third of a comparison.
IN_MEMORY = "/dev/shm"


def read_sources(root: Path) -> dict[str, bytes]:
    """What a build reads."""
    found: dict[str, bytes] = {}
    for entry in root.iterdir():
        if entry.is_dir() and entry.name not in MADE:
            found |= {f"{entry.name}/{path}": data for path, data in read_tree(entry).items()}
        elif entry.name not in MADE:
            found[entry.name] = entry.read_bytes()
    return found


def build(site: SmallSite, folder: str, use_cache: bool = True) -> tuple[Report | None, list[Any]]:
    try:
        report = build_site(site.root, site.root / folder, jobs=1, use_cache=use_cache, search=False)
    except BuildError as error:
        return None, [str(error)]
    return report, [
        (diagnostic.path, diagnostic.line, diagnostic.code, diagnostic.message) for diagnostic in report.diagnostics
    ]


def choose(seed: str) -> Callable[[Sequence[Any]], Any]:
    return random.Random(seed).choice


class Comparison:
    """A project, its site as it was last built, and what every build of it must give."""

    def __init__(self, cases: int = 25) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None)
        os.environ.pop("SMALL_SITE_COPYRIGHT", None)
        self.site = write_small_site(Path(self.folder.name) / "project", cases=cases)
        config = (self.site.root / "mkdocs.yml").read_text(encoding="utf-8")
        self.site.write("mkdocs.yml", config.replace("    offline: true\n", f"    offline: true\n{MARKDOWN_PAGES}"))
        self.full: dict[object, tuple[list[Any], dict[str, bytes]]] = {}
        self.keep()
        self.build()

    def close(self) -> None:
        os.environ.pop("SMALL_SITE_COPYRIGHT", None)
        self.folder.cleanup()

    def keep(self) -> None:
        """Remember the project, to go back to when an edit turns out to be a mistake."""
        self.cached = copy.deepcopy(self.site), read_sources(self.site.root)

    def go_back(self) -> None:
        root = self.site.root
        values, files = self.cached
        self.site = copy.deepcopy(values)
        for path in read_sources(root):
            if path not in files:
                (root / path).unlink()
        for path, data in files.items():
            file = root / path
            if not file.is_file() or file.read_bytes() != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)

    def build_full(self) -> tuple[list[Any], dict[str, bytes]]:
        """Problems and site of a cold build: once for the same sources, day and environment."""
        given = frozenset(read_sources(self.site.root).items()), os.environ.get("SMALL_SITE_COPYRIGHT"), clock.today()
        if given not in self.full:
            _, expected = build(self.site, "cold", use_cache=False)
            self.full[given] = expected, {} if expected else read_tree(self.site.root / "cold")
        return self.full[given]

    def build(self) -> Report:
        """Build what an edit without problems changed, and compare nothing."""
        report, found = build(self.site, "site")
        assert report is not None, found
        assert found == []
        return report

    def compare(self) -> Report | None:
        """Build both ways. With problems, nothing may change but what was damaged; then the edit is taken back."""
        site = self.site
        folder = site.root / "site"
        before = read_tree(folder)
        signatures = {name: (folder / name).lstat().st_ino for name in before}
        report, found = build(site, "site")
        expected, expected_tree = self.build_full()
        assert found == expected, "the same problems"
        now = read_tree(folder)
        if expected:
            # A story that cannot be read shows no photo: its page lost them, if it had any.
            lost = {f"{url}index.html" for url in report.taken_down} if report is not None else set()
            assert {name: data for name, data in now.items() if before.get(name) != data and name not in lost} == {}
            self.go_back()
            problems, expected_tree = self.build_full()
            assert build(self.site, "site")[1] == problems == []
            now = read_tree(folder)
        assert sorted(now) == sorted(expected_tree), "the same files"
        assert [name for name in now if now[name] != expected_tree[name]] == [], "the same bytes"
        if report is not None and not report.full and not expected:
            rewritten = [n for n in now if before.get(n) == now[n] and signatures[n] != (folder / n).stat().st_ino]
            assert rewritten == [], "only files that differ are written"
        self.compare_digests()
        self.keep()
        return report

    def compare_digests(self) -> None:
        """What the state says of all files together is what it says of each of them, and what is there."""
        folder = self.site.root / "site"
        state = Store(Options(self.site.root, folder).state_path).load()
        digest = renew_digest(NO_DIGEST, {}, state.outputs)
        assert state.meta["outputs"] == digest == digest_site(folder), "no file was touched"

    def assert_nothing_to_do(self) -> None:
        report = build_site(self.site.root, self.site.root / "site", jobs=1, search=False)
        assert (report.full, report.rendered, report.written, report.removed) == ("", 0, 0, 0)
