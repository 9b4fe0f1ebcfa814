"""Adding photos: everything is planned and checked first, then written in one go.

The originals are read and never written. What is planned is checked with the
same rules as the project, so that what `photo add` writes passes the check.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from goodpractice.checks.consent import check_consent
from goodpractice.checks.photos import judge_alt
from goodpractice.config.limits import Limits
from goodpractice.config.project_folders import CASE_STUDIES, CONSENT_FILE, case_study_path
from goodpractice.content.document import Origin
from goodpractice.content.front_matter import read_text, split_front_matter
from goodpractice.content.text import make_id
from goodpractice.content.validation_messages import explain_value
from goodpractice.content.yaml_reader import load_yaml
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_and, quote_error
from goodpractice.kinds import ID_PATTERN, Consent, Photo, Record
from goodpractice.kinds.photo import DIGEST_FIELD, PHOTO_NAME, photo_path
from goodpractice.photos.cleaning import clean_photo, count_dots, read_original
from goodpractice.photos.entries import EntryError, add_consent, add_digest, add_photo
from goodpractice.photos.header import UnreadablePhotoError, read_header
from goodpractice.photos.telephones import TELEPHONE_TYPES

M = TypeVar("M", bound=Record)


@dataclass(frozen=True, slots=True)
class PhotoRequest:
    """A photo that somebody wants to add.

    Attributes:
        source: The original.
        photo: Fields for the list of photos, without `file`.
        consent: Fields for the ledger.
    """

    source: Path
    photo: dict[str, Any] = field(default_factory=dict)
    consent: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Addition:
    """What will be written, or what keeps it from being written.

    Attributes:
        files: New content by path in the project.
        removed: For each original, what its copy no longer carries, in words.
        diagnostics: Every problem; nothing is written while there is one.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    removed: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def name_copy(source: Path) -> str:
    """Name of the clean copy; empty when the ending of the original is none of a photo."""
    ending = source.suffix.lower().removeprefix(".")
    ending = "jpg" if ending in ("jpeg", "jpe", "jfif", *TELEPHONE_TYPES) else ending
    name = f"{make_id(source.stem) or 'photo'}.{ending}"
    return name if PHOTO_NAME.fullmatch(name) else ""


def find_known(root: Path, case_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """Files that have an entry already: in the list of photos, and in the ledger."""
    file = root / case_study_path(case_id)
    text, __ = read_text(file, file.name) if file.is_file() else (None, [])
    values = split_front_matter(text, file.name).values.get("photos") if text else None
    listed = {entry.get("file") for entry in values if isinstance(entry, dict)} if isinstance(values, list) else set()
    ledger = root / photo_path(case_id, CONSENT_FILE)
    text, __ = read_text(ledger, ledger.name) if ledger.is_file() else (None, [])
    value = load_yaml(text, ledger.name).value if text else None
    return frozenset(map(str, listed)), frozenset(value) if isinstance(value, dict) else frozenset()


def plan_addition(
    root: Path, case_id: str, requests: Sequence[PhotoRequest], limits: Limits, today: datetime.date
) -> Addition:
    """Plan the clean copies and the entries of photos; nothing is written.

    A photo that has an entry already keeps it: only what is missing is added.
    """
    planned = Addition()
    path = case_study_path(case_id)
    if not ID_PATTERN.fullmatch(case_id) or not (root / path).is_file():
        hint = _("Name a case study as its file is named, without `.md`: --case-study ID.")
        planned.diagnostics.append(
            Diagnostic.of_file(
                path, rules.UNKNOWN_REFERENCE, _("there is no case study `{case_id}`", case_id=case_id), hint
            )
        )
        return planned
    if any(
        (root / part).is_symlink() for part in (path, f"{CASE_STUDIES}/{case_id}", photo_path(case_id, CONSENT_FILE))
    ):
        hint = _("Put a real file or folder in its place.")
        planned.diagnostics.append(
            Diagnostic.of_file(path, rules.UNREADABLE_FILE, _("there is a symbolic link in the way"), hint)
        )
        return planned
    ledger_path = photo_path(case_id, CONSENT_FILE)
    listed, consented = find_known(root, case_id)
    for text_path in (path, ledger_path):
        if (root / text_path).exists():
            planned.diagnostics.extend(read_text(root / text_path, text_path)[1])
    if planned.diagnostics:
        return planned
    story = (root / path).read_bytes().decode()
    ledger = (root / ledger_path).read_bytes().decode() if (root / ledger_path).exists() else ""
    before = story, ledger
    for request in requests:
        copy = _plan_copy(planned, root, case_id, request, limits)
        if copy is None:
            continue
        name = copy.rpartition("/")[2]
        if name not in listed:
            story = _plan_photo(planned, path, story, name, request)
        digest = hashlib.sha256(planned.files[copy]).hexdigest()
        if name not in consented:
            ledger = _plan_consent(planned, ledger, name, request, digest, today)
        else:
            found, ledger = note_digest(ledger, ledger_path, name, digest)
            planned.diagnostics += found
    if not planned.diagnostics:
        _check_texts(planned, path, before[0], story, ledger_path, ledger)
    if story != before[0]:
        planned.files[path] = story.encode()
    if ledger != before[1]:
        planned.files[ledger_path] = ledger.encode()
    return planned


def _plan_copy(planned: Addition, root: Path, case_id: str, request: PhotoRequest, limits: Limits) -> str | None:
    source = request.source
    shown = source.name

    def refuse(code: str, message: str, hint: str) -> None:
        planned.diagnostics.append(Diagnostic.of_file(shown, code, message, hint))

    name = name_copy(source)
    if not name:
        hint = _("Export it as JPEG.")
        message = _("a picture that ends in `{suffix}` is not accepted", suffix=source.suffix)
        if not source.suffix:
            message = _("the name of a picture ends in .jpg, .png, .webp or .heic")
        refuse(rules.PHOTO_TYPE, message, hint)
        return None
    path = photo_path(case_id, name)
    try:
        if source.stat().st_size > limits.photo_source_bytes:
            message = _(
                "the file has {size} MB; {most} MB fit",
                size=f"{source.stat().st_size / 1e6:.0f}",
                most=f"{limits.photo_source_bytes / 1e6:.0f}",
            )
            refuse(rules.PHOTO_TOO_LARGE, message, _("Export it smaller."))
            return None
        data = source.read_bytes()
        header = read_original(data)
        if header.width * header.height > count_dots(header, limits):
            most = count_dots(header, limits) // 1_000_000
            message = _(
                "the picture has {width} × {height} pixels; {most} million pixels fit",
                width=header.width,
                height=header.height,
                most=most,
            )
            refuse(rules.PHOTO_TOO_LARGE, message, _("Export it smaller."))
            return None
        if header.animated:
            refuse(rules.PHOTO_MOVES, _("the picture moves"), _("Save one still picture of it."))
            return None
        cleaned = clean_photo(data, limits)
        path = f"{path.rpartition('.')[0]}.{read_header(cleaned).format}"
    except OSError as error:
        message = _("the file cannot be opened ({reason})", reason=error.strerror or _("no reason given"))
        refuse(rules.UNREADABLE_FILE, message, _("Check the name of the file and its permissions."))
        return None
    except UnreadablePhotoError as error:
        refuse(
            rules.PHOTO_UNREADABLE,
            _("the picture cannot be read: {error}", error=quote_error(error)),
            _("Fetch the original again."),
        )
        return None
    problem = _find_clash(planned, root, path, source, cleaned)
    if problem is not None:
        refuse(rules.PHOTO_LIST, *problem)
        return None
    planned.files[path] = cleaned
    planned.removed[source] = header.private
    return path


def _find_clash(planned: Addition, root: Path, path: str, source: Path, cleaned: bytes) -> tuple[str, str] | None:
    """What is in the way of a clean copy, and what to do about it."""
    target = root / path
    there = target.exists() or target.is_symlink()
    if there and (target.is_symlink() or not target.is_file() or target.read_bytes() != cleaned):
        if target.resolve() == source.resolve():
            return _("this is the file {path} itself", path=path), _("Move the file out of the repository first.")
        hint = _("Rename your file, or delete the other one.")
        return _("there is another file {path} already", path=path), hint
    if path in planned.files:
        return _("two files would both become {path}", path=path), _("Rename one of them.")
    return None


def _plan_photo(planned: Addition, path: str, story: str, name: str, request: PhotoRequest) -> str:
    values = {"file": name, **request.photo}
    photo = _make(planned, Photo, values, request)
    problem = judge_alt(photo) if photo is not None else None
    if problem:
        message, __ = problem
        hint = _('Say with --alt "…" what somebody who cannot see the photo needs to know, or give --decorative.')
        planned.diagnostics.append(Diagnostic.of_file(request.source.name, rules.ALT_TEXT, message, hint))
    try:
        return add_photo(story, values)
    except EntryError as error:
        diagnostic = Diagnostic.of_file(
            path,
            rules.WRONG_VALUE,
            _("no photo can be added: {error}", error=quote_error(error)),
            _("Then run the command again."),
        )
        if diagnostic not in planned.diagnostics:
            planned.diagnostics.append(diagnostic)
        return story


def _plan_consent(
    planned: Addition, ledger: str, name: str, request: PhotoRequest, digest: str, today: datetime.date
) -> str:
    if "people" not in request.consent:
        hint = _("Say who may be seen: --people nobody, adults or children.")
        message = _("nobody says who may be seen in this photo")
        planned.diagnostics.append(Diagnostic.of_file(request.source.name, rules.CONSENT_MISSING, message, hint))
        return ledger
    values = {**request.consent, DIGEST_FIELD: digest}
    consent = _make(planned, Consent, values, request)
    if consent is None:
        return ledger
    missing = consent.list_missing()
    if missing:
        options = join_lazy_and([f"--{field.replace('_', '-')}" for field in missing])
        message = _("{people} may be seen, and it is not said what they agreed to", people=consent.people)
        diagnostic = Diagnostic.of_file(
            request.source.name, rules.CONSENT_MISSING, message, _("Add {options} from the form.", options=options)
        )
        planned.diagnostics.append(diagnostic)
    for diagnostic in check_consent(name, consent, Origin(request.source.name), today):
        if diagnostic.code != rules.CONSENT_MISSING:
            planned.diagnostics.append(diagnostic)
    return add_consent(ledger, name, values)


def note_digest(ledger: str, path: str, name: str, digest: str) -> tuple[list[Diagnostic], str]:
    """Let the entry of a photo say which picture it speaks of; one that speaks of another stays as it is.

    Args:
        ledger: Text of the ledger.
        path: Its path, for messages.
        name: File of the photo.
        digest: Of the picture that lies there, or will.

    Returns:
        What keeps it from being noted, and the text.
    """
    document = load_yaml(_plain(ledger), path)
    entries = document.value if isinstance(document.value, dict) else {}
    entry = entries.get(name)
    line, column = document.positions.get((name,), (1, 1))
    if not isinstance(entry, dict):
        message = _("there is no entry of `{file}` that says who may be seen and what they agreed to", file=name)
        return [
            Diagnostic(path, line, column, rules.CONSENT_MISSING, message, _("Add it, or delete the photo."))
        ], ledger
    known = entry.get(DIGEST_FIELD)
    if known == digest:
        return [], ledger
    if known is not None:
        message = _("the consent for `{file}` was given for another picture", file=name)
        hint = _("If the people in this picture agreed to it, write: `digest: {digest}`.", digest=digest)
        return [Diagnostic(path, line, column, rules.CONSENT_OTHER_PICTURE, message, hint)], ledger
    try:
        changed = add_digest(ledger, name, digest)
        if load_yaml(_plain(changed), path).value == {**entries, name: {**entry, DIGEST_FIELD: digest}}:
            return [], changed
    except EntryError:
        pass
    message = _("no line can be added to the entry of `{file}`", file=name)
    hint = _("Add it yourself: `digest: {digest}`.", digest=digest)
    return [Diagnostic(path, line, column, rules.WRONG_VALUE, message, hint)], ledger


def _make(planned: Addition, model: type[M], values: dict[str, Any], request: PhotoRequest) -> M | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            option = f"--{str(detail['loc'][0]).replace('_', '-')}"
            found = explain_value(model, detail, Origin(request.source.name))
            message = _("{option} does not fit: {what}", option=option, what=found.message)
            hint = found.hint or _("See: goodpractice photo add --help.")
            planned.diagnostics.append(replace(found, message=message, hint=hint))
        return None


def _check_texts(planned: Addition, path: str, before: str, story: str, ledger_path: str, ledger: str) -> None:
    """Whether the texts still say what they said, and the new entries besides."""
    old = split_front_matter(_plain(before), path)
    new = split_front_matter(_plain(story), path)
    kept = {name: value for name, value in new.values.items() if name != "photos"}
    wrong = bool(new.diagnostics) or kept != {name: value for name, value in old.values.items() if name != "photos"}
    if story != before and (wrong or not isinstance(new.values.get("photos"), list)):
        message = _("the entries cannot be added to its block of facts")
        hint = _("Run goodpractice check, mend what it finds, and run the command again.")
        planned.diagnostics.append(Diagnostic.of_file(path, rules.WRONG_VALUE, message, hint))
    document = load_yaml(_plain(ledger), ledger_path)
    if ledger and (document.diagnostics or not isinstance(document.value, dict)):
        message = _("the entries cannot be added to the ledger of consent")
        hint = _("Run goodpractice check, mend what it finds, and run the command again.")
        planned.diagnostics.append(Diagnostic.of_file(ledger_path, rules.WRONG_VALUE, message, hint))


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def write_addition(root: Path, planned: Addition) -> list[str]:
    """Write what was planned: every file whole, the texts last.

    Returns:
        Paths of the files written.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in planned.files.items():
            target = root / path
            target.parent.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as stream:
                waiting.append((Path(stream.name), target))
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for temporary, target in waiting:
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            temporary.replace(target)
    finally:
        for temporary, __ in waiting:
            temporary.unlink(missing_ok=True)
    return list(planned.files)
