"""Photos and the ledgers of consent, as far as pages need them: no pixel is decoded here."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goodpractice.config import clock
from goodpractice.config.limits import Limits
from goodpractice.config.project_folders import CASE_STUDIES, CONSENT_FILE
from goodpractice.content.deceptive import find_odd_characters
from goodpractice.content.document import Origin
from goodpractice.content.input_guards import read_file
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.records import build_record
from goodpractice.content.yaml_reader import load_yaml
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.diagnostics.witness import note_file
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CaseStudy, Consent, PhotoInfo, Record
from goodpractice.kinds.photo import PERSONAL_FIELDS, PHOTO_NAME, photo_path
from goodpractice.photos.cleaning import fits, is_clean
from goodpractice.photos.header import UnreadablePhotoError, read_header

PhotoKey = tuple[str, str]


@dataclass(slots=True)
class LoadedPhotos:
    """What was read.

    Attributes:
        consents: Valid entries of the ledgers, by case study and file.
        photos: Photos that may be shown on the site, by case study and file.
        ledgers: Places of all entries, valid or not, under `("consent", "<id>/<file>")`,
            and of ledgers that could be read, under `("consents", "<id>")`.
        diagnostics: Problems of the ledgers.
    """

    consents: dict[PhotoKey, Consent] = field(default_factory=dict)
    photos: dict[PhotoKey, PhotoInfo] = field(default_factory=dict)
    ledgers: dict[tuple[str, str], Origin] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load_photos(
    root: Path, case_studies: Mapping[str, Record], limits: Limits, case_paths: Iterable[str]
) -> LoadedPhotos:
    """Read the ledgers of case studies, and every photo that one of them names.

    A photo without consent, or with consent that has expired, does not cover
    the website, or speaks of another picture, is left out of `photos`, and so
    is one that is not clean: no page can show it. `checks.photos` says why.

    Args:
        root: The project.
        case_studies: By id.
        limits: How large a photo and a ledger may be.
        case_paths: Paths of the case studies whose ledgers are read, whether or not they could be read themselves.
    """
    loaded, today = LoadedPhotos(), clock.today()
    wanted = {Path(path).stem for path in case_paths}
    for folder in _list_folders(root):
        if folder.name in wanted and (folder / CONSENT_FILE).is_file():
            _load_ledger(loaded, root, folder, limits)
    for case_id, case in case_studies.items():
        for photo in case.photos if isinstance(case, CaseStudy) else ():
            facts = find_shown(loaded.consents, root, (case_id, photo.file), limits, today)
            if facts is not None:
                loaded.photos[case_id, photo.file] = facts
    return loaded


def find_shown(
    consents: Mapping[PhotoKey, Consent], root: Path, key: PhotoKey, limits: Limits, today: datetime.date
) -> PhotoInfo | None:
    """Size and digest of a photo for its page; nothing when it may not be shown."""
    consent = consents.get(key)
    if consent is None or not consent.allows_website(today):
        return None
    facts = read_facts(root / photo_path(*key), limits)
    if facts is None or facts.digest != consent.digest:
        return None
    return facts._replace(until=consent.expires_on.isoformat() if consent.expires_on is not None else "")


def load_ledger(root: Path, case_id: str, limits: Limits) -> LoadedPhotos:
    """The ledger in a folder of photos alone, whether or not there is a case study that it belongs to."""
    loaded = LoadedPhotos()
    if (root / photo_path(case_id, CONSENT_FILE)).is_file():
        _load_ledger(loaded, root, root / CASE_STUDIES / case_id, limits)
    return loaded


def _list_folders(root: Path) -> Iterator[Path]:
    """Folders of case studies, in order; symbolic links are not followed."""
    folder = root / CASE_STUDIES
    if folder.is_dir():
        # Among ten thousand stories: what the folder says of its entries saves asking for each.
        with os.scandir(folder) as entries:
            folders = (entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
            names = sorted(name for name in folders if not is_leftover(name))
        yield from (folder / name for name in names)


def read_facts(file: Path, limits: Limits) -> PhotoInfo | None:
    """Size and digest of the file of a photo; nothing when it is not clean, not whole, too large, or no file."""
    try:
        # Reading a device would never end.
        if file.is_symlink() or file.parent.is_symlink() or not file.is_file():
            return None
        if file.stat().st_size > limits.photo_bytes:
            return None
        data = file.read_bytes()
        header = read_header(data)
    except (OSError, UnreadablePhotoError):
        return None
    if file.suffix != f".{header.format}" or not fits(data, header, limits) or not is_clean(data, header):
        return None
    return PhotoInfo(header.width, header.height, hashlib.sha256(data).hexdigest())


def _load_ledger(loaded: LoadedPhotos, root: Path, folder: Path, limits: Limits) -> None:
    path = photo_path(folder.name, CONSENT_FILE)
    note_file(path)
    text, found = read_file(root, path, limits.text_bytes)
    loaded.diagnostics.extend(found)
    if text is None:
        return
    loaded.diagnostics.extend(find_odd_characters(text, path))
    document = load_yaml(text, path, most_values=limits.values)
    loaded.diagnostics.extend(document.diagnostics)
    if document.value is None and document.diagnostics:
        return
    values = document.value if document.value is not None else {}
    if not isinstance(values, dict):
        hint = _("Begin each entry with the name of a photo and a colon, for example `tent.jpg:`.")
        message = _("the ledger is not a list of photos with what was agreed to")
        loaded.diagnostics.append(Diagnostic.of_file(path, rules.NOT_A_MAPPING, message, hint))
        return
    ledger = loaded.ledgers["consents", folder.name] = Origin(path, (), document.positions)
    loaded.diagnostics.extend(keep_first(_read_entries(loaded, folder.name, values, ledger)))


def _read_entries(
    loaded: LoadedPhotos, case_id: str, values: Mapping[str, Any], ledger: Origin
) -> Iterator[Diagnostic]:
    for file, entry in values.items():
        origin = Origin(ledger.path, (file,), ledger.positions)
        loaded.ledgers["consent", f"{case_id}/{file}"] = origin
        found = list(_check_shape(file, entry, origin))
        if not found:
            given = {name: value for name, value in entry.items() if name not in PERSONAL_FIELDS}
            consent, found = build_record(Consent, given, origin)
            found += _reject_personal(entry, origin)
            if consent is not None and not found:
                loaded.consents[case_id, file] = consent
        yield from found


def _check_shape(file: str, entry: Any, origin: Origin) -> Iterator[Diagnostic]:
    if not PHOTO_NAME.fullmatch(file):
        message = _("`{file}` is not the name of a photo", file=file)
        hint = _("Each entry begins with the name of a photo in this folder, for example `tent.jpg:`.")
        yield origin.diagnose((), rules.UNKNOWN_FIELD, message, hint)
    elif not isinstance(entry, dict):
        message = _("the entry of `{file}` is not a group of `name: value` lines", file=file)
        hint = _("Write `people: nobody`, `adults` or `children` on the next line, indented by two spaces.")
        yield origin.diagnose((), rules.WRONG_VALUE, message, hint)


def _reject_personal(entry: Mapping[str, Any], origin: Origin) -> list[Diagnostic]:
    hint = _(
        "Delete the line: names stay on the form, which stays offline. Deleting does not undo a push: see the guide."
    )
    return [
        origin.diagnose((name,), rules.PERSON_NAMED, _("`{name}` would tell who a person is", name=name), hint)
        for name in entry
        if name in PERSONAL_FIELDS
    ]
