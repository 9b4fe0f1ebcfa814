import json
import re
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
    Content,
    SearchIndexError,
    SearchRecord,
    SearchReport,
    index_records,
    order_pages,
)
from goodpractice.search import parts as parts_module
from goodpractice.search import site as site_module
from goodpractice.search.bundle import unpack
from goodpractice.search.service import PagefindService
from goodpractice.search.site import CURRENT
from tests.helpers.sites import need_share

RECORDS = [
    SearchRecord("handbook/begin/", "chapter", "Begin", "How to begin", Content.of("<h1>Begin</h1><p>Begin</p>")),
    SearchRecord("about/", "doc", "About", "", Content.of("<h1>About</h1><p>Us</p>")),
]


def read_current(site: Path) -> dict[str, Any]:
    current: dict[str, Any] = json.loads((site / SEARCH_FOLDER / CURRENT).read_text(encoding="utf-8"))
    return current


def read_file(site: Path, name: str) -> Any:
    path = site / SEARCH_FOLDER / read_current(site)["folder"] / name
    return json.loads(path.read_text(encoding="utf-8"))


def list_found(site: Path) -> list[str]:
    """Addresses in the order of their numbers."""
    return [
        json.loads(unpack((site / SEARCH_FOLDER / name / f"fragment/{number}.pf_fragment").read_bytes()))["url"]
        for name, size in read_current(site)["parts"]
        for number in range(size)
    ]


def list_files(site: Path) -> list[str]:
    return sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file())


def tell(number: int, text: str = "", stamp: str = "") -> SearchRecord:
    words = text or f"Story {number}"
    content = Content(stamp or words, lambda: f"<h1>Page {number}</h1><p>{words}</p>")
    return SearchRecord(f"pages/{number}/", "doc", f"Page {number}", "", content)


def leave_out_entries(kb: KnowledgeBase) -> KnowledgeBase:
    return kb.with_tables(Table("term"), Table("resource"), Table("event"))


@pytest.fixture
def index(small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., SearchReport]:
    """Makes the search of an almost empty site, in parts of ten records."""
    monkeypatch.setattr(site_module, "PART_SIZE", 10)
    languages = {**small.kb.languages, "cy": Language("cy", "Cymraeg")}
    kb = replace(leave_out_entries(small.kb), languages=languages)

    def make(records: Sequence[SearchRecord]) -> SearchReport:
        return index_records(records, kb, tmp_path)

    return make


def test_everything_is_written_into_folders_of_its_own(small: Project, tmp_path: Path) -> None:
    report = index_records(RECORDS, small.kb, tmp_path)
    folder = tmp_path / SEARCH_FOLDER
    assert report.fresh
    assert report.records >= 2
    assert report.bytes == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert [path.name for path in (tmp_path / "assets").iterdir()] == ["search"]
    current = read_current(tmp_path)
    ((part, size),) = current["parts"]
    assert size == report.records
    assert {path.name for path in folder.iterdir()} == {CURRENT, current["folder"], part}
    files = {"index.json", "facets.json", "finder.json", "terms.json", "notes.json", "words.txt"}
    assert {path.name for path in (folder / current["folder"]).iterdir()} == files
    assert {path.name for path in (folder / part).iterdir()} == {"fragment", "index", "part.json"}
    assert all(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    # Entries of lists stand between chapters and pages about the site.
    (kinds, *_) = read_file(tmp_path, "facets.json")["filters"]
    assert kinds["values"][0] == {"id": "chapter", "name": "Chapter", "pages": [0]}
    assert kinds["values"][-1]["pages"] == [report.records - 1]


def test_pages_are_listed_by_kind_whatever_the_order_of_the_plan(small: Project) -> None:
    plan = plan_pages(small.kb)
    kinds = [
        page.kind for page in order_pages(reversed(plan), small.kb) if page.kind in ("chapter", "case_study", "doc")
    ]
    assert kinds == sorted(kinds, key=["chapter", "case_study", "doc"].index)
    assert sorted(order_pages(plan, small.kb), key=lambda page: page.url) == sorted(plan, key=lambda page: page.url)


def test_the_same_records_are_not_indexed_again(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    first = index([tell(number) for number in range(25)])
    before = list_files(tmp_path)
    again = index([tell(number) for number in range(25)])
    assert (first.fresh, first.parts, first.made) == (True, 3, 3)
    assert (again.fresh, again.parts, again.made) == (False, 3, 0)
    assert list_files(tmp_path) == before


def test_an_edit_renews_the_part_in_which_its_page_stands(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    index([tell(number) for number in range(25)])
    before = read_current(tmp_path)["parts"]
    edited = [tell(number, "Rivers" if number == 12 else "") for number in range(25)]
    assert index(edited).made == 1
    after = read_current(tmp_path)["parts"]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]
    # Nothing is left of what was replaced.
    assert {Path(path).parts[2] for path in list_files(tmp_path)} == {
        CURRENT, read_current(tmp_path)["folder"], *(name for name, _ in after)
    }  # fmt: skip


def test_a_new_page_and_one_that_is_gone_leave_the_other_parts_alone(
    index: Callable[..., SearchReport], tmp_path: Path
) -> None:
    index([tell(number) for number in range(25)])
    numbers = [*range(3), 100, *range(3, 20), *range(21, 25)]
    assert index([tell(number) for number in numbers]).made == 2
    assert list_found(tmp_path) == [f"pages/{number}/" for number in numbers]
    assert read_file(tmp_path, "facets.json")["pages"] == 25


def test_a_page_with_another_address_is_found_there(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    records = [tell(number) for number in range(25)]
    index(records)
    records[12] = replace(records[12], url="pages/renamed/")
    assert index(records).made == 1
    assert list_found(tmp_path)[12] == "pages/renamed/"


def test_a_page_that_says_the_same_is_read_and_not_indexed(index: Callable[..., SearchReport]) -> None:
    # A card of another page changed, or the frame.
    index([tell(number) for number in range(25)])
    touched = [tell(number, stamp="another page" if number == 3 else "") for number in range(25)]
    assert index(touched).made == 0

    def fail() -> str:
        raise AssertionError("its text is known")

    known = [replace(record, content=Content(record.content.stamp, fail)) for record in touched]
    assert index(known).made == 0


def test_other_code_makes_every_part_anew(index: Callable[..., SearchReport], monkeypatch: pytest.MonkeyPatch) -> None:
    index([tell(number) for number in range(25)])
    monkeypatch.setattr(parts_module, "identify_program", lambda: "another")
    # It takes other words from the same pages.
    assert index([tell(number, "Other words", f"Story {number}") for number in range(25)]).made == 3
    assert index([tell(number, stamp="edited") for number in range(25)]).made == 3


@pytest.mark.parametrize("content", ["", "no JSON", "[]", '{"by": 1}', '{"by": "x", "records": []}', "short"])
def test_a_description_that_cannot_be_read_only_costs_time(
    index: Callable[..., SearchReport], tmp_path: Path, content: str
) -> None:
    index([tell(number) for number in range(25)])
    (path, *_) = (tmp_path / SEARCH_FOLDER).glob("*/part.json")
    if content == "short":
        found = json.loads(path.read_text(encoding="utf-8"))
        content = json.dumps({"by": found["by"], "records": found["records"]})
    path.write_text(content, encoding="utf-8")
    assert index([tell(number) for number in range(25)]).made >= 1
    assert len(list_found(tmp_path)) == 25


def test_each_part_tells_how_it_is_read(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    index([tell(number) for number in range(25)])
    read = read_file(tmp_path, "index.json")
    assert len(read["lengths"]) == 25
    assert len(read["from"]) == len(read["fields"]) == 3
    for (name, _), beginnings in zip(read_current(tmp_path)["parts"], read["from"], strict=True):
        assert len(list((tmp_path / SEARCH_FOLDER / name / "index").iterdir())) == len(beginnings)


def test_progress_is_told_part_by_part(small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_module, "PART_SIZE", 10)
    kb = leave_out_entries(small.kb)
    told: list[tuple[int, int]] = []
    index_records([tell(number) for number in range(25)], kb, tmp_path, progress=lambda *now: told.append(now))
    assert told[0] == (0, 25)
    assert told[-1] == (25, 25)
    assert len(told) == 4


def test_nothing_to_find(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    assert index([]).records == 0
    assert read_current(tmp_path)["parts"] == []
    assert read_file(tmp_path, "index.json") == {"lengths": [], "from": [], "fields": []}


def test_another_language_has_parts_of_its_own(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    welsh = [replace(tell(number), url=f"cy/pages/{number}/", language="cy") for number in range(3)]
    index([*(tell(number) for number in range(3)), *welsh])
    current = read_current(tmp_path)
    ((name, size),) = current["languages"]["cy"]
    assert size == 3
    assert name != current["parts"][0][0]
    assert read_file(tmp_path, "cy/facets.json")["pages"] == 3
    assert read_file(tmp_path, "facets.json")["pages"] == 3


def test_other_records_replace_the_old_files(small: Project, tmp_path: Path) -> None:
    index_records(RECORDS, small.kb, tmp_path)
    before = read_current(tmp_path)
    index_records(RECORDS[:1], small.kb, tmp_path)
    after = read_current(tmp_path)
    # Under an address of its own: what a browser has kept of the old index is not taken for the new one.
    assert after["folder"] != before["folder"]
    assert after["parts"] != before["parts"]
    assert not (tmp_path / SEARCH_FOLDER / before["folder"]).exists()


def test_another_share_is_another_search(small: Project, tmp_path: Path) -> None:
    index_records(RECORDS, small.kb, tmp_path)
    assert index_records(RECORDS, need_share(small.kb, 0), tmp_path).fresh


@pytest.mark.parametrize("error", [SearchIndexError("no"), KeyboardInterrupt()])
def test_the_old_search_stays_when_the_new_one_fails(
    index: Callable[..., SearchReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    index([tell(number) for number in range(25)])
    before = list_files(tmp_path)
    make_files = PagefindService.make_files

    def fail(service: PagefindService) -> dict[str, bytes]:
        if fails.pop():
            raise error
        return make_files(service)

    fails = [False, True, False]
    monkeypatch.setattr(PagefindService, "make_files", fail)
    with pytest.raises(type(error)):
        index([tell(number, "Other words") for number in range(25)])
    assert list_files(tmp_path) == before


def test_stopped_while_the_new_search_takes_its_place(
    index: Callable[..., SearchReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index([tell(number) for number in range(25)])
    replace_file = Path.replace

    def stop(path: Path, target: Path) -> Path:
        found = replace_file(path, target)
        if target.name == CURRENT:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        index([tell(number, "Other words") for number in range(25)])
    assert len(list_found(tmp_path)) == 25
    assert read_file(tmp_path, "index.json")


def test_a_search_that_cannot_be_written_is_told(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    (tmp_path / "assets").write_text("a file", encoding="utf-8")
    with pytest.raises(SearchIndexError, match="cannot be written: Not a directory"):
        index([tell(1)])


def test_the_vocabulary_is_every_word_of_the_pages(index: Callable[..., SearchReport], tmp_path: Path) -> None:
    index([tell(1, "Dŵr, d'accord: one-two"), tell(2, "Two words’ worth")])
    (path,) = (tmp_path / SEARCH_FOLDER).glob("*/part.json")
    words = set(json.loads(path.read_text(encoding="utf-8"))["words"].split())
    assert words >= {"dwr", "daccord", "one", "two", "words", "worth"}
    assert not any(re.search(r"[^\w]|[A-Z]", word) for word in words)
