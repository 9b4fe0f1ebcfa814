"""The records of the knowledge base, one class for each kind of thing that people write about.

The descriptions beside the fields are the documentation that contributors
read: in the JSON Schemas, on the reference page and in messages.
"""

from goodpractice.kinds.base import ID_PATTERN, Record, Ref, SourceRef
from goodpractice.kinds.case_study import CASE_STUDY, GAPS, CaseStudy, PartnerInvolved, Power, list_gaps
from goodpractice.kinds.chapter import CHAPTER, Chapter
from goodpractice.kinds.event import EVENT, Event
from goodpractice.kinds.network import NETWORK, Network
from goodpractice.kinds.partner import PARTNER, Asset, Partner
from goodpractice.kinds.photo import Consent, Photo, PhotoInfo
from goodpractice.kinds.plan import PLAN, Action, Plan, Strand
from goodpractice.kinds.programme import PROGRAMME, Programme
from goodpractice.kinds.publication import SOURCE, Publication
from goodpractice.kinds.resource import RESOURCE, Resource
from goodpractice.kinds.term import TERM, Term
from goodpractice.kinds.theme import THEME, Theme
from goodpractice.kinds.translation import TRANSLATION, Translation
from goodpractice.kinds.vocabulary import AUDIENCE, MOMENT, MONEY_BAND, PARTNER_KIND, RESOURCE_KIND, SETTING, Choice

__all__ = [
    "AUDIENCE",
    "CASE_STUDY",
    "CHAPTER",
    "EVENT",
    "GAPS",
    "ID_PATTERN",
    "MOMENT",
    "MONEY_BAND",
    "NETWORK",
    "PARTNER",
    "PARTNER_KIND",
    "PLAN",
    "PROGRAMME",
    "RESOURCE",
    "RESOURCE_KIND",
    "SETTING",
    "SOURCE",
    "TERM",
    "THEME",
    "TRANSLATION",
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
