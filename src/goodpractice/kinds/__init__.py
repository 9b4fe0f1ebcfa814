"""The records of the knowledge base, one class for each kind of thing that people write about.

The descriptions beside the fields are the documentation that contributors
read: in the JSON Schemas, on the reference page and in messages.
"""

from goodpractice.kinds.base import ID_PATTERN, Record, Ref, SourceRef
from goodpractice.kinds.case_study import GAPS, CaseStudy, PartnerInvolved, Power, list_gaps
from goodpractice.kinds.chapter import Chapter
from goodpractice.kinds.event import Event
from goodpractice.kinds.network import Network
from goodpractice.kinds.partner import Asset, Partner
from goodpractice.kinds.photo import Consent, Photo, PhotoInfo
from goodpractice.kinds.plan import Action, Plan, Strand
from goodpractice.kinds.programme import Programme
from goodpractice.kinds.publication import Publication
from goodpractice.kinds.resource import Resource
from goodpractice.kinds.term import Term
from goodpractice.kinds.theme import Theme
from goodpractice.kinds.translation import Translation
from goodpractice.kinds.vocabulary import Choice

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
