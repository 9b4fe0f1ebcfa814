"""The records of the knowledge base, one class for each kind of thing that people write about.

The descriptions beside the fields are the documentation that contributors
read: in the JSON Schemas, on the reference page and in messages.
"""

from goodpractice.kinds.base import ID_PATTERN, Record, Ref, SourceRef
from goodpractice.kinds.case_study.model import CASE_STUDY, CaseStudy, PartnerInvolved
from goodpractice.kinds.chapter import CHAPTER, Chapter
from goodpractice.kinds.pack import PACK, Pack
from goodpractice.kinds.partner import PARTNER, Partner
from goodpractice.kinds.photo import Consent, Photo, PhotoInfo
from goodpractice.kinds.plan import PLAN
from goodpractice.kinds.programme import PROGRAMME
from goodpractice.kinds.publication import SOURCE, Publication
from goodpractice.kinds.term import TERM, Term
from goodpractice.kinds.theme import THEME
from goodpractice.kinds.translation import TRANSLATION, Translation
from goodpractice.kinds.vocabulary import AUDIENCE, MOMENT, MONEY_BAND, SETTING, Choice

__all__ = [
    "AUDIENCE",
    "CASE_STUDY",
    "CHAPTER",
    "ID_PATTERN",
    "MOMENT",
    "MONEY_BAND",
    "PACK",
    "PARTNER",
    "PLAN",
    "PROGRAMME",
    "SETTING",
    "SOURCE",
    "TERM",
    "THEME",
    "TRANSLATION",
    "CaseStudy",
    "Chapter",
    "Choice",
    "Consent",
    "Pack",
    "Partner",
    "PartnerInvolved",
    "Photo",
    "PhotoInfo",
    "Publication",
    "Record",
    "Ref",
    "SourceRef",
    "Term",
    "Translation",
]
