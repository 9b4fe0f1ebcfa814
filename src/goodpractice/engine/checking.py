"""Which rules run again after a change: those whose answer can differ from that of the last build."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from goodpractice.checks import ProjectCheck
from goodpractice.checks.links import check_links
from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.engine.pool import WorkShare
from goodpractice.engine.refresh import Refreshed
from goodpractice.engine.rows import heading_link_prefix, is_linked
from goodpractice.engine.scan import Scan
from goodpractice.engine.shared_texts import CheckedTexts, check_texts, check_unsure
from goodpractice.engine.sources import is_case_study
from goodpractice.kinds import CASE_STUDY


@dataclass(frozen=True)
class CheckPlan:
    """What is checked again. The last build found no problem, so everything else has none.

    Attributes:
        check: The rules.
        refreshed: The project.
        scan: What changed.
    """

    check: ProjectCheck
    refreshed: Refreshed
    scan: Scan

    @cached_property
    def stories(self) -> Sequence[str]:
        """Ids of case studies that are checked as a whole."""
        return sorted(self.refreshed.difference.stories & self.refreshed.rows.new.keys())

    @cached_property
    def _is_everywhere(self) -> bool:
        """Whether any link may lead nowhere now."""
        return self.refreshed.difference.tables or self.refreshed.difference.removed

    @cached_property
    def _has_new_phrases(self) -> bool:
        """Whether a phrase of a story may stand elsewhere now; to know it, the texts of all editors are read."""
        fields = self.refreshed.difference.fields
        return any(not fields[CASE_STUDY, case_id].isdisjoint(("situations", "*")) for case_id in self.stories)

    @cached_property
    def facts(self) -> Sequence[str]:
        """Ids of other case studies whose facts are checked: what they name may be gone."""
        difference = self.refreshed.difference
        if not (difference.tables or difference.gone):
            return ()
        return sorted(self.refreshed.rows.keys() - set(self.stories))

    @cached_property
    def documents(self) -> Sequence[tuple[str, str]]:
        """Kinds and ids of the texts of editors that are checked; the longest first, so that shares take as long."""
        if not self._is_everywhere and not is_linked(self.stories, self.refreshed.heading_links):
            return ()
        documents = self.check.kb.documents
        keys = self.check.kb.list_editors_documents()
        return sorted(keys, key=lambda key: -len(documents[key].body))

    @cached_property
    def size(self) -> int:
        """About how many case studies and texts are looked at."""
        return len(self.stories) + len(self.facts) + len(self.documents)

    def find_shares(self, of: int) -> dict[tuple[str, str], int]:
        """The number of the share in which each text is checked, by kind and id, where there are so many shares."""
        shares = [WorkShare(number, of) for number in range(of)]
        stories = {(CASE_STUDY, case_id): share.number for share in shares for case_id in share.cut(self.stories)}
        return stories | {key: share.number for share in shares for key in share.take(self.documents)}

    def check_share(self, share: WorkShare) -> Iterator[tuple[CheckedTexts, set[str]]]:
        """Check a share of the stories and texts; also gives the files of the repository that their links lead to."""
        if share.is_whole:
            found = CheckedTexts(list(self.check.check_editors_pages(self.documents)), {}, {})
        else:
            found = check_texts(self.check, share.take(self.documents))
        found.diagnostics.extend(self._check_share(share))
        yield found, self.check.linked

    def join_shares(self, parts: Iterable[tuple[CheckedTexts, set[str]]]) -> Iterator[Diagnostic]:
        """What all shares have found, and what their texts want of one another that nobody has found."""
        shares = []
        for texts, linked in parts:
            self.check.linked |= linked
            shares.append(texts)
            yield from texts.diagnostics
        yield from check_unsure(self.check, shares)

    def _check_share(self, share: WorkShare) -> Iterator[Diagnostic]:
        check, rows = self.check, self.refreshed.rows
        stories = share.cut(self.stories)
        links = {case_id: json.loads(rows[case_id].links) for case_id in stories}
        yield from check.check_case_studies(stories, links)
        yield from check.check_photos(stories)
        yield from check.check_facts(share.take(self.facts))
        yield from self._check_links(share)

    def _check_links(self, share: WorkShare) -> Iterator[Diagnostic]:
        """Links of stories that did not change, where what they lead to may have."""
        headings = list(map(heading_link_prefix, self.stories))
        rows, check = self.refreshed.rows, self.check
        if not self._is_everywhere and not any(rows.has_link(heading, self.stories) for heading in headings):
            return
        for case_id in share.take(sorted(rows.keys() - set(self.stories))):
            links = json.loads(rows[case_id].links)
            if links and (self._is_everywhere or any(heading in link for link in links for heading in headings)):
                document = check.kb.documents[CASE_STUDY, case_id]
                yield from check_links(document, links, check.addresses, check.anchors)

    def check_here(self) -> Iterator[Diagnostic]:
        """Check what no share holds: tables, files, and folders of photos without a story."""
        difference, scan, check = self.refreshed.difference, self.scan, self.check
        if difference.tables or difference.gone:
            yield from check.check_tables()
        elif self._has_new_phrases:
            yield from check.check_phrases()
        # Entries of the menu name pages of records, too.
        if difference.removed or difference.tables or scan.has_new:
            yield from check.check_files()
        # An edit of a story puts no photo beside the others, and has no time to look at the names of them all.
        others = (path for path in (*scan.changed, *scan.removed) if not is_case_study(path))
        folders = list_folders(others) | difference.gone
        # A story that is gone leaves its photos and their ledger behind.
        yield from check.check_photos(folders - set(self.stories))


def list_folders(paths: Iterable[str]) -> set[str]:
    """Names of the folders below the case studies that files lie in; empty for files that lie in none of them."""
    parts = (path.split("/") for path in paths)
    return {part[1] if len(part) > 2 else "" for part in parts if part[0] == CASE_STUDIES}
