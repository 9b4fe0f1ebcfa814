"""What pages tell other programs: a block of JSON-LD in the head.

Such a block is data and never runs: the policy that forbids inline scripts does not speak of it. It stands in an
element `script` all the same, so everything that could end that element is written as its number.
"""

from __future__ import annotations

import json

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.registry import COLLECTIONS

_SPECIAL = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def serialise_linked_data(kb: KnowledgeBase, kind: str, record_id: str) -> str:
    """The description of a record as an element for the head of its page; nothing for a kind that has none."""
    collection = COLLECTIONS.get(kind)
    if collection is None or collection.linked_data is None:
        return ""
    described = collection.linked_data(kb.table(kind)[record_id], kb)
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":")).translate(_SPECIAL)
    return f'<script type="application/ld+json">{text}</script>'
