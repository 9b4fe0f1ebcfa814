"""What is searched: one record for each page that says something of its own.

Lists are left out: every word on them stands on a page that they lead to.
Terms, resources and events have no page of their own and are entries that
lead to their place on the list.

A record is a plain value. A build that renders only what has changed keeps
the records of the other pages and hands over all of them.
"""

from __future__ import annotations

import html as html_module
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goodpractice.knowledge_base import KnowledgeBase
from goodpractice.models import CaseStudy
from goodpractice.pages import Page
from goodpractice.pages.plan import SECTIONS
from goodpractice.search.extract import extract_content

#: Anchor of the words that are searched but never shown.
HIDDEN = "gp-words"
#: What a reader of results calls each kind.
KINDS: Mapping[str, str] = {
    "chapter": "Chapter",
    "case_study": "Case study",
    "theme": "Theme",
    "partner": "Partner",
    "programme": "Programme",
    "network": "Network",
    "event": "Event",
    "term": "Word",
    "resource": "Tool or funder",
    "doc": "Page",
}
#: How much a word counts on a page of a kind, in Pagefind's scale where 1 is an ordinary word and the
#: effect grows with the square. The handbook answers; pages about this website seldom do.
WEIGHTS: Mapping[str, float] = {"chapter": 1.25, "theme": 1.1, "doc": 0.6}
TITLE_WEIGHT = 7.0
HIDDEN_WEIGHT = 0.75
DOCUMENTED = "yes"


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One thing that can be found.

    Attributes:
        url: Its address, relative to the site; with `#` for a place on a list.
        kind: Kind of the page or entry: a key of `KINDS`.
        title: Title, as plain text.
        description: One or two sentences, as plain text.
        content: Headings and paragraphs as HTML, the title first.
        hidden: Words by which people look for it, which it does not use itself.
        facets: Ids of values, by filter.
    """

    url: str
    kind: str
    title: str
    description: str
    content: str
    hidden: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_html(self) -> str:
        """The document that Pagefind reads."""
        weight = WEIGHTS.get(self.kind, 1.0)
        parts = ['<html lang="en"><head>']
        if self.description:
            parts.append(f'<meta data-pagefind-meta="description[content]" content="{_escape(self.description)}">')
        parts.append(f'</head><body><div data-pagefind-filter="kind:{self.kind}"')
        parts.append(f' data-pagefind-weight="{weight}">' if weight != 1 else ">")
        parts.append(self.content)
        if self.hidden:
            parts.append(f'<p id="{HIDDEN}" data-pagefind-weight="{HIDDEN_WEIGHT}">{_escape(self.hidden)}</p>')
        parts.append("</div></body></html>")
        return "".join(parts)


def make_record(page: Page, html: str, kb: KnowledgeBase) -> SearchRecord | None:
    """The record of a rendered page; None for a list or a later part of one.

    Args:
        page: The plan of the page.
        html: Its main content.
        kb: The knowledge base.
    """
    if page.kind not in KINDS or page.number > 1 or not page.url:
        return None
    return SearchRecord(
        url=page.url,
        kind=page.kind,
        title=page.title,
        description=page.description,
        content=extract_content(html),
        hidden=_join(_list_hidden(page.kind, page.id, kb)),
        facets=_list_facets(page.kind, page.id, kb),
    )


def list_entries(kb: KnowledgeBase) -> Iterator[SearchRecord]:
    """The records of entries that stand on a list: terms, resources and events."""
    for term in kb.terms.values():
        yield _entry(
            "term",
            term.id,
            term.word,
            term.meaning,
            ("Say instead: " + ", ".join(term.say_instead) if term.say_instead else "", term.why),
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
        content=f"<h1>{_escape(title)}</h1>{paragraphs}",
        hidden=_join(hidden),
        facets={name: values for name, values in (facets or {}).items() if values},
    )


def _list_hidden(kind: str, record_id: str, kb: KnowledgeBase) -> Iterator[str]:
    if kind == "case_study":
        case = kb.case_studies[record_id]
        for choice_kind, ids in (
            ("audience", case.audiences),
            ("setting", (case.setting,) if case.setting else ()),
            ("money_band", (case.money,) if case.money else ()),
        ):
            for choice_id in ids:
                choice = kb.choices.get(choice_kind, {}).get(choice_id)
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
        yield kb.choice_name("partner_kind", partner.kind)
        yield partner.id.replace("-", " ")
    elif kind == "network":
        yield kb.networks[record_id].name


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
        "year": (str(case.first_year),),
        "money": (case.money,),
        "staff_time": (DOCUMENTED if case.staff_time else None,),
        "money_holder": (DOCUMENTED if case.power and case.power.who_held_the_money else None,),
    }


def _join(words: Iterable[str]) -> str:
    return ". ".join(dict.fromkeys(word for word in words if word))


def _escape(text: str) -> str:
    return html_module.escape(text)
