"""When a build renews the search, and how much of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.engine import searching as searching_module
from goodpractice.engine.report import Report
from goodpractice.search import SearchReport
from goodpractice.search.reader import SearchIndex
from tests.helpers.building import build_site
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A site that has been built."""
    made = write_small_site(tmp_path / "project", cases=12)
    assert build(made).search is not None
    return made


def build(site: SmallSite, use_cache: bool = True) -> Report:
    return build_site(site.root, jobs=1, use_cache=use_cache)


def test_nothing_changed(site: SmallSite) -> None:
    assert build(site).search is None


def test_an_edit_can_be_found(site: SmallSite) -> None:
    with (site.root / "case_studies/case-03.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    assert build(site).search is not None
    index = SearchIndex(lambda name: (site.root / "site" / SEARCH_FOLDER / name).read_bytes(), "en")
    found = index.lookup("kingfish")
    assert found is not None
    assert [index.record(id)["url"] for id in found.pages] == ["case-studies/case-03/"]


def test_without_the_cache_all_of_the_search_is_made_anew(site: SmallSite) -> None:
    before = read_tree(site.root / "site")
    assert build(site, use_cache=False).search is not None
    assert read_tree(site.root / "site") == before


def lose(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip_under_its_old_time(file: Path) -> None:
    status = file.stat()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 4
    with file.open("r+b") as same:
        same.write(data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


#: Files of the search that are damaged.
DAMAGED = ("index.json", "facets.json", "cy/index.json", "texts/*/*.bin", "shards/*.bin")


@pytest.mark.parametrize("damage", [lose, empty, flip_under_its_old_time])
def test_a_damaged_file_of_the_search_is_mended(site: SmallSite, damage: Callable[[Path], None]) -> None:
    before = read_tree(site.root / "site")
    folder = site.root / "site" / SEARCH_FOLDER
    for which in DAMAGED:
        damage(min(folder.glob(which)))
        assert build(site).search is not None, which
        assert read_tree(site.root / "site") == before, which
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


def test_another_setting_is_looked_at(site: SmallSite) -> None:
    config = site.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("  goodpractice:\n", "  goodpractice:\n    search: {min_share: 1}\n"), encoding="utf-8"
    )
    assert build(site).search is not None


def test_other_code_renews_the_search_of_the_same_pages(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    # As after an update of this program.
    monkeypatch.setattr("goodpractice.engine.scan.digest_setup", lambda root, file_states: "another")
    assert build(site).search is not None
