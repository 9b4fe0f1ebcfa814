"""The index, read by Python and by the script in the browser: the same words, hits and scores."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goodpractice.i18n.stemming import ALGORITHMS, load_stemmer
from goodpractice.search import index as indexing
from goodpractice.search import shards
from goodpractice.search.analysis import LETTERS, find_analyzer, join_compounds, split_words
from goodpractice.search.ids import assign_ids, count_bits
from goodpractice.search.index import INDEX, PageChange, WordIndex, make_index, renew_index
from goodpractice.search.records import SearchRecord, SearchSection
from goodpractice.search.rows import make_row, number_texts
from goodpractice.search.site import serialise_head, text_path
from tests.helpers.search_index import Found, SearchIndex
from tests.helpers.search_scripts import Scripts, run_scripts

#: Texts, with the words that they give.
GOLDEN = {
    "Can't I’d the museumʼs O‘Neill d´Or": ["cant", "id", "the", "museums", "oneill", "dor"],
    "Dŵr Łódź smørrebrød Ħal Æther Straße ẞ œuvre þing": [
        *("dwr", "lodz", "smorrebrod", "hal", "aether", "strasse", "ss", "oeuvre", "thing")
    ],
    "up to 2 km, a_b c-d e–f": ["up", "to", "2", "km", "a", "b", "c", "d", "e", "f"],
    "展示会とワークショップ": ["展示", "示会", "会と", "とワ", "ワー", "ーク", "クシ", "ショ", "ョッ", "ップ"],
    "博物館 3階 館": ["博物", "物館", "3", "階", "館"],
    "พิพิธ": ["พิ", "ิพ", "พิ", "ิธ"],
    "שָׁלוֹם عليكُم": ["שלום", "عليكم"],
    "हिन्दी में": ["हिन्दी", "में"],
    "한국어 ΛΌΓΟΣ İstanbul": ["한국어", "λογοσ", "istanbul"],
    "wo\xadrd co\u200bde": ["word", "code"],
}
#: Texts of every script that is treated in a way of its own, and of none.
LETTERS_OF_ALL = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cn", "Co"),
).filter(lambda letter: unicodedata.category(letter) != "Cn")
WORDS = ("bridge", "bridges", "co-design", "dŵr", "展示会", "a", "the", "funding", "łódź", "it's")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scripts]:
    with run_scripts(tmp_path_factory.mktemp("site")) as running:
        yield running


@contextmanager
def dividing(limit: int) -> Iterator[None]:
    """Let small indexes have shards of so many bytes, and several lists of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "LIMIT", limit)
        patch.setattr(indexing, "LISTED", 3)
        yield


def make_files(records: list[SearchRecord], language: str = "en") -> dict[str, bytes]:
    rows = {record.url: make_row(replace(record, language=language)) for record in records}
    ids = assign_ids(rows)
    index = make_index((id, rows[url].postings) for url, id in ids.items())
    files = dict(index.files)
    for url, id in ids.items():
        files |= number_texts(text_path(id, len(ids)), id, rows[url])
    return {INDEX: serialise_head(index, ids, language, (), "1"), **files}


def tell(number: int, title: str, *texts: str) -> SearchRecord:
    sections = tuple(
        SearchSection(f"s{at}" if at else "", "funding" if at else "", text) for at, text in enumerate(texts)
    )
    return SearchRecord(f"pages/{number}/", "doc", title, "", sections or (SearchSection("", "", ""),))


def test_both_take_the_same_letters_for_others(scripts: Scripts) -> None:
    assert scripts.ask("letters") == LETTERS


@pytest.mark.parametrize(("text", "words"), GOLDEN.items())
def test_words_of_every_script(text: str, words: list[str], scripts: Scripts) -> None:
    assert split_words(text) == words
    assert scripts.ask("fold", [text]) == [words]


def test_compounds_are_found_whole_too(scripts: Scripts) -> None:
    texts = ["Co-design and trade‑off, 2019-20, ŵy-ŷ, a - b, 展-示"]
    assert (
        [join_compounds(text) for text in texts]
        == [["codesign", "tradeoff", "wyy"]]
        == scripts.ask("joinCompounds", texts)
    )


# A radical becomes a letter of a script without spaces only when it is folded.
@example(text="0\u2ef3")
@given(text=st.text(LETTERS_OF_ALL, max_size=30))
@settings(max_examples=5 * settings().max_examples)
def test_both_take_texts_apart_alike(scripts: Scripts, text: str) -> None:
    assert scripts.ask("fold", [text]) == [split_words(text)]
    assert scripts.ask("joinCompounds", [text]) == [join_compounds(text)]


@pytest.mark.parametrize("code", ALGORITHMS)
def test_stems_are_the_same_in_every_language(code: str, scripts: Scripts) -> None:
    algorithm = ALGORITHMS[code]
    english = "communities evaluating funded museums partnership generously relational skies"
    others = "évaluations bibliothèques freundlichkeiten организация مكتبات biblioteques knjižnicama kitaplarımız"
    words = [word for text in (english, others) for word in split_words(text)]
    assert scripts.ask("stem", [algorithm, words]) == list(map(load_stemmer(algorithm), words))


def test_an_elided_article_is_no_part_of_a_word(scripts: Scripts) -> None:
    scripts.write(make_files([], "fr"))
    text = "L’eau d'été"
    assert sorted(find_analyzer("fr").analyze(text)) == sorted(["l", "eau", "d", "ete", "leau", "det"])
    assert sorted(scripts.ask("analyze", ["", [text]])[0]) == sorted(find_analyzer("fr").analyze(text))


def give(found: Found | None) -> Any:
    return found and {"word": found.word, "df": found.df, "pages": _list_pages(found)}


def _list_pages(found: Found) -> list[Any]:
    return [[id, [list(pair) for pair in slots.items()]] for id, slots in found.pages.items()]


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=3)), max_size=8))
def test_both_find_the_same_with_the_same_scores(scripts: Scripts, pages: list[tuple[str, list[str]]]) -> None:
    records = [tell(number, title, *texts) for number, (title, texts) in enumerate(pages)]
    with dividing(40):
        files = make_files(records)
    scripts.write(files)
    index = SearchIndex(files.__getitem__, "en")
    words = sorted({*(stem for word in WORDS for stem in index.analyzer.analyze(word)), "nowhere"})
    prefixes = ["b", "brid", "展", "t", "x"]
    ids = list(assign_ids(record.url for record in records).values())
    found = [index.lookup(word) for word in words]
    theirs = scripts.ask("look", ["", words, prefixes, ids])
    assert theirs["found"] == [give(word) for word in found]
    assert theirs["begun"] == [[give(word) for word in index.beginning(prefix)] for prefix in prefixes]
    hits = index.score((word, 1 + at / 4) for at, word in enumerate(filter(None, found)))
    assert [(hit["id"], hit["slot"]) for hit in theirs["hits"]] == [(hit.id, hit.slot) for hit in hits]
    assert [hit["score"] for hit in theirs["hits"]] == pytest.approx([hit.score for hit in hits], rel=1e-12)
    assert theirs["records"] == [
        [shown := index.record(id), index.texts(id) if len(shown["sections"]) > 1 else []] for id in ids
    ]


def test_a_page_is_as_good_as_its_best_section_and_names_belong_to_all() -> None:
    records = [tell(1, "Funding", "bridge", "bridge bridge"), tell(2, "Rivers", "funding", "bridge")]
    index = SearchIndex(make_files(records).__getitem__, "en")
    ids = assign_ids(record.url for record in records)
    both = index.score((found, 1.0) for word in ("fund", "bridg") if (found := index.lookup(word)))
    assert [(hit.id, hit.slot) for hit in both] == [(ids["pages/1/"], 2), (ids["pages/2/"], 2)]
    (only,) = index.score([(index.lookup("river"), 1.0)])  # type: ignore[list-item] # it is there
    assert (only.id, only.slot) == (ids["pages/2/"], 0)


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-3], lambda data: data[::-1]])
@pytest.mark.parametrize("kind", ["shards", "lists", "texts"])
def test_a_damaged_file_is_noticed(scripts: Scripts, damage: Any, kind: str) -> None:
    with dividing(20):
        files = make_files([tell(1, "Bridges", "A bridge of paper"), tell(2, "Rivers", "Water")])
    for name in files:
        if name.startswith(kind):
            files[name] = damage(files[name])
    scripts.write(files)
    index = SearchIndex(files.__getitem__, "en")
    ids = list(assign_ids(["pages/1/", "pages/2/"]).values())
    with pytest.raises(shards.DamagedIndexError):
        index.record(ids[0]) if kind == "texts" else index.lookup("bridg")
    with pytest.raises(ValueError):  # noqa: PT011 - of many kinds
        scripts.ask("look", ["", ["bridg"], [], ids if kind == "texts" else []])


def test_texts_of_two_pages_that_changed_places_are_noticed(scripts: Scripts) -> None:
    files = make_files([tell(1, "Bridges"), tell(2, "Rivers")])
    one, other = (name for name in files if name.startswith("texts"))
    files[one], files[other] = files[other], files[one]
    scripts.write(files)
    with pytest.raises(ValueError, match="in the place of"):
        scripts.ask("look", ["", [], [], list(assign_ids(["pages/1/", "pages/2/"]).values())])


def test_an_index_of_another_format_is_not_read(scripts: Scripts) -> None:
    files = make_files([])
    files[INDEX] = files[INDEX].replace(b'"format":2', b'"format":3')
    scripts.write(files)
    with pytest.raises(ValueError, match="format 3"):
        scripts.ask("look", ["", [], [], []])


@given(st.sets(st.text("abc/", min_size=1, max_size=6), max_size=300))
def test_numbers_follow_from_the_set_of_addresses(urls: set[str]) -> None:
    ids = assign_ids(sorted(urls))
    assert ids == assign_ids(sorted(urls, reverse=True))
    assert len(set(ids.values())) == len(urls)
    assert max(ids.values(), default=0) < (1 << count_bits(len(urls))) + len(urls)


def test_a_new_page_leaves_most_numbers_alone() -> None:
    urls = [f"case-studies/{number}/" for number in range(600)]
    before, after = assign_ids(urls), assign_ids([*urls, "case-studies/new/"])
    assert sum(before[url] != after[url] for url in urls) <= 1


Site = Mapping[int, tuple[str, list[str]]]
SITES = st.lists(
    st.dictionaries(st.integers(0, 30), st.tuples(TEXTS, st.lists(TEXTS, max_size=2)), max_size=8), max_size=4
)


@given(SITES)
def test_an_index_renewed_edit_by_edit_is_that_from_nothing(history: list[Site]) -> None:
    files: dict[str, bytes] = {}
    index, before, numbers = WordIndex(), dict[str, bytes](), dict[str, int]()
    with dividing(60):
        for site in history:
            records = [tell(number, title, *texts) for number, (title, texts) in site.items()]
            after = {record.url: make_row(record).postings for record in records}
            ids = assign_ids(after)
            changes = [
                PageChange(
                    (numbers[url], before[url]) if url in before else None,
                    (ids[url], after[url]) if url in after else None,
                )
                for url in before.keys() | after.keys()
            ]
            index = renew_index(index, changes, files.__getitem__)
            files |= index.files
            whole = make_index((id, after[url]) for url, id in ids.items())
            assert (index.shards, dict(index.sizes)) == (whole.shards, dict(whole.sizes))
            assert {path: files[path] for path in index.paths} == whole.files
            files = {path: files[path] for path in index.paths}
            index = WordIndex.load(index.dump())
            before, numbers = after, ids
