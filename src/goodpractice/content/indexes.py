"""Records in the orders and by the keys that queries ask for.

None of this is noted in a trace: results of queries are ids, and ids lead to tracked records.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from goodpractice.content.related import CaseIndex, CaseSummary, Facets, count_facets, summarise_case
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds import CASE_STUDY, CHAPTER, PARTNER, Chapter, Publication, publication
from goodpractice.kinds.base import WORKING_DAYS
from goodpractice.kinds.marks import group_references
from goodpractice.kinds.registry import KINDS
from goodpractice.query.tracking import Table

_DAY = re.compile(rf'"(?:{"|".join(WORKING_DAYS)})": ?"(\d{{4}}-\d\d-\d\d)"')


class Indexes:
    """What queries of a knowledge base look records up in, each worked out when it is first asked for."""

    def __init__(
        self,
        tables: Mapping[str, Table[Any]],
        case_summaries: Mapping[str, CaseSummary] | None,
        case_texts: Mapping[str, str] | None = None,
    ) -> None:
        """Take the records.

        Args:
            tables: By kind.
            case_summaries: What lists need to know of case studies, where it is known without their records.
            case_texts: The records of case studies as JSON, where these are known without being made.
        """
        self._tables = tables
        self._known = case_summaries
        self._case_texts = case_texts
        self._texts: dict[str, tuple[Mapping[str, str], str]] = {}

    def collect_texts(self, kind: str) -> Mapping[str, str]:
        """The records of a kind as JSON, without fields that nobody has given; texts by id, others as in their file."""
        return self._take_texts(kind)[0]

    def digest_texts(self, kind: str) -> str:
        """One for all that the records of a kind say."""
        return self._take_texts(kind)[1]

    def _take_texts(self, kind: str) -> tuple[Mapping[str, str], str]:
        if kind not in self._texts:
            texts = self._make_texts(kind)
            joined = "\0".join(part for item in texts.items() for part in item)
            self._texts[kind] = texts, hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()
        return self._texts[kind]

    def _make_texts(self, kind: str) -> Mapping[str, str]:
        if kind == CASE_STUDY and self._case_texts is not None:
            return {case_id: self._case_texts[case_id] for case_id in sorted(self._case_texts)}
        records = self._tables[kind].raw
        ids = sorted(records) if KINDS[kind].has_text else records
        return {record_id: records[record_id].model_dump_json(exclude_defaults=True) for record_id in ids}

    @cached_property
    def edition(self) -> str:
        """The last day on which somebody worked on a record, as 2026-03-31; empty where none says."""
        texts = (text for kind in KINDS for text in self.collect_texts(kind).values())
        return max((day for text in texts for day in _DAY.findall(text)), default="")

    @cached_property
    def case_summaries(self) -> Mapping[str, CaseSummary]:
        """What lists need to know of every case study."""
        if self._known is not None:
            return self._known
        return {case_id: summarise_case(case) for case_id, case in self._tables[CASE_STUDY].raw.items()}

    @cached_property
    def cases(self) -> CaseIndex:
        """Case studies by facet."""
        return CaseIndex(self.case_summaries)

    @cached_property
    def cases_digest(self) -> str:
        """One for all that lists need to know of case studies."""
        summaries = self.case_summaries
        text = json.dumps([(case_id, summaries[case_id]) for case_id in sorted(summaries)])
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def chapters(self) -> tuple[str, ...]:
        """Chapters in reading order."""
        records = self._tables[CHAPTER].raw
        return tuple(sorted(records, key=lambda chapter_id: (records[chapter_id].order, chapter_id)))

    @cached_property
    def chapter_facets(self) -> Mapping[str, Facets]:
        """What chapters have in common with others, in reading order."""
        records = self._tables[CHAPTER].raw
        return {
            chapter_id: tuple(
                (kind, value)
                for kind, values in group_references(records[chapter_id], Chapter).items()
                for value in values
                if KINDS[kind].relatedness
            )
            for chapter_id in self.chapters
        }

    @cached_property
    def chapters_with(self) -> Mapping[tuple[str, str], int]:
        """How many chapters have a facet."""
        return count_facets(self.chapter_facets)

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """Partners by name."""
        records = self._tables[PARTNER].raw
        return tuple(sorted(records, key=lambda partner_id: (sort_key(records[partner_id].name), partner_id)))

    @cached_property
    def publication_by_url(self) -> Mapping[str, Publication]:
        """Entries of `data/sources.yml` by the address that is cited."""
        return {entry.url: entry for entry in self._tables[publication.KIND.id].raw.values() if entry.url}
