"""What editors wrote, where it is what it was: records of the state, texts of the files, each when somebody asks.

An edit of a story asks for some twenty of their records and for no text. To read everything takes longer than the rest
of its build: 0.17 s of the processor.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goodpractice.config.settings import Settings
from goodpractice.content import load_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.project import find_absent
from goodpractice.content.records import share_names
from goodpractice.engine.lazy import Derived, Later
from goodpractice.engine.rows import is_of_story
from goodpractice.engine.store import Store
from goodpractice.kinds import CASE_STUDY, Record
from goodpractice.kinds.registry import KINDS
from goodpractice.query.tracking import Table


def read_editors(root: Path, settings: Settings, store: Store) -> KnowledgeBase:
    """The knowledge base without the case studies, as the last build has kept it.

    Args:
        root: Folder of the project, in which nothing has changed but case studies. No file has a problem: what has one
            is never kept.
        settings: What `mkdocs.yml` says.
        store: What the last build has kept.
    """

    @cache
    def load() -> KnowledgeBase:
        return load_project(root, [], settings=settings)[0]

    absent = find_absent(root)
    return KnowledgeBase(
        tables={kind: _read_table(kind, store) for kind in KINDS if kind != CASE_STUDY},
        documents=Later(lambda: load().documents, is_elsewhere=is_of_story),
        origins=Later(lambda: load().origins, is_elsewhere=is_of_story),
        unread=frozenset(absent),
        absent=MappingProxyType(absent),
        settings=settings,
        languages=settings.languages,
        language=next(iter(settings.languages.values())),
    )


def _read_table(kind: str, store: Store) -> Table[Any]:
    records: Mapping[str, Any] = Later(partial(store.load_table, kind))
    return Table(kind, Derived(records, partial(_make_record, KINDS[kind].model)))


def _make_record(model: type[Record], values: Mapping[str, Any]) -> Record:
    return share_names(model.model_validate(values))
