"""Texts and blocks that the pages of several kinds show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from goodpractice.content.knowledge_base import KnowledgeBase, memoise
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import CaseStudy, Chapter
from goodpractice.kinds.blocks import (
    Cards,
    Head,
    Item,
    Joined,
    PageLink,
    RecordLink,
    Section,
    SourceLink,
    Text,
    ThemeTag,
    WebLink,
    join,
)
from goodpractice.kinds.kind import PAGE_SIZE
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages.plan import OVERVIEWS, lower_first
from goodpractice.render.environment import format_date
from goodpractice.render.links import record_name

T = TypeVar("T")

#: Case studies named at the foot of a chapter or another case study.
RELATED = 4
#: Reasons named for each.
REASONS = 3


def overview_head(kb: KnowledgeBase, id: str, kicker: str) -> Head:
    """The head of an overview: what kind of page it is, its title and what it shows."""
    overview = OVERVIEWS[id]
    return Head("index", kicker, kb.gettext(overview.title), kb.gettext(overview.description))


def slice_page(entries: Sequence[T], number: int, size: int = PAGE_SIZE) -> Sequence[T]:
    """The part of a list that stands on one of its pages."""
    return entries[(number - 1) * size : number * size]


def link_section(kb: KnowledgeBase, kind: str, text: str = "") -> PageLink:
    """A link to the list of a kind, which says its title if nothing else."""
    section = COLLECTIONS[kind]
    return PageLink(section.url, text or kb.gettext(section.title))


def link_overview(kb: KnowledgeBase, id: str, text: str = "") -> PageLink:
    """A link to an overview, which says its title if nothing else."""
    overview = OVERVIEWS[id]
    return PageLink(overview.url, text or kb.gettext(overview.title))


def link_share(kb: KnowledgeBase, text: str) -> PageLink | None:
    """A link to the page that says how to send something in; nothing where the site has none of its own."""
    url = kb.ask("share_url")
    return PageLink(url, text) if url and "://" not in url else None


def cite_inline(sources: Iterable[str]) -> Joined:
    """Links to sources, separated by commas."""
    return join(map(SourceLink, sources))


def link_known(kb: KnowledgeBase, kind: str, ids: Iterable[str]) -> Joined:
    """Links to several records, separated by commas; ids that do not exist are left out."""
    return join(RecordLink(kind, record_id) for record_id in ids if record_id in kb.table(kind))


def tag_themes(kb: KnowledgeBase, ids: Iterable[str]) -> Joined:
    """Links to themes with their motifs."""
    # Each has its line: a comma would begin the next one where a name takes two.
    return Joined(tuple(ThemeTag(theme_id) for theme_id in ids if theme_id in kb.themes), " ")


def link_website(url: str | None) -> Text:
    """A link that shows an address as people write it, without what they leave out."""
    return WebLink(url, url.split("://", 1)[-1].removeprefix("www.").rstrip("/")) if url else ""


#: How a reason begins, by the kind of what is shared, and the most that are named of one kind.
_REASONS = {
    "partner": N_("same partner: {names}"),
    "programme": N_("same programme: {names}"),
    "theme": N_("also about {names}"),
    "audience": N_("also with {names}"),
    "moment": N_("for the same moment: {names}"),
    "next": N_("the chapter that follows"),
}


def say_shared(kb: KnowledgeBase, shared: Sequence[tuple[str, str]]) -> str:
    """Why something is related: the rarest things that it shares, in words."""
    said: dict[str, list[str]] = {}
    for kind, value in shared[:REASONS]:
        name = _name_facet(kb, kind, value)
        if name is not None:
            said.setdefault(kind, []).append(name)
    if not said:
        return kb.gettext("close to this one in the list")
    join_names = kb.language.join
    return ", ".join(kb.gettext(_REASONS[kind], names=join_names(names)) for kind, names in said.items())


@memoise
def _name_facet(kb: KnowledgeBase, kind: str, value: str) -> str | None:
    if kind == "next":
        return ""
    if kind in ("audience", "moment"):
        return lower_first(kb.choice_name(kind, value))
    if value not in kb.table(kind):
        return None
    name = record_name(kb, kind, value)
    return lower_first(name) if kind == "theme" else name


def relate(kb: KnowledgeBase, kind: str, found: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> tuple[Item, ...]:
    """Links to related records, each with the reason."""
    return tuple(Item(RecordLink(kind, record_id), say_shared(kb, shared)) for record_id, shared in found)


def say_origin(kb: KnowledgeBase, record: CaseStudy | Chapter) -> list[str]:
    """When a text was written from published sources, and whether anybody stands for its facts by name."""
    said = []
    if record.written_on:
        date = format_date(record.written_on, kb.language)
        said.append(
            kb.gettext("Written from published sources on {value}.", value=date)
            if record.reviewed_by
            else kb.gettext(
                "Written from published sources on {value}; not yet reviewed by a named person.", value=date
            )
        )
    if record.reviewed_on and record.reviewed_by:
        date = format_date(record.reviewed_on, kb.language)
        said.append(kb.gettext("Checked by {name} on {value}.", name=record.reviewed_by, value=date))
    return said


def section_of_cards(id: str, title: str, kind: str, ids: Iterable[str], repeats: bool = True) -> tuple[Section, ...]:
    """Records as cards under a heading; nothing without any."""
    listed = tuple(ids)
    return (Section(id, title, (Cards(kind, listed),), repeats=repeats),) if listed else ()


def section_of_cases(kb: KnowledgeBase, cases: Sequence[tuple[str, CaseStudy]], number: int) -> tuple[Section, ...]:
    """The case studies that stand on a page of a list, as cards."""
    ids = (case_id for case_id, _ in slice_page(cases, number))
    return section_of_cards("gp-cases", kb.gettext("Case studies"), "case_study", ids)
