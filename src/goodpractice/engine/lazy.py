"""Case studies that are read only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from goodpractice.config.project_folders import case_study_path
from goodpractice.content.document import Document, Origin
from goodpractice.content.front_matter import read_text, split_front_matter
from goodpractice.kinds import CaseStudy


class LazyCaseStudies(Mapping[str, CaseStudy]):
    """Records kept as JSON, made into records when they are first read; those that were loaded stay as they are."""

    def __init__(self, records: Mapping[str, str], loaded: Mapping[str, CaseStudy]) -> None:
        """Take records as JSON, in the order of their ids, and those that need not be made any more."""
        self._json = records
        self._made = {case_id: case for case_id, case in loaded.items() if case_id in records}

    def __getitem__(self, case_id: str) -> CaseStudy:
        record = self._made.get(case_id)
        if record is None:
            record = self._made[case_id] = CaseStudy.model_validate_json(self._json[case_id])
        return record

    def __contains__(self, case_id: object) -> bool:
        return case_id in self._json

    def __iter__(self) -> Iterator[str]:
        return iter(self._json)

    def __len__(self) -> int:
        return len(self._json)


class LazyDocuments(Mapping[tuple[str, str], Document]):
    """Texts that were loaded, and those of other case studies when they are asked for."""

    def __init__(self, root: Path, loaded: Mapping[tuple[str, str], Document]) -> None:
        self._root = root
        self._loaded = loaded

    def __getitem__(self, key: tuple[str, str]) -> Document:
        document = self._loaded.get(key)
        if document is not None:
            return document
        if key[0] != "case_study":
            raise KeyError(key)
        path = case_study_path(key[1])
        text, _ = read_text(self._root / path, path)
        if text is None:
            raise KeyError(key)
        file = split_front_matter(text, path)
        return Document(path, file.body, file.body_line)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


class LazyOrigins(Mapping[tuple[str, str], Origin]):
    """Places of values that were loaded, and those of other case studies when a problem is found there."""

    def __init__(self, root: Path, loaded: Mapping[tuple[str, str], Origin]) -> None:
        self._root = root
        self._loaded = loaded

    def forget(self) -> None:
        """Let go of the places: a checked project of ten thousand stories needs them no more, and they are many."""
        self._loaded = {}

    def __getitem__(self, key: tuple[str, str]) -> Origin:
        origin = self._loaded.get(key)
        if origin is not None:
            return origin
        if key[0] != "case_study":
            raise KeyError(key)
        path = case_study_path(key[1])
        text, _ = read_text(self._root / path, path)
        file = split_front_matter(text or "", path)
        return Origin(path, (), file.positions, file.body_line)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)
