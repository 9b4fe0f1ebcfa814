"""Everything that the community has written, typed and frozen.

`load` makes it; checks, pages and macros read it. Questions that several of
them ask ("which case studies have this theme?") are answered here, once.
"""

from __future__ import annotations

import ast
import copy
import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

from goodpractice.config.settings import MIN_SHARE
from goodpractice.content.related import Area, CaseIndex, CaseSummary, count_facets, rank_chapters
from goodpractice.content.text import strip_accents
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.kinds import (
    CaseStudy,
    Chapter,
    Choice,
    Consent,
    Event,
    Network,
    Partner,
    PhotoInfo,
    Plan,
    Programme,
    Publication,
    Record,
    Resource,
    Term,
    Theme,
    Translation,
)
from goodpractice.kinds.case_study import NOT_NAMED
from goodpractice.query.tracking import Memo, Query, Result, Table, note, record_result

P = ParamSpec("P")
R = TypeVar("R")

#: Words of non-fiction read in a minute: 238 (Brysbaert 2019, doi:10.1016/j.jml.2019.104047).
WORDS_A_MINUTE = 238
_TIP = re.compile(r"\{\{\s*(top_tip\(.*?\))\s*\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read.

    Attributes:
        path: File, relative to the project.
        base: Path of the record within the file; empty for a file of its own.
        positions: Line and column of every value in the file.
        body_line: Line on which the Markdown begins; 0 for records without a body.
    """

    path: str
    base: tuple[str | int, ...] = ()
    positions: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    body_line: int = 0

    def find(self, where: tuple[str | int, ...] = ()) -> tuple[int, int]:
        """Line and column of a value of the record, or of the nearest value around it."""
        path = (*self.base, *where)
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))

    def diagnose(self, where: tuple[str | int, ...], rule: str, message: str, hint: str = "") -> Diagnostic:
        """A problem at the place of a value; of the record as a whole where the path is empty."""
        return Diagnostic(self.path, *self.find(where), rule, message, hint)

    @property
    def end(self) -> tuple[int, int] | None:
        """Where a field that is missing can be added: the line below the facts; nothing for a part of a file."""
        return (max(self.body_line - 1, 1), 1) if self.body_line else None


@dataclass(frozen=True, slots=True)
class InvalidRecord:
    """An entry whose problems keep it from being a record.

    Its id counts as known, so that one mistake in a partner is not reported
    again in every story that names the partner; what it refers to is checked.

    Attributes:
        model: The class of the record that it should become.
        values: Its fields, as read.
        origin: Where it was read.
    """

    model: type[Record]
    values: Mapping[str, Any]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file as it stands: the story of a case study, a chapter, a page of `docs/`.

    Attributes:
        path: File, relative to the project.
        body: Markdown below the facts.
        body_line: Line on which the body begins, from 1.
        meta: The facts, as read; only for pages of `docs/`.
    """

    path: str
    body: str
    body_line: int = 1
    meta: Mapping[str, Any] = field(default_factory=dict)

    def diagnose(self, line: int, rule: str, message: str, hint: str = "", column: int = 1) -> Diagnostic:
        """A problem in the body, the lines of which count from 0 here."""
        return Diagnostic(self.path, self.body_line + line, column, rule, message, hint)

    @property
    def reading_minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(len(self.body.split()) / WORDS_A_MINUTE))

    @property
    def tips(self) -> tuple[tuple[str, str], ...]:
        """The top tips in the text, as title and Markdown; calls with anything but plain texts are left out."""
        found = []
        for call in _TIP.findall(self.body):
            try:
                read = ast.parse(call, mode="eval").body
                if not isinstance(read, ast.Call):
                    continue
                given = [ast.literal_eval(value) for value in read.args]
                named = {keyword.arg: ast.literal_eval(keyword.value) for keyword in read.keywords}
            except (SyntaxError, ValueError):
                continue
            text = given[0] if given else named.get("text")
            title = given[1] if len(given) > 1 else named.get("title", "")
            if isinstance(text, str) and isinstance(title, str):
                found.append((title, " ".join(text.split())))
        return tuple(found)


def _empty() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class KnowledgeBase:
    """All records by id, in the order of their files.

    Attributes:
        documents: Markdown bodies: of case studies and chapters under
            `(kind, id)`, of pages in `docs/` under `("doc", path in docs)`.
        origins: Where each record was read, under `(kind, id)`.
        choices: Controlled vocabularies: kind, then id.
        unfinished: Entries that are not records yet, under `(kind, id)`.
        unread: Kinds whose file could not be read: nothing is known about their ids.
        absent: Of these, kinds whose file or folder is not there: its path by kind. That is no problem until somebody
            names one of them.
        consents: Valid entries of the ledgers of consent, by case study and file.
        photos: Photos that may be shown, by case study and file: clean, and with consent.
        case_entries: What lists need to know of case studies, when it is known
            without their records; made from the records otherwise.
        known_answers: Answers to questions that need not be worked out: they are known to be right still.
        min_share: Share of the pages that must carry a value before a filter
            or a question of the finder is shown.
        translations: Pages in other languages, by path without `.md`: `handbook/superpowers.cy`.
        languages: Languages of the site by code, its own first.
        language: The language in which a page that is made from this speaks.
    """

    partners: Table[Partner] = field(default_factory=lambda: Table("partner"))
    networks: Table[Network] = field(default_factory=lambda: Table("network"))
    programmes: Table[Programme] = field(default_factory=lambda: Table("programme"))
    themes: Table[Theme] = field(default_factory=lambda: Table("theme"))
    events: Table[Event] = field(default_factory=lambda: Table("event"))
    terms: Table[Term] = field(default_factory=lambda: Table("term"))
    resources: Table[Resource] = field(default_factory=lambda: Table("resource"))
    plans: Table[Plan] = field(default_factory=lambda: Table("plan"))
    publications: Table[Publication] = field(default_factory=lambda: Table("source"))
    choices: Mapping[str, Table[Choice]] = field(default_factory=_empty)
    case_studies: Table[CaseStudy] = field(default_factory=lambda: Table("case_study"))
    chapters: Table[Chapter] = field(default_factory=lambda: Table("chapter"))
    documents: Mapping[tuple[str, str], Document] = field(default_factory=_empty)
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=_empty)
    invalid_records: Mapping[tuple[str, str], InvalidRecord] = field(default_factory=_empty)
    unread: frozenset[str] = frozenset()
    absent: Mapping[str, str] = field(default_factory=_empty)
    consents: Mapping[tuple[str, str], Consent] = field(default_factory=_empty)
    photos: Mapping[tuple[str, str], PhotoInfo] = field(default_factory=_empty)
    case_entries: Mapping[str, CaseSummary] | None = None
    known_results: Mapping[Query, Result] = field(default_factory=_empty)
    min_share: float = MIN_SHARE
    translations: Table[Translation] = field(default_factory=lambda: Table("translation"))
    languages: Mapping[str, Language] = field(default_factory=lambda: {ENGLISH.code: ENGLISH})
    language: Language = ENGLISH

    def table(self, kind: str) -> Table[Any]:
        """The table that holds records of a kind: the names used by `Ref`.

        Raises:
            KeyError: There is no such kind.
        """
        if kind in self.choices:
            return self.choices[kind]
        return TABLES[kind](self)

    def speak(self, code: str) -> KnowledgeBase:
        """The same knowledge, for a page in another language of the site; nothing is copied or computed again.

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
        """Words of the generator in the language spoken here; see `Language.say`."""
        return self.language.gettext(text, **values)

    def find_translation(self, kind: str, record_id: str, draft: bool = False) -> Translation | None:
        """The translation of a chapter or a page of `docs/` into the language spoken here, if there is one.

        Args:
            kind: `chapter` or `doc`.
            record_id: Its id.
            draft: Whether one that nobody has approved will do: for the page itself, never for a link to it.
        """
        if not self.is_translated:
            return None
        found = self.ask("translation", kind, record_id, self.language.code, draft)
        return self.translations[found] if found is not None else None

    def digest_page(self, kind: str, record_id: str) -> str:
        """What a chapter or a page of `docs/` says now, to compare with what a translation notes."""
        document = self.documents[kind, record_id]
        if kind == "chapter":
            chapter = self.chapters.raw.get(record_id)
            return digest_source(chapter.title, chapter.summary, document.body) if chapter else ""
        facts = document.meta
        return digest_source(str(facts.get("title") or ""), str(facts.get("description") or ""), document.body)

    def may_exist(self, kind: str, record_id: str) -> bool:
        """Whether an id is not known only because of a problem that is reported elsewhere."""
        return kind in self.unread or (kind, record_id) in self.invalid_records

    def list_editors_documents(self) -> list[tuple[str, str]]:
        """Kinds and ids of what editors wrote: chapters, pages of `docs/`, translations. Stories are not among them."""
        return [key for key in self.documents if key[0] != "case_study"]

    @cached_property
    def memo(self) -> Memo:
        """What pages have in common and is made once: see `memoise`."""
        return Memo()

    # Records in the order of questions, untracked: answers are ids, and ids lead to tracked records.

    @cached_property
    def _entries(self) -> Mapping[str, CaseSummary]:
        if self.case_entries is not None:
            return self.case_entries
        return {case_id: summarise_case(case) for case_id, case in self.case_studies.raw.items()}

    @cached_property
    def case_index(self) -> CaseIndex:
        """Case studies by facet."""
        return CaseIndex(self._entries)

    @cached_property
    def _chapter_order(self) -> tuple[str, ...]:
        chapters = self.chapters.raw
        return tuple(sorted(chapters, key=lambda chapter_id: (chapters[chapter_id].order, chapter_id)))

    @cached_property
    def _chapter_facets(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        return {
            chapter_id: (
                *(("theme", theme) for theme in self.chapters.raw[chapter_id].themes),
                *(("moment", moment) for moment in self.chapters.raw[chapter_id].moments),
            )
            for chapter_id in self._chapter_order
        }

    @cached_property
    def _chapters_with(self) -> Mapping[tuple[str, str], int]:
        return count_facets(self._chapter_facets)

    @cached_property
    def _entries_digest(self) -> str:
        entries = self._entries
        text = json.dumps([(case_id, entries[case_id]) for case_id in sorted(entries)])
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def _partner_order(self) -> tuple[str, ...]:
        partners = self.partners.raw
        return tuple(sorted(partners, key=lambda partner_id: (sort_key(partners[partner_id].name), partner_id)))

    @cached_property
    def _publication_by_url(self) -> Mapping[str, Publication]:
        return {entry.url: entry for entry in self.publications.raw.values() if entry.url}

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

    def relate_case_study(self, case_id: str, most: int) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The closest other case studies and the facets that they share, as kind and id, the rarest first."""
        found: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = self.ask("related", case_id, most)
        return found

    def relate_chapter(self, chapter_id: str, most: int) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The chapters to read next and what they share: themes and moments, or `next` for the one that follows."""
        found: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = self.ask("next_chapters", chapter_id, most)
        return found

    def chapters_about(
        self, themes: Iterable[str], moments: Iterable[str], most: int
    ) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The chapters on themes and moments, the rarest first, with those that they share."""
        found: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = self.ask(
            "chapters_about", tuple(themes), tuple(moments), most
        )
        return found

    def chapter_tips(self, chapter_id: str) -> tuple[tuple[str, str], ...]:
        """The top tips of a chapter, as title and Markdown."""
        found: tuple[tuple[str, str], ...] = self.ask("tips", chapter_id)
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

    def case_title(self, case_id: str) -> str:
        """Title of a case study, without making the whole record of it.

        Raises:
            KeyError: There is no such case study.
        """
        title = self._entries[case_id].title
        note("case_study", case_id, "title")
        return title

    def list_case_summaries(self) -> tuple[tuple[str, CaseSummary], ...]:
        """What lists need to know of every case study, newest first.

        A page that asks depends on all of them, by one digest: the entries
        themselves would make its trace as long as the collection.
        """
        self.ask("entries")
        index = self.case_index
        return tuple((case_id, index.entries[case_id]) for case_id in index.ordered)

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

    def members(self, programme: str) -> tuple[Partner, ...]:
        """Partners that took part in a programme, by name."""
        return tuple(self.partners[partner_id] for partner_id in self.ask("members", programme))

    def network_members(self, network: str) -> tuple[Partner, ...]:
        """Partners that belong to a network, by name."""
        return tuple(self.partners[partner_id] for partner_id in self.ask("network_members", network))

    def list_choices(self, kind: str) -> tuple[Choice, ...]:
        """The values of a controlled vocabulary, in the order of its file; none when the community has none."""
        return tuple(self.choices[kind].values()) if kind in self.choices else ()

    def choice_name(self, kind: str, choice_id: str) -> str:
        """Name of a value of a controlled vocabulary; the id itself when it is not there."""
        return str(self.ask("choice", kind, choice_id))


class CaseList(Sequence[tuple[str, CaseStudy]]):
    """A list of case studies. What is read of it is an answer of its own: a slice does not depend on the rest."""

    def __init__(self, kb: KnowledgeBase, facets: tuple[tuple[str, str], ...]) -> None:
        self._kb = kb
        self._facets = facets

    def __len__(self) -> int:
        return int(self._kb.ask("case_count", self._facets))

    @overload
    def __getitem__(self, at: int) -> tuple[str, CaseStudy]: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, CaseStudy], ...]: ...

    def __getitem__(self, at: int | slice) -> tuple[str, CaseStudy] | tuple[tuple[str, CaseStudy], ...]:
        if isinstance(at, int):
            (found,) = self[at : at + 1 or None]
            return found
        ids = self._kb.ask("cases", self._facets, at.start, at.stop)
        return tuple((case_id, self._kb.case_studies[case_id]) for case_id in ids)

    def __iter__(self) -> Iterator[tuple[str, CaseStudy]]:
        return iter(self[:])

    def __bool__(self) -> bool:
        return len(self) > 0


def memoise(function: Callable[Concatenate[KnowledgeBase, P], R]) -> Callable[Concatenate[KnowledgeBase, P], R]:
    """Let a function of a knowledge base and of ids answer from memory when it is called again with the same ids.

    For parts of pages that many pages share. What the function read is noted each time.
    """

    @functools.wraps(function)
    def memoised(kb: KnowledgeBase, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return kb.memo.take((function, args, *kwargs.items()), lambda: function(kb, *args, **kwargs))

    return memoised


def summarise_case(case: CaseStudy) -> CaseSummary:
    """What lists and relations need to know of a case study."""
    partners = tuple(involved.partner for involved in case.partners if involved.partner not in (None, NOT_NAMED))
    return CaseSummary(
        case.sort_year,
        case.title,
        case.summary,
        case.themes,
        tuple(dict.fromkeys(partner for partner in partners if partner)),
        case.programme,
        case.audiences,
        case.setting,
        case.moments,
        case.region,
        case.country,
        case.when,
    )


def _find_publication(kb: KnowledgeBase, source: str) -> str | None:
    if source in kb.publications.raw:
        return source
    entry = kb._publication_by_url.get(source)
    return entry.id if entry else None


def _select_chapters(kb: KnowledgeBase, *themes: str) -> tuple[str, ...]:
    return tuple(
        chapter_id for chapter_id in kb._chapter_order if not set(themes).isdisjoint(kb.chapters.raw[chapter_id].themes)
    )


def _name_choice(kb: KnowledgeBase, kind: str, choice_id: str) -> str:
    choice = kb.choices[kind].raw.get(choice_id) if kind in kb.choices else None
    return choice.name if choice else choice_id


def _find_translation(kb: KnowledgeBase, kind: str, record_id: str, code: str, draft: bool) -> str | None:
    source = kb.documents.get((kind, record_id))
    found = f"{source.path.removesuffix('.md')}.{code}" if source is not None else ""
    translation = kb.translations.raw.get(found)
    return found if translation is not None and (draft or translation.is_approved) else None


def digest_source(title: str, summary: str, body: str) -> str:
    """What a translation notes of its source: the same as long as nothing changed that is to be translated."""
    parts = (" ".join(title.split()), " ".join(summary.split()), body.strip())
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


#: Every question, by name. An answer is made of texts, numbers, None and tuples of them, so that it can be kept.
QUERIES: Mapping[str, Callable[..., Any]] = {
    "all": lambda kb, kind: tuple(kb.table(kind).raw),
    "any": lambda kb, kind: bool(kb.table(kind).raw),
    "has": lambda kb, kind, record_id: record_id in kb.table(kind).raw,
    "publication": _find_publication,
    "chapters": lambda kb: kb._chapter_order,
    "chapters_on": _select_chapters,
    "minutes": lambda kb, chapter_id: kb.documents["chapter", chapter_id].reading_minutes,
    "cases": lambda kb, facets, start, stop: tuple(kb.case_index.select(facets)[start:stop]),
    "case_count": lambda kb, facets: len(kb.case_index.select(facets)),
    "related": lambda kb, case_id, most: kb.case_index.relate(case_id, most),
    "next_chapters": lambda kb, chapter_id, most: rank_chapters(
        kb._chapter_facets, kb._chapters_with, kb._chapter_facets[chapter_id], most, after=chapter_id
    ),
    "chapters_about": lambda kb, themes, moments, most: rank_chapters(
        kb._chapter_facets,
        kb._chapters_with,
        [*(("theme", t) for t in themes), *(("moment", m) for m in moments)],
        most,
    ),
    "tips": lambda kb, chapter_id: kb.documents["chapter", chapter_id].tips,
    "area": lambda kb, area_id: next((tuple(area) for area in kb.case_index.areas if area.id == area_id), None),
    "area_of": lambda kb, region, country: kb.case_index.area_of(region, country),
    "areas": lambda kb: tuple(tuple(area) for area in kb.case_index.areas),
    "entries": lambda kb: kb._entries_digest,
    "min_share": lambda kb: kb.min_share,
    "partners": lambda kb: kb._partner_order,
    "members": lambda kb, programme: tuple(
        partner_id for partner_id in kb._partner_order if programme in kb.partners.raw[partner_id].programmes
    ),
    "network_members": lambda kb, network: tuple(
        partner_id for partner_id in kb._partner_order if network in kb.partners.raw[partner_id].networks
    ),
    "choice": _name_choice,
    "translation": _find_translation,
    "photo": lambda kb, case_id, file: tuple(kb.photos[case_id, file]) if (case_id, file) in kb.photos else None,
}


def sort_key(name: str) -> str:
    """Key for sorting names as readers expect: no case, no accents, no leading article."""
    return strip_accents(name).casefold().removeprefix("the ")


TABLES: Mapping[str, Callable[[KnowledgeBase], Table[Any]]] = {
    "partner": lambda kb: kb.partners,
    "network": lambda kb: kb.networks,
    "programme": lambda kb: kb.programmes,
    "theme": lambda kb: kb.themes,
    "event": lambda kb: kb.events,
    "term": lambda kb: kb.terms,
    "resource": lambda kb: kb.resources,
    "plan": lambda kb: kb.plans,
    "source": lambda kb: kb.publications,
    "case_study": lambda kb: kb.case_studies,
    "chapter": lambda kb: kb.chapters,
    "translation": lambda kb: kb.translations,
}
