"""Where a record is told: on its own page, or as an entry on the page of another record."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import PARTNER, PROGRAMME
from goodpractice.kinds.registry import COLLECTIONS


def anchor_entry(partner_id: str) -> str:
    """Anchor of a partner on the page of the programme that lists it."""
    return f"partner-{partner_id}"


def find_entry(kb: KnowledgeBase, kind: str, record_id: str) -> str:
    """Address of the entry of a record that has no page of its own; nothing for all others."""
    host = kb.partners[record_id].listed_in if kind == PARTNER else None
    known = host is not None and host in kb.programmes
    return f"{COLLECTIONS[PROGRAMME].record_url(host)}#{anchor_entry(record_id)}" if host and known else ""


def locate_record(kb: KnowledgeBase, kind: str, record_id: str) -> str:
    """Address of a record, wherever it is told."""
    return find_entry(kb, kind, record_id) or COLLECTIONS[kind].record_url(record_id)
