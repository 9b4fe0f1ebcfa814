"""What the lists of a site have in common: their head, their cards, and where else case studies are listed."""

from __future__ import annotations

from collections.abc import Iterable

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.blocks import Block, Cards, Head, Pagination, Paragraph, Sentence, Text, View, join
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages.plan import OVERVIEWS, number_title, overview_is_shown
from goodpractice.render.views.shared import link_overview, link_section

#: Other lists of case studies than that of a theme, by what they are sorted by.
_WAYS = (
    ("audiences", N_("who took part")),
    ("settings", N_("setting")),
    ("regions", N_("region")),
    ("map", N_("place on the map")),
)


def listing(kb: KnowledgeBase, kind: str, *blocks: Block, number: int = 1, of: int = 1) -> View:
    """The list of a section: its head, what it shows, and links to its other pages."""
    section = COLLECTIONS[kind]
    title = number_title(kb, kb.gettext(section.title), number, of)
    kicker = kb.gettext("All entries") if of == 1 else kb.gettext("Page {number} of {of}", number=number, of=of)
    head = Head("index", kicker, title, kb.gettext(section.description))
    return (head, *blocks, Pagination(section.url, number, of))


def list_cards(kb: KnowledgeBase, kind: str, ids: Iterable[str], empty: str = "") -> Cards:
    """Records as cards; without any, a sentence that says so."""
    return Cards(kind, tuple(ids), empty or kb.gettext("Nothing is listed here yet."))


def say_cases(kb: KnowledgeBase, number: int) -> str:
    """A number of case studies in words."""
    if not number:
        return kb.gettext("no case study yet")
    return kb.language.ngettext("{number} case study", "{number} case studies", number)


def say_ways(kb: KnowledgeBase) -> Sentence:
    """Links to every list of case studies, as a sentence."""
    shown: list[Text] = [link_section(kb, "theme", kb.gettext("theme"))] if kb.has_any("theme") else []
    shown += [link_overview(kb, id, kb.gettext(text)) for id, text in _WAYS if overview_is_shown(kb, OVERVIEWS[id])]
    ways = join(Sentence(kb.gettext("by {way}"), {"way": way}) for way in shown)
    lists = Sentence(kb.gettext("See all case studies {ways}."), {"ways": ways})
    if not overview_is_shown(kb, OVERVIEWS["find"]):
        return lists
    finder = link_overview(kb, "find", kb.gettext("find what fits"))
    return Sentence(kb.gettext("Start from your situation: {finder}. {lists}"), {"finder": finder, "lists": lists})


def lead_on(kb: KnowledgeBase) -> Paragraph:
    """The links to every list of case studies, as a paragraph."""
    return Paragraph("leads-on", say_ways(kb))
