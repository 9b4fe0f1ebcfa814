"""What reads the index in the browser does as Pagefind's own program: the same stems, hits and scores."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from goodpractice.search.bundle import bundle_files, decode_cbor, unpack
from goodpractice.search.service import PagefindService
from goodpractice.search.synonyms import fold
from tests.helpers.browser.serving import serve_folder

REPOSITORY = Path(__file__).parents[2]
SCRIPTS = REPOSITORY / "src/goodpractice/scripts"
#: Endings that the rules for English take away, and beginnings that make all branches of the rules run.
ENDINGS = re.findall(
    r"\w+|$",
    """
    s es ed eed ing edly eedly ingly ly ies ied y sses ss us e ational fulness iveness ization ousness biliti lessli
    tional alism aliti ation entli fulli iviti ogist ousli abli alli anci ator enci izer bli ogi li alize ative icate
    iciti ical ness ful ement able ance ence ible ment ant ate ent ion ism iti ive ize ous al er ic ll l tion sion
    """,
)
BEGINNINGS = re.findall(
    r"\w+",
    """
    a b y be by ya day say cry try hop hopp plat trouble fil fizz general commun arsen inter later organ past univers
    emerg succ proc exc even cann inn earr herr out d l t add egg off abb rapp controll ski sk id gent ug ear on sing
    new how atla bia boy youth yell relat condition rat valen hesit digit conform radica differen vile analog oper
    feudal decis hope callous formal sensit sensib triplic electr good reviv adopt
    """,
)
#: Asked of the same index by both programs.
QUERIES = (
    *("community", "communities", "museum", "science centre", "young people", "first meeting", "evaluating families"),
    *("pay", "who gets paid", "trust", "stfc", "techniquest", "welsh", "cafe", "hard to reach", "co design", "a"),
    *("comm", "power of partners", "zzzzzz", "zzzzzz museum", "library", "libr", "evaluating", "partnering schools"),
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def words() -> list[str]:
    """Every word of the chapters, and made-up words for the rules that none of them needs."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "handbook").glob("*.md")))
    made = {beginning + ending for beginning in BEGINNINGS for ending in ENDINGS}
    return sorted({word for word in fold(text).split() if re.fullmatch("[a-z]+", word)} | made)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[tuple[Page, Path]]:
    """A page that may load the scripts, and the folder that is served."""
    folder = tmp_path_factory.mktemp("index")
    (folder / "index.html").write_text("<!doctype html><title>Index</title>", encoding="utf-8")
    shutil.copytree(SCRIPTS, folder / "assets/scripts")
    with serve_folder(folder, "/") as address:
        tab = chromium.new_page()
        tab.goto(address)
        yield tab, folder


def test_stems_are_those_of_the_index(words: list[str], page: tuple[Page, Path]) -> None:
    with PagefindService() as service:
        for word in words:
            service.add_page(word, f'<html lang="en"><body><p>{word}</p></body></html>')
        bundle = bundle_files(service.make_files(), words)
    wanted: dict[str, str] = {}
    for path, content in bundle.files.items():
        if not path.endswith(".pf_index"):
            continue
        for stem, pages, _ in decode_cbor(unpack(content))[0]:
            number = 0
            for step, *_ in pages:
                number += step
                wanted[words[number]] = stem
    assert len(wanted) == len(words)
    found = page[0].evaluate(
        "async words => { const { stem } = await import('./assets/scripts/search-stem.js'); return words.map(stem); }",
        words,
    )
    assert {word: stem for word, stem in zip(words, found, strict=True) if stem != wanted[word]} == {}


@pytest.mark.parametrize("parts", [1, 3])
def test_scores_are_those_of_the_program(page: tuple[Page, Path], parts: int) -> None:
    tab, folder = page
    pages = list(_list_handbook().items())
    files = _index(pages)
    for path, content in files.items():
        _write(folder / "pagefind" / path, content)
    size = len(pages) // parts + 1
    _write_parts(folder / "assets/search", [pages[start : start + size] for start in range(0, len(pages), size)])
    ours: list[list[dict[str, Any]]] = tab.evaluate(
        """async questions => {
          const { SearchIndex } = await import("./assets/scripts/search-index.js");
          const index = await SearchIndex.open();
          await index.load();
          return Promise.all(questions.map(question => index.search(question)));
        }""",
        QUERIES,
    )
    theirs = tab.evaluate(
        """async questions => {
          const pagefind = await import("./pagefind/pagefind.js");
          const ranking = { pageLength: 0.3, termFrequency: 0.8, termSaturation: 1.6, termSimilarity: 4,
            diacriticSimilarity: 0, metaWeights: { title: 3, description: 1.5 } };
          const index = pagefind.createInstance({ basePath: "/pagefind/", noWorker: true, ranking });
          await index.init();
          const found = [];
          for (const question of questions) found.push((await index.search(question)).results.map(
            ({ id, score, words }) => ({ id, score, words })));
          return found;
        }""",
        QUERIES,
    )
    texts = tab.evaluate(
        """async size => {
          const { SearchIndex } = await import("./assets/scripts/search-index.js");
          const index = await SearchIndex.open();
          return Promise.all([...Array(size).keys()].map(async number => (await index.record(number)).url));
        }""",
        len(pages),
    )
    assert texts == [url for url, _ in pages]
    names = {number: _name_of(files, url) for number, (url, _) in enumerate(pages)}
    assert sum(map(len, ours)) > 500
    for question, mine, other in zip(QUERIES, ours, theirs, strict=True):
        found = {names[hit["id"]]: hit for hit in mine}
        assert set(found) == {hit["id"] for hit in other}, question
        for hit in other:
            # Hundreds of words begin with one letter, and their scores are added up.
            rel = 1e-3 if len(question) > 1 else 3e-3
            assert found[hit["id"]]["score"] == pytest.approx(hit["score"], rel=rel), question
            assert found[hit["id"]]["words"] == hit["words"], question
        assert [hit["score"] for hit in mine] == sorted((hit["score"] for hit in mine), reverse=True)


def _list_handbook() -> dict[str, str]:
    """Sections of chapters as pages."""
    pages: dict[str, str] = {}
    for path in sorted((REPOSITORY / "handbook").glob("*.md")):
        for number, part in enumerate(path.read_text(encoding="utf-8").split("\n## ")):
            title, *lines = re.sub("[<>&]", " ", part).splitlines()
            body = "".join(f"<p>{line}</p>" for line in lines if line)
            pages[f"{path.stem}/{number}/"] = (
                f'<html lang="en"><head><meta data-pagefind-meta="description[content]" content="{path.stem}"></head>'
                f'<body><div data-pagefind-weight="1.25"><h1 data-pagefind-weight="9.0">{title}</h1>'
                f"{body}</div></body></html>"
            )
    return pages


def _index(pages: list[tuple[str, str]]) -> dict[str, bytes]:
    # In one piece: Pagefind's program searches all pieces that it has loaded, whatever for.
    with PagefindService(piece_size=100_000_000) as service:
        for url, html in pages:
            service.add_page(url, html)
        return service.make_files()


def _write_parts(folder: Path, parts: list[list[tuple[str, str]]]) -> None:
    """What a site publishes of an index in several parts."""
    shutil.rmtree(folder, ignore_errors=True)
    bundles = [bundle_files(_index(pages), [url for url, _ in pages]) for pages in parts]
    for number, bundle in enumerate(bundles):
        for path, content in bundle.files.items():
            _write(folder / f"part{number}" / path, content)
    index = {
        "lengths": [length for bundle in bundles for length in bundle.lengths],
        "from": [bundle.beginnings for bundle in bundles],
        "fields": [bundle.fields for bundle in bundles],
    }
    _write(folder / "now/index.json", json.dumps(index).encode())
    listed = [[f"part{number}", len(bundle.lengths)] for number, bundle in enumerate(bundles)]
    _write(folder / "current.json", json.dumps({"folder": "now", "parts": listed, "languages": {}}).encode())


def _name_of(files: dict[str, bytes], url: str) -> str:
    for path, content in files.items():
        if path.startswith("fragment/") and json.loads(unpack(content))["url"] == url:
            return path.removeprefix("fragment/").removesuffix(".pf_fragment")
    raise AssertionError(url)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
