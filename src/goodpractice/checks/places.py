"""Organisations whose place is withheld: neither their entry nor a story says where people meet beyond the town."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CASE_STUDY, PARTNER, CaseStudy, Partner

_BETWEEN = re.compile(r"\s*[,;:()/]\s*|\s+[-\u2013\u2014]\s+")
#: A word that names a building or a street, or a number.
_BUILDING = re.compile(
    r"\d|\b(?:hub|hall|cent(?:re|er)|street|road|lane|avenue|church|chapel|mosque|temple|school|college|library"
    r"|house|rooms?|building|estate|shelter|hostel|hotel)\b",
    re.IGNORECASE,
)


def check_places(kb: KnowledgeBase, keys: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Places that are closer than the town, of partners with `map: withheld` and of stories in which they took part.

    Args:
        kb: The knowledge base.
        keys: The records to look at, by kind and id.
    """
    for kind, record_id in keys:
        if kind == PARTNER:
            yield from _check_town(kb, kb.partners.raw[record_id])
        if kind != CASE_STUDY:
            continue
        case = kb.case_studies.raw[record_id]
        found = (kb.partners.raw.get(involved.partner or "") for involved in case.partners)
        partners = [partner for partner in found if partner is not None]
        withheld = next((partner for partner in partners if partner.map == "withheld"), None)
        if withheld is None or not _is_close(case, partners):
            continue
        origin = kb.origins[kind, record_id]
        towns = [_town(partner) for partner in (withheld, *partners)]
        far = next((town for town in towns if town), None) or case.country
        message = _(
            "`place` is closer than the town, and the place of {name} is withheld: `{place}`",
            name=withheld.name,
            place=case.place,
        )
        hint = _("Write the town at most, and name no building, street or day in the story.")
        if far:
            hint = _("Write `place: {place}`, and name no building, street or day in the story.", place=far)
        yield origin.diagnose(("place",), rules.PLACE_TOO_CLOSE, message, hint)


def _town(partner: Partner) -> str:
    """The name of the town of a partner, without what is closer; empty where none is given."""
    return _BETWEEN.split(partner.town)[0] if partner.town else ""


def _check_town(kb: KnowledgeBase, partner: Partner) -> Iterator[Diagnostic]:
    parts = [part for part in _BETWEEN.split(partner.town or "") if part]
    if partner.map != "withheld" or not parts or (len(parts) == 1 and not _BUILDING.search(parts[0])):
        return
    origin = kb.origins[PARTNER, partner.id]
    message = _("the place of {name} is withheld, and `town` says more: `{town}`", name=partner.name, town=partner.town)
    hint = _("Write the name of the town alone.")
    yield origin.diagnose(("town",), rules.PLACE_TOO_CLOSE, message, hint)


def _is_close(case: CaseStudy, partners: Iterable[Partner]) -> bool:
    """Whether a place names anything but a town and what lies around it.

    A town is known from the partners. Where none of them has one, the first name that is no region counts as one.
    """
    towns = [town for town in map(_town, partners) if town]
    around = [case.region, case.country, *(name for partner in partners for name in (partner.region, partner.country))]
    known = {name.casefold() for name in (*towns, *around) if name}
    closer = [part for part in _BETWEEN.split(case.place.strip()) if part and part.casefold() not in known]
    return len(closer) > (0 if towns else 1) or any(_BUILDING.search(part) for part in closer)
