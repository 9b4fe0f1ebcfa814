"""Photos: what lies in the folders, what the case studies say of it, and what people agreed to."""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from goodpractice.checks.consent import GUIDE, check_ledgers, digest_file
from goodpractice.checks.links import find_link, number_occurrences
from goodpractice.config.limits import Limits
from goodpractice.config.project_folders import CASE_STUDIES, CONSENT_FILE
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.project_files import PICTURE_TYPES
from goodpractice.content.text import make_id
from goodpractice.content.walking import Entry, walk
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.diagnostics.witness import note_file
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy, quote_error
from goodpractice.kinds import CASE_STUDY, CaseStudy, Photo
from goodpractice.kinds.photo import PHOTO_NAME, PHOTO_TYPES, photo_path
from goodpractice.markdown.contributed import list_contributed_pictures
from goodpractice.photos.cleaning import check_picture, fits, is_clean
from goodpractice.photos.header import Header, UnreadablePhotoError, read_header
from goodpractice.photos.telephones import TELEPHONE_TYPES

#: Words that say nothing about what a photo shows.
_FILLERS = frozenset(
    {
        *("a", "an", "the", "this", "of", "my", "our", "no", "n", "it"),
        *("alt", "caption", "description", "text", "title", "untitled", "none", "na", "tbc", "tbd", "todo", "xxx"),
        *("foto", "graphic", "image", "images", "img", "jpeg", "jpg", "llun", "photo", "photograph", "photos"),
        *("pic", "picture", "pictures", "png", "screenshot", "webp", "dsc", "dscn", "dscf", "pxl", "decorative"),
    }
)


def check_photos(
    kb: KnowledgeBase, root: Path, limits: Limits, today: datetime.date, case_ids: Collection[str] | None = None
) -> Iterator[Diagnostic]:
    """Every picture under `case_studies/`, every list of photos, every ledger.

    Decodes each photo that fits once, JPEG at an eighth of its size: about 10 ms each.

    Args:
        kb: The knowledge base.
        root: The project.
        limits: How large a photo may be.
        today: The day that decides whether consent has expired.
        case_ids: Names of the folders to look at, empty for what lies in none; all when not given.
    """
    there = set()
    for path in list_pictures(root, case_ids):
        there.add(path)
        yield from check_file(root, path, limits)
        yield from _check_declared(kb, path)
    for case_id in kb.case_studies.raw if case_ids is None else sorted(case_ids):
        case = kb.case_studies.raw.get(case_id)
        if case is None:
            continue
        yield from _check_list(kb, root, case_id, case, there, limits)
        yield from keep_first(_check_story(kb, case_id, case))
    yield from check_ledgers(kb, root, there, limits, today, case_ids)


def list_pictures(root: Path, case_ids: Collection[str] | None = None) -> Iterator[str]:
    """Paths of all pictures under `case_studies/`, in order. Links and devices are left to the check of files.

    Args:
        root: The project.
        case_ids: Names of the folders to look at, empty for what lies in none; all when not given.
    """
    for path, entry, __ in walk(root / CASE_STUDIES) if case_ids is None else _walk_folders(root, case_ids):
        if path.rpartition(".")[2].lower() in PICTURE_TYPES and entry.is_file(follow_symlinks=False):
            yield f"{CASE_STUDIES}/{path}"


def _walk_folders(root: Path, case_ids: Collection[str]) -> Iterator[tuple[str, Entry, bool]]:
    """What lies in these folders alone: an edit of one story has no time to look at those of all."""
    if "" in case_ids:
        yield from walk(root / CASE_STUDIES, enter=lambda path, _: "/" in path or path in case_ids)
        return
    for case_id in sorted(case_ids):
        folder = root / CASE_STUDIES / case_id
        if not folder.is_symlink() and not is_leftover(case_id):
            yield from ((f"{case_id}/{path}", entry, is_folder) for path, entry, is_folder in walk(folder))


def check_file(root: Path, path: str, limits: Limits) -> Iterator[Diagnostic]:
    """One picture by itself: type, size, whether it can be read, what it carries.

    Also used for pictures that are about to be committed.
    """
    note_file(path)
    name = path.rpartition("/")[2]
    add = _say_add(path)
    diagnose = partial(Diagnostic.of_file, path)
    if not PHOTO_NAME.fullmatch(name):
        ending = name.rpartition(".")[2]
        if ending.lower() in (*PHOTO_TYPES, "jpeg"):
            close = f"{make_id(name.rpartition('.')[0]) or 'photo'}.{_ending(ending)}"
            message = _("the name `{name}` does not fit", name=name)
            yield diagnose(rules.PHOTO_TYPE, message, _("Rename it to `{close}`.", close=close))
        else:
            message = _("a picture that ends in `.{ending}` is not accepted", ending=ending)
            hint = add if ending.lower() in TELEPHONE_TYPES else _("Save it as JPEG, PNG or WebP. {add}", add=add)
            yield diagnose(rules.PHOTO_TYPE, message, hint)
            return
    try:
        size = (root / path).stat().st_size
        if size > limits.photo_source_bytes:
            message = _say_bytes(size, limits.photo_source_bytes)
            yield diagnose(rules.PHOTO_TOO_LARGE, message, _("{guide} {add}", guide=_("Export it smaller."), add=add))
            return
        data = (root / path).read_bytes()
        header = read_header(data)
        yield from _check_header(path, data, header, limits)
        # A photo that is rejected for its size is not decoded, which would cost as much as its size.
        if fits(data, header, limits) and not header.animated:
            check_picture(data, header)
            if not (header.private or header.cmyk or is_clean(data, header)):
                message = _("the picture was not written by `goodpractice photo add`")
                yield diagnose(rules.PHOTO_NOT_OURS, message, add)
    except OSError as error:
        hint = _("Check the name of the file and its permissions.")
        message = _("the file cannot be opened ({reason})", reason=error.strerror or _("no reason given"))
        yield diagnose(rules.UNREADABLE_FILE, message, hint)
    except UnreadablePhotoError as error:
        message = _("the picture cannot be read: {error}", error=quote_error(error))
        yield diagnose(rules.PHOTO_UNREADABLE, message, _("Fetch the original again. {add}", add=add))


def _check_header(path: str, data: bytes, header: Header, limits: Limits) -> Iterator[Diagnostic]:
    add = _say_add(path)
    diagnose = partial(Diagnostic.of_file, path)
    ending = path.rpartition(".")[2].lower()
    if _ending(ending) != header.format:
        holds = header.format.upper()
        message = _("the file ends in `.{ending}` and holds a {format} picture", ending=ending, format=holds)
        yield diagnose(rules.PHOTO_TYPE, message, add)
    if max(header.width, header.height) > limits.photo_side:
        message = _(
            "the picture has {width} × {height} pixels; the longest side may have {photo_side}",
            width=header.width,
            height=header.height,
            photo_side=limits.photo_side,
        )
        yield diagnose(rules.PHOTO_TOO_LARGE, message, add)
    if len(data) > limits.photo_bytes:
        yield diagnose(rules.PHOTO_TOO_LARGE, _say_bytes(len(data), limits.photo_bytes), add)
    if header.animated:
        hint = _("Save one still picture of it. {add}", add=add)
        yield diagnose(rules.PHOTO_MOVES, _("the picture moves"), hint)
    if header.cmyk:
        yield diagnose(rules.PHOTO_COLOURS, _("the colours are meant for a printing press (CMYK)"), add)
    if header.private:
        message = _("the picture carries {private}", private=join_lazy(header.private))
        yield diagnose(rules.PHOTO_METADATA, message, _("{guide} {add}", guide=GUIDE, add=add))


def _ending(ending: str) -> str:
    return "jpg" if ending.lower() == "jpeg" else ending.lower()


def _say_bytes(size: int, limit: int) -> str:
    unit, name = (1e6, "MB") if limit >= 1e6 else (1e3, "kB")
    return _(
        "the file has {size} {name}; {limit} {name} fit",
        size=f"{size / unit:.1f}",
        name=name,
        limit=f"{limit / unit:.1f}",
    )


def _say_add(path: str) -> str:
    """How a picture gets into the repository, with the command to type."""
    parts = path.split("/")
    case_id = parts[1] if len(parts) > 2 else "ID"
    command = f"goodpractice photo add {shlex.quote(parts[-1])} --case-study {case_id}"
    return _("Move the file out of the repository, then: {command}", command=command)


def _check_declared(kb: KnowledgeBase, path: str) -> Iterator[Diagnostic]:
    parts = path.split("/")
    if len(parts) != 3:
        message = _("the picture does not lie in the folder of a case study")
        hint = _("Delete it, or move it to case_studies/ID/, where ID is the name of the case study without `.md`.")
        yield Diagnostic.of_file(path, rules.PHOTO_UNDECLARED, message, hint)
        return
    __, case_id, file = parts
    case = kb.case_studies.get(case_id)
    if case is None:
        if not kb.may_exist(CASE_STUDY, case_id):
            message = _(
                "there is no case study {folder}/{case_id}.md that this picture could belong to",
                folder=CASE_STUDIES,
                case_id=case_id,
            )
            hint = _("Delete the picture, or rename its folder like the case study.")
            yield Diagnostic.of_file(path, rules.PHOTO_UNDECLARED, message, hint)
        return
    if PHOTO_NAME.fullmatch(file) and all(photo.file != file for photo in case.photos):
        message = _(
            "the picture is not in the list of photos of {folder}/{case_id}.md", folder=CASE_STUDIES, case_id=case_id
        )
        hint = _(
            "Delete it. If it should be shown: goodpractice photo add {file} --case-study {case_id}",
            file=file,
            case_id=case_id,
        )
        yield Diagnostic.of_file(path, rules.PHOTO_UNDECLARED, message, hint)


def _check_list(
    kb: KnowledgeBase, root: Path, case_id: str, case: CaseStudy, there: set[str], limits: Limits
) -> Iterator[Diagnostic]:
    origin = kb.origins[CASE_STUDY, case_id]
    seen: dict[str, int] = {}
    if len(case.photos) > limits.photos_in_case_study:
        message = _(
            "there are {photos} photos; {photos_in_case_study} fit",
            photos=len(case.photos),
            photos_in_case_study=limits.photos_in_case_study,
        )
        yield origin.diagnose(("photos",), rules.PHOTO_LIST, message, _("Keep those that tell most."))
    for number, photo in enumerate(case.photos):
        path, where = photo_path(case_id, photo.file), ("photos", number)
        if photo.file in seen:
            message = _(
                "`{file}` is in the list twice, first on line {origin}",
                file=photo.file,
                origin=origin.find(("photos", seen[photo.file]))[0],
            )
            yield origin.diagnose((*where, "file"), rules.PHOTO_LIST, message, _("Keep one of the two."))
            continue
        seen[photo.file] = number
        if photo.placement == "lead" and number:
            message = _("`{file}` cannot lead, because it is not the first photo", file=photo.file)
            hint = _("Put it first, or delete the line.")
            yield origin.diagnose((*where, "placement"), rules.PHOTO_LIST, message, hint)
        if path not in there:
            hint = _(
                "Delete its entry here if it was taken down. If it should be shown: "
                "goodpractice photo add {file} --case-study {case_id}",
                file=photo.file,
                case_id=case_id,
            )
            message = _("there is no photo {path}; nothing is shown", path=path)
            yield origin.diagnose((*where, "file"), rules.PHOTO_MISSING, message, hint)
        if problem := judge_alt(photo):
            yield origin.diagnose((*where, "decorative" if photo.decorative else "alt"), rules.ALT_TEXT, *problem)
        if path in there and not _may_have_consent(kb, root, case_id, photo):
            yield origin.diagnose((*where, "file"), rules.CONSENT_MISSING, *_say_no_consent(root, case_id, photo))


def _may_have_consent(kb: KnowledgeBase, root: Path, case_id: str, photo: Photo) -> bool:
    """Whether the ledger has an entry for a photo, or cannot be read."""
    if ("consent", f"{case_id}/{photo.file}") in kb.ledgers:
        return True
    return ("consents", case_id) not in kb.ledgers and (root / photo_path(case_id, CONSENT_FILE)).is_file()


def _say_no_consent(root: Path, case_id: str, photo: Photo) -> tuple[str, str]:
    message = _(
        "nobody says who may be seen in `{file}` and what they agreed to; the photo is left out", file=photo.file
    )
    hint = _(
        "Delete the photo; or add an entry to {folder}/{case_id}/{consent_file}, for example "
        "`{file}: {people: nobody, digest: {digest}}`.",
        folder=CASE_STUDIES,
        case_id=case_id,
        consent_file=CONSENT_FILE,
        file=photo.file,
        digest=digest_file(root / photo_path(case_id, photo.file)),
    )
    return message, hint


def judge_alt(photo: Photo) -> tuple[str, str] | None:
    """Why the alt text of a photo says nothing, and what to do; nothing when it is real."""
    if photo.decorative:
        if photo.alt:
            return _("`{file}` is decorative and has alt text", file=photo.file), _(
                "Delete `alt`, or delete `decorative`."
            )
        return None
    hint = _("Say in a sentence what somebody who cannot see the photo needs to know, or write `decorative: true`.")
    if not photo.alt:
        return _("the alt text of `{file}` is missing", file=photo.file), hint
    words = re.findall(r"[^\W_]+", photo.alt.casefold())
    stem = re.findall(r"[^\W_]+", photo.file.rpartition(".")[0])
    named = photo.alt.casefold().rpartition(".")[2] in PICTURE_TYPES and " " not in photo.alt.strip()
    telling = [word for word in words if word not in _FILLERS and not re.fullmatch(r"[a-z]{0,4}\d+", word)]
    if not telling or named or words in (stem, [*stem, photo.file.rpartition(".")[2]]):
        return _("the alt text of `{file}` does not say what it shows: `{alt}`", file=photo.file, alt=photo.alt), hint
    return None


def _check_story(kb: KnowledgeBase, case_id: str, case: CaseStudy) -> Iterator[Diagnostic]:
    document = kb.documents[CASE_STUDY, case_id]
    known = {f"{case_id}/{photo.file}" for photo in case.photos}
    for target, nth in number_occurrences(list_contributed_pictures(document.body)):
        if target.removeprefix("./") in known:
            continue
        line, column = find_link(document, target, nth)
        shown = shorten(target, 60)
        message = _("the picture `{shown}` is not one of the photos of this case study, and is not shown", shown=shown)
        hint = _(
            "Delete the line, and give the photo to an editor, who adds it: "
            "goodpractice photo add FILE --case-study {case_id}",
            case_id=case_id,
        )
        yield document.diagnose(line, rules.STORY_PICTURE, message, hint, column)
