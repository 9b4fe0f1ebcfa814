"""The records of the knowledge base, one class for each kind of thing that people write about.

The descriptions beside the fields are the documentation that contributors
read: in the JSON Schemas, on the reference page and in messages.
"""

from goodpractice.models.base import ID_PATTERN, Record, Ref, SourceRef
from goodpractice.models.case_study import GAPS, CaseStudy, PartnerInvolved, Power, list_gaps
from goodpractice.models.chapter import Chapter
from goodpractice.models.partner import Asset, Network, Partner
from goodpractice.models.photo import Consent, Photo, PhotoFacts
from goodpractice.models.tables import (
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
from goodpractice.models.translation import Translation

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
    "PhotoFacts",
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
