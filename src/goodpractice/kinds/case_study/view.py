"""The page of a case study."""

from __future__ import annotations

from typing import Annotated

from goodpractice.i18n.dates import format_date
from goodpractice.kinds.base import Ref, place_of
from goodpractice.kinds.blocks import (
    Cite,
    Fact,
    Facts,
    Group,
    Head,
    Item,
    Links,
    Paragraph,
    Paragraphs,
    Photos,
    Related,
    Section,
    SourceList,
    Story,
    View,
)
from goodpractice.kinds.case_study.model import CASE_STUDY, CaseStudy, PartnerInvolved, Power, list_gaps
from goodpractice.kinds.lookup import Lookup, memoise
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.paging import count_pages, slice_page
from goodpractice.kinds.texts import Joined, PageLink, RecordLink, Sentence, Text, WebLink, join
from goodpractice.kinds.views.links import RELATED, link_known, link_section, link_share, relate, say_origin, tag_themes
from goodpractice.kinds.views.lists import lead_on, listing, show_cards
from goodpractice.kinds.views.papers import offer_papers


def case_study_page(kb: Lookup, id: str) -> View:
    """The page of a case study: facts, story, power, what is not known, sources.

    Args:
        id: The case study.
    """
    case: CaseStudy = kb.table(CASE_STUDY)[id]
    documents = tuple(WebLink(document.url, document.title) for document in case.documents)
    return (
        Head("case-study", link_section(kb, CASE_STUDY), case.title, case.summary),
        offer_papers(CASE_STUDY, id),
        Photos(id, "lead"),
        _show_facts(kb, case),
        Story("story", kb.read_text(CASE_STUDY, id)),
        Photos(id, "end"),
        _show_account(kb, case),
        Section("gp-power", kb.gettext("Power and money"), (_show_power(kb, case),), "power"),
        Section("gp-practical", kb.gettext("How it was done"), (_show_practical(kb, case),), "practical"),
        Section("gp-documents", kb.gettext("Use it yourself"), (Links(documents),), "documents"),
        Paragraph("gaps", _say_gaps(kb, list_gaps(case), case.contributed)),
        _show_related(kb, id, case),
        SourceList(case.sources),
        Paragraph("provenance", _say_provenance(kb, case)),
        Cite(CASE_STUDY, id),
    )


def _show_account(kb: Lookup, case: CaseStudy) -> Section:
    """What the community partner says; where nobody has said anything yet, an invitation to do so."""
    told: Paragraphs | Paragraph = Paragraphs(case.partner_account, "")
    share = link_share(kb, kb.gettext("Tell us how it was for you"))
    if not case.partner_account and share:
        words = kb.gettext(
            "No community partner has told this story in their own words yet. Were you there? {link}: "
            "a few lines are enough, and nothing appears here before you agree to it."
        )
        told = Paragraph("invite", Sentence(words, {"link": share}))
    title = kb.gettext("The partner's own account")
    if case.partner_account and not case.contributed:
        # Nobody on the partner's side has approved these words.
        title = kb.gettext("What the partner said, as the sources tell it")
    return Section("gp-account", title, (told,), "account", repeats=not case.partner_account)


def _show_facts(kb: Lookup, case: CaseStudy) -> Facts:
    partners = tuple(Item(_name_involved(kb, involved), involved.role) for involved in case.partners)
    audiences = join(_link_audience(kb, audience) for audience in case.audiences)
    return Facts(
        (
            Fact("partners", kb.gettext("Partners"), items=partners),
            Fact("where", kb.gettext("Where"), _link_place(kb, case)),
            Fact("when", kb.gettext("When"), case.when or kb.gettext("Not documented")),
            Fact("audiences", kb.gettext("With whom"), audiences),
            Fact("setting", kb.gettext("Setting"), _link_setting(kb, case.setting)),
            Fact("programme", kb.gettext("Programme"), link_known(kb, "programme", filter(None, [case.programme]))),
            Fact("themes", kb.gettext("Themes"), tag_themes(kb, case.themes)),
        ),
        kb.gettext("At a glance"),
        "glance",
    )


def _name_involved(kb: Lookup, involved: PartnerInvolved) -> Text:
    """A partner of a case study: linked, named only, or said to be not named."""
    if involved.name:
        return involved.name
    if involved.partner in kb.table("partner"):
        return RecordLink("partner", str(involved.partner))
    return kb.gettext("Not named here")


def _link_place(kb: Lookup, case: CaseStudy) -> Text:
    """Where a story happened, with a link to the other case studies from that region or country."""
    shown = place_of(case)
    area = case.region or case.country
    if not area:
        return shown
    url = OVERVIEWS["regions"].url_of(kb.area_of(case.region, case.country))
    before, found, after = shown.rpartition(area)
    if not found or (case.country and after and case.country not in after):
        return PageLink(url, shown)
    return Joined((before, PageLink(url, area), after), "")


@memoise
def _link_audience(kb: Lookup, audience: str) -> PageLink:
    return PageLink(OVERVIEWS["audiences"].url_of(audience), kb.choice_name("audience", audience))


def _link_setting(kb: Lookup, setting: str | None) -> Text:
    """The name of a setting, with a link to the other case studies in it."""
    if not setting:
        return ""
    name = kb.choice_name("setting", setting)
    return PageLink(OVERVIEWS["settings"].url_of(setting), name) if kb.table("setting").get(setting) else name


def _show_power(kb: Lookup, case: CaseStudy) -> Facts:
    power = case.power or Power()
    costs = kb.language.join([kb.choice_name("access_cost", cost) for cost in case.access_costs])
    return Facts(
        (
            Fact("who-decided", kb.gettext("Who decided"), power.who_decided),
            Fact("who-held-the-money", kb.gettext("Who held the money"), power.who_held_the_money),
            Fact("who-was-paid", kb.gettext("Who was paid"), power.who_was_paid),
            Fact("represented", kb.gettext("How partners were represented"), power.how_partners_were_represented),
            Fact("money", kb.gettext("Money"), kb.choice_name("money_band", case.money) if case.money else ""),
            Fact("access-costs", kb.gettext("Costs of taking part that were met"), costs),
        ),
        role="power",
    )


def _show_practical(kb: Lookup, case: CaseStudy) -> Facts:
    # Which dimensions a story shows is said by whoever wrote it; no source does.
    theirs = case.contributed or case.contributors
    compass = kb.gettext("Equity Compass") if theirs else kb.gettext("Equity Compass, in our reading")
    dimensions = link_known(kb, "equity_dimension", case.equity_dimensions)
    return Facts(
        (
            Fact("how-contact-began", kb.gettext("How contact began"), case.how_contact_began),
            Fact("staff-time", kb.gettext("Staff time"), case.staff_time),
            Fact("safeguarding", kb.gettext("Keeping people safe"), case.safeguarding),
            Fact("how-it-ended", kb.gettext("How it ended"), case.how_it_ended),
            Fact("equity-compass" if theirs else "equity-compass-read", compass, dimensions),
        ),
        role="practical",
    )


def _show_related(kb: Lookup, id: str, case: CaseStudy) -> Related:
    compare = PageLink(f"{OVERVIEWS['compare'].url}?c={id}", kb.gettext("Compare with other case studies"))
    why = kb.gettext("up to three, with who decided and who held the money")
    return Related(
        kb.gettext("Read next"),
        (
            Group(kb.gettext("Case studies"), relate(kb, CASE_STUDY, kb.relate_case_study(id, RELATED))),
            Group(kb.gettext("Chapters"), _list_chapters(kb, case.themes, case.moments)),
            Group(kb.gettext("Side by side"), (Item(compare, why),)),
        ),
    )


@memoise
def _list_chapters(kb: Lookup, themes: tuple[str, ...], moments: tuple[str, ...]) -> tuple[Item, ...]:
    """The chapters about some themes and moments, each with the reason."""
    return relate(kb, "chapter", kb.chapters_about(themes, moments, RELATED))


@memoise
def _say_gaps(kb: Lookup, gaps: tuple[str, ...], contributed: bool) -> str:
    if not gaps:
        return ""
    said = kb.language.join([kb.gettext(gap) for gap in gaps], kb.gettext("or"))
    if contributed:
        return kb.gettext("The partners do not say {gaps}.", gaps=said)
    return kb.gettext("What we read does not say {gaps}.", gaps=said)


def _say_provenance(kb: Lookup, case: CaseStudy) -> str:
    told = []
    if case.partner_approved_on:
        date = format_date(case.partner_approved_on, kb.language)
        told.append(kb.gettext("Approved by the community partner on {value}.", value=date))
    elif not case.written_on:
        told.append(kb.gettext("Told from published sources."))
    told += say_origin(kb, case)
    if not case.contributed and not case.contributors:
        told.append(kb.gettext("The editors of this site wrote it: “we” means them, and the advice is theirs."))
    if case.contributors:
        names = [f"{person.name} ({person.role})" if person.role else person.name for person in case.contributors]
        told.append(kb.gettext("Written by {value}.", value=kb.language.join(names)))
    told.append(kb.gettext("Licence: {value}.", value=case.licence or "CC BY 4.0"))
    return " ".join(told)


def case_study_index(kb: Lookup, number: int = 1) -> View:
    """Case studies, newest first, 50 on a page.

    Args:
        number: Page of the list.
    """
    entries = kb.ordered_case_studies
    shown = show_cards(kb, CASE_STUDY, (case_id for case_id, _ in slice_page(entries, number)))
    book = offer_papers("index", CASE_STUDY)
    return listing(kb, CASE_STUDY, lead_on(kb), book, shown, number=number, of=count_pages(len(entries)))


def case_studies(
    kb: Lookup,
    ids: list[Annotated[str, Ref("case_study")]] | None = None,
    theme: Annotated[str, Ref("theme")] | None = None,
    partner: Annotated[str, Ref("partner")] | None = None,
    programme: Annotated[str, Ref("programme")] | None = None,
    audience: Annotated[str, Ref("audience")] | None = None,
    limit: int | None = None,
) -> View:
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
    if ids is None:
        facets = {"theme": theme, "partner": partner, "programme": programme, "audience": audience}
        asked = any(value is not None for value in facets.values())
        cases = kb.select_case_studies(**facets) if asked else kb.ordered_case_studies
        ids = [case_id for case_id, _ in cases[:limit]]
    return (show_cards(kb, CASE_STUDY, ids[:limit], kb.gettext("No case study has been told here yet.")),)
