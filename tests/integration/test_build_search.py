"""When a build renews the search, and how much of it."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodpractice.cli import main as command
from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.engine import searching as searching_module
from goodpractice.engine.report import Report
from goodpractice.search import SearchReport
from goodpractice.search import parts as parts_module
from goodpractice.search import site as site_module
from tests.helpers.building import build_site
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """A site that has been built, with an index in several parts."""
    monkeypatch.setattr(site_module, "PART_SIZE", 10)
    made = write_small_site(tmp_path / "project", cases=12)
    report = build(made)
    assert report.search is not None
    assert report.search.parts == report.search.made > 2
    return made


def build(site: SmallSite, use_cache: bool = True) -> Report:
    return build_site(site.root, jobs=1, use_cache=use_cache)


def test_nothing_changed(site: SmallSite) -> None:
    assert build(site).search is None


def test_an_edit_renews_one_part(site: SmallSite) -> None:
    with (site.root / "case_studies/case-03.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    report = build(site)
    assert report.search is not None
    assert report.search.made == 1


def test_a_search_that_somebody_has_touched_keeps_the_parts_that_are_whole(site: SmallSite) -> None:
    (site.root / "site" / SEARCH_FOLDER / "current.json").unlink()
    for key in (site.root / ".cache").rglob("search.key"):
        key.unlink()
    report = build(site)
    assert report.search is not None
    assert report.search.made == 0


def test_without_the_cache_all_of_the_search_is_made_anew(site: SmallSite) -> None:
    before = read_tree(site.root / "site")
    report = build(site, use_cache=False)
    assert report.search is not None
    assert report.search.made == report.search.parts
    assert read_tree(site.root / "site") == before


def lose(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip_under_its_old_time(file: Path) -> None:
    status = file.stat()
    data = bytearray(file.read_bytes())
    # Of a description, a word: what is wrong among its records only means that a record is read again.
    words = data.find(b'"words":')
    data[words + 12 if words > 0 else len(data) // 2] ^= 4
    with file.open("r+b") as same:
        same.write(data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


#: Files of the search, and how many parts are made anew when one is damaged.
DAMAGED = {
    "current.json": 0,
    "*/facets.json": 0,
    "*/cy/index.json": 0,
    "*/fragment/3.pf_fragment": 1,
    "*/index/0.*": 1,
}


@pytest.mark.parametrize("damage", [lose, empty, flip_under_its_old_time])
def test_a_damaged_file_of_the_search_is_mended(site: SmallSite, damage: Callable[[Path], None]) -> None:
    before = read_tree(site.root / "site")
    folder = site.root / "site" / SEARCH_FOLDER
    for which, made in DAMAGED.items():
        damage(min(folder.glob(which)))
        report = build(site)
        assert report.search is not None, which
        assert report.search.made == made, which
        assert read_tree(site.root / "site") == before, which
        assert build(site).search is None
    # The next part takes its records over.
    damage(min(folder.glob("*/part.json")))
    report = build(site)
    assert report.search is not None
    assert report.search.made == 1
    assert build(site).search is None


def test_a_damaged_search_is_mended_without_the_cache_whatever_its_stamps_say(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_tree(site.root / "site")
    monkeypatch.setattr("goodpractice.engine.search_key.is_search_untouched", lambda *arguments: True)
    for which in DAMAGED:
        empty(min((site.root / "site" / SEARCH_FOLDER).glob(which)))
    assert build(site).search is None
    build(site, use_cache=False)
    assert read_tree(site.root / "site") == before


def test_a_search_that_another_program_damages_meanwhile_is_told(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_whole = site_module.write_whole

    def damage(file: Path, text: str) -> None:
        write_whole(file, text)
        if file.name == "current.json":
            # Of a part that stays: one that was replaced is deleted now.
            parts = (file.parent / name for name, _ in json.loads(text)["parts"])
            empty(next(found for part in parts for found in part.glob("fragment/2.pf_fragment")))

    with (site.root / "case_studies/case-03.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(site_module, "write_whole", damage)
        assert "another program changed" in build(site).search_problem
    report = build(site)
    assert report.search is not None
    assert report.search.made == 1


def test_a_second_build_waits_for_the_search_of_the_first(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = threading.Event()
    reports: list[Report] = []
    renew_search = searching_module.renew_search

    def renew_while_another_begins(*arguments: Any) -> SearchReport:
        second.start()
        assert waits.wait(60)
        return renew_search(*arguments)

    monkeypatch.setattr(searching_module, "renew_search", renew_while_another_begins)
    second = threading.Thread(target=lambda: reports.append(build_site(site.root, jobs=1, on_wait=waits.set)))
    with (site.root / "case_studies/case-03.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    assert build(site).search is not None
    second.join(60)
    assert [report.search for report in reports] == [None]


def test_without_pagefind_the_pages_are_built_and_the_last_search_stays(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (site.root / "site" / SEARCH_FOLDER / "current.json").read_bytes()
    with (site.root / "case_studies/case-03.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    monkeypatch.setattr("pagefind.service.get_executable", lambda: None)
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            command(["build", "--jobs", "1", "--json", "-C", str(site.root)])
        assert ended.value.code == 1
        output, errors = capsys.readouterr()
        assert "make install" in json.loads(output)["search_problem"]
        assert "Built 1 of " in errors or "Nothing changed: " in errors
        assert errors.splitlines()[-1] == (
            "The pages are new, but the search is still the last one, without what changed: "
            "The program of Pagefind is missing; `make install` installs it."
        )
    assert (site.root / "site" / SEARCH_FOLDER / "current.json").read_bytes() == before
    assert b"kingfishers" in (site.root / "site/case-studies/case-03/index.html").read_bytes()


def test_another_setting_is_looked_at(site: SmallSite) -> None:
    config = site.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("  goodpractice:\n", "  goodpractice:\n    search: {min_share: 1}\n"), encoding="utf-8"
    )
    report = build(site)
    assert report.search is not None
    assert report.search.made == 0


def test_other_code_renews_the_search_of_the_same_pages(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    # As after an update of this program.
    monkeypatch.setattr("goodpractice.engine.scan.digest_setup", lambda root, file_states: "another")
    monkeypatch.setattr(parts_module, "identify_program", lambda: "another")
    report = build(site)
    assert report.search is not None
    assert report.search.made == report.search.parts
