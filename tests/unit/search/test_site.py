import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import Language
from goodpractice.pages import plan_pages
from goodpractice.query.tracking import Table
from goodpractice.search import SearchRecord, SearchSection
from goodpractice.search.index import INDEX
from goodpractice.search.rows import make_row
from goodpractice.search.site import make_files, order_rows
from tests.helpers.search_index import SearchIndex
from tests.helpers.sites import need_share

RECORDS = [
    SearchRecord("handbook/begin/", "chapter", "Begin", "How to begin", (SearchSection("", "", "Begin"),)),
    SearchRecord("about/", "doc", "About", "", (SearchSection("", "", "Us"),)),
]
Files = Mapping[str, bytes]


def read_file(files: Files, name: str) -> Any:
    return json.loads(files[name])


def open_index(files: Files) -> SearchIndex:
    return SearchIndex(files.__getitem__, "en")


def tell(number: int, text: str = "") -> SearchRecord:
    section = SearchSection("", "", text or f"Story {number}")
    return SearchRecord(f"pages/{number}/", "doc", f"Page {number}", "", (section,))


def leave_out_entries(kb: KnowledgeBase) -> KnowledgeBase:
    listed = ("term", "resource", "event", "timeline_entry", "equity_dimension")
    return kb.with_tables(*map(Table, listed))


@pytest.fixture
def bare(small: Project) -> KnowledgeBase:
    return replace(leave_out_entries(small.kb), languages={**small.kb.languages, "cy": Language("cy", "Cymraeg")})


def test_everything_is_made(small: Project) -> None:
    files = make_files(RECORDS, small.kb)
    names = {INDEX, "facets.json", "finder.json", "terms.json", "notes.json", "words.txt", "shards", "texts"}
    assert {name.partition("/")[0] for name in files} == names
    assert all(files.values())
    # Entries of lists stand between chapters and pages about the site.
    facets = read_file(files, "facets.json")
    (kinds, *_) = facets["filters"]
    assert kinds["values"][0] == {"id": "chapter", "name": "Chapter", "pages": [0]}
    assert kinds["values"][-1]["pages"] == [facets["pages"] - 1]
    shown = [open_index(files).record(id) for id in facets["order"]]
    assert (shown[0]["url"], shown[-1]["url"]) == ("handbook/begin/", "about/")


def test_pages_are_listed_by_kind_whatever_the_order_of_the_plan(small: Project) -> None:
    plan = plan_pages(small.kb)
    kinds = ("doc", "case_study", "chapter")
    facts = {page.url: make_row(replace(RECORDS[0], kind=page.kind)).facts for page in plan if page.kind in kinds}
    found = [row.kind for row in order_rows(facts, [page.url for page in reversed(plan)], small.kb).values()]
    assert found == sorted(found, key=["chapter", "case_study", "doc"].index)
    assert len(set(found)) == len(kinds)


def test_an_edit_renews_what_its_words_stand_in(bare: KnowledgeBase) -> None:
    before = make_files([tell(number) for number in range(25)], bare)
    after = make_files([tell(number, "Rivers" if number == 12 else "") for number in range(25)], bare)
    assert make_files([tell(number) for number in range(25)], bare) == before
    # A shard, the text of the page, and the list of shards.
    assert len({name for name in after if after[name] != before.get(name)}) == 3


def test_nothing_to_find(bare: KnowledgeBase) -> None:
    files = make_files([], bare)
    assert read_file(files, INDEX)["lists"] == []
    assert open_index(files).lookup("word") is None
    assert open_index(files).beginning("word") == []


def test_another_language_has_an_index_of_its_own(bare: KnowledgeBase) -> None:
    welsh = [replace(tell(number), url=f"cy/pages/{number}/", language="cy") for number in range(3)]
    files = make_files([*(tell(number) for number in range(4)), *welsh], bare)
    assert read_file(files, INDEX)["languages"] == ["cy"]
    head = read_file(files, f"cy/{INDEX}")
    assert (head["pages"], head["language"], head["stemmer"]) == (3, "cy", "")
    assert read_file(files, "cy/facets.json")["pages"] == 3
    assert read_file(files, "facets.json")["pages"] == 4


def test_other_files_are_asked_for_under_another_sign(bare: KnowledgeBase) -> None:
    # What a browser has kept of the old index is not taken for the new one.
    before = read_file(make_files(RECORDS, bare), INDEX)["sign"]
    assert read_file(make_files([RECORDS[0], replace(RECORDS[1], facts="Wales")], bare), INDEX)["sign"] != before


def test_another_share_is_another_search(small: Project) -> None:
    assert make_files(RECORDS, small.kb) != make_files(RECORDS, need_share(small.kb, 0))
