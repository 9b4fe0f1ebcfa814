"""Loading a project folder: every file once, everything valid, every issue."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from goodpractice.config.settings import Settings, load_settings
from goodpractice.content.data_files import load_data_file
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.loading import Loading
from goodpractice.content.markdown_files import (
    list_markdown,
    load_docs,
    load_folder,
    load_record_file,
    load_translations,
)
from goodpractice.content.photos import load_photos
from goodpractice.diagnostics.budget import begin_run
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.kinds import CASE_STUDY
from goodpractice.kinds.registry import DATA_FILES, HOME_OF_KIND, KINDS
from goodpractice.query.tracking import Table


def load_project(
    root: Path,
    case_paths: Iterable[str] | None = None,
    only_case_studies: bool = False,
    settings: Settings | None = None,
) -> tuple[KnowledgeBase, list[Diagnostic]]:
    """Read a project folder.

    Loading never stops at the first problem: everything that is valid comes
    back, and every problem. Files that a community does not have (no events,
    no plan) are no problem; `partners.yml` and `data/themes.yml` are needed by
    any case study, and missing ids say so there.

    Args:
        root: Folder that holds `partners.yml`, `case_studies/` and the rest.
        case_paths: Case studies to read, as paths in the project; all when not given.
        only_case_studies: Whether to leave out everything else.
        settings: What `mkdocs.yml` says, where it has been read already.

    Returns:
        The knowledge base and all issues, sorted by file and line.
    """
    begin_run()
    settings = settings or load_settings(root)
    loading = Loading(root, settings.own.limits, settings.languages)
    for path, lists in () if only_case_studies else DATA_FILES.items():
        if os.path.lexists(root / path):  # a link that leads nowhere is no missing file
            load_data_file(loading, path, lists)
    case_paths = list_markdown(root, KINDS[CASE_STUDY].file) if case_paths is None else list(case_paths)
    for path in case_paths:
        load_record_file(loading, path, KINDS[CASE_STUDY])
    for kind in () if only_case_studies else KINDS.values():
        if kind.file.endswith("/") and kind.id != CASE_STUDY:
            load_folder(loading, kind)
    if not only_case_studies:
        load_docs(loading)
    load_translations(loading)
    photos = load_photos(root, loading.tables.get(CASE_STUDY, {}), loading.limits, case_paths)
    loading.diagnostics.extend(photos.diagnostics)

    absent = {} if only_case_studies else find_absent(root)

    kb = KnowledgeBase(
        tables={kind: Table(kind, MappingProxyType(loading.tables.get(kind, {}))) for kind in KINDS},
        documents=MappingProxyType(loading.documents),
        origins=MappingProxyType(loading.origins),
        invalid_records=MappingProxyType(loading.invalid_records),
        unread=frozenset(loading.unread | absent.keys()),
        absent=MappingProxyType(absent),
        consents=MappingProxyType(photos.consents),
        photos=MappingProxyType(photos.photos),
        ledgers=MappingProxyType(photos.ledgers),
        settings=settings,
        languages=MappingProxyType(dict(loading.languages)),
        language=next(iter(loading.languages.values())),
    )
    return kb, sorted(loading.diagnostics)


def find_absent(root: Path) -> dict[str, str]:
    """Kinds of records whose file or folder is not there: of which kind, and what is missing."""
    absent = {}
    for kind, home in HOME_OF_KIND.items():
        folder = home.partition("/")[0]
        if missing := next((path for path in (folder, home) if not os.path.lexists(root / path)), ""):
            absent[kind] = missing.rstrip("/")
    return absent
