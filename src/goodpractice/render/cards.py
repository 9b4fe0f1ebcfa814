"""Macros that show a record as a card or a link, and a word of the glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import TERM
from goodpractice.kinds.base import Ref
from goodpractice.kinds.kind import Card
from goodpractice.kinds.lookup import memoise
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.views.links import locate_record
from goodpractice.render.environment import page_href, render_component
from goodpractice.render.links import describe_record, link_record, record_url
from goodpractice.render.motifs import theme_motif

Style = Literal["card", "link"]

#: How the kinds that have cards write them.
CARDS: Mapping[str, Card[Any]] = MappingProxyType({kind.id: kind.card for kind in KINDS.values() if kind.card})


def _write_card(kb: KnowledgeBase, kind: str, record_id: str) -> Markup:
    card = CARDS[kind]
    told = card.write(record_id, kb.table(kind)[record_id], kb)
    words = describe_record(kb, kind, record_id) if kb.is_translated else None
    name = kb.record_name(kind, record_id)
    return render_component(
        "card",
        language=kb.language,
        modifier=kind.replace("_", "-"),
        label=name if told.title and not words else told.label,
        href=page_href(locate_record(kb, kind, record_id)),
        title=words.name if words else told.title or name,
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
    made = [show_card(kb, kind, record_id) for record_id in ids]
    return render_component("cards", language=kb.language, cards=made, empty=none)


def term(kb: KnowledgeBase, id: Annotated[str, Ref(TERM)], text: str | None = None) -> Markup:
    """A word of the glossary inside a sentence: a button that opens its meaning; later on the same page, a link.

    Args:
        id: The term.
        text: Other words to show.

    Example:
        {{ term("science-capital") }}
    """
    record = kb.terms[id]
    word = text or record.word[:1].lower() + record.word[1:]
    href = page_href(record_url(TERM, id))
    return render_component(
        term.__name__,
        language=kb.language,
        id=id,
        href=href,
        word=record.word,
        meaning=record.meaning,
        text=word,
        said_in=kb.own_language.code if kb.is_translated else "",
    )
