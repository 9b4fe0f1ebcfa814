"""Macros that show a record as a card or a link, and lists of cards."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase, memoise
from goodpractice.kinds import Partner, Resource
from goodpractice.kinds.base import place_of
from goodpractice.render.arguments import (
    AudienceId,
    CaseStudyId,
    ChapterId,
    NetworkId,
    PartnerId,
    PartnerKindId,
    ProgrammeId,
    ResourceId,
    ResourceKindId,
    Style,
    TermId,
    ThemeId,
)
from goodpractice.render.environment import page_href, render_component
from goodpractice.render.links import (
    chapter_minutes,
    describe_record,
    link_record,
    record_name,
    record_url,
)
from goodpractice.render.motifs import theme_motif


def _card(
    kb: KnowledgeBase,
    kind: str,
    record_id: str,
    label: str,
    text: str | None = None,
    meta: str = "",
    motif: Markup | None = None,
) -> Markup:
    words = describe_record(kb, kind, record_id) if kb.is_translated else None
    return render_component(
        "card",
        language=kb.language,
        modifier=kind.replace("_", "-"),
        label=label,
        href=page_href(record_url(kind, record_id)),
        title=words.name if words else record_name(kb, kind, record_id),
        text=(words.summary if words else None) or text,
        meta=meta,
        meta_is_said=kind in ("chapter", "network"),
        motif=motif,
        said_in=words.language if words else "",
    )


def _cards(cards: Iterable[Markup], none: str) -> Markup:
    return render_component("cards", cards=list(cards), empty=none)


def partner(kb: KnowledgeBase, id: PartnerId, style: Style = "card") -> Markup:
    """One partner.

    Args:
        id: The partner.
        style: `card`, or `link` inside a sentence.

    Example:
        {{ partner("techniquest") }}
    """
    if style == "link":
        return link_record(kb, "partner", id)
    record = kb.partners[id]
    kind = kb.choice_name("partner_kind", record.kind) if record.kind else kb.gettext("Partner")
    return _card(kb, "partner", id, kind, place_of(record))


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
    return _cards((partner(kb, record.id) for record in chosen), kb.gettext("No partner is listed here yet."))


def case_study(kb: KnowledgeBase, id: CaseStudyId, style: Style = "card") -> Markup:
    """One case study.

    Args:
        id: The case study: its file name without `.md`.
        style: `card`, or `link` inside a sentence.

    Example:
        {{ case_study("dynamic-earth-bus") }}
    """
    if style == "link":
        return link_record(kb, "case_study", id)
    return _case_study_card(kb, id)


@memoise
def _case_study_card(kb: KnowledgeBase, id: str) -> Markup:
    record = kb.case_studies[id]
    facts = " · ".join(part for part in (place_of(record), record.when) if part)
    return _card(kb, "case_study", id, kb.gettext("Case study"), record.summary, facts)


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
        return _cards((case_study(kb, case_id) for case_id in ids[:limit]), none)
    facets = {"theme": theme, "partner": partner, "programme": programme, "audience": audience}
    asked = any(value is not None for value in facets.values())
    chosen = (kb.select_case_studies(**facets) if asked else kb.ordered_case_studies)[:limit]
    return _cards((case_study(kb, case_id) for case_id, _ in chosen), none)


def chapter(kb: KnowledgeBase, id: ChapterId, style: Style = "card") -> Markup:
    """One chapter of the handbook.

    Args:
        id: The chapter: its file name without `.md`.
        style: `card`, or `link` inside a sentence.

    Example:
        {{ chapter("superpowers") }}
    """
    if style == "link":
        return link_record(kb, "chapter", id)
    record = kb.chapters[id]
    label = kb.gettext("Chapter {number}", number=record.order)
    return _card(kb, "chapter", id, label, record.summary, chapter_minutes(kb, id))


def programme(kb: KnowledgeBase, id: ProgrammeId, style: Style = "card") -> Markup:
    """One programme.

    Args:
        id: The programme.
        style: `card`, or `link` inside a sentence.

    Example:
        {{ programme("eyu-4") }}
    """
    if style == "link":
        return link_record(kb, "programme", id)
    record = kb.programmes[id]
    return _card(kb, "programme", id, kb.gettext("Programme"), record.summary, record.period or "")


def network(kb: KnowledgeBase, id: NetworkId, style: Style = "card") -> Markup:
    """One network.

    Args:
        id: The network.
        style: `card`, or `link` inside a sentence.

    Example:
        {{ network("ecsite") }}
    """
    if style == "link":
        return link_record(kb, "network", id)
    record = kb.networks[id]
    founded = kb.gettext("Founded {year}", year=record.founded) if record.founded else ""
    about = record.name if record.short_name else record.region
    return _card(kb, "network", id, kb.gettext("Network"), about, founded)


def networks(kb: KnowledgeBase) -> Markup:
    """Cards of all networks, in the order of `partners.yml`.

    Example:
        {{ networks() }}
    """
    return _cards((network(kb, network_id) for network_id in kb.networks), kb.gettext("No network is listed here yet."))


def theme(kb: KnowledgeBase, id: ThemeId, style: Style = "card") -> Markup:
    """One theme.

    Args:
        id: The theme.
        style: `card`, or `link` inside a sentence.

    Example:
        {{ theme("power-dynamics") }}
    """
    if style == "link":
        return link_record(kb, "theme", id)
    return _card(kb, "theme", id, kb.gettext("Theme"), kb.themes[id].question, motif=theme_motif(kb, id))


def themes(kb: KnowledgeBase) -> Markup:
    """Cards of all themes, in the order of `data/themes.yml`.

    Example:
        {{ themes() }}
    """
    return _cards((theme(kb, theme_id) for theme_id in kb.themes), kb.gettext("No theme is listed here yet."))


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


def resource(kb: KnowledgeBase, id: ResourceId, style: Style = "card") -> Markup:
    """One tool, guide or funder.

    Args:
        id: The resource.
        style: `card`, or `link` inside a sentence.

    Example:
        {{ resource("equity-compass") }}
    """
    if style == "link":
        return link_record(kb, "resource", id)
    record = kb.resources[id]
    return _card(kb, "resource", id, kb.choice_name("resource_kind", record.kind), record.about, record.owner or "")


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
    return _cards((resource(kb, resource_id) for resource_id in chosen), kb.gettext("No resource is listed here yet."))
