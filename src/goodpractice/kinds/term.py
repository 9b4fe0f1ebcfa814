"""Words of the glossary."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds.base import Id, Line, Prose, Record, Sources, Unpublished
from goodpractice.kinds.blocks import Section, View, Widget
from goodpractice.kinds.kind import Collection, Entry, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.texts import SourceLink
from goodpractice.kinds.views.lists import listing


class Term(Record):
    """A word of the glossary, with what to say instead where it is one that we avoid."""

    id: Id = Field(description="Permanent short name; the anchor on the glossary page.")
    word: Line = Field(description="The word or phrase.")
    use: Literal["preferred", "avoid", "discuss", "explained"] = Field(
        description=(
            "`preferred`: we use it; `avoid`: we do not; `discuss`: agree with your partner; `explained`: a term."
        )
    )
    meaning: Prose = Field(description="What it means, in plain words.")
    say_instead: tuple[Line, ...] = Field((), description="What to say instead.")
    why: Prose | None = Field(None, description="Why.")
    who_says: Line | None = Field(None, description="Who recommends it.")
    also: Annotated[tuple[Line, ...], Unpublished()] = Field(
        (), description="Other forms, and everyday words that people type into a search."
    )
    sources: Sources = Field(min_length=1, description="Where this is documented.")


TERM = "term"


def _make_entry(term: Term, kb: Lookup) -> Entry:
    instead = kb.gettext("Say instead: {words}", words=", ".join(term.say_instead)) if term.say_instead else ""
    return Entry(term.meaning, (instead, term.why), term.also)


USES = {
    "preferred": N_("The word we use"),
    "avoid": N_("We do not use this"),
    "discuss": N_("Agree on it with your partner"),
    "explained": N_("Explained"),
}
#: What to say instead comes first.
_PARTS = {
    "avoid": N_("Words that we avoid, and what to say instead"),
    "discuss": N_("Words to agree on with your partner"),
    "preferred": N_("Words that we use"),
    "explained": N_("Terms explained"),
}


def glossary_page(kb: Lookup) -> View:
    """All words of the glossary, by use."""
    uses = {use: kb.gettext(words) for use, words in USES.items()}
    ordered = sorted(kb.table(TERM).values(), key=lambda term: sort_key(term.word))
    parts = {use: [_describe_term(term) for term in ordered if term.use == use] for use in _PARTS}
    sections = (
        Section(f"gp-{use}", kb.gettext(_PARTS[use]), (Widget("glossary", {"terms": terms, "uses": uses}),))
        for use, terms in parts.items()
        if terms
    )
    return listing(kb, TERM, *sections)


def _describe_term(term: Term) -> dict[str, object]:
    said = {name: getattr(term, name) for name in ("id", "word", "use", "meaning", "say_instead", "why", "who_says")}
    return {**said, "sources": [SourceLink(source) for source in term.sources]}


KIND = Kind(
    id=TERM,
    model=Term,
    linked_type="DefinedTerm",
    file="data/glossary.yml",
    list="glossary",
    name=_("term"),
    also=(
        "terms",
        "words",
        "definitions",
        "dictionary",
    ),
    collection=Collection(
        url="glossary/",
        title=N_("Glossary"),
        description=N_("The words used here, and what to say instead of words that we avoid."),
        view=glossary_page,
    ),
    search=Search(label=N_("Word"), rank=8, prior=0.85, entry=_make_entry),
)
