"""The page of a programme."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import Programme
from goodpractice.kinds.blocks import (
    Block,
    Fact,
    Facts,
    Head,
    Links,
    Pagination,
    PlanBlock,
    Prose,
    RecordLink,
    Section,
    Sources,
    Step,
    Timeline,
    View,
    join,
)
from goodpractice.pages.plan import count_pages
from goodpractice.render.arguments import ProgrammeId
from goodpractice.render.links import record_url
from goodpractice.render.views.listing import list_cards, listing
from goodpractice.render.views.shared import link_known, link_section, link_website, section_of_cases


def programme_page(kb: KnowledgeBase, id: ProgrammeId, number: int = 1) -> View:
    """The page of a programme: facts, steps, plan, members, case studies.

    Args:
        id: The programme.
        number: Page of the list of case studies.
    """
    programme = kb.programmes[id]
    cases = kb.select_case_studies(programme=id)
    parts = _list_sections(kb, programme) if number == 1 else ()
    inside = [entry.id for entry in kb.programmes.values() if entry.part_of == id]
    lead = join([link_known(kb, "partner", programme.lead), programme.lead_text or ""])
    return (
        Head("programme", link_section(kb, "programme"), programme.name, programme.summary),
        Facts(
            (
                Fact("when", kb.gettext("When"), programme.period),
                Fact("lead", kb.gettext("Lead"), lead),
                Fact("funders", kb.gettext("Funders"), link_known(kb, "partner", programme.funders)),
                Fact("part-of", kb.gettext("Part of"), link_known(kb, "programme", filter(None, [programme.part_of]))),
                Fact("includes", kb.gettext("Includes"), link_known(kb, "programme", inside)),
                Fact("website", kb.gettext("Website"), link_website(programme.url)),
                *(Fact("figure", figure.what, figure.value) for figure in programme.figures),
            )
        ),
        Prose(programme.about),
        *parts,
        *section_of_cases(kb, cases, number),
        Pagination(record_url("programme", id), number, count_pages(len(cases))),
        Sources(programme.sources),
    )


def _list_sections(kb: KnowledgeBase, programme: Programme) -> tuple[Block, ...]:
    steps = tuple(Step(step.date, step.what) for step in programme.milestones)
    plans = [
        Section(f"gp-plan-{entry.id}", entry.name, (PlanBlock(entry.id),))
        for entry in kb.plans.values()
        if entry.programme == programme.id
    ]
    # Who leads and who pays stands above; and nobody says that these are all.
    named = {*programme.lead, *programme.funders}
    members = [RecordLink("partner", member.id) for member in kb.members(programme.id) if member.id not in named]
    return (
        Section("gp-milestones", kb.gettext("Step by step"), (Timeline(steps),)),
        *plans,
        Section("gp-members", kb.gettext("Documented here"), (Links((*members, *programme.other_members)),)),
    )


def programme_index(kb: KnowledgeBase) -> View:
    """All programmes, in the order of `data/programmes.yml`."""
    return listing(kb, "programme", list_cards(kb, "programme", kb.programmes))
