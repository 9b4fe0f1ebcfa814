"""Case studies: light to write, honest about what is not known."""

from __future__ import annotations

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import place_of
from goodpractice.kinds.case_study.model import CASE_STUDY, CaseStudy
from goodpractice.kinds.case_study.view import case_studies, case_study_index, case_study_page
from goodpractice.kinds.kind import Card, CardText, Collection, Filter, Kind, Search
from goodpractice.kinds.lookup import Lookup
from goodpractice.kinds.paging import PAGE_SIZE
from goodpractice.kinds.papers import Paper


def _write_card(case_id: str, case: CaseStudy, kb: Lookup) -> CardText:
    facts = " · ".join(part for part in (place_of(case), case.when) if part)
    return CardText(kb.gettext("Case study"), case.summary, facts)


def _list_short_names(_: str, case: CaseStudy, kb: Lookup) -> tuple[str, ...]:
    """What stands before the colon of a title is what people call it: `Lab_13: a laboratory run by pupils`."""
    short, colon, _rest = case.title.partition(": ")
    return (short,) if colon else ()


#: Of fields that are marked with `Facet`, partners' and events' among them, and of the year.
_PLACES = (CASE_STUDY, "partner")
_FILTERS = (
    Filter(id="region", name=N_("Nation or region"), place=60, order="name", among=_PLACES),
    Filter(id="country", name=N_("Country"), place=70, order="count", among=_PLACES),
    Filter(id="year", name=N_("Year"), place=90, order="newest"),
    Filter(id="staff_time", name=N_("Staff time"), place=110, order="name", is_documented=True),
    Filter(id="money_holder", name=N_("Who held the money"), place=120, order="name", is_documented=True),
)

KIND = Kind(
    id=CASE_STUDY,
    model=CaseStudy,
    linked_type="Article",
    file="case_studies/",
    name=_("case study"),
    also=(
        "cases",
        "stories",
        "story",
        "studies",
    ),
    is_contributed=True,
    collection=Collection(
        url="case-studies/",
        title=N_("Case studies"),
        description=N_("What partners did or planned together, and what is known of it, with sources."),
        view=case_study_index,
        page_size=PAGE_SIZE,
        record_view=case_study_page,
        describe=lambda case, _: case.summary,
        papers=(Paper(format="pdf", title=N_("This case study as PDF")),),
        books=(Paper(format="epub", title=N_("All case studies as e-book (EPUB)")),),
    ),
    card=Card(
        write=_write_card,
        summary="One case study.",
        argument="The case study: its file name without `.md`.",
        example="dynamic-earth-bus",
        is_shared=True,
    ),
    macros=(case_studies,),
    search=Search(
        label=N_("Case study"),
        rank=2,
        prior=1.05,
        aliases=_list_short_names,
        # By the names that readers know, since the region of a story is often not in its text.
        hidden=lambda case_id, case, _: (case.country or "", case.region or ""),
        facets=lambda case: {"year": str(case.first_year) if case.first_year is not None else None},
        facts=lambda case: " · ".join(part for part in (case.region or case.country, case.when) if part),
    ),
    field_filters=_FILTERS,
)
