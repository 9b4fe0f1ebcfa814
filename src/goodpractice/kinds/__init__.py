"""The records of the knowledge base, one class for each kind of thing that people write about.

The descriptions beside the fields are the documentation that contributors
read: in the JSON Schemas, on the reference page and in messages.
"""

from goodpractice.kinds.base import ID_PATTERN, Record, Ref, SourceRef
from goodpractice.kinds.case_study import GAPS, CaseStudy, PartnerInvolved, Power, list_gaps
from goodpractice.kinds.chapter import Chapter
from goodpractice.kinds.partner import Asset, Network, Partner
from goodpractice.kinds.photo import Consent, Photo, PhotoInfo
from goodpractice.kinds.tables import (
    Action,
    Choice,
    Event,
    Plan,
    Programme,
    Publication,
    Resource,
    Strand,
    Term,
    Theme,
)
from goodpractice.kinds.translation import Translation

__all__ = [
    "GAPS",
    "ID_PATTERN",
    "Action",
    "Asset",
    "CaseStudy",
    "Chapter",
    "Choice",
    "Consent",
    "Event",
    "Network",
    "Partner",
    "PartnerInvolved",
    "Photo",
    "PhotoInfo",
    "Plan",
    "Power",
    "Programme",
    "Publication",
    "Record",
    "Ref",
    "Resource",
    "SourceRef",
    "Strand",
    "Term",
    "Theme",
    "Translation",
    "list_gaps",
]
