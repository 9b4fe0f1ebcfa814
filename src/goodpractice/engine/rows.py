"""What is kept of case studies, and a knowledge base that reads it when somebody asks.

Between processes and between builds a case study is a *row*: a few texts. Records, list entries and stories are made
of rows one by one, so that an edit of one story among ten thousand reads one row.
"""

from __future__ import annotations

import json
import string
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from goodpractice.config import clock
from goodpractice.config.project_folders import case_study_path
from goodpractice.content.document import Document, Origin
from goodpractice.content.front_matter import read_text, split_front_matter
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.records import share_names
from goodpractice.content.related import CaseSummary, summarise_case
from goodpractice.diagnostics.witness import note_file
from goodpractice.engine.lazy import Derived, Later
from goodpractice.engine.state import CachedCase
from goodpractice.engine.store import Store
from goodpractice.kinds import CASE_STUDY, CaseStudy, PhotoInfo
from goodpractice.markdown.contributed import list_contributed_links
from goodpractice.query.tracking import Table


def make_rows(kb: KnowledgeBase) -> Iterator[CachedCase]:
    """The rows of the case studies that are loaded."""
    photos: dict[str, dict[str, PhotoInfo]] = {}
    for (case_id, file), info in kb.photos.items():
        photos.setdefault(case_id, {})[file] = info
    until: dict[str, str] = {}
    today = clock.today().isoformat()
    for (case_id, _), consent in kb.consents.items():
        if consent.expires_on is not None:
            day = consent.expires_on.isoformat()
            if day >= today:
                until[case_id] = min(day, until.get(case_id, day))
    for case_id, case in kb.case_studies.raw.items():
        document = kb.documents[CASE_STUDY, case_id]
        note_file(document.path)
        yield CachedCase(
            case_id,
            case.model_dump_json(exclude_defaults=True),
            json.dumps(summarise_case(case), ensure_ascii=False),
            json.dumps(list_contributed_links(document.body), ensure_ascii=False),
            json.dumps(photos.get(case_id, {}), ensure_ascii=False),
            until.get(case_id, ""),
            document.body_line,
        )


class Rows(Mapping[str, CachedCase]):
    """The rows of all case studies, by id: those of the store, with what changed since. Each is read when asked for."""

    def __init__(self, store: Store, new: Iterable[CachedCase] = (), gone: Collection[str] = ()) -> None:
        """Take what is kept, what is new, and the ids of those that are gone."""
        self._store = store
        self.new = {row.id: row for row in new}
        self._gone = frozenset(gone) - self.new.keys()
        self._read: dict[str, CachedCase] = {}

    @cached_property
    def _all(self) -> Mapping[str, CachedCase]:
        rows = {**self._store.load_cases(), **self.new}
        self._read = {case_id: rows[case_id] for case_id in sorted(rows.keys() - self._gone)}
        return self._read

    def __getitem__(self, case_id: str) -> CachedCase:
        row = self.new.get(case_id) or self._read.get(case_id)
        if row is None and case_id not in self._gone and "_all" not in self.__dict__:
            row = self._store.find_case(case_id)
        if row is None:
            raise KeyError(case_id)
        self._read.setdefault(case_id, row)
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def find_before(self, case_id: str) -> CachedCase | None:
        """What the store holds of a case study, whatever changed since."""
        return self._store.find_case(case_id)

    def list_photos(self) -> Iterator[tuple[str, str]]:
        """Ids of the case studies that have photos, with their photos as JSON."""
        known = dict(self._store.list_photos()) | {row.id: row.photos for row in self.new.values()}
        return ((case_id, known[case_id]) for case_id in sorted(known.keys() - self._gone) if known[case_id] != "{}")

    def has_link(self, part: str, but: Collection[str] = ()) -> bool:
        """Whether a story, besides some, links to something whose address holds these letters."""
        linked = {*self._store.find_linking(part), *(row.id for row in self.new.values() if part in row.links)}
        return bool(linked - set(but))

    def find_end(self) -> str:
        """The last day on which everything may be shown that is shown; empty when nothing expires."""
        days = dict(self._store.list_ends()) | {row.id: row.until for row in self.new.values()}
        return min((day for case_id, day in days.items() if day and case_id not in self._gone), default="")


def join_rows(kb: KnowledgeBase, root: Path, rows: Rows) -> KnowledgeBase:
    """A knowledge base with all case studies, of which some may be loaded already.

    Args:
        kb: Knows everything else.
        root: Folder of the project.
        rows: The case studies.
    """
    return kb.with_tables(
        Table(CASE_STUDY, Derived(rows, _make_record, kb.case_studies.raw)),
        documents=_Documents(root, kb.documents, rows),
        origins=_Origins(root, kb.origins, rows),
        case_entries=Derived(rows, read_entry),
        case_texts=Derived(rows, lambda row: row.record),
        photos={
            (case_id, file): PhotoInfo(*info)
            for case_id, text in rows.list_photos()
            for file, info in json.loads(text).items()
        },
    )


def add_case_studies(kb: KnowledgeBase, loaded: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base without case studies, and those that were loaded apart."""
    return kb.with_tables(
        loaded.case_studies,
        documents=Later(lambda: kb.documents, loaded.documents, is_of_story),
        origins=Later(lambda: kb.origins, loaded.origins, is_of_story),
        invalid_records={**kb.invalid_records, **loaded.invalid_records},
        consents=loaded.consents,
        ledgers=loaded.ledgers,
        photos=loaded.photos,
    )


def is_of_story(key: tuple[str, str]) -> bool:
    """Whether a kind and an id are those of a case study."""
    return key[0] == CASE_STUDY


def is_same_case(before: CachedCase, now: CachedCase) -> bool:
    """Whether a case study says of itself what it said before. Where its story links to is a matter of its text."""
    return before._replace(links=now.links, line=now.line) == now


def heading_link_prefix(case_id: str) -> str:
    """The text that every link into this case study contains."""
    return f"{case_id}.md#"


def list_heading_links(kb: KnowledgeBase) -> list[str]:
    """The names of files to whose headings texts of editors link: `case-03` of `case-03.md#cost`."""
    before = (part for key in kb.list_editors_documents() for part in kb.documents[key].body.split(".md#")[:-1])
    return sorted({part[len(part.rstrip(_IN_IDS)) :] for part in before})


def is_linked(case_ids: Iterable[str], links: Iterable[str]) -> bool:
    """Whether one of these links leads into one of these case studies; see `list_heading_links`."""
    ids = tuple(case_ids)
    return any(link.endswith(ids) for link in links)


#: What ids are made of.
_IN_IDS = f"{string.ascii_lowercase}{string.digits}-"


def _make_record(row: CachedCase) -> CaseStudy:
    return share_names(CaseStudy.model_validate_json(row.record))


def read_entry(row: CachedCase) -> CaseSummary:
    """What lists need to know of a case study."""
    return CaseSummary(*_freeze(json.loads(row.entry)))


def _freeze(values: list[Any]) -> tuple[Any, ...]:
    """Values of JSON as they were printed: tuples have become lists on the way."""
    return tuple(
        [_freeze(one) if type(one) is list else _freeze_ids(one) if type(one) is dict else one for one in values]
    )


def _freeze_ids(named: dict[str, list[Any]]) -> dict[str, tuple[Any, ...]]:
    return {kind: tuple(ids) for kind, ids in named.items()}


class _Documents(Mapping[tuple[str, str], Document]):
    """Texts that were loaded, and those of other case studies when they are asked for."""

    def __init__(self, root: Path, loaded: Mapping[tuple[str, str], Document], rows: Rows) -> None:
        self._root = root
        self._loaded = loaded
        self._rows = rows

    def __getitem__(self, key: tuple[str, str]) -> Document:
        document = self._loaded.get(key)
        if document is not None:
            return document
        if key[0] != CASE_STUDY:
            raise KeyError(key)
        path, line = case_study_path(key[1]), self._rows[key[1]].line
        text, _ = read_text(self._root / path, path)
        if text is None:
            raise KeyError(key)
        return Document(path, "\n".join(text.split("\n")[line - 1 :]), line)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


class _Positions(Mapping[tuple[str | int, ...], tuple[int, int]]):
    """Line and column of each value at the top of a file, which is read when the first is asked for."""

    def __init__(self, file: Path, path: str) -> None:
        self._file = file
        self._path = path

    @cached_property
    def _all(self) -> Mapping[tuple[str | int, ...], tuple[int, int]]:
        text, _ = read_text(self._file, self._path)
        return split_front_matter(text or "", self._path).positions

    def __getitem__(self, where: tuple[str | int, ...]) -> tuple[int, int]:
        return self._all[where]

    def __iter__(self) -> Iterator[tuple[str | int, ...]]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class _Origins(Mapping[tuple[str, str], Origin]):
    """Places of values that were loaded, and those of other case studies when a problem is found there."""

    def __init__(self, root: Path, loaded: Mapping[tuple[str, str], Origin], rows: Rows) -> None:
        self._root = root
        self._loaded = loaded
        self._rows = rows

    def __getitem__(self, key: tuple[str, str]) -> Origin:
        origin = self._loaded.get(key)
        if origin is not None:
            return origin
        if key[0] != CASE_STUDY:
            raise KeyError(key)
        path = case_study_path(key[1])
        return Origin(path, (), _Positions(self._root / path, path), self._rows[key[1]].line)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)
