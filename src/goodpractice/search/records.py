"""What is searched: one record for each page that says something of its own.

Of a list, its title and what it holds are searched, not its entries: every
word of them stands on a page that the list leads to.
Terms, resources and events have no page of their own and are entries that
lead to their place on the list.

What a page says is read when it is needed: an edit changes one page of ten
thousand, and the others need not be taken apart again.
"""

from __future__ import annotations

import html as html_module
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import SOURCE
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import CaseStudy
from goodpractice.pages import Page
from goodpractice.pages.plan import SECTIONS

#: Anchor of the words that are searched but never shown.
HIDDEN = "gp-words"
#: Kinds of pages that show entries of other pages.
LISTS = frozenset({"index", "overview"})
#: The layout of the search page, which says nothing of its own.
SEARCH_MACRO = "search_page"
#: What a reader of results calls each kind.
KINDS: Mapping[str, str] = {
    "chapter": N_("Chapter"),
    "case_study": N_("Case study"),
    "theme": N_("Theme"),
    "partner": N_("Partner"),
    "programme": N_("Programme"),
    "network": N_("Network"),
    "event": N_("Event"),
    "term": N_("Word"),
    "resource": N_("Tool or funder"),
    "index": N_("List"),
    "doc": N_("Page"),
}
_PLACES = {kind: place for place, kind in enumerate(KINDS)}
#: How much a word of the text and a word of the title count, by kind, in Pagefind's scale: 1 is an ordinary word, and
#: the effect grows with the square. The handbook answers; an entry of a list says little more than its name, and pages
#: about this website are seldom what a reader is after.
WEIGHTS: Mapping[str, tuple[float, float]] = {
    "chapter": (1.25, 9.0),
    "case_study": (1.1, 8.0),
    "theme": (1.0, 7.0),
    "programme": (1.0, 8.0),
    "partner": (0.9, 6.0),
    "network": (0.9, 7.0),
    "event": (0.7, 4.0),
    "term": (0.7, 4.0),
    "resource": (0.7, 4.0),
    "index": (0.7, 5.0),
    "doc": (0.5, 3.0),
}
ALIAS_WEIGHT = 5.0
HIDDEN_WEIGHT = 0.75
DOCUMENTED = "yes"


@dataclass(frozen=True, slots=True)
class Content:
    """What a page or an entry says.

    Attributes:
        stamp: While it stays the same, so does the text.
        read: Gives the text, as HTML.
    """

    stamp: str
    read: Callable[[], str]

    @classmethod
    def of(cls, text: str) -> Content:
        """A text that is there already."""
        return cls(text, lambda: text)


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One thing that can be found.

    Attributes:
        url: Its address, relative to the site; with `#` for a place on a list.
        kind: Kind of the page or entry: a key of `KINDS`.
        title: Title, as plain text.
        description: One or two sentences, as plain text.
        content: Headings and paragraphs as HTML, the title first.
        aliases: Other names of it: short, former.
        hidden: Words by which people look for it, which it does not use itself.
        facets: Ids of values, by filter.
        facts: What a card says of it in small print: place and time of a case study. Not searched.
        language: Code of its language; empty for that of the site. Each language has a search of its own.
    """

    url: str
    kind: str
    title: str
    description: str
    content: Content
    aliases: str = ""
    hidden: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: str = ""
    language: str = ""

    def as_html(self, text: str) -> str:
        """The document that Pagefind reads.

        Args:
            text: What `content` gives.
        """
        weight, title_weight = WEIGHTS[self.kind]
        parts = [f'<html lang="{self.language or SOURCE}"><head>']
        if self.description:
            parts.append(f'<meta data-pagefind-meta="description[content]" content="{_escape(self.description)}">')
        if self.facts:
            # As a filter, because what Pagefind calls meta is searched.
            parts.append(f'<meta data-pagefind-filter="facts[content]" content="{_escape(self.facts)}">')
        parts.append(f'</head><body><div data-pagefind-filter="kind:{self.kind}"')
        parts.append(f' data-pagefind-weight="{weight}">')
        parts.append(text.replace("<h1", f'<h1 data-pagefind-weight="{title_weight}"', 1))
        if self.aliases or self.hidden:
            parts.append(f'<div id="{HIDDEN}"><p data-pagefind-weight="{ALIAS_WEIGHT}">{_escape(self.aliases)}</p>')
            parts.append(f'<p data-pagefind-weight="{HIDDEN_WEIGHT}">{_escape(self.hidden)}</p></div>')
        parts.append("</div></body></html>")
        return "".join(parts)


def order_pages(pages: Iterable[Page]) -> list[Page]:
    """Pages in the order in which the search lists them without a question: the handbook first, this website last."""
    return sorted(pages, key=lambda page: place_of(_kind_of(page)))


def place_of(kind: str) -> int:
    """The place of a kind among all; those that are not searched for come last."""
    return _PLACES.get(kind, len(_PLACES))


def _kind_of(page: Page) -> str:
    return "index" if page.kind in LISTS else page.kind


def is_read(page: Page) -> bool:
    """Whether the search reads what a page says. Of a list it knows the title and what the list holds."""
    return page.number == 1 and page.kind not in LISTS


def make_record(page: Page, text: Content, kb: KnowledgeBase) -> SearchRecord | None:
    """The record of a rendered page; None for the home page, the search itself, drafts and later parts of a list.

    Args:
        page: The plan of the page.
        text: What it says: headings and paragraphs (see `search.text`).
        kb: The knowledge base.
    """
    if page.number > 1 or not page.url or page.macro == SEARCH_MACRO or not page.is_listed:
        return None
    kind = _kind_of(page)
    title = f'<h1 id="gp-title">{_escape(page.title)}</h1>'
    return SearchRecord(
        url=page.url,
        kind=kind,
        title=page.title,
        description=page.description,
        content=(Content.of(f"{title}<p>{_escape(page.description)}</p>") if kind == "index" else text),
        # Everyday words for a theme are in the language of the site, and would be found in no other.
        aliases="" if page.language else _join(_list_aliases(page.kind, page.id, kb)),
        hidden="" if page.language else _join(_list_hidden(page.kind, page.id, kb)),
        facets=_list_facets(page.kind, page.id, kb),
        facts=_say_facts(page.kind, page.id, kb),
        language=page.language,
    )


def list_listed_entries(kb: KnowledgeBase) -> Iterator[SearchRecord]:
    """The records of entries that stand on a list: terms, resources and events."""
    for term in kb.terms.values():
        yield _entry(
            "term",
            term.id,
            term.word,
            term.meaning,
            (
                kb.gettext("Say instead: {words}", words=", ".join(term.say_instead)) if term.say_instead else "",
                term.why,
            ),
            hidden=term.also,
        )
    for resource in kb.resources.values():
        themes = [kb.themes[theme].name for theme in resource.themes if theme in kb.themes]
        yield _entry(
            "resource",
            resource.id,
            resource.name,
            resource.about,
            (resource.caution, resource.owner, ", ".join(themes)),
            hidden=(kb.choice_name("resource_kind", resource.kind),),
            facets={"theme": resource.themes, "partner": resource.partners},
        )
    for event in kb.events.values():
        place = ", ".join(part for part in (event.town, event.country) if part)
        yield _entry(
            "event",
            event.id,
            event.name,
            ", ".join(part for part in (event.period, place) if part),
            (event.outcome, event.about, event.attendance),
            facets={"country": (event.country,) if event.country else (), "partner": event.hosts},
        )


def _entry(
    kind: str,
    record_id: str,
    title: str,
    about: str,
    more: Iterable[str | None],
    hidden: Iterable[str] = (),
    facets: Mapping[str, tuple[str, ...]] | None = None,
) -> SearchRecord:
    paragraphs = "".join(f"<p>{_escape(text)}</p>" for text in (about, *more) if text)
    return SearchRecord(
        url=f"{SECTIONS[kind].url}#{record_id}",
        kind=kind,
        title=title,
        description=about,
        content=Content.of(f"<h1>{_escape(title)}</h1>{paragraphs}"),
        hidden=_join(hidden),
        facets={name: values for name, values in (facets or {}).items() if values},
    )


def _list_hidden(kind: str, record_id: str, kb: KnowledgeBase) -> Iterator[str]:
    if kind == "case_study":
        case = kb.case_studies[record_id]
        choices = [("audience", audience) for audience in case.audiences]
        choices += [("setting", case.setting or ""), ("money_band", case.money or "")]
        for choice_kind, choice_id in choices:
            choice = kb.choices[choice_kind].get(choice_id) if choice_kind in kb.choices else None
            if choice is not None:
                yield from choice.also
        yield from (case.country or "", case.region or "")
    elif kind == "chapter":
        for theme_id in kb.chapters[record_id].themes:
            theme = kb.themes.get(theme_id)
            if theme is not None and theme.chapter == record_id:
                yield theme.question
                yield from theme.also
    elif kind == "theme":
        yield from kb.themes[record_id].also
    elif kind == "partner":
        partner = kb.partners[record_id]
        yield kb.choice_name("partner_kind", partner.kind) if partner.kind else ""


def _list_aliases(kind: str, record_id: str, kb: KnowledgeBase) -> Iterator[str]:
    if kind == "partner":
        yield kb.partners[record_id].formerly or ""
    elif kind == "network":
        network = kb.networks[record_id]
        yield from (network.name, network.short_name or "")
    if kind in ("partner", "network", "programme"):
        yield record_id.replace("-", " ")


def _list_facets(kind: str, record_id: str, kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    facets: dict[str, tuple[str | None, ...]] = {}
    if kind == "case_study":
        facets = _case_facets(kb.case_studies[record_id])
    elif kind == "chapter":
        facets = {"theme": kb.chapters[record_id].themes}
    elif kind == "theme":
        facets = {"theme": (record_id,)}
    elif kind == "partner":
        partner = kb.partners[record_id]
        facets = {
            "partner": (record_id,),
            "programme": partner.programmes,
            "region": (partner.region,),
            "country": (partner.country,),
        }
    elif kind == "programme":
        facets = {"programme": (record_id,)}
    return {name: kept for name, values in facets.items() if (kept := tuple(value for value in values if value))}


def _case_facets(case: CaseStudy) -> dict[str, tuple[str | None, ...]]:
    return {
        "theme": case.themes,
        "audience": case.audiences,
        "partner": tuple(dict.fromkeys(p.partner for p in case.partners if p.partner and " " not in p.partner)),
        "programme": (case.programme,),
        "region": (case.region,),
        "country": (case.country,),
        "setting": (case.setting,),
        "equity_dimension": case.equity_dimensions,
        "year": (str(case.first_year) if case.first_year is not None else None,),
        "money": (case.money,),
        "staff_time": (DOCUMENTED if case.staff_time else None,),
        "money_holder": (DOCUMENTED if case.power and case.power.who_held_the_money else None,),
    }


def _say_facts(kind: str, record_id: str, kb: KnowledgeBase) -> str:
    if kind != "case_study":
        return ""
    entry = kb.case_index.entries[record_id]
    return " · ".join(part for part in (entry.region or entry.country, entry.when) if part)


def _join(words: Iterable[str]) -> str:
    return ". ".join(dict.fromkeys(word for word in words if word))


def _escape(text: str) -> str:
    return html_module.escape(text)
