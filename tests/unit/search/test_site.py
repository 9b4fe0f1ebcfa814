import json
from pathlib import Path
from typing import Any

import pytest

from goodpractice.load import Project
from goodpractice.pages import plan_pages
from goodpractice.search import (
    SEARCH_FOLDER,
    SearchIndexError,
    SearchRecord,
    SearchSettings,
    index_records,
    load_search_settings,
    order_pages,
)
from goodpractice.search import site as site_module
from goodpractice.search.site import CURRENT
from goodpractice.search.synonyms import fold

RECORDS = [
    SearchRecord("handbook/begin/", "chapter", "Begin", "How to begin", "<h1>Begin</h1><p>Begin</p>"),
    SearchRecord("about/", "doc", "About", "", "<h1>About</h1><p>Us</p>"),
]


def current(site: Path) -> Path:
    """The folder of the newest index."""
    folder = site / SEARCH_FOLDER
    return folder / json.loads((folder / CURRENT).read_text(encoding="utf-8"))["folder"]


def test_everything_is_written_into_one_folder(small: Project, tmp_path: Path) -> None:
    report = index_records(RECORDS, small.kb, tmp_path)
    folder = tmp_path / SEARCH_FOLDER
    assert report.fresh
    assert report.records >= 2
    assert report.bytes == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert [path.name for path in (tmp_path / "assets").iterdir()] == ["search"]
    inside = current(tmp_path)
    assert {path.name for path in folder.iterdir()} == {CURRENT, "made-from.txt", inside.name}
    files = {"index.json", "facets.json", "finder.json", "terms.json", "notes.json", "words.txt"}
    assert {path.name for path in inside.iterdir()} == {"fragment", "index", *files}
    assert all(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    # Entries of lists stand between chapters and pages about the site.
    (kinds, *_) = json.loads((inside / "facets.json").read_text(encoding="utf-8"))["filters"]
    assert kinds["values"][0] == {"id": "chapter", "name": "Chapter", "pages": [0]}
    assert kinds["values"][-1]["pages"] == [report.records - 1]


def test_pages_are_listed_by_kind_whatever_the_order_of_the_plan(small: Project) -> None:
    plan = plan_pages(small.kb)
    kinds = [page.kind for page in order_pages(reversed(plan)) if page.kind in ("chapter", "case_study", "doc")]
    assert kinds == sorted(kinds, key=["chapter", "case_study", "doc"].index)
    assert sorted(order_pages(plan), key=lambda page: page.url) == sorted(plan, key=lambda page: page.url)


def test_the_same_records_are_not_indexed_again(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_records(RECORDS, small.kb, tmp_path)

    def fail(*args: Any) -> None:
        raise AssertionError("the index is not needed")

    monkeypatch.setattr(site_module.PagefindService, "make_files", fail)
    report = index_records(RECORDS, small.kb, tmp_path)
    assert not report.fresh


def test_other_records_replace_the_old_files(small: Project, tmp_path: Path) -> None:
    index_records(RECORDS, small.kb, tmp_path)
    before = current(tmp_path)
    old = {path.name for path in (before / "fragment").iterdir()}
    index_records(RECORDS[:1], small.kb, tmp_path)
    new = {path.name for path in (current(tmp_path) / "fragment").iterdir()}
    assert new < old
    # Under an address of its own: what a browser has kept of the old index is not taken for the new one.
    assert not before.exists()


def test_another_share_is_another_search(small: Project, tmp_path: Path) -> None:
    index_records(RECORDS, small.kb, tmp_path)
    assert index_records(RECORDS, small.kb, tmp_path, SearchSettings(min_share=0)).fresh


def test_the_old_search_stays_when_the_new_one_fails(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_records(RECORDS, small.kb, tmp_path)
    before = sorted(path.name for path in (tmp_path / SEARCH_FOLDER).rglob("*"))

    def fail(*args: Any) -> None:
        raise SearchIndexError("no")

    monkeypatch.setattr(site_module.PagefindService, "make_files", fail)
    with pytest.raises(SearchIndexError):
        index_records(RECORDS[:1], small.kb, tmp_path)
    assert sorted(path.name for path in (tmp_path / SEARCH_FOLDER).rglob("*")) == before
    assert [path.name for path in (tmp_path / "assets").iterdir()] == ["search"]


def test_the_vocabulary_is_every_word_of_the_pages() -> None:
    texts = ["<p>Dŵr, d'accord: one-two</p>", "<p>Two words’ worth</p>"]
    records = [SearchRecord("a/", "doc", "", "", text) for text in texts]
    wanted = {word for text in texts for word in fold(text).split()}
    assert set(site_module._list_vocabulary(records)) == wanted


def test_settings_have_a_default() -> None:
    assert load_search_settings({}) == SearchSettings()
    assert load_search_settings({"goodpractice": {"limits": {}}}) == SearchSettings()
    assert load_search_settings({"goodpractice": {"search": {"min_share": 0.5}}}) == SearchSettings(0.5)


@pytest.mark.parametrize("given", [{"min_share": 2}, {"min_share": "half"}, {"min_share": True}, {"other": 1}, []])
def test_settings_that_do_not_fit_are_refused(given: Any) -> None:
    with pytest.raises(ValueError, match=r"extra\.goodpractice\.search"):
        load_search_settings({"goodpractice": {"search": given}})
