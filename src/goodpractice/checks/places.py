"""Stories of organisations whose place is withheld: none says where people met more closely than the city."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goodpractice import issues
from goodpractice.issues import Issue
from goodpractice.knowledge_base import KnowledgeBase
from goodpractice.models import CaseStudy, Partner
from goodpractice.saying import said

_BETWEEN = re.compile(r"\s*[,;:()/]\s*|\s+[-\u2013\u2014]\s+")
#: A word that names a building or a street, or a number.
_BUILDING = re.compile(
    r"\d|\b(?:hub|hall|cent(?:re|er)|street|road|lane|avenue|church|chapel|mosque|temple|school|college|library"
    r"|house|rooms?|building|estate|shelter|hostel|hotel)\b",
    re.IGNORECASE,
)


def check_places(kb: KnowledgeBase, keys: Iterable[tuple[str, str]]) -> Iterator[Issue]:
    """Places of case studies that are closer than the town of a partner with `map: withheld`.

    Args:
        kb: The knowledge base.
        keys: The records to look at, by kind and id; all but case studies are passed over.
    """
    for kind, record_id in keys:
        if kind != "case_study":
            continue
        case = kb.case_studies.raw[record_id]
        found = (kb.partners.raw.get(involved.partner or "") for involved in case.partners)
        partners = [partner for partner in found if partner is not None]
        withheld = next((partner for partner in partners if partner.map == "withheld"), None)
        if withheld is None or not _is_close(case, partners):
            continue
        origin = kb.origins[kind, record_id]
        far = withheld.town or next((partner.town for partner in partners if partner.town), None) or case.country
        message = said(
            "`place` is closer than the town, and the place of {name} is withheld: `{place}`",
            name=withheld.name,
            place=case.place,
        )
        hint = said("Write the town at most, and name no building, street or day in the story.")
        if far:
            hint = said("Write `place: {place}`, and name no building, street or day in the story.", place=far)
        yield Issue(origin.path, *origin.find(("place",)), issues.PLACE_TOO_CLOSE, message, hint)


def _is_close(case: CaseStudy, partners: Iterable[Partner]) -> bool:
    """Whether a place names anything but a town and what lies around it.

    A town is known from the partners. Where none of them has one, the first name that is no region counts as one.
    """
    towns = [partner.town for partner in partners if partner.town]
    around = [case.region, case.country, *(name for partner in partners for name in (partner.region, partner.country))]
    known = {name.casefold() for name in (*towns, *around) if name}
    closer = [part for part in _BETWEEN.split(case.place.strip()) if part and part.casefold() not in known]
    return len(closer) > (0 if towns else 1) or any(_BUILDING.search(part) for part in closer)
