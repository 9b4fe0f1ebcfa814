import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import Language
from goodpractice.pages import plan_pages
from goodpractice.query.tracking import Table
from goodpractice.search import (
    SearchIndexError,
    SearchRecord,
    SearchReport,
    Section,
    index_records,
    order_pages,
)
from goodpractice.search.index import INDEX
from goodpractice.search.reader import SearchIndex
from tests.helpers.sites import need_share

RECORDS = [
    SearchRecord("handbook/begin/", "chapter", "Begin", "How to begin", (Section("", "", "Begin"),)),
    SearchRecord("about/", "doc", "About", "", (Section("", "", "Us"),)),
]


def read_file(site: Path, name: str) -> Any:
    return json.loads((site / SEARCH_FOLDER / name).read_text(encoding="utf-8"))


def read_files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def open_index(site: Path) -> SearchIndex:
    return SearchIndex(lambda name: (site / SEARCH_FOLDER / name).read_bytes(), "en")


def tell(number: int, text: str = "") -> SearchRecord:
    section = Section("", "", text or f"Story {number}")
    return SearchRecord(f"pages/{number}/", "doc", f"Page {number}", "", (section,))


def leave_out_entries(kb: KnowledgeBase) -> KnowledgeBase:
    return kb.with_tables(Table("term"), Table("resource"), Table("event"))


@pytest.fixture
def index(small: Project, tmp_path: Path) -> Callable[..., SearchReport]:
    """Makes the search of an almost empty site."""
    languages = {**small.kb.languages, "cy": Language("cy", "Cymraeg")}
    kb = replace(leave_out_entries(small.kb), languages=languages)

    def make(records: Sequence[SearchRecord]) -> SearchReport:
        return index_records(records, kb, tmp_path)

    return make


def test_everything_is_written(small: Project, tmp_path: Path) -> None:
    report = index_records(RECORDS, small.kb, tmp_path)
    folder = tmp_path / SEARCH_FOLDER
    assert report.records >= 2
    assert report.bytes == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert [path.name for path in (tmp_path / "assets").iterdir()] == ["search"]
    files = {INDEX, "facets.json", "finder.json", "terms.json", "notes.json", "words.txt", "shards", "texts"}
    assert {path.name for path in folder.iterdir()} == files
    assert all(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    # Entries of lists stand between chapters and pages about the site.
    facets = read_file(tmp_path, "facets.json")
    (kinds, *_) = facets["filters"]
    assert kinds["values"][0] == {"id": "chapter", "name": "Chapter", "pages": [0]}
    assert kinds["values"][-1]["pages"] == [report.records - 1]
    shown = [open_index(tmp_path).record(id) for id in facets["order"]]
    assert (shown[0]["url"], shown[-1]["url"]) == ("handbook/begin/", "about/")


def test_pages_are_listed_by_kind_whatever_the_order_of_the_plan(small: Project) -> None:
    plan = plan_pages(small.kb)
    kinds = [
        page.kind for page in order_pages(reversed(plan), small.kb) if page.kind in ("chapter", "case_study", "doc")
    ]
    assert kinds == sorted(kinds, key=["chapter", "case_study", "doc"].index)
    assert sorted(order_pages(plan, small.kb), key=lambda page: page.url) == sorted(plan, key=lambda page: page.url)


def test_an_edit_renews_what_its_words_stand_in(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    index([tell(number) for number in range(25)])
    before = read_files(tmp_path)
    assert index([tell(number) for number in range(25)]).written == 0
    edited = [tell(number, "Rivers" if number == 12 else "") for number in range(25)]
    # A shard, the text of the page, and the list of shards.
    assert index(edited).written == 3
    after = read_files(tmp_path)
    assert len(after) == len(before)
    index([tell(number) for number in range(25)])
    assert read_files(tmp_path) == before


def test_a_page_with_another_address_is_found_there(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    records = [tell(number) for number in range(25)]
    records[12] = replace(records[12], url="pages/renamed/")
    index(records)
    found = open_index(tmp_path)
    assert "pages/renamed/" in {found.record(id)["url"] for id in read_file(tmp_path, "facets.json")["order"]}


def test_nothing_to_find(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    assert index([]).records == 0
    assert read_file(tmp_path, INDEX)["shards"] == []
    assert open_index(tmp_path).lookup("word") is None
    assert open_index(tmp_path).beginning("word") == []


def test_another_language_has_an_index_of_its_own(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    welsh = [replace(tell(number), url=f"cy/pages/{number}/", language="cy") for number in range(3)]
    index([*(tell(number) for number in range(4)), *welsh])
    assert read_file(tmp_path, INDEX)["languages"] == ["cy"]
    head = read_file(tmp_path, f"cy/{INDEX}")
    assert (head["pages"], head["language"], head["stemmer"]) == (3, "cy", "")
    assert read_file(tmp_path, "cy/facets.json")["pages"] == 3
    assert read_file(tmp_path, "facets.json")["pages"] == 4


def test_other_files_are_asked_for_under_another_sign(small: Project, tmp_path: Path) -> None:
    # What a browser has kept of the old index is not taken for the new one.
    index_records(RECORDS, small.kb, tmp_path)
    before = read_file(tmp_path, INDEX)["sign"]
    index_records([RECORDS[0], replace(RECORDS[1], facts="Wales")], small.kb, tmp_path)
    assert read_file(tmp_path, INDEX)["sign"] != before


def test_another_share_is_another_search(small: Project, tmp_path: Path) -> None:
    index_records(RECORDS, small.kb, tmp_path)
    assert index_records(RECORDS, need_share(small.kb, 0), tmp_path).written


def test_a_search_that_cannot_be_written_is_told(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    (tmp_path / "assets").write_text("a file", encoding="utf-8")
    with pytest.raises(SearchIndexError, match="cannot be written: Not a directory"):
        index([tell(1)])
