"""What is kept of case studies, and a knowledge base that is made of it.

Between processes and between builds, a case study is its *facts*: a few texts. Records, lists and stories are made of
them when somebody asks.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import CaseSummary, summarise_case
from goodpractice.diagnostics.witness import note_file
from goodpractice.engine.lazy import LazyCaseStudies, LazyDocuments, LazyOrigins
from goodpractice.engine.state import CachedCase, StateFile
from goodpractice.kinds import CASE_STUDY, PhotoInfo
from goodpractice.markdown.contributed import list_contributed_links
from goodpractice.query.tracking import Query, Result, Table

V = TypeVar("V")


def list_cached_cases(kb: KnowledgeBase) -> list[CachedCase]:
    """The facts of the case studies that are loaded."""
    photos: dict[str, dict[str, PhotoInfo]] = {}
    for (case_id, file), facts in kb.photos.items():
        photos.setdefault(case_id, {})[file] = facts
    until: dict[str, str] = {}
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    for (case_id, _), consent in kb.consents.items():
        if consent.expires_on is not None:
            day = consent.expires_on.isoformat()
            if day >= today:
                until[case_id] = min(day, until.get(case_id, day))
    return [
        CachedCase(
            case_id,
            case.model_dump_json(exclude_defaults=True),
            json.dumps(summarise_case(case), ensure_ascii=False),
            json.dumps(_list_links(kb.documents[CASE_STUDY, case_id]), ensure_ascii=False),
            json.dumps(photos.get(case_id, {}), ensure_ascii=False),
            until.get(case_id, ""),
        )
        for case_id, case in kb.case_studies.raw.items()
    ]


def _list_links(document: Document) -> list[str]:
    note_file(document.path)
    return list_contributed_links(document.body)


def add_case_studies(kb: KnowledgeBase, loaded: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base without case studies, and those that were loaded apart."""
    return kb.with_tables(
        loaded.case_studies,
        documents={**kb.documents, **loaded.documents},
        origins={**kb.origins, **loaded.origins},
        invalid_records={**kb.invalid_records, **loaded.invalid_records},
        consents=loaded.consents,
        photos=loaded.photos,
    )


def join_case_studies(kb: KnowledgeBase, root: Path, facts: Iterable[CachedCase]) -> KnowledgeBase:
    """A knowledge base with the facts of all case studies, of which some may be loaded already."""
    listed = sorted(facts)
    ids = [fact.id for fact in listed]
    return _join(
        kb,
        root,
        {fact.id: fact.record for fact in listed},
        dict(zip(ids, _read_entries(fact.entry for fact in listed), strict=True)),
        ((fact.id, fact.photos) for fact in listed if fact.photos != "{}"),
    )


def join_cached(
    kb: KnowledgeBase, root: Path, store: StateFile, known_results: Mapping[Query, Result]
) -> KnowledgeBase:
    """The same from a state: facts are read from it one by one, and all at once only where somebody needs all."""
    cached = CachedFacts(store)
    records = _Part(cached, lambda fact: fact.record)
    entries = _Part(cached, lambda fact: next(_read_entries([fact.entry])))
    return replace(_join(kb, root, records, entries, store.list_photos()), known_results=known_results)


def _join(
    kb: KnowledgeBase,
    root: Path,
    records: Mapping[str, str],
    entries: Mapping[str, CaseSummary],
    photos: Iterable[tuple[str, str]],
) -> KnowledgeBase:
    return kb.with_tables(
        Table(CASE_STUDY, LazyCaseStudies(records, kb.case_studies.raw)),
        documents=LazyDocuments(root, kb.documents),
        origins=LazyOrigins(root, kb.origins),
        case_entries=entries,
        photos={
            (case_id, file): PhotoInfo(*facts) for case_id, text in photos for file, facts in json.loads(text).items()
        },
    )


def is_same_case(before: CachedCase, now: CachedCase) -> bool:
    """Whether a case study says of itself what it said before. Where its story links to is a matter of its text."""
    return before._replace(links=now.links) == now


def heading_link_prefix(case_id: str) -> str:
    """The text that every link into this case study contains."""
    return f"{case_id}.md#"


def list_editors_texts(kb: KnowledgeBase) -> Iterator[str]:
    """What editors wrote, chapters and pages; stories are not among them."""
    return (kb.documents[key].body for key in kb.list_editors_documents())


class CachedFacts(Mapping[str, CachedCase]):
    """The facts of all case studies in a state: each is read when it is asked for, the rest when all are."""

    def __init__(self, store: StateFile) -> None:
        self._store = store
        self._read: dict[str, CachedCase] = {}

    @cached_property
    def _all(self) -> Mapping[str, CachedCase]:
        return dict(sorted(self._store.load_cases().items()))

    def __getitem__(self, case_id: str) -> CachedCase:
        fact = self._read.get(case_id) or self._store.find_case(case_id)
        if fact is None:
            raise KeyError(case_id)
        self._read[case_id] = fact
        return fact

    def __iter__(self) -> Iterator[str]:
        self._read = {**self._all}
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class _Part(Mapping[str, V]):
    """A part of the facts of each case study, made when it is asked for."""

    def __init__(self, facts: Mapping[str, CachedCase], make: Callable[[CachedCase], V]) -> None:
        self._facts = facts
        self._make = make
        self._made: dict[str, V] = {}

    def __getitem__(self, case_id: str) -> V:
        if case_id not in self._made:
            self._made[case_id] = self._make(self._facts[case_id])
        return self._made[case_id]

    def __contains__(self, case_id: object) -> bool:
        return case_id in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def _read_entries(texts: Iterable[str]) -> Iterator[CaseSummary]:
    """List entries from the JSON of each: reading them as one text takes half the time."""
    for values in json.loads(f"[{','.join(texts)}]"):
        sort_year, title, summary, named, *rest = values
        yield CaseSummary(sort_year, title, summary, {kind: tuple(ids) for kind, ids in named.items()}, *rest)
