"""Layout macros: a whole page from a record.

Each takes the id of its record. A page with a text of its own also takes
`body`: finished HTML, for contributed texts already sanitised. A page with a
long list takes `number`, the part of the list that it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase, memoise
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import CaseStudy, Chapter, Partner, Programme, list_gaps
from goodpractice.pages.plan import OVERVIEWS, PAGE_SIZE, SECTIONS, count_pages, lower_first, page_url
from goodpractice.render import boxes, cards
from goodpractice.render.arguments import CaseStudyId, ChapterId, NetworkId, PartnerId, ProgrammeId, ThemeId
from goodpractice.render.environment import (
    Html,
    fill,
    format_date,
    page_href,
    render_component,
    render_template,
    spell_date,
)
from goodpractice.render.links import (
    chapter_minutes,
    describe_source,
    join_links,
    link,
    link_audiences,
    link_place,
    link_record,
    link_records,
    link_setting,
    list_sources,
    name_involved,
    readers_of,
    record_name,
    record_url,
)
from goodpractice.render.motifs import theme_motif
from goodpractice.render.photos import place_photos

T = TypeVar("T")

#: Case studies named at the foot of a chapter or another case study.
RELATED = 4
#: Reasons named for each.
REASONS = 3


def head(
    modifier: str,
    kicker: str | Markup,
    title: str,
    summary: str | None = None,
    facts: Sequence[dict[str, Any]] = (),
    motif: Markup | None = None,
    language: Language = ENGLISH,
) -> Markup:
    """The head of a page: what kind of page it is, its title, and facts in one line."""
    shown = [fact for fact in facts if fact["value"]]
    return render_component(
        "chapter-head",
        language=language,
        modifier=modifier,
        kicker=kicker,
        title=title,
        summary=summary,
        facts=shown,
        motif=motif,
    )


def overview_head(kb: KnowledgeBase, id: str, kicker: str) -> Markup:
    """The head of an overview: what kind of page it is, its title and what it shows."""
    overview = OVERVIEWS[id]
    return head("index", kicker, kb.gettext(overview.title), kb.gettext(overview.description), language=kb.language)


class _Item(NamedTuple):
    text: str
    note: Markup | str | None


class _Fact(NamedTuple):
    # Not a dictionary: templates find attributes without asking twice.
    name: str
    value: Any = None
    entries: Sequence[_Item] = ()


def facts(entries: Iterable[dict[str, Any]], title: str = "") -> Markup | str:
    """Facts as a list of names and values; empty facts are left out, an empty list is nothing."""
    shown = [
        _Fact(entry["name"], entry.get("value"), [_Item(item["text"], item.get("note")) for item in entry["entries"]])
        if entry.get("entries")
        else _Fact(entry["name"], entry["value"])
        for entry in entries
        if entry.get("value") or entry.get("entries")
    ]
    return render_component("facts", facts=shown, title=title) if shown else ""


def pagination(kb: KnowledgeBase, url: str, number: int, of: int) -> Markup | str:
    """Links to the other pages of a list; nothing when there is only one."""
    if of < 2:
        return ""
    near = sorted({1, 2, number - 1, number, number + 1, of - 1, of} & set(range(1, of + 1)))
    pages: list[dict[str, Any]] = []
    for place, page in enumerate(near):
        if place and page > near[place - 1] + 1:
            pages.append({"number": 0, "href": ""})
        pages.append({"number": page, "href": page_href(page_url(url, page))})
    return render_component(
        "pagination",
        language=kb.language,
        number=number,
        of=of,
        pages=pages,
        previous=page_href(page_url(url, max(1, number - 1))),
        next=page_href(page_url(url, min(of, number + 1))),
    )


def slice_page(entries: Sequence[T], number: int, size: int = PAGE_SIZE) -> Sequence[T]:
    """The part of a list that stands on one of its pages."""
    return entries[(number - 1) * size : number * size]


def sources(kb: KnowledgeBase, cited: Iterable[str]) -> Markup | str:
    """The sources of a page; nothing when it has none."""
    found = list_sources(kb, cited)
    return render_component("sources", language=kb.language, sources=found) if found else ""


def related(
    title: str,
    groups: Sequence[tuple[str, Sequence[tuple[Markup, str]]]],
    id: str = "gp-related",
    language: Language = ENGLISH,
) -> Markup | str:
    """Groups of links at the foot of a page, each with the reason why it is there; empty groups are left out.

    Args:
        title: Title above the groups.
        groups: For each its name and its entries: a link, and the reason, which may be empty.
        id: Anchor of the title.
        language: Of the title, the names and the reasons.
    """
    shown = [{"name": name, "entries": entries} for name, entries in groups if entries]
    return render_component("related", language=language, title=title, groups=shown, id=id) if shown else ""


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
    join = kb.language.join
    return ", ".join(kb.gettext(_REASONS[kind], names=join(names)) for kind, names in said.items())


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


@memoise
def _section_link(kb: KnowledgeBase, kind: str) -> Markup:
    section = SECTIONS[kind]
    return link(section.url, kb.gettext(section.title))


@memoise
def _link_themes(kb: KnowledgeBase, ids: tuple[str, ...]) -> Markup:
    # Each has its line: a comma would begin the next one where a name takes two.
    return Html(" ").join(_link_theme(kb, theme_id) for theme_id in ids if theme_id in kb.themes)


@memoise
def _link_theme(kb: KnowledgeBase, theme_id: str) -> Markup:
    return Html(f'<span class="gp-theme">{theme_motif(kb, theme_id)}{link_record(kb, "theme", theme_id)}</span>')


def _case_list(kb: KnowledgeBase, cases: Sequence[tuple[str, CaseStudy]]) -> Markup:
    return render_component("cards", cards=[cards.case_study(kb, case_id) for case_id, _ in cases], empty="")


def case_study_page(kb: KnowledgeBase, id: CaseStudyId, body: str) -> Markup:
    """The page of a case study: facts, story, power, what is not known, sources.

    Args:
        id: The case study.
        body: The story as finished, sanitised HTML.
    """
    case = kb.case_studies[id]
    power = case.power
    facts_shown = facts(
        [
            {
                "name": kb.gettext("Partners"),
                "entries": [{"text": name_involved(kb, involved), "note": involved.role} for involved in case.partners],
            },
            {"name": kb.gettext("Where"), "value": link_place(kb, case)},
            {"name": kb.gettext("When"), "value": case.when or kb.gettext("Not documented")},
            {"name": kb.gettext("Who took part"), "value": link_audiences(kb, case.audiences)},
            {"name": kb.gettext("Setting"), "value": link_setting(kb, case.setting)},
            {
                "name": kb.gettext("Programme"),
                "value": link_records(kb, "programme", [case.programme] if case.programme else []),
            },
            {"name": kb.gettext("Themes"), "value": _link_themes(kb, case.themes)},
        ],
        title=kb.gettext("At a glance"),
    )
    power_shown = facts(
        [
            {"name": kb.gettext("Who decided"), "value": power and power.who_decided},
            {"name": kb.gettext("Who held the money"), "value": power and power.who_held_the_money},
            {"name": kb.gettext("Who was paid"), "value": power and power.who_was_paid},
            {
                "name": kb.gettext("How partners were represented"),
                "value": power and power.how_partners_were_represented,
            },
            {"name": kb.gettext("Money"), "value": kb.choice_name("money_band", case.money) if case.money else ""},
            {
                "name": kb.gettext("Costs of taking part that were met"),
                "value": kb.language.join([kb.choice_name("access_cost", cost) for cost in case.access_costs]),
            },
        ]
    )
    practical = facts(
        [
            {"name": kb.gettext("How contact began"), "value": case.how_contact_began},
            {"name": kb.gettext("Staff time"), "value": case.staff_time},
            {"name": kb.gettext("Keeping people safe"), "value": case.safeguarding},
            {"name": kb.gettext("How it ended"), "value": case.how_it_ended},
            {
                # Which dimensions a story shows is said by whoever wrote it; no source does.
                "name": kb.gettext("Equity Compass")
                if case.contributed or case.contributors
                else kb.gettext("Equity Compass, in our reading"),
                "value": kb.language.join([kb.choice_name("equity_dimension", d) for d in case.equity_dimensions]),
            },
        ]
    )
    return render_template(
        "case_study_page.html",
        language=kb.language,
        head=head("case-study", _section_link(kb, "case_study"), case.title, case.summary),
        facts=facts_shown,
        **place_photos(kb, id, _keep_address(body)),
        partner_account=case.partner_account,
        power=power_shown,
        practical=practical,
        documents=case.documents,
        gaps=_say_gaps(kb, gaps, case.contributed) if (gaps := list_gaps(case)) else "",
        related=related(
            kb.gettext("Read next"),
            [
                (
                    kb.gettext("Case studies"),
                    [
                        (link_record(kb, "case_study", other), say_shared(kb, shared))
                        for other, shared in kb.relate_case_study(id, RELATED)
                    ],
                ),
                (kb.gettext("Chapters"), _link_chapters(kb, case.themes, case.moments)),
                (
                    kb.gettext("Side by side"),
                    [(_link_compare(kb, id), kb.gettext("up to three, with who decided and who held the money"))],
                ),
            ],
        ),
        sources=sources(kb, case.sources),
        provenance=_say_provenance(kb, case),
    )


#: What a part of a story is called, and the address that it had before: whoever kept that one still arrives.
_RENAMED = ("what-the-sources-report", "what-we-learned")


def _keep_address(body: str) -> str:
    new, old = _RENAMED
    if f' id="{old}"' in body:
        return body
    heading = f'<h2 id="{new}">'
    return body.replace(heading, f'{heading}<span id="{old}"></span>', 1)


@memoise
def _link_chapters(kb: KnowledgeBase, themes: tuple[str, ...], moments: tuple[str, ...]) -> list[tuple[Markup, str]]:
    """The chapters about some themes and moments, each with the reason."""
    return [
        (link_record(kb, "chapter", chapter), say_shared(kb, shared))
        for chapter, shared in kb.chapters_about(themes, moments, RELATED)
    ]


def _link_compare(kb: KnowledgeBase, case_id: str) -> Markup:
    return link(f"{OVERVIEWS['compare'].url}?c={case_id}", kb.gettext("Compare with other case studies"))


@memoise
def _say_gaps(kb: KnowledgeBase, gaps: tuple[str, ...], contributed: bool) -> str:
    said = kb.language.join([kb.gettext(gap) for gap in gaps], kb.gettext("or"))
    if contributed:
        return kb.gettext("The partners do not say {gaps}.", gaps=said)
    return kb.gettext("The sources do not say {gaps}.", gaps=said)


def _say_origin(kb: KnowledgeBase, record: CaseStudy | Chapter) -> list[str]:
    """When a text was written from published sources, and whether anybody stands for its facts by name."""
    said = []
    if record.written_on and not record.reviewed_by:
        said.append(
            kb.gettext(
                "Written from published sources on {value}; not yet reviewed by a named person.",
                value=format_date(record.written_on, kb.language),
            )
        )
    elif record.written_on:
        date = format_date(record.written_on, kb.language)
        said.append(kb.gettext("Written from published sources on {value}.", value=date))
    if record.reviewed_on and record.reviewed_by:
        date = format_date(record.reviewed_on, kb.language)
        said.append(kb.gettext("Checked by {name} on {value}.", name=record.reviewed_by, value=date))
    return said


def _say_provenance(kb: KnowledgeBase, case: CaseStudy) -> str:
    told = []
    if case.partner_approved_on:
        date = format_date(case.partner_approved_on, kb.language)
        told.append(kb.gettext("Approved by the community partner on {value}.", value=date))
    elif not case.written_on:
        told.append(kb.gettext("Told from published sources."))
    told += _say_origin(kb, case)
    if not case.contributed and not case.contributors:
        told.append(kb.gettext("The editors of this site wrote it: “we” means them, and the advice is theirs."))
    if case.contributors:
        names = [f"{person.name} ({person.role})" if person.role else person.name for person in case.contributors]
        told.append(kb.gettext("Written by {value}.", value=kb.language.join(names)))
    told.append(kb.gettext("Licence: {value}.", value=case.licence or "CC BY 4.0"))
    return " ".join(told)


def chapter_page(kb: KnowledgeBase, id: ChapterId, body: str) -> Markup:
    """The page of a chapter: head, text, examples from practice, next steps, sources.

    Args:
        id: The chapter.
        body: Its text as finished HTML.
    """
    chapter = kb.chapters[id]
    shown: dict[str, CaseStudy] = {}
    for theme in chapter.themes:
        shown.update(kb.select_case_studies(theme=theme)[:RELATED])
    examples = list(shown.items())[:RELATED]
    translation = kb.find_translation("chapter", id, draft=True)
    section = SECTIONS["chapter"]
    handbook = link(section.url, kb.gettext(section.title))
    return render_template(
        "chapter_page.html",
        head=head(
            "chapter",
            fill(kb.gettext("{handbook}, chapter {number}"), handbook=handbook, number=chapter.order),
            translation.title if translation else chapter.title,
            (translation.summary if translation else None) or chapter.summary,
            [
                {"name": kb.gettext("For"), "value": readers_of(kb, chapter)},
                {"name": kb.gettext("Reading time"), "value": chapter_minutes(kb, id)},
                {"name": kb.gettext("Themes"), "value": _link_themes(kb, chapter.themes)},
                _date_chapter(kb, chapter),
            ],
            language=kb.language,
        ),
        body=Markup(body),  # noqa: S704 - finished HTML, sanitised by the renderer where contributed
        examples=related(
            kb.gettext("From practice"),
            [
                (
                    kb.gettext("Case studies on this theme"),
                    [(link_record(kb, "case_study", c), _say_themes(kb, chapter, case)) for c, case in examples],
                ),
                (
                    kb.gettext("All about the theme"),
                    [(link_record(kb, "theme", t), "") for t in chapter.themes if t in kb.themes],
                ),
            ],
            id="gp-practice",
            language=kb.language,
        ),
        related=related(
            kb.gettext("Read next"),
            [
                (
                    kb.gettext("Chapters"),
                    [
                        (link_record(kb, "chapter", other), say_shared(kb, shared))
                        for other, shared in kb.relate_chapter(id, RELATED)
                    ],
                )
            ],
            language=kb.language,
        ),
        sources=sources(kb, chapter.sources),
        provenance=" ".join(_say_origin(kb, chapter)),
    )


def _date_chapter(kb: KnowledgeBase, chapter: Chapter) -> dict[str, str]:
    """The day on which somebody last stood for the facts; the day of writing is no review."""
    if chapter.reviewed_on:
        return {"name": kb.gettext("Reviewed"), "value": format_date(chapter.reviewed_on, kb.language)}
    return {"name": kb.gettext("Written"), "value": format_date(chapter.written_on, kb.language)}


def _say_themes(kb: KnowledgeBase, chapter: Chapter, case: CaseStudy) -> str:
    """Which of a chapter's themes a case study is about; nothing where the chapter has only one."""
    if len(chapter.themes) < 2:
        return ""
    shared = [lower_first(record_name(kb, "theme", theme)) for theme in chapter.themes if theme in case.themes]
    return kb.gettext("about {names}", names=kb.language.join(shared[:REASONS])) if shared else ""


def partner_profile(kb: KnowledgeBase, id: PartnerId, number: int = 1) -> Markup:
    """The profile of a partner: where, what they bring, programmes, case studies with their role.

    Args:
        id: The partner.
        number: Page of the list of case studies.
    """
    partner = kb.partners[id]
    cases = kb.select_case_studies(partner=id)
    parts = []
    if partner.brings:
        items = [
            {
                "text": asset.what,
                "note": fill(kb.gettext("Source: {source}"), source=describe_source(kb, asset.source).link),
            }
            for asset in partner.brings
        ]
        parts.append(
            {
                "id": "gp-brings",
                "title": kb.gettext("What they bring"),
                "html": facts([{"name": kb.gettext("Strengths"), "entries": items}]),
            }
        )
    if cases:
        rows = [
            {"name": link_record(kb, "case_study", case_id), "value": _role(case, id)}
            for case_id, case in slice_page(cases, number)
        ]
        parts.append({"id": "gp-cases", "title": kb.gettext("Case studies"), "html": facts(rows)})
    themes = dict.fromkeys(theme for _, case in cases[:PAGE_SIZE] for theme in case.themes)
    chapters = kb.select_chapters(themes)[:RELATED]
    if chapters:
        parts.append(
            {
                "id": "gp-chapters",
                "title": kb.gettext("Chapters on what they do"),
                "html": related_links([link_record(kb, "chapter", c) for c, _ in chapters]),
            }
        )
    cited = [*partner.sources, *(asset.source for asset in partner.brings)]
    return render_template(
        "record_page.html",
        language=kb.language,
        head=head(
            "partner",
            join_links([_section_link(kb, "partner"), *_name_kind(kb, partner)]),
            partner.name,
            partner.status,
        ),
        facts=facts(
            [
                {"name": kb.gettext("Where"), "value": _whole_place(partner.town, partner.region, partner.country)},
                {"name": kb.gettext("Formerly"), "value": partner.formerly},
                {"name": kb.gettext("Languages"), "value": kb.language.join(partner.languages)},
                {"name": kb.gettext("Website"), "value": link_website(partner.url)},
                {"name": kb.gettext("Programmes"), "value": link_records(kb, "programme", partner.programmes)},
                {"name": kb.gettext("Networks"), "value": link_records(kb, "network", partner.networks)},
                {"name": kb.gettext("Leads"), "value": link_records(kb, "programme", _led_by(kb, id))},
                {
                    "name": kb.gettext("Offers"),
                    "value": link_records(kb, "resource", [r.id for r in kb.resources.values() if id in r.partners]),
                },
                {
                    "name": kb.gettext("Hosted"),
                    "value": link_records(kb, "event", [e.id for e in kb.events.values() if id in e.hosts]),
                },
            ]
        ),
        about=partner.about,
        parts=parts,
        pagination=pagination(kb, record_url("partner", id), number, count_pages(len(cases))),
        sources=sources(kb, cited),
    )


def related_links(links: Sequence[Markup]) -> Markup:
    """A plain list of links."""
    return Html("<ul>{}</ul>").format(Markup("").join(Html("<li>{}</li>").format(entry) for entry in links))


def _name_kind(kb: KnowledgeBase, partner: Partner) -> list[Markup]:
    """What kind of organisation it is; nothing where no source says so."""
    return [Html.escape(kb.choice_name("partner_kind", partner.kind))] if partner.kind else []


def _role(case: CaseStudy, partner_id: str) -> str:
    return "; ".join(involved.role for involved in case.partners if involved.partner == partner_id)


def _led_by(kb: KnowledgeBase, partner_id: str) -> list[str]:
    return [programme.id for programme in kb.programmes.values() if partner_id in programme.lead]


def _whole_place(*parts: str | None) -> str:
    shown: list[str] = []
    for part in parts:
        if part and not any(part in before for before in shown):
            shown.append(part)
    return ", ".join(shown)


def link_website(url: str | None) -> Markup | str:
    """A link that shows an address as people write it, without what they leave out."""
    if not url:
        return ""
    shown = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return Html('<a href="{}">{}</a>').format(url, shown)


def theme_page(kb: KnowledgeBase, id: ThemeId, number: int = 1) -> Markup:
    """The page of a theme: chapters, case studies, tools.

    Args:
        id: The theme.
        number: Page of the list of case studies.
    """
    theme = kb.themes[id]
    cases = kb.select_case_studies(theme=id)
    parts: list[dict[str, Any]] = []
    chapters = [cards.chapter(kb, c) for c, _ in kb.select_chapters([id])]
    if chapters and number == 1:
        html = render_component("cards", cards=chapters, empty="")
        parts.append({"id": "gp-chapters", "title": kb.gettext("In the handbook"), "html": html})
    if cases:
        parts.append(
            {"id": "gp-cases", "title": kb.gettext("Case studies"), "html": _case_list(kb, slice_page(cases, number))}
        )
    tools = [cards.resource(kb, r.id) for r in kb.resources.values() if id in r.themes]
    if tools and number == 1:
        html = render_component("cards", cards=tools, empty="")
        parts.append({"id": "gp-resources", "title": kb.gettext("Tools and funders"), "html": html})
    return render_template(
        "record_page.html",
        language=kb.language,
        head=head("theme", _section_link(kb, "theme"), theme.name, theme.question, motif=theme_motif(kb, id)),
        facts="",
        about=theme.summary,
        parts=parts,
        pagination=pagination(kb, record_url("theme", id), number, count_pages(len(cases))),
        sources=sources(kb, theme.sources),
    )


def programme_page(kb: KnowledgeBase, id: ProgrammeId, number: int = 1) -> Markup:
    """The page of a programme: facts, steps, plan, members, case studies.

    Args:
        id: The programme.
        number: Page of the list of case studies.
    """
    programme = kb.programmes[id]
    cases = kb.select_case_studies(programme=id)
    parts: list[dict[str, Any]] = []
    if number == 1:
        parts += _programme_parts(kb, programme)
    if cases:
        parts.append(
            {"id": "gp-cases", "title": kb.gettext("Case studies"), "html": _case_list(kb, slice_page(cases, number))}
        )
    inside = [entry.id for entry in kb.programmes.values() if entry.part_of == id]
    lead = Markup(", ").join(
        part for part in (link_records(kb, "partner", programme.lead), Html.escape(programme.lead_text or "")) if part
    )
    return render_template(
        "record_page.html",
        language=kb.language,
        head=head("programme", _section_link(kb, "programme"), programme.name, programme.summary),
        facts=facts(
            [
                {"name": kb.gettext("When"), "value": programme.period},
                {"name": kb.gettext("Lead"), "value": lead},
                {"name": kb.gettext("Funders"), "value": link_records(kb, "partner", programme.funders)},
                {
                    "name": kb.gettext("Part of"),
                    "value": link_records(kb, "programme", [programme.part_of] if programme.part_of else []),
                },
                {"name": kb.gettext("Includes"), "value": link_records(kb, "programme", inside)},
                {"name": kb.gettext("Website"), "value": link_website(programme.url)},
                *({"name": figure.what, "value": figure.value} for figure in programme.figures),
            ]
        ),
        about=programme.about,
        parts=parts,
        pagination=pagination(kb, record_url("programme", id), number, count_pages(len(cases))),
        sources=sources(kb, programme.sources),
    )


def _programme_parts(kb: KnowledgeBase, programme: Programme) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    if programme.milestones:
        parts.append(
            {
                "id": "gp-milestones",
                "title": kb.gettext("Step by step"),
                "html": render_component(
                    "timeline",
                    steps=[
                        {"date": spell_date(step.date, kb.language), "what": step.what} for step in programme.milestones
                    ],
                ),
            }
        )
    parts.extend(
        {"id": f"gp-plan-{entry.id}", "title": entry.name, "html": boxes.plan(kb, entry.id)}
        for entry in kb.plans.values()
        if entry.programme == programme.id
    )
    named = {*programme.lead, *programme.funders}
    members = [member for member in kb.members(programme.id) if member.id not in named]
    if members or programme.other_members:
        rows = [link_record(kb, "partner", member.id) for member in members]
        rows += [Html.escape(name) for name in programme.other_members]
        # Who leads and who pays stands above; and nobody says that these are all.
        parts.append({"id": "gp-members", "title": kb.gettext("Documented here"), "html": related_links(rows)})
    return parts


def network_page(kb: KnowledgeBase, id: NetworkId, number: int = 1) -> Markup:
    """The page of a network.

    Args:
        id: The network.
        number: Always 1: members stand on one page.
    """
    network = kb.networks[id]
    parts = []
    members = kb.network_members(id)
    if members:
        html = related_links([link_record(kb, "partner", member.id) for member in members])
        parts.append({"id": "gp-members", "title": kb.gettext("Members in this knowledge base"), "html": html})
    events = [link_record(kb, "event", event.id) for event in kb.events.values() if id in event.networks]
    if events:
        parts.append({"id": "gp-events", "title": kb.gettext("Events"), "html": related_links(events)})
    return render_template(
        "record_page.html",
        language=kb.language,
        head=head(
            "network",
            _section_link(kb, "network"),
            network.short_name or network.name,
            network.name if network.short_name and network.short_name != network.name else None,
        ),
        facts=facts(
            [
                {"name": kb.gettext("Region"), "value": network.region},
                {"name": kb.gettext("Founded"), "value": network.founded and str(network.founded)},
                {"name": kb.gettext("Seat"), "value": network.seat},
                {"name": kb.gettext("Members"), "value": network.members},
                {"name": kb.gettext("Meetings"), "value": network.meetings},
                {"name": kb.gettext("Website"), "value": link_website(network.url)},
            ]
        ),
        about=network.about,
        parts=parts,
        pagination="",
        sources=sources(kb, network.sources),
    )
