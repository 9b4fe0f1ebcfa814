"""When a build renews the search, and how much of it."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.engine.report import Report
from tests.helpers.building import build_site
from tests.helpers.search_index import SearchIndex
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


def open_index(site: SmallSite) -> SearchIndex:
    return SearchIndex(lambda name: (site.root / "site" / SEARCH_FOLDER / name).read_bytes(), "en")


def test_nothing_changed(site: SmallSite) -> None:
    report = build(site)
    assert (report.written, report.removed, report.search) == (0, 0, None)


def test_an_edit_can_be_found(site: SmallSite) -> None:
    with (site.root / "case_studies/case-03.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    report = build(site)
    assert (report.rendered, report.full) == (1, "")
    index = open_index(site)
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


def swap(file: Path) -> None:
    other = next(path for path in sorted(file.parents[1].rglob("*")) if path.is_file() and path != file)
    data = file.read_bytes()
    file.write_bytes(other.read_bytes())
    other.write_bytes(data)


@pytest.mark.parametrize("damage", [lose, empty, flip_under_its_old_time, swap])
def test_a_damaged_file_of_the_search_is_mended(site: SmallSite, damage: Callable[[Path], None]) -> None:
    before = read_tree(site.root / "site")
    folder = site.root / "site" / SEARCH_FOLDER
    for which in DAMAGED:
        damage(min(folder.glob(which)))
        report = build(site)
        assert (report.full, report.written > 0) == ("", True), which
        assert read_tree(site.root / "site") == before, which
        assert build(site).written == 0


def test_a_file_that_nobody_made_goes(site: SmallSite) -> None:
    stray = site.root / "site" / SEARCH_FOLDER / "shards/stray.bin"
    stray.write_bytes(b"stray")
    build(site)
    assert not stray.exists()


def test_a_site_built_without_its_search_gets_it_with_the_next_build(site: SmallSite) -> None:
    story = site.root / "case_studies/case-03.md"
    story.write_text(f"{story.read_text(encoding='utf-8')}\nA word about kingfishers.\n", encoding="utf-8")
    assert build_site(site.root, jobs=1, search=False).rendered == 1
    assert open_index(site).lookup("kingfish") is None
    # Only what was made without it is made again, and another build without it makes nothing.
    assert build_site(site.root, jobs=1, search=False).rendered == 0
    report = build(site)
    assert (report.full, report.rendered) == ("", 1)
    assert open_index(site).lookup("kingfish") is not None
    assert build(site).written == 0
    # What goes meanwhile is not found either; entries of lists are known to nobody but the search.
    (site.root / "case_studies/case-05.md").unlink()
    terms = site.root / "data/glossary.yml"
    terms.write_text(
        terms.read_text(encoding="utf-8").replace("meaning: ", "meaning: Kingfishing. ", 1), encoding="utf-8"
    )
    build_site(site.root, jobs=1, search=False)
    assert build(site).full == ""
    before = read_tree(site.root / "site")
    assert build_site(site.root, jobs=1, search=False, use_cache=False).full
    assert build(site).full == ""
    assert read_tree(site.root / "site") == before
    build(site, use_cache=False)
    assert read_tree(site.root / "site") == before


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_search_is_that_of_a_build_from_nothing(site: SmallSite, seed: int) -> None:
    draw = random.Random(seed)
    stories = sorted((site.root / "case_studies").glob("*.md"))
    for number in range(5):
        story = draw.choice(stories)
        text = story.read_text(encoding="utf-8")
        kind = draw.choice(("words", "title", "new", "gone"))
        if kind == "words":
            story.write_text(f"{text}\nWord{number} {draw.choice(('bridges', 'kingfishers'))}.\n", encoding="utf-8")
        elif kind == "title":
            story.write_text(re.sub("^title: ", "title: Anew ", text, flags=re.MULTILINE), encoding="utf-8")
        elif kind == "new":
            (story.parent / f"made-{number}.md").write_text(text, encoding="utf-8")
        elif story.stem.startswith("made"):
            story.unlink()
            stories.remove(story)
        assert build(site).diagnostics == []
    now = read_tree(site.root / "site")
    build_site(site.root, site.root / "new", jobs=1, use_cache=False)
    assert now == read_tree(site.root / "new")
