"""Records in the orders and by the keys that queries ask for.

None of this is noted in a trace: results of queries are ids, and ids lead to tracked records.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from goodpractice.content.related import CaseIndex, CaseSummary, Facets, count_facets, summarise_case
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds import CASE_STUDY, CHAPTER, PARTNER, Chapter, Publication, publication
from goodpractice.kinds.marks import group_references
from goodpractice.kinds.registry import KINDS
from goodpractice.query.tracking import Table


class Indexes:
    """What queries of a knowledge base look records up in, each worked out when it is first asked for."""

    def __init__(self, tables: Mapping[str, Table[Any]], case_summaries: Mapping[str, CaseSummary] | None) -> None:
        """Take the records.

        Args:
            tables: By kind.
            case_summaries: What lists need to know of case studies, where it is known without their records.
        """
        self._tables = tables
        self._known = case_summaries

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
