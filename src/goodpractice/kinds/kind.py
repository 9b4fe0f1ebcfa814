"""What there is to say of a kind of record, besides its fields.

Each kind stands in a module of its own, which ends with `KIND`; `registry.py` lists them. Loading, checks, the plan of
pages, cards, search, schemas and reference pages are derived from that list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from goodpractice.kinds.base import Record
from goodpractice.kinds.blocks import View
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.marks import FieldPath, Mark, list_marks
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.views.any_kind import record_index

R = TypeVar("R", bound=Record)

#: Types of schema.org that a kind may be of in published data.
LINKED_TYPES = ("Article", "CreativeWork", "DefinedTerm", "Event", "Organization", "Project")
#: Fields that name a record, the one that readers see first at the front.
NAMING_FIELDS = ("title", "short_name", "name", "word")

_ID = re.compile(r"[a-z]+(?:_[a-z]+)*")


class KindError(TypeError):
    """A kind that leaves something out."""


class YearPages(NamedTuple):
    """Pages below that of a record, one for each of some years of it.

    Attributes:
        list_years: The years of a record, in order.
        view: The view that shows one; its `id` is that of the record, a slash and the year.
        title: Title of the page.
    """

    list_years: Callable[[Any], Iterable[int]]
    view: Callable[..., View]
    title: Callable[[Lookup, Any, int], str]


@dataclass(frozen=True, kw_only=True)
class Collection(Generic[R]):
    """The pages of a kind: the list of its records, and a page for each of them.

    Attributes:
        url: Address of the list, relative to the site.
        title: Title of the list.
        description: What the list holds, for search engines and other lists.
        view: The view that shows the list; one for any kind when not given.
        page_size: Records on one page of the list; all of them when not given.
        record_view: The view that shows a record, `record_page` for one that shows any kind. Without it, records have
            an anchor on the list and no page.
        record_title: Title of the page of a record; its name when not given.
        describe: Describes a record in a sentence or two.
        linked_data: Describes a record in the words of schema.org, for search engines and other programs.
        find_entry: Address of the entry of a record that is told on the page of another; nothing for all others.
        papers: Files to take along that are made of each record that has a page.
        books: Files to take along that are made of all of them, in the order of their pages.
        year_view: The view of the records of a year, where each year that one of them was new in has a list of its own.
        record_years: Pages for years of each record, such as yearly reports.
        list_sequences: Ids of records in the order in which readers turn from page to page, one sequence for all that
            belong together. Without it, records that are texts follow one another in the order of the list.
        has_feed: Whether what is new among the records has a feed of its own, in the folder of the list.
    """

    url: str
    title: str
    description: str
    view: Callable[..., View] = record_index
    page_size: int | None = None
    record_view: Callable[..., View] | None = None
    record_title: Callable[[R, Lookup], str] | None = None
    describe: Callable[[R, Lookup], str] | None = None
    linked_data: Callable[[R, Lookup], Mapping[str, Any]] | None = None
    find_entry: Callable[[R, Lookup], str] | None = None
    papers: tuple[Paper, ...] = ()
    books: tuple[Paper, ...] = ()
    year_view: Callable[..., View] | None = None
    record_years: YearPages | None = None
    list_sequences: Callable[[Mapping[str, R]], Iterable[Sequence[str]]] | None = None
    has_feed: bool = False

    @property
    def record_macro(self) -> str:
        """The name of the view that shows a record; empty where records have no pages."""
        return self.record_view.__name__ if self.record_view else ""

    def record_url(self, record_id: str) -> str:
        """Address of a record: its page, or its place on the list."""
        return f"{self.url}{record_id}/" if self.record_view else f"{self.url}#{record_id}"

    def year_url(self, year: int) -> str:
        """Address of the list of a year. No record can have it, whatever its id."""
        return f"{self.url}year/{year}/"

    def record_year_url(self, record_id: str, year: int) -> str:
        """Address of the page of a year of a record."""
        return f"{self.record_url(record_id)}{year}/"


class CardText(NamedTuple):
    """What a card says.

    Attributes:
        label: What kind of thing it is.
        text: A sentence or two.
        meta: Small print.
        title: Leads to the record in place of its name, which then stands where the label does: a reader has the
            question of a theme before knowing its name. A translation of the page keeps label and name.
        is_translated: Whether the small print is in the language of the page, rather than in that of the record.
    """

    label: str
    text: str | None = None
    meta: str = ""
    is_translated: bool = False
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Card(Generic[R]):
    """The macro that shows a record as a card or a link.

    Attributes:
        write: What the card of a record says: its id, the record, and others that it names.
        summary: The macro in one line, for its documentation.
        argument: What its argument `id` is.
        example: The id of a record, for the example in its documentation.
        is_shared: Whether so many pages show a card that each is made once and kept.
        has_motif: Whether the card has a picture made from its place among the others.
    """

    write: Callable[[str, R, Lookup], CardText]
    summary: str
    argument: str
    example: str
    is_shared: bool = False
    has_motif: bool = False


class Entry(NamedTuple):
    """What the search knows of a record that has no page of its own.

    Attributes:
        description: What it is, in a sentence or two; shown with the result.
        more: Other texts in which words are found.
        hidden: Words by which it is found and which nobody sees.
    """

    description: str
    more: tuple[str | None, ...] = ()
    hidden: tuple[str, ...] = ()


def _say_nothing(*_: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Search(Generic[R]):
    """How the search treats the records of a kind.

    Attributes:
        label: What a result is called.
        rank: Place of the kind among all, when nothing else puts results in order.
        prior: How well the kind answers, other things being equal: 1 for an ordinary one, at most 1.5.
        aliases: Other names of a record: short, former.
        hidden: Words by which people look for a record, which it does not use itself.
        facets: Values by filter, besides those of marked fields.
        facts: Small print of a result. Not searched.
        entry: What is searched of a record that has no page.
    """

    label: str
    rank: int
    prior: float
    aliases: Callable[[str, R, Lookup], Iterable[str]] = _say_nothing
    hidden: Callable[[str, R, Lookup], Iterable[str]] = _say_nothing
    facets: Callable[[R], Mapping[str, str | None]] = lambda _: {}
    facts: Callable[[R], str] = lambda _: ""
    entry: Callable[[R, Lookup], Entry] | None = None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A question by which results of the search are narrowed.

    Attributes:
        name: The question, as readers see it.
        place: Its place among all questions.
        id: Its name in addresses; for the values of a kind, the id of the kind when not given.
        order: Order of the answers: `name`, `count` (most pages first), `newest` (largest value first) or `given` (the
            order of the data files).
        among: Kinds of pages that could carry a value: the share that does is counted among them.
        is_documented: Whether it only asks if the field is given at all.
    """

    name: str
    place: int = 100
    id: str = ""
    order: str = "given"
    among: tuple[str, ...] = ("case_study",)
    is_documented: bool = False


class Question(NamedTuple):
    """What the finder asks to learn which record of a kind somebody is interested in.

    Attributes:
        text: The question.
        place: Its place among all questions.
    """

    text: str
    place: int = 100


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[R]):
    """A kind of record.

    Attributes:
        id: Its name in marks of fields, traces and addresses of the search.
        model: The class of its records.
        file: Where they lie: a data file, or a folder with a file for each; empty for files in several folders.
        list: Name of their list in the data file; empty for a folder.
        name: What messages call one of them.
        known: What messages call all of them, where everybody chooses from them: "our themes".
        also: What else people call the file or folder, and might name it.
        is_vocabulary: Whether its records are only values that fields choose from.
        is_contributed: Whether anybody may send files to the folder, rather than editors only.
        collection: Its pages, if it has any.
        card: The macro that shows one, if there is one.
        macros: Macros for pages of editors besides that of the card. They return blocks.
        search: How the search treats it. Needed for everything that has pages.
        filter: The question of the search that its records answer, if there is one.
        field_filters: Questions that fields marked with `Facet` answer.
        relatedness: How much it says of two records that both name the same one; 0 says nothing.
        shared: How a page says that they do, with their `{names}`.
        has_proper_names: Whether names of its records begin with a capital letter inside a sentence, too.
        has_phrases: Whether they are phrases, such as "Welcome and logistics": in a sentence these stand in marks.
        question: What the finder asks about it, if it asks.
        linked_type: What schema.org calls one of its records: one of `LINKED_TYPES`. That of its own name when not
            given, where there is one.
    """

    id: str
    model: type[R]
    file: str
    list: str = ""
    name: str
    known: str = ""
    also: tuple[str, ...] = ()
    is_vocabulary: bool = False
    is_contributed: bool = False
    collection: Collection[R] | None = None
    card: Card[R] | None = None
    macros: tuple[Callable[..., View], ...] = ()
    search: Search[R] | None = None
    filter: Filter | None = None
    field_filters: tuple[Filter, ...] = ()
    relatedness: float = 0.0
    shared: str = ""
    has_proper_names: bool = False
    has_phrases: bool = False
    question: Question | None = None
    linked_type: str = ""
    naming_fields: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Refuse a kind that leaves out what is derived from it.

        Raises:
            KindError: Something is missing; the message names the kind and what it lacks.
        """
        object.__setattr__(self, "naming_fields", tuple(f for f in NAMING_FIELDS if f in self.model.model_fields))
        if not self.linked_type:
            own = self.id.capitalize()
            object.__setattr__(self, "linked_type", own if own in LINKED_TYPES else "CreativeWork")
        for is_wrong, problem in self._list_demands():
            if is_wrong:
                raise KindError(f"kind `{self.id}`: {problem}")

    def _list_demands(self) -> Iterable[tuple[bool, str]]:
        fields = self.model.model_fields
        collection, search = self.collection, self.search
        yield not _ID.fullmatch(self.id), "its id must be small letters with single underscores"
        yield not self.name, "give `name`, which messages call one record"
        yield not self.naming_fields, f"its model needs one of the fields {', '.join(NAMING_FIELDS)}"
        yield self.file.endswith(".yml") != bool(self.list), "give `list` for a data file, and none for a folder"
        yield self.is_written and not {"title", "summary"} <= set(fields), "its model needs `title` and `summary`"
        yield bool(self.list) and "id" not in fields, "records of a data file need a field `id`"
        yield "page" in fields, "no field may be called `page`: that is its address in published data"
        yield self.linked_type not in LINKED_TYPES, f"its `linked_type` must be one of {', '.join(LINKED_TYPES)}"
        yield bool(self.relatedness) != bool(self.shared), "give `relatedness` and `shared` together"
        yield bool(self.filter) and not collection and not self.list, "a filter needs records with names"
        if collection is None:
            yield search is not None, "give `collection`: the search leads to its pages"
            return
        yield not collection.url.endswith("/"), "the address of its collection must end with `/`"
        yield not collection.title or not collection.description, "its collection needs `title` and `description`"
        yield search is None, "give `search`: every page is found by the search"
        if search is not None:
            yield not search.label, "its search needs `label`, which a result is called"
            yield (
                not collection.record_view and search.entry is None,
                "give `record_view` in `collection` for pages, or `entry` in `search` for places on the list",
            )
            yield (
                bool(collection.record_view) and collection.describe is None,
                "its collection needs `describe`, which describes the page of a record",
            )

    @property
    def has_text(self) -> bool:
        """Whether each of its records is a Markdown file of its own, with the facts at the top."""
        return self.file.endswith("/")

    @property
    def is_written(self) -> bool:
        """Whether the texts of its records are those of editors, who may use macros and HTML."""
        return self.has_text and not self.is_contributed

    @property
    def marks(self) -> tuple[tuple[FieldPath, Mark], ...]:
        """The marked fields of its model."""
        return list_marks(self.model)

    @property
    def data_name(self) -> str:
        """Name of the files in which its records are published, without their endings: its list, or its folder."""
        return self.list or self.file.rstrip("/")

    def label_field(self, name: str) -> str:
        """What readers call a field where it has no view: its `title` in the model, or its name as words."""
        return self.model.model_fields[name].title or name.replace("_", " ").capitalize()

    def name_record(self, record: R, fallback: str) -> str:
        """The name that readers see; the fallback where the record gives none."""
        return next((str(value) for name in self.naming_fields if (value := getattr(record, name))), fallback)
