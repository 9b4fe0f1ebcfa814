"""What is searched: one record for each page that says something of its own.

Of a list, its title and what it holds are searched, not its entries: every
word of them stands on a page that the list leads to.
Terms and resources have no page of their own and are entries that lead to
their place on the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.marks import group_references
from goodpractice.kinds.registry import EDITORS, KINDS, RESULT_LABELS, VOCABULARIES, collect_facets
from goodpractice.pages import Page

#: Kinds of pages that show entries of other pages.
LISTS = frozenset({"index", "overview"})
#: The layout of the search page, which says nothing of its own.
SEARCH_MACRO = "search_page"
#: Pages about this website are seldom what a reader is after, and a list says little more than its name.
_PRIORS = {"index": 0.7, "doc": 0.5, EDITORS: 0.1}
_PLACES = {kind: place for place, kind in enumerate(RESULT_LABELS)}


@dataclass(frozen=True, slots=True)
class SearchSection:
    """What a page says under one of its headings.

    Attributes:
        anchor: Anchor of the heading; empty for what stands before the first one.
        heading: What it says.
        text: The paragraphs, one a line.
        situations: Words in which readers put the situation that it answers.
    """

    anchor: str
    heading: str
    text: str
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One thing that can be found.

    Attributes:
        url: Its address, relative to the site; with `#` for a place on a list.
        kind: Kind of the page or entry: a key of `RESULT_LABELS`.
        title: Title, as plain text.
        description: One or two sentences, as plain text.
        sections: What it says; the first one has no heading.
        aliases: Other names of it: short, former.
        hidden: Words by which people look for it, which it does not use itself.
        situations: Words in which readers put the situation that all of it answers.
        facets: Ids of values, by filter.
        facts: What a card says of it in small print: place and time of a case study. Not searched.
        language: Code of its language; empty for that of the site. Each language has a search of its own.
    """

    url: str
    kind: str
    title: str
    description: str
    sections: tuple[SearchSection, ...]
    aliases: str = ""
    hidden: str = ""
    situations: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: str = ""
    language: str = ""

    @property
    def prior(self) -> float:
        """How well its kind answers, other things being equal."""
        search = KINDS[self.kind].search if self.kind in KINDS else None
        return search.prior if search is not None else _PRIORS[self.kind]


def rank_of(kind: str) -> int:
    """The place of a kind among all; those that are not searched for come last."""
    return _PLACES.get(kind, len(_PLACES))


def _kind_of(page: Page, kb: KnowledgeBase) -> str:
    if page.kind == "doc" and _is_for_editors(page.id, kb.settings.own.search.for_editors):
        return EDITORS
    return "index" if page.kind in LISTS else page.kind


def _is_for_editors(path: str, named: Iterable[str]) -> bool:
    return any(path.startswith(name) if name.endswith("/") else path == name for name in named)


def is_read(page: Page) -> bool:
    """Whether the search reads what a page says. Of a list it knows the title and what the list holds."""
    return page.number == 1 and page.kind not in LISTS


def make_record(page: Page, sections: tuple[SearchSection, ...], kb: KnowledgeBase) -> SearchRecord | None:
    """The record of a rendered page; None for the home page, the search itself, drafts and later parts of a list.

    Args:
        page: The plan of the page.
        sections: What it says (see `search.text`).
        kb: The knowledge base.
    """
    if page.number > 1 or not page.url or page.macro == SEARCH_MACRO or not page.is_listed:
        return None
    kind = _kind_of(page, kb)
    situations = kb.find_situations(page.kind, page.id)
    return SearchRecord(
        url=page.url,
        kind=kind,
        title=page.title,
        description=page.description,
        sections=(SearchSection("", "", ""),) if kind == "index" else _add_situations(sections, situations),
        situations=situations.get("", ()),
        **_collect_words(page, kb),
        language=page.language,
    )


def _add_situations(
    sections: tuple[SearchSection, ...], situations: Mapping[str, tuple[str, ...]]
) -> tuple[SearchSection, ...]:
    """The sections with the words in which readers put what each of them answers."""
    return tuple(
        replace(part, situations=situations[part.anchor]) if part.anchor and part.anchor in situations else part
        for part in sections
    )


def _collect_words(page: Page, kb: KnowledgeBase) -> dict[str, Any]:
    """What the search knows of the page of a record besides its text, as fields of `SearchRecord`."""
    kind = KINDS.get(page.kind)
    if kind is None or kind.search is None:
        return {}
    record, search = kb.table(kind.id)[page.id], kind.search
    facets = collect_facets(record, kind.model)
    facets |= {name: (value,) for name, value in search.facets(record).items() if value}
    if kind.filter:
        facets[kind.id] = (page.id,)
    words = {"facets": facets, "facts": search.facts(record)}
    if not page.language:
        # Everyday words for a theme are in the language of the site, and would be found in no other.
        words |= {
            "aliases": _join(search.aliases(page.id, record, kb)),
            "hidden": _join([*_list_choice_words(kind, record, kb), *search.hidden(page.id, record, kb)]),
        }
    return words


def _list_choice_words(kind: Kind[Any], record: Any, kb: KnowledgeBase) -> Iterator[str]:
    """Everyday words for the values that a record chooses from vocabularies by which results are narrowed."""
    for vocabulary, ids in group_references(record, kind.model).items():
        if vocabulary in VOCABULARIES and KINDS[vocabulary].filter:
            known = kb.table(vocabulary)
            for choice in (known[id] for id in ids if id in known):
                yield from choice.also


def list_listed_entries(kb: KnowledgeBase) -> Iterator[SearchRecord]:
    """The records of entries that stand on a list: terms and resources."""
    searched = ((kind, kind.search) for kind in KINDS.values() if kind.search)
    for kind, search in searched:
        if search.entry is None or kind.collection is None:
            continue
        for record_id, record in kb.table(kind.id).items():
            entry = search.entry(record, kb)
            yield SearchRecord(
                url=kind.collection.record_url(record_id),
                kind=kind.id,
                title=kind.name_record(record, record_id),
                description=entry.description,
                sections=(SearchSection("", "", "\n".join(filter(None, entry.more))),),
                hidden=_join(entry.hidden),
                facets=collect_facets(record, kind.model),
            )


def _join(words: Iterable[str]) -> str:
    return ". ".join(dict.fromkeys(word for word in words if word))
