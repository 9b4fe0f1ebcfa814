"""Everything that the community has written, typed and frozen.

`load` makes it; checks, pages and macros read it. Questions that several of
them ask ("which case studies have this theme?") are answered here, once.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from goodpractice.config.settings import Settings
from goodpractice.content.case_list import CaseList
from goodpractice.content.changes import EVERYTHING, Change, Subject, group_changes
from goodpractice.content.document import Document, InvalidRecord, Origin, digest_source
from goodpractice.content.indexes import Indexes
from goodpractice.content.queries import QUERIES, RELATED
from goodpractice.content.related import Area, CaseSummary
from goodpractice.content.tables import Tables
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.kinds import (
    CASE_STUDY,
    TRANSLATION,
    Chapter,
    Consent,
    Partner,
    PhotoInfo,
    Publication,
    Translation,
)
from goodpractice.kinds.lookup import ChapterDigest, RelatedIds
from goodpractice.kinds.registry import KINDS
from goodpractice.query.tracking import Memo, Query, Result, Table, note, record_result


def _empty() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class KnowledgeBase(Tables):
    """All records by id, in the order of their files.

    Attributes:
        tables: Records by kind. Those of the package have a typed attribute each, too.
        documents: Markdown bodies: of case studies and chapters under
            `(kind, id)`, of pages in `docs/` under `("doc", path in docs)`.
        origins: Where each record was read, under `(kind, id)`.
        invalid_records: Entries that are not records yet, under `(kind, id)`.
        unread: Kinds whose file could not be read: nothing is known about their ids.
        absent: Of these, kinds whose file or folder is not there: its path by kind. That is no problem until somebody
            names one of them.
        consents: Valid entries of the ledgers of consent, by case study and file.
        ledgers: Where each entry of these ledgers was read, valid or not, under `("consent", "<id>/<file>")`, and each
            ledger that could be read, under `("consents", "<id>")`.
        photos: Photos that may be shown, by case study and file: clean, and with consent.
        case_entries: What lists need to know of case studies, when it is known
            without their records; made from the records otherwise.
        case_texts: Case studies as JSON, when that is known without their records; made from the records otherwise.
        known_results: Results of queries that need not be run: they are known to be right still.
        settings: What `mkdocs.yml` says.
        languages: Languages of the site by code, its own first.
        language: The language in which a page that is made from this speaks.
    """

    tables: Mapping[str, Table[Any]] = field(default_factory=lambda: {kind: Table(kind) for kind in KINDS})
    documents: Mapping[tuple[str, str], Document] = field(default_factory=_empty)
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=_empty)
    invalid_records: Mapping[tuple[str, str], InvalidRecord] = field(default_factory=_empty)
    unread: frozenset[str] = frozenset()
    absent: Mapping[str, str] = field(default_factory=_empty)
    consents: Mapping[tuple[str, str], Consent] = field(default_factory=_empty)
    ledgers: Mapping[tuple[str, str], Origin] = field(default_factory=_empty)
    photos: Mapping[tuple[str, str], PhotoInfo] = field(default_factory=_empty)
    case_entries: Mapping[str, CaseSummary] | None = None
    case_texts: Mapping[str, str] | None = None
    known_results: Mapping[Query, Result] = field(default_factory=_empty)
    settings: Settings = field(default_factory=Settings)
    languages: Mapping[str, Language] = field(default_factory=lambda: {ENGLISH.code: ENGLISH})
    language: Language = ENGLISH

    def __post_init__(self) -> None:
        """Give every kind a table, an empty one where none was given."""
        object.__setattr__(self, "tables", {kind: self.tables.get(kind, Table(kind)) for kind in KINDS})

    def with_tables(self, *tables: Table[Any], **changes: Any) -> KnowledgeBase:
        """The same knowledge with other records of some kinds.

        Args:
            *tables: Records that take the place of those of their kind.
            **changes: Other attributes.
        """
        return replace(self, tables={**self.tables, **{table.kind: table for table in tables}}, **changes)

    def speak(self, code: str) -> KnowledgeBase:
        """The same knowledge, for a page in another language of the site: records and indexes are shared.

        Raises:
            KeyError: It is not a language of the site.
        """
        if code == self.language.code:
            return self
        spoken = copy.copy(self)
        object.__setattr__(spoken, "language", self.languages[code])
        # What is remembered of one language says nothing of another.
        spoken.__dict__.pop("memo", None)
        return spoken

    @property
    def own_language(self) -> Language:
        """The language of the site: that of every page that is not a translation."""
        return next(iter(self.languages.values()))

    @property
    def is_translated(self) -> bool:
        """Whether a page that is made from this is a translation."""
        return self.language.code != self.own_language.code

    def gettext(self, text: str, /, **values: object) -> str:
        """Words of the generator in the language spoken here; see `Language.gettext`."""
        return self.language.gettext(text, **values)

    def find_translation(self, kind: str, record_id: str, draft: bool = False) -> Translation | None:
        """The translation of a text of editors into the language spoken here, if there is one.

        Args:
            kind: The kind of the text; `doc` for a page of `docs/`.
            record_id: Its id.
            draft: Whether one that nobody has approved will do: for the page itself, never for a link to it.
        """
        if not self.is_translated:
            return None
        found = self.ask("translated", kind, record_id, self.language.code, draft)
        return self.translations[found] if found is not None else None

    def read_text(self, kind: str, record_id: str) -> str:
        """The Markdown of a record: of its translation, approved or not, where a page in another language asks."""
        found = self.ask("translated", kind, record_id, self.language.code, True) if self.is_translated else None
        document = self.documents.get((kind, record_id) if found is None else (TRANSLATION, found))
        return document.body if document is not None else ""

    def find_situations(self, kind: str, record_id: str) -> Mapping[str, tuple[str, ...]]:
        """Phrases in which readers put what a page answers, by the anchor of the heading; "" for the whole page.

        Those of a translation where a page in another language asks.
        """
        found = self.ask("translated", kind, record_id, self.language.code, True) if self.is_translated else None
        return dict(self.ask("situations", *((kind, record_id) if found is None else (TRANSLATION, found))))

    def _group_situations(self, kind: str, record_id: str) -> Mapping[str, tuple[str, ...]]:
        if kind == CASE_STUDY:
            case = self.case_studies.raw.get(record_id)
            return {"": case.situations} if case is not None and case.situations else {}
        document = self.documents.get((kind, record_id))
        grouped: dict[str, tuple[str, ...]] = {}
        for situation in document.written_situations if document is not None else ():
            grouped[situation.anchor] = (*grouped.get(situation.anchor, ()), situation.text)
        return grouped

    def digest_page(self, kind: str, record_id: str) -> str:
        """What a text of editors says now, to compare with what a translation notes."""
        document = self.documents[kind, record_id]
        if kind in KINDS:
            record = self.tables[kind].raw.get(record_id)
            return digest_source(record.title, record.summary, document.prose) if record else ""
        facts = document.meta
        return digest_source(str(facts.get("title") or ""), str(facts.get("description") or ""), document.prose)

    def may_exist(self, kind: str, record_id: str) -> bool:
        """Whether an id is not known only because of a problem that is reported elsewhere."""
        return kind in self.unread or (kind, record_id) in self.invalid_records

    def list_editors_documents(self) -> list[tuple[str, str]]:
        """Kinds and ids of what editors wrote: chapters, pages of `docs/`, translations. Stories are not among them."""
        return [key for key in self.documents if key[0] != CASE_STUDY]

    @cached_property
    def memo(self) -> Memo:
        """What pages have in common and is made once: see `memoise`."""
        return Memo()

    @cached_property
    def indexes(self) -> Indexes:
        """What queries look records up in."""
        return Indexes(self.tables, self.case_entries, self.case_texts)

    @cached_property
    def _changes(self) -> Mapping[Subject, Sequence[tuple[str, str]]]:
        return group_changes(self)

    # Questions. Every page is made from answers to these and from fields of records.

    def ask(self, name: str, *arguments: Any) -> Any:
        """Answer a question by its name in `QUERIES`; an incremental build asks again to see what changed.

        Raises:
            KeyError: There is no such question, or it names a record that does not exist.
        """
        query = (name, *arguments)
        if self.known_results and query in self.known_results:
            return record_result(query, lambda: self.known_results[query])
        return record_result(query, lambda: QUERIES[name](self, *arguments))

    def find_publication(self, source: str) -> Publication | None:
        """The entry of `data/sources.yml` for an id or a cited address."""
        found = self.ask("publication", source)
        return self.publications[found] if found is not None else None

    @property
    def ordered_chapters(self) -> tuple[tuple[str, Chapter], ...]:
        """Chapters in reading order."""
        return tuple((chapter_id, self.chapters[chapter_id]) for chapter_id in self.ask("chapters"))

    def select_chapters(self, themes: Iterable[str]) -> tuple[tuple[str, Chapter], ...]:
        """Chapters on any of the themes, in reading order; none when no theme is given."""
        wanted = sorted(set(themes))
        ids = self.ask("chapters_on", *wanted) if wanted else ()
        return tuple((chapter_id, self.chapters[chapter_id]) for chapter_id in ids)

    def reading_minutes(self, chapter_id: str) -> int:
        """Reading time of a chapter in minutes."""
        return int(self.ask("minutes", chapter_id))

    def digest_chapter(self, chapter_id: str) -> ChapterDigest:
        """What a chapter says in short. Its macros are read by a room above, which has to be loaded."""
        return ChapterDigest(*self.ask("digest_chapter", chapter_id))

    @property
    def ordered_case_studies(self) -> CaseList:
        """Case studies, newest first, then by title."""
        return CaseList(self, ())

    def select_case_studies(self, **facets: str | None) -> CaseList:
        """Case studies that have every given facet, newest first. All of them are `ordered_case_studies`.

        Args:
            **facets: `theme`, `partner`, `programme`, `audience`, `setting` or
                `region` (the id of an area), each an id; None leaves a facet open.

        Raises:
            ValueError: No facet is given, so that a question without an answer would be answered with everything.
        """
        wanted = tuple(sorted((kind, value) for kind, value in facets.items() if value is not None))
        if not wanted:
            raise ValueError("give a facet by which to choose")
        return CaseList(self, wanted)

    def relate_case_study(self, case_id: str, most: int) -> RelatedIds:
        """The closest other case studies and the facets that they share, as kind and id, the rarest first."""
        found: RelatedIds = self.ask(RELATED, case_id, most)
        return found

    def relate_chapter(self, chapter_id: str, most: int) -> RelatedIds:
        """The chapters to read next and what they share: themes and moments, or `next` for the one that follows."""
        found: RelatedIds = self.ask("next_chapters", chapter_id, most)
        return found

    def chapters_about(self, themes: Iterable[str], moments: Iterable[str], most: int) -> RelatedIds:
        """The chapters on themes and moments, the rarest first, with those that they share."""
        found: RelatedIds = self.ask("chapters_about", tuple(themes), tuple(moments), most)
        return found

    def has_any(self, kind: str) -> bool:
        """Whether there is any record of a kind. A page that asks does not depend on which."""
        return bool(self.ask("any", kind))

    def find_area(self, area_id: str) -> Area | None:
        """A country or region by its id."""
        found = self.ask("area", area_id)
        return Area(*found) if found is not None else None

    def area_of(self, region: str | None, country: str | None) -> str:
        """Id of the area under which a case study with this region and country is listed; empty for neither."""
        return str(self.ask("area_of", region, country))

    @property
    def areas(self) -> tuple[Area, ...]:
        """Countries in which case studies happened, each followed by its regions."""
        return tuple(Area(*area) for area in self.ask("areas"))

    def record_name(self, kind: str, record_id: str) -> str:
        """Name or title of a record, for lists and links.

        Raises:
            KeyError: There is no such record.
        """
        if kind == CASE_STUDY:
            # Without making the whole record of it.
            title = self.indexes.case_summaries[record_id].title
            note(CASE_STUDY, record_id, "title")
            return title
        return KINDS[kind].name_record(self.tables[kind][record_id], record_id)

    def list_case_summaries(self) -> tuple[tuple[str, CaseSummary], ...]:
        """What lists need to know of every case study, newest first.

        A page that asks depends on all of them, by one digest: the entries
        themselves would make its trace as long as the collection.
        """
        self.ask("entries")
        index = self.indexes.cases
        return tuple((case_id, index.entries[case_id]) for case_id in index.ordered)

    def list_texts(self, kind: str) -> Iterable[tuple[str, str]]:
        """The given fields of every record of a kind, as JSON; texts by id, others in the order of their file.

        A file that asks depends on all of them, by one digest: see `list_case_summaries`.
        """
        self.ask("values", kind)
        return self.indexes.collect_texts(kind).items()

    @property
    def edition(self) -> str:
        """The last day on which somebody worked on a record, as 2026-03-31; empty where none says."""
        return str(self.ask("edition"))

    def list_changes(self, subject: Subject = EVERYTHING) -> tuple[Change, ...]:
        """What is new or has changed in a subject, the newest first; at most so many as a feed holds."""
        return tuple(Change(*change) for change in self.ask("changes", *subject))

    @property
    def share_url(self) -> str:
        """Address of the page that says how to send something in; empty where nobody has set one."""
        return str(self.ask("share_url"))

    @property
    def site_url(self) -> str:
        """Address of the site with a final slash; empty where nobody has set one."""
        return str(self.ask("site_url"))

    @property
    def share_needed(self) -> float:
        """Share of the pages that must carry a value before a question about it is asked."""
        return float(self.ask("min_share"))

    def find_photo(self, case_id: str, file: str) -> PhotoInfo | None:
        """Size and digest of a photo that may be shown; nothing for any other."""
        found = self.ask("photo", case_id, file)
        return PhotoInfo(*found) if found is not None else None

    @property
    def ordered_partners(self) -> tuple[Partner, ...]:
        """Partners by name."""
        return tuple(self.partners[partner_id] for partner_id in self.ask("partners"))

    def partners_with(self, record_id: str, *fields: str) -> tuple[Partner, ...]:
        """Partners that name a record in one of some fields, by name."""
        return tuple(self.partners[partner_id] for partner_id in self.ask("partners_with", record_id, *fields))

    def choice_name(self, kind: str, choice_id: str) -> str:
        """Name of a value of a controlled vocabulary; the id itself when it is not there."""
        return str(self.ask("choice", kind, choice_id))
