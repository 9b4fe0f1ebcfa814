"""What a kind may ask about other records, and about the language of the page."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar

from goodpractice.i18n.languages import Language
from goodpractice.query.tracking import Memo

if TYPE_CHECKING:
    from goodpractice.kinds.case_study.model import CaseStudy
    from goodpractice.kinds.chapter import Chapter
    from goodpractice.kinds.kind import Collection, Kind
    from goodpractice.kinds.partner import Partner
    from goodpractice.kinds.translation import Translation

P = ParamSpec("P")
R = TypeVar("R")

#: What a chapter shares with the one that follows it, in the place of a kind.
NEXT = "next"
#: Kind and id of everything that two records both name.
Shared: TypeAlias = Sequence[tuple[str, str]]
#: Related records by id, the closest first, with what they share.
RelatedIds: TypeAlias = Sequence[tuple[str, Shared]]


class ChapterDigest(NamedTuple):
    """What a chapter says, for a sheet of one page.

    Attributes:
        points: The entries of the list in its first section, as plain text; empty where it has none.
        tips: Titles of its top tips.
        cases: Ids of the case studies that it tells of or leads to, in the order in which it names them.
    """

    points: tuple[str, ...]
    tips: tuple[str, ...]
    cases: tuple[str, ...]


class Lookup(Protocol):
    """The knowledge base as views see it, in the language of the page. Whatever is asked is noted for the page."""

    @property
    def language(self) -> Language:
        """The language of the page."""

    @property
    def own_language(self) -> Language:
        """The language of the site."""

    @property
    def memo(self) -> Memo:
        """What pages have in common and is made once."""

    def gettext(self, text: str, /, **values: object) -> str:
        """Words of the generator, in the language of the page."""

    def kind(self, kind: str, /) -> Kind[Any]:
        """A kind by its id."""

    def collection(self, kind: str, /) -> Collection[Any]:
        """The pages of a kind."""

    def table(self, kind: str, /) -> Mapping[str, Any]:
        """Records of a kind, by id."""

    @property
    def share_url(self) -> str:
        """Address of the page that says how to send something in; empty where nobody has set one."""

    @property
    def site_url(self) -> str:
        """Address of the site with a final slash; empty where nobody has set one."""

    def has_any(self, kind: str, /) -> bool:
        """Whether there is any record of a kind. A page that asks does not depend on which."""

    def record_name(self, kind: str, record_id: str, /) -> str:
        """Name or title of a record, for lists and links."""

    def choice_name(self, kind: str, choice_id: str, /) -> str:
        """Name of a value of a vocabulary; the id itself when it is not there."""

    def find_translation(self, kind: str, record_id: str, /, draft: bool = False) -> Translation | None:
        """The translation of a record into the language of the page, if there is one."""

    def read_text(self, kind: str, record_id: str, /) -> str:
        """The Markdown of a record, in the language of the page; whoever renders the page watches its file."""

    def find_situations(self, kind: str, record_id: str, /) -> Mapping[str, tuple[str, ...]]:
        """Phrases in which readers put what a text of editors answers, by the anchor of the heading."""

    @property
    def ordered_case_studies(self) -> Sequence[tuple[str, CaseStudy]]:
        """Case studies, newest first."""

    def select_case_studies(self, **facets: str | None) -> Sequence[tuple[str, CaseStudy]]:
        """Case studies that have every given facet, newest first."""

    def relate_case_study(self, case_id: str, most: int, /) -> RelatedIds:
        """The closest other case studies."""

    def area_of(self, region: str | None, country: str | None, /) -> str:
        """Id of the area under which a case study is listed; empty for neither."""

    @property
    def ordered_chapters(self) -> Sequence[tuple[str, Chapter]]:
        """Chapters in reading order."""

    def select_chapters(self, themes: Iterable[str], /) -> Sequence[tuple[str, Chapter]]:
        """Chapters on any of the themes, in reading order."""

    def relate_chapter(self, chapter_id: str, most: int, /) -> RelatedIds:
        """The chapters to read next."""

    def chapters_about(self, themes: Iterable[str], moments: Iterable[str], most: int, /) -> RelatedIds:
        """The chapters on themes and moments."""

    def reading_minutes(self, chapter_id: str, /) -> int:
        """Reading time of a chapter."""

    def digest_chapter(self, chapter_id: str, /) -> ChapterDigest:
        """What a chapter says in short."""

    @property
    def ordered_partners(self) -> Sequence[Partner]:
        """Partners by name."""

    def partners_with(self, record_id: str, /, *fields: str) -> Sequence[Partner]:
        """Partners that name a record in one of some fields, by name."""


L = TypeVar("L", bound=Lookup)


def memoise(function: Callable[Concatenate[L, P], R]) -> Callable[Concatenate[L, P], R]:
    """Let a function of a knowledge base and of ids answer from memory when it is called again with the same ids.

    For parts of pages that many pages share. What the function read is noted each time.
    """

    @functools.wraps(function)
    def memoised(kb: L, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return kb.memo.take((function, args, *kwargs.items()), lambda: function(kb, *args, **kwargs))

    return memoised
