"""Photos of a case study, and what the people in them agreed to."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.kinds.base import Line, Record

#: Endings of the pictures that are accepted.
PHOTO_TYPES = ("jpg", "png", "webp")
PHOTO_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpg|png|webp)")
#: The scope without which a photo is not shown on the site.
WEBSITE = "website"

#: Beginning of the line of the ledger that says which picture it speaks of.
DIGEST_FIELD = "digest"

Scope = Literal["website", "print", "social media", "press"]
People = Literal["nobody", "adults", "children"]
#: SHA-256 of a file.
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
PhotoName = Annotated[str, StringConstraints(pattern=rf"^{PHOTO_NAME.pattern}$", max_length=80)]

#: A title before a name, a signature or an address: what must not stand in a ledger that everybody can read.
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\b\.?\s+\w|\b[Ss]igned by\b|@|\+?\d(?:[\s-]?\d){8,}")


class PhotoInfo(NamedTuple):
    """What a page needs to know of the file of a photo.

    Attributes:
        width: Pixels.
        height: Pixels.
        digest: SHA-256 of the file, in hexadecimal digits.
        until: The last day on which the photo may be shown, as 2026-03-31; empty when there is none.
    """

    width: int
    height: int
    digest: str
    until: str = ""


class Photo(Record):
    """A photo in the folder of the case study: `case_studies/<id>/<file>`."""

    file: PhotoName = Field(
        description="Name of the file in the folder of the case study: small letters, digits, hyphens; "
        "it ends in .jpg, .png or .webp."
    )
    alt: Line | None = Field(
        None,
        description="What somebody who cannot see the photo needs to know, in a sentence. Needed unless `decorative`.",
    )
    decorative: bool = Field(False, description="`true` when the photo tells nothing that the story does not.")
    caption: Line | None = Field(None, description="What stands below the photo.")
    credit: Line | None = Field(None, description="Who made the photo, if they want to be named, and its licence.")
    placement: Literal["lead", "end"] = Field(
        "end",
        description="`lead` shows the first photo above the facts; `end` shows it below the story, "
        "unless the story shows it itself.",
    )


class Consent(Record):
    """What the people in one photo agreed to. No person is named: the form stays offline."""

    people: People = Field(description="Who may be seen: nobody, adults or children.")
    consent_given_on: datetime.date | None = Field(
        None,
        description="The day on which the people, or the parents of children, said yes. Needed when people are seen.",
    )
    kept_by: Line | None = Field(
        None,
        description="Organisation that keeps the forms: id in partners.yml, or name. Needed when people are seen.",
    )
    scope: tuple[Scope, ...] = Field(
        (),
        description="What was agreed to: website, print, social media, press. "
        "Needed when people are seen; without `website` the photo is not shown.",
    )
    expires_on: datetime.date | None = Field(None, description="The last day on which the photo may be shown.")
    form: Line | None = Field(
        None, description="How the organisation finds the form, for example `Form 12`. Names nobody."
    )
    digest: Digest | None = Field(
        None,
        description="Which picture the entry speaks of: the fingerprint (SHA-256) of its file, as "
        "`goodpractice photo add` writes it. A photo whose file has another one is not shown.",
    )

    def list_missing(self) -> tuple[str, ...]:
        """Fields that are needed because people may be seen."""
        if self.people == "nobody":
            return ()
        return tuple(field for field in ("consent_given_on", "kept_by", "scope") if not getattr(self, field))

    def list_naming(self) -> tuple[str, ...]:
        """Fields whose text seems to name a person."""
        return tuple(field for field in ("kept_by", "form") if _PERSON.search(getattr(self, field) or ""))

    def is_narrow(self) -> bool:
        """Whether people agreed to something, but not to the website."""
        return bool(self.scope) and WEBSITE not in self.scope

    def has_expired(self, today: datetime.date) -> bool:
        """Whether the photo may no longer be shown; on its last day it may."""
        return self.expires_on is not None and self.expires_on < today

    def allows_website(self, today: datetime.date) -> bool:
        """Whether a photo may be shown on the site today; whether it is the right picture is another question."""
        return not (self.list_missing() or self.is_narrow() or self.has_expired(today))


#: Names of fields that would hold a person: refused with a message of their own.
PERSONAL_FIELDS = frozenset(
    {
        *("name", "names", "person", "persons", "people_names", "who", "child", "children", "adult", "adults"),
        *("parent", "parents", "guardian", "carer", "signed_by", "signature", "given_by", "consent_given_by"),
        *("photographer", "email", "e_mail", "phone", "telephone", "address", "age", "date_of_birth", "born_on"),
    }
)


def photo_path(case_id: str, file: str) -> str:
    """Path of a photo in the repository."""
    return f"{CASE_STUDIES}/{case_id}/{file}"
