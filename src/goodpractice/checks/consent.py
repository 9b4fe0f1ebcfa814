"""Ledgers of consent: what people agreed to, until when, and which picture it was."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from goodpractice.checks.dates import check_day
from goodpractice.config.limits import Limits
from goodpractice.config.project_folders import CASE_STUDIES, CONSENT_FILE
from goodpractice.content.document import Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.photos import load_ledger
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_and
from goodpractice.kinds import Consent
from goodpractice.kinds.photo import DIGEST_FIELD, PHOTO_NAME, WEBSITE, photo_path

GUIDE = _("If it was pushed, it is public already: see the guide to taking a photo down.")


def check_ledgers(
    kb: KnowledgeBase,
    root: Path,
    there: Collection[str],
    limits: Limits,
    today: datetime.date,
    case_ids: Collection[str] | None = None,
) -> Iterator[Diagnostic]:
    """Every entry of every ledger.

    Args:
        kb: The knowledge base.
        root: The project.
        there: Paths of the pictures that lie in the folders.
        limits: How large a ledger may be.
        today: The day that decides whether consent has expired.
        case_ids: Names of the folders to look at; all when not given.
    """
    for (kind, key), origin in kb.ledgers.items():
        if kind != "consent":
            continue
        case_id, file = key.split("/", 1)
        if case_ids is not None and case_id not in case_ids:
            continue
        consent = kb.consents.get((case_id, file))
        yield from check_consent(file, consent, origin, today)
        path = photo_path(case_id, file)
        if path in there:
            yield from _check_digest(root, path, consent, origin)
        elif PHOTO_NAME.fullmatch(file):
            message = _("there is no photo `{file}` in this folder; nothing is shown", file=file)
            hint = _("Delete the entry if the photo was taken down, or correct the name.")
            yield origin.diagnose((), rules.CONSENT_LEFT_OVER, message, hint)
    yield from _check_ledgers_left(kb, root, limits, case_ids)


def check_consent(file: str, consent: Consent | None, origin: Origin, today: datetime.date) -> Iterator[Diagnostic]:
    """One entry of a ledger; an entry that could not be read was reported when it was loaded."""
    if consent is None:
        return
    missing = consent.list_missing()
    if missing:
        words = join_lazy_and([f"`{field}`" for field in missing])
        template = N_("{people} may be seen in `{file}`, and {words} are missing; the photo is left out")
        if len(missing) == 1:
            template = N_("{people} may be seen in `{file}`, and {words} is missing; the photo is left out")
        message = _(template, people=consent.people, file=file, words=words)
        yield origin.diagnose((), rules.CONSENT_MISSING, message, _("Add what the form says, or delete the photo."))
    if consent.is_narrow():
        message = _("the people in `{file}` did not agree to the website; the photo is left out", file=file)
        hint = _(
            "Ask them, and add `{website}` to the scope; or delete the photo. {guide}", website=WEBSITE, guide=GUIDE
        )
        yield origin.diagnose(("scope",), rules.CONSENT_NARROW, message, hint)
    if consent.expires_on is not None and consent.has_expired(today):
        message = _(
            "the consent for `{file}` expired on {expires_on}; the photo is left out",
            file=file,
            expires_on=consent.expires_on.isoformat(),
        )
        hint = _("Ask again and change the date, or delete the photo. {guide}", guide=GUIDE)
        yield origin.diagnose(("expires_on",), rules.CONSENT_EXPIRED, message, hint)
    yield from check_day(origin, "consent_given_on", consent.consent_given_on, today)
    for field in consent.list_naming():
        hint = _("Name the organisation, and refer to the form by a number. The ledger is public.")
        yield origin.diagnose((field,), rules.PERSON_NAMED, _("`{field}` seems to name a person", field=field), hint)


def _check_digest(root: Path, path: str, consent: Consent | None, origin: Origin) -> Iterator[Diagnostic]:
    """Whether an entry speaks of the picture that lies under its name."""
    try:
        digest = digest_file(root / path)
    except OSError:
        return  # reported with the file
    file = path.rpartition("/")[2]
    if consent is None or consent.digest == digest:
        return
    if consent.digest is None:
        message = _("the entry of `{file}` does not say which picture it speaks of; the photo is left out", file=file)
        hint = _(
            "If the people in this very picture agreed, add this line to the entry: `digest: {digest}`. "
            "Or type: goodpractice photo digest --write {path}",
            digest=digest,
            path=path,
        )
        yield origin.diagnose((), rules.CONSENT_OTHER_PICTURE, message, hint)
        return
    message = _("the consent for `{file}` was given for another picture; the photo is left out", file=file)
    hint = _(
        "Put the picture back that people agreed to, or delete the photo. "
        "If they agreed to this one, write: `digest: {digest}`.",
        digest=digest,
    )
    yield origin.diagnose((DIGEST_FIELD,), rules.CONSENT_OTHER_PICTURE, message, hint)


def digest_file(file: Path) -> str:
    """The fingerprint of a file, as a ledger notes it.

    Raises:
        OSError: It cannot be read.
    """
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_ledgers_left(
    kb: KnowledgeBase, root: Path, limits: Limits, case_ids: Collection[str] | None
) -> Iterator[Diagnostic]:
    """Ledgers of case studies that are not there (any more). What they say is checked all the same: they are public."""
    folders = (
        {file.parent.name for file in (root / CASE_STUDIES).glob(f"*/{CONSENT_FILE}")} if case_ids is None else case_ids
    )
    for case_id in sorted(set(folders) - kb.case_studies.raw.keys() - {""}):
        path = photo_path(case_id, CONSENT_FILE)
        if (root / CASE_STUDIES / f"{case_id}.md").exists() or not (root / path).is_file():
            continue
        yield from load_ledger(root, case_id, limits).diagnostics
        message = _(
            "there is no case study {folder}/{case_id}.md that this ledger could belong to",
            folder=CASE_STUDIES,
            case_id=case_id,
        )
        hint = _("Delete the ledger, or rename its folder like the case study.")
        yield Diagnostic.of_file(path, rules.CONSENT_LEFT_OVER, message, hint)
