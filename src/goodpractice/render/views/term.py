"""The glossary."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.text import sort_key
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import Term
from goodpractice.kinds.blocks import Section, SourceLink, View, Widget
from goodpractice.render.views.listing import listing

USES = {
    "preferred": N_("The word we use"),
    "avoid": N_("We do not use this"),
    "discuss": N_("Agree on it with your partner"),
    "explained": N_("Explained"),
}
#: What to say instead comes first.
_PARTS = {
    "avoid": N_("Words that hurt, and what to say instead"),
    "discuss": N_("Words to agree on with your partner"),
    "preferred": N_("Words that we use"),
    "explained": N_("Terms explained"),
}


def glossary_page(kb: KnowledgeBase) -> View:
    """All words of the glossary, by use."""
    uses = {use: kb.gettext(words) for use, words in USES.items()}
    ordered = sorted(kb.terms.values(), key=lambda term: sort_key(term.word))
    parts = {use: [_describe_term(term) for term in ordered if term.use == use] for use in _PARTS}
    sections = (
        Section(f"gp-{use}", kb.gettext(_PARTS[use]), (Widget("glossary", {"terms": terms, "uses": uses}),))
        for use, terms in parts.items()
        if terms
    )
    return listing(kb, "term", *sections)


def _describe_term(term: Term) -> dict[str, object]:
    said = {name: getattr(term, name) for name in ("id", "word", "use", "meaning", "say_instead", "why", "who_says")}
    return {**said, "sources": [SourceLink(source) for source in term.sources]}
