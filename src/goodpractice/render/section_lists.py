"""Layout macros of the lists: handbook, case studies, partners, glossary and the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase, sort_key
from goodpractice.i18n.languages import SOURCE
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import Event, Resource
from goodpractice.pages.plan import (
    OVERVIEWS,
    PARTNERS_PAGE_SIZE,
    SECTIONS,
    Overview,
    Section,
    count_pages,
    number_title,
    overview_is_shown,
    section_is_shown,
)
from goodpractice.render import cards
from goodpractice.render.environment import Html, page_href, paragraphs, render_component, render_template
from goodpractice.render.facet_lists import list_ways
from goodpractice.render.layouts import facts, head, link_website, overview_head, pagination, slice_page
from goodpractice.render.links import describe_source, link_records, place_of, record_url

USES = {
    "preferred": N_("The word we use"),
    "avoid": N_("We do not use this"),
    "discuss": N_("Agree on it with your partner"),
    "explained": N_("Explained"),
}


STATUS = {"held": N_("Took place"), "called off": N_("Called off"), "planned": N_("Planned")}


def _list_page(
    kb: KnowledgeBase,
    kind: str,
    body: Markup,
    number: int = 1,
    of: int = 1,
    before: Markup | str = "",
    summary: str | None = None,
) -> Markup:
    section = SECTIONS[kind]
    title = number_title(kb, kb.gettext(section.title), number, of)
    kicker = kb.gettext("All entries") if of == 1 else kb.gettext("Page {number} of {of}", number=number, of=of)
    return render_template(
        "list_page.html",
        head=head("index", kicker, title, summary or kb.gettext(section.description), language=kb.language),
        before=before,
        body=body,
        pagination=pagination(kb, section.url, number, of),
    )


def _grid(kb: KnowledgeBase, shown: Iterable[Markup]) -> Markup:
    return render_component("cards", cards=list(shown), empty=kb.gettext("Nothing is listed here yet."))


def handbook_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """All chapters, in reading order."""
    return _list_page(
        kb, "chapter", _grid(kb, (cards.chapter(kb, chapter_id) for chapter_id, _ in kb.ordered_chapters))
    )


def case_study_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """Case studies, newest first, 50 on a page.

    Args:
        number: Page of the list.
    """
    entries = kb.ordered_case_studies
    shown = _grid(kb, (cards.case_study(kb, case_id) for case_id, _ in slice_page(entries, number)))
    before = Html('<p class="gp-leads-on">{}</p>').format(list_ways(kb))
    return _list_page(kb, "case_study", shown, number, count_pages(len(entries)), before)


def partner_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """Partners by letter.

    Args:
        number: Page of the list.
    """
    entries = slice_page(kb.ordered_partners, number, PARTNERS_PAGE_SIZE)
    groups: dict[str, list[dict[str, Any]]] = {}
    for partner in entries:
        letter = sort_key(partner.name)[:1].upper()
        letter = letter if letter.isalpha() else "0-9"
        groups.setdefault(letter, []).append(
            {"href": page_href(record_url("partner", partner.id)), "title": partner.name, "note": place_of(partner)}
        )
    body = _index(groups, kb.gettext("Jump to a letter"), "letter-")
    return _list_page(kb, "partner", body, number, count_pages(len(kb.ordered_partners), PARTNERS_PAGE_SIZE))


def _index(groups: Mapping[str, list[dict[str, Any]]], jump: str, prefix: str) -> Markup:
    shown = [{"id": f"{prefix}{name.lower()}", "name": name, "entries": entries} for name, entries in groups.items()]
    return render_component("index", groups=shown, jump=jump)


def theme_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """All themes."""
    return _list_page(kb, "theme", cards.themes(kb))


def programme_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """All programmes, in the order of `data/programmes.yml`."""
    return _list_page(kb, "programme", _grid(kb, (cards.programme(kb, programme_id) for programme_id in kb.programmes)))


def network_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """All networks."""
    return _list_page(kb, "network", cards.networks(kb))


def event_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """All events, with what they agreed."""
    body = Markup("").join(_event(kb, event) for event in kb.events.values())
    return _list_page(kb, "event", body)


def _event(kb: KnowledgeBase, event: Event) -> Markup:
    status = kb.gettext(STATUS[event.status])
    shown = facts(
        [
            {"name": kb.gettext("When"), "value": event.period},
            {"name": kb.gettext("Where"), "value": ", ".join(part for part in (event.town, event.country) if part)},
            {"name": kb.gettext("Status"), "value": status},
            {"name": kb.gettext("Host"), "value": link_records(kb, "partner", event.hosts)},
            {"name": kb.gettext("Networks"), "value": link_records(kb, "network", event.networks)},
            {"name": kb.gettext("Attendance"), "value": event.attendance},
            {"name": kb.gettext("Outcome"), "value": event.outcome},
            {"name": kb.gettext("Sources"), "value": _inline_sources(kb, event.sources)},
        ]
    )
    return Html('<section class="gp-part" aria-labelledby="{0}"><h2 id="{0}">{1}</h2>{2}{3}</section>').format(
        event.id, event.name, paragraphs(event.about or ""), shown
    )


def _inline_sources(kb: KnowledgeBase, cited: Iterable[str]) -> Markup:
    return Markup(", ").join(describe_source(kb, source).link for source in cited)


def glossary_page(kb: KnowledgeBase, number: int = 1) -> Markup:
    """All words of the glossary, by use: what to say instead comes first."""
    parts: list[Markup] = []
    uses = {use: kb.gettext(words) for use, words in USES.items()}
    for use, title in (
        ("avoid", kb.gettext("Words that hurt, and what to say instead")),
        ("discuss", kb.gettext("Words to agree on with your partner")),
        ("preferred", kb.gettext("Words that we use")),
        ("explained", kb.gettext("Terms explained")),
    ):
        terms = sorted((term for term in kb.terms.values() if term.use == use), key=lambda term: sort_key(term.word))
        if not terms:
            continue
        entries = [
            {
                "id": term.id,
                "word": term.word,
                "use": term.use,
                "meaning": term.meaning,
                "say_instead": term.say_instead,
                "why": term.why,
                "who_says": term.who_says,
                "sources": [describe_source(kb, source).link for source in term.sources],
            }
            for term in terms
        ]
        shown = render_component("glossary", language=kb.language, terms=entries, uses=uses)
        parts.append(
            Html('<section class="gp-part" aria-labelledby="gp-{0}"><h2 id="gp-{0}">{1}</h2>{2}</section>').format(
                use, title, shown
            )
        )
    return _list_page(kb, "term", Markup("").join(parts))


def resource_index(kb: KnowledgeBase, number: int = 1) -> Markup:
    """All tools, guides and funders, by kind."""
    kinds: dict[str, list[Resource]] = {}
    for resource in kb.resources.values():
        kinds.setdefault(resource.kind, []).append(resource)
    parts = []
    for kind, entries in kinds.items():
        name = kb.choice_name("resource_kind", kind)
        shown = Markup("").join(_resource(kb, resource) for resource in entries)
        parts.append(
            Markup(
                '<section class="gp-part" aria-labelledby="kind-{0}"><h2 id="kind-{0}">{1}</h2>{2}</section>'
            ).format(kind, _plural(kb, name), shown)
        )
    return _list_page(kb, "resource", Markup("").join(parts))


def _plural(kb: KnowledgeBase, name: str) -> str:
    # Names of kinds are written by the community, in its language: only of English is it known how several are named.
    return f"{name}s" if kb.own_language.code == SOURCE and not name.endswith("s") else name


def _resource(kb: KnowledgeBase, resource: Resource) -> Markup:
    shown = facts(
        [
            {"name": kb.gettext("Check first"), "value": resource.caution},
            {"name": kb.gettext("Offered by"), "value": resource.owner},
            {"name": kb.gettext("Partner"), "value": link_records(kb, "partner", resource.partners)},
            {"name": kb.gettext("Themes"), "value": link_records(kb, "theme", resource.themes)},
            {"name": kb.gettext("Website"), "value": link_website(resource.url)},
            {"name": kb.gettext("Sources"), "value": _inline_sources(kb, resource.sources)},
        ]
    )
    return Html('<section class="gp-resource" aria-labelledby="{0}"><h3 id="{0}">{1}</h3>{2}{3}</section>').format(
        resource.id, resource.name, paragraphs(resource.about or ""), shown
    )


def search_page(kb: KnowledgeBase, id: str, number: int = 1) -> Markup:
    """The search, and links to every list, which is all there is without a script.

    Args:
        id: Id of the overview.
        number: Always 1.
    """
    overview = OVERVIEWS[id]
    shown: list[Section | Overview] = [section for kind, section in SECTIONS.items() if section_is_shown(kb, kind)]
    shown += [other for other in OVERVIEWS.values() if other is not overview and overview_is_shown(kb, other)]
    doors = [
        {"url": door.url, "title": kb.gettext(door.title), "about": kb.gettext(door.description)} for door in shown
    ]
    return render_template(
        "list_page.html",
        head=overview_head(kb, id, kb.gettext("Find")),
        before="",
        body=render_component("search", language=kb.language, doors=doors),
        pagination="",
    )
