"""Lists and their heads, as blocks: what the pages of several kinds show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.blocks import Block, Cards, Head, Pagination, Paragraph, Section, View
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.overviews import OVERVIEWS, overview_is_shown
from goodpractice.kinds.paging import slice_page
from goodpractice.kinds.texts import Sentence, Text, join
from goodpractice.kinds.views.links import link_overview, link_section

if TYPE_CHECKING:
    from goodpractice.kinds.case_study.model import CaseStudy

#: Other lists of case studies than that of a theme, by what they are sorted by.
_WAYS = (
    ("audiences", N_("who took part")),
    ("settings", N_("setting")),
    ("regions", N_("region")),
    ("map", N_("place on the map")),
)


def number_title(kb: Lookup, title: str, number: int, of: int) -> str:
    """The title of a page of a list: the first has that of the list itself."""
    if number == 1:
        return title
    return kb.gettext("{title}, page {number} of {of}", title=title, number=number, of=of)


def overview_head(kb: Lookup, id: str, kicker: str) -> Head:
    """The head of an overview: what kind of page it is, its title and what it shows."""
    overview = OVERVIEWS[id]
    return Head("index", kicker, kb.gettext(overview.title), kb.gettext(overview.description))


def listing(kb: Lookup, kind: str, *blocks: Block, number: int = 1, of: int = 1) -> View:
    """The list of a section: its head, what it shows, and links to its other pages."""
    section = kb.collection(kind)
    title = number_title(kb, kb.gettext(section.title), number, of)
    kicker = kb.gettext("All entries") if of == 1 else kb.gettext("Page {number} of {of}", number=number, of=of)
    head = Head("index", kicker, title, kb.gettext(section.description))
    return (head, *blocks, Pagination(section.url, number, of))


def show_cards(kb: Lookup, kind: str, ids: Iterable[str], empty: str = "") -> Cards:
    """Records as cards; without any, a sentence that says so."""
    return Cards(kind, tuple(ids), empty or kb.gettext("Nothing is listed here yet."))


def say_cases(kb: Lookup, number: int) -> str:
    """A number of case studies in words."""
    if not number:
        return kb.gettext("no case study yet")
    return kb.language.ngettext("{number} case study", "{number} case studies", number)


def say_ways(kb: Lookup, on_finder: bool = False) -> Sentence:
    """Links to every list of case studies, as a sentence; the finder is among them, save on its own page."""
    shown: list[Text] = [link_section(kb, "theme", kb.gettext("theme"))] if kb.has_any("theme") else []
    shown += [link_overview(kb, id, kb.gettext(text)) for id, text in _WAYS if overview_is_shown(kb, OVERVIEWS[id])]
    ways = join(Sentence(kb.gettext("by {way}"), {"way": way}) for way in shown)
    lists = Sentence(kb.gettext("See all case studies {ways}."), {"ways": ways})
    if on_finder or not overview_is_shown(kb, OVERVIEWS["find"]):
        return lists
    finder = link_overview(kb, "find", kb.gettext("find what fits"))
    return Sentence(kb.gettext("Start from your situation: {finder}. {lists}"), {"finder": finder, "lists": lists})


def lead_on(kb: Lookup) -> Paragraph:
    """The links to every list of case studies, as a paragraph."""
    return Paragraph("leads-on", say_ways(kb))


def section_of_cards(id: str, title: str, kind: str, ids: Iterable[str], repeats: bool = True) -> tuple[Section, ...]:
    """Records as cards under a heading; nothing without any."""
    listed = tuple(ids)
    return (Section(id, title, (Cards(kind, listed),), repeats=repeats),) if listed else ()


def section_of_cases(kb: Lookup, cases: Sequence[tuple[str, CaseStudy]], number: int) -> tuple[Section, ...]:
    """The case studies that stand on a page of a list, as cards."""
    ids = (case_id for case_id, _ in slice_page(cases, number))
    return section_of_cards("gp-cases", kb.gettext("Case studies"), "case_study", ids)
