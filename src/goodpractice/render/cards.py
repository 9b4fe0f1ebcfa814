"""Macros that show a record as a card or a link, and lists of cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase, memoise
from goodpractice.kinds import Partner, Resource
from goodpractice.kinds.base import Ref
from goodpractice.kinds.case_study import CASE_STUDY
from goodpractice.kinds.kind import Card
from goodpractice.kinds.network import NETWORK
from goodpractice.kinds.partner import PARTNER
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.resource import RESOURCE
from goodpractice.kinds.theme import THEME
from goodpractice.pages.entries import locate_record
from goodpractice.render.arguments import (
    AudienceId,
    CaseStudyId,
    NetworkId,
    PartnerId,
    PartnerKindId,
    ProgrammeId,
    ResourceKindId,
    Style,
    TermId,
    ThemeId,
)
from goodpractice.render.environment import page_href, render_component
from goodpractice.render.links import describe_record, link_record, record_name, record_url
from goodpractice.render.motifs import theme_motif

#: How the kinds that have cards write them.
CARDS: Mapping[str, Card[Any]] = MappingProxyType({kind.id: kind.card for kind in KINDS.values() if kind.card})


def _write_card(kb: KnowledgeBase, kind: str, record_id: str) -> Markup:
    card = CARDS[kind]
    told = card.write(record_id, kb.table(kind)[record_id], kb)
    words = describe_record(kb, kind, record_id) if kb.is_translated else None
    return render_component(
        "card",
        language=kb.language,
        modifier=kind.replace("_", "-"),
        label=told.label,
        href=page_href(locate_record(kb, kind, record_id)),
        title=words.name if words else record_name(kb, kind, record_id),
        text=(words.summary if words else None) or told.text,
        meta=told.meta,
        meta_is_said=told.is_translated,
        motif=theme_motif(kb, record_id) if card.has_motif else None,
        said_in=words.language if words else "",
    )


_share_card = memoise(_write_card)


def show_card(kb: KnowledgeBase, kind: str, record_id: str) -> Markup:
    """The card of a record, as its kind writes it.

    Raises:
        KeyError: The kind has no cards, or there is no such record.
    """
    return (_share_card if CARDS[kind].is_shared else _write_card)(kb, kind, record_id)


def _make_macro(kind: str, card: Card[Any]) -> Callable[..., Markup]:
    """The macro that shows one record of a kind, with the documentation that editors read."""

    def macro(kb: KnowledgeBase, id: str, style: Style = "card") -> Markup:
        return link_record(kb, kind, id) if style == "link" else show_card(kb, kind, id)

    macro.__name__ = macro.__qualname__ = kind
    macro.__annotations__ = {"kb": KnowledgeBase, "id": Annotated[str, Ref(kind)], "style": Style, "return": Markup}
    macro.__doc__ = f"""{card.summary}

    Args:
        id: {card.argument}
        style: `card`, or `link` inside a sentence.

    Example:
        {{{{ {kind}("{card.example}") }}}}
    """
    return macro


#: The macro of each of these kinds, which has the name of the kind.
CARD_MACROS: Mapping[str, Callable[..., Markup]] = MappingProxyType(
    {kind: _make_macro(kind, card) for kind, card in CARDS.items()}
)


def show_cards(kb: KnowledgeBase, kind: str, ids: Iterable[str], none: str) -> Markup:
    """Cards of records, or a sentence where there are none."""
    return render_component("cards", cards=[show_card(kb, kind, record_id) for record_id in ids], empty=none)


def partners(
    kb: KnowledgeBase,
    programme: ProgrammeId | None = None,
    network: NetworkId | None = None,
    kind: PartnerKindId | None = None,
    limit: int | None = None,
) -> Markup:
    """Cards of partners, by name.

    Args:
        programme: Only partners of this programme.
        network: Only members of this network.
        kind: Only this kind of organisation.
        limit: At most so many.

    Example:
        {{ partners(programme="eyu-4", limit=4) }}
    """

    def wanted(record: Partner) -> bool:
        return (
            (programme is None or programme in record.programmes)
            and (network is None or network in record.networks)
            and (kind is None or kind == record.kind)
        )

    chosen = [record for record in kb.ordered_partners if wanted(record)][:limit]
    return show_cards(kb, PARTNER, (record.id for record in chosen), kb.gettext("No partner is listed here yet."))


def case_studies(
    kb: KnowledgeBase,
    ids: list[CaseStudyId] | None = None,
    theme: ThemeId | None = None,
    partner: PartnerId | None = None,
    programme: ProgrammeId | None = None,
    audience: AudienceId | None = None,
    limit: int | None = None,
) -> Markup:
    """Cards of case studies, newest first, or those named in `ids` in that order.

    Args:
        ids: Only these; the other arguments then choose nothing.
        theme: Only case studies on this theme.
        partner: Only those in which this partner took part.
        programme: Only those of this programme.
        audience: Only those with this audience.
        limit: At most so many.

    Example:
        {{ case_studies(theme="power-dynamics", limit=3) }}
    """
    none = kb.gettext("No case study has been told here yet.")
    if ids is not None:
        return show_cards(kb, CASE_STUDY, ids[:limit], none)
    facets = {"theme": theme, "partner": partner, "programme": programme, "audience": audience}
    asked = any(value is not None for value in facets.values())
    chosen = (kb.select_case_studies(**facets) if asked else kb.ordered_case_studies)[:limit]
    return show_cards(kb, CASE_STUDY, (case_id for case_id, _ in chosen), none)


def networks(kb: KnowledgeBase) -> Markup:
    """Cards of all networks, in the order of `partners.yml`.

    Example:
        {{ networks() }}
    """
    return show_cards(kb, NETWORK, kb.networks, kb.gettext("No network is listed here yet."))


def themes(kb: KnowledgeBase) -> Markup:
    """Cards of all themes, in the order of `data/themes.yml`.

    Example:
        {{ themes() }}
    """
    return show_cards(kb, THEME, kb.themes, kb.gettext("No theme is listed here yet."))


def term(kb: KnowledgeBase, id: TermId, text: str | None = None) -> Markup:
    """A word of the glossary inside a sentence: a button that opens its meaning; later on the same page, a link.

    Args:
        id: The term.
        text: Other words to show.

    Example:
        {{ term("science-capital") }}
    """
    record = kb.terms[id]
    word = text or record.word[:1].lower() + record.word[1:]
    href = page_href(record_url("term", id))
    return render_component(
        "term",
        language=kb.language,
        id=id,
        href=href,
        word=record.word,
        meaning=record.meaning,
        text=word,
        said_in=kb.own_language.code if kb.is_translated else "",
    )


def resources(
    kb: KnowledgeBase, kind: ResourceKindId | None = None, theme: ThemeId | None = None, limit: int | None = None
) -> Markup:
    """Cards of tools, guides and funders, in the order of `data/resources.yml`.

    Args:
        kind: Only this kind.
        theme: Only those that help with this theme.
        limit: At most so many.

    Example:
        {{ resources(kind="tool", theme="evaluation", limit=2) }}
    """

    def wanted(record: Resource) -> bool:
        return (kind is None or record.kind == kind) and (theme is None or theme in record.themes)

    chosen = [record.id for record in kb.resources.values() if wanted(record)][:limit]
    return show_cards(kb, RESOURCE, chosen, kb.gettext("No resource is listed here yet."))
