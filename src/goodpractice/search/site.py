"""The files of the search besides its index: filters, words of the glossary, what the finder asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import SOURCE
from goodpractice.kinds import CASE_STUDY, THEME
from goodpractice.kinds.registry import RESULT_LABELS
from goodpractice.pages import Page
from goodpractice.render import RenderedPage
from goodpractice.render.finder import make_finder_data
from goodpractice.render.links import record_url
from goodpractice.search.analysis import find_analyzer
from goodpractice.search.facets import make_facets, pack_finder
from goodpractice.search.ids import assign_ids, count_bits
from goodpractice.search.index import INDEX, WordIndex, make_index, serialise_json
from goodpractice.search.records import SearchRecord, list_listed_entries, make_record, rank_of
from goodpractice.search.rows import Row, RowFacts, make_row, number_texts, read_facts
from goodpractice.search.synonyms import make_notes, make_synonyms
from goodpractice.search.text import list_sections
from goodpractice.search.words import list_words

#: Questions that the window of the search shows before somebody writes.
QUERIES = 5


def make_search(pages: Iterable[tuple[Page, RenderedPage]], kb: KnowledgeBase) -> dict[str, bytes]:
    """Every file of the search of a site whose pages have all been rendered, by path in the folder of the search.

    Args:
        pages: The plan, with what was rendered.
        kb: The knowledge base.
    """
    records = (make_record(page, list_sections(rendered.passages), kb) for page, rendered in pages)
    return make_files((record for record in records if record is not None), kb)


def make_files(records: Iterable[SearchRecord], kb: KnowledgeBase) -> dict[str, bytes]:
    """Every file of a search, by path in the folder of the search.

    Args:
        records: What can be found, without the entries of lists, in the order of the plan.
        kb: The knowledge base.
    """
    rows = {record.url: make_row(record) for record in records}
    urls = list(rows)
    rows |= make_entries(kb)
    digests = divide_digests({url: (row.language, row.digest) for url, row in rows.items()})
    found: dict[str, bytes] = {}
    for code, own in digests.items():
        ids = assign_ids(own)
        index = make_index((id, rows[url].postings) for url, id in ids.items())
        texts = make_texts(order_rows({url: rows[url].facts for url in own}, urls, kb), ids, kb, code)
        files = {**index.files, **texts}
        for url, id in ids.items():
            files |= number_texts(text_path(id, len(own)), id, rows[url])
        sign = sign_files(sum_digests(own), digest_texts(texts), index)
        files[INDEX] = serialise_head(index, ids, code, () if code else sorted(filter(None, digests)), sign)
        found |= {f"{code}/{name}" if code else name: data for name, data in files.items()}
    return found


def make_entries(kb: KnowledgeBase) -> dict[str, Row]:
    """What is kept of terms, resources and events, by address."""
    return {record.url: make_row(record) for record in list_listed_entries(kb)}


def divide_digests(digests: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    """The digests of the rows of each language by its code, those of the site under an empty one.

    Args:
        digests: Language and digest of each row, by address.
    """
    found: dict[str, dict[str, str]] = {"": {}}
    for url, (code, digest) in digests.items():
        found.setdefault(code, {})[url] = digest
    return found


def order_rows(facts: Mapping[str, str], urls: Iterable[str], kb: KnowledgeBase) -> dict[str, RowFacts]:
    """The facts of rows in the order in which they are listed without a question, by address.

    Args:
        facts: Of the rows of a language, as they are kept.
        urls: Addresses of all pages, in the order of the plan.
        kb: The knowledge base.
    """
    entries = [record.url for record in list_listed_entries(kb)]
    found = {url: read_facts(facts[url]) for url in (*entries, *urls) if url in facts}
    return dict(sorted(found.items(), key=lambda item: rank_of(item[1].kind)))


def text_path(id: int, pages: int) -> str:
    """Where the texts of a page lie, without their ending. Numbers of another width are other numbers."""
    return f"texts/{count_bits(pages)}/{id}"


def serialise_head(index: WordIndex, ids: Mapping[str, int], code: str, languages: Sequence[str], sign: str) -> bytes:
    """The list of shards, with all that a reader has to know first."""
    algorithm = find_analyzer(code or SOURCE).algorithm
    head = index.describe(len(ids), count_bits(len(ids)), algorithm)
    return serialise_json({**head, "language": code or SOURCE, "languages": languages, "sign": sign}).encode()


def sum_digests(digests: Mapping[str, str]) -> int:
    """A sum of rows that differs when any of them does, whatever their order."""
    return sum(
        int.from_bytes(blake2b(f"{url} {digest}".encode(), digest_size=8).digest()) for url, digest in digests.items()
    )


def digest_texts(texts: Mapping[str, bytes]) -> str:
    """What tells these files from others."""
    digest = blake2b(digest_size=8)
    for name in sorted(texts):
        digest.update(f"{name} {len(texts[name])} ".encode() + texts[name])
    return digest.hexdigest()


def sign_files(rows: int, texts: str, index: WordIndex) -> str:
    """A sign that differs when any file does: it stands in the addresses of those whose names stay.

    Args:
        rows: The sum of the rows.
        texts: The digest of the files besides the index.
        index: The index.
    """
    return blake2b(f"{rows} {texts} {index.shards}".encode(), digest_size=5).hexdigest()


def make_texts(facts: Mapping[str, RowFacts], ids: Mapping[str, int], kb: KnowledgeBase, code: str) -> dict[str, bytes]:
    """What a language needs besides its index, by name.

    Args:
        facts: Of everything that can be found, in the order in which it is listed.
        ids: Its numbers.
        kb: The knowledge base.
        code: The language; empty for that of the site.
    """
    # A language besides that of the site has no other words for its own.
    words = KnowledgeBase() if code else kb
    own = kb.speak(code) if code else kb
    files: dict[str, Any] = {
        "terms.json": {
            "kinds": {kind: own.gettext(name) for kind, name in RESULT_LABELS.items()},
            "questions": _list_questions(words),
            **make_synonyms(words),
        },
        "notes.json": make_notes(words),
        "facets.json": {"order": [ids[url] for url in facts], **make_facets(list(facts.values()), own)},
    }
    if not code:
        cases = [ids[url] for url, row in facts.items() if row.kind == CASE_STUDY]
        files["finder.json"] = pack_finder(make_finder_data(kb), cases)
    found = {name: serialise_json(value).encode() for name, value in files.items()}
    return {**found, "words.txt": " ".join(list_words(facts.values(), words)).encode()}


def _list_questions(kb: KnowledgeBase) -> list[tuple[str, str]]:
    """Questions with the address of their answers, of the themes with the most case studies."""
    told = Counter(theme for case in kb.case_studies.values() for theme in case.themes)
    most = sorted(kb.themes.values(), key=lambda theme: -told[theme.id])[:QUERIES]
    return [(theme.question, record_url(THEME, theme.id)) for theme in kb.themes.values() if theme in most]
