"""Files in the folders of contributions: ordinary files of known kinds, with names that work everywhere.

What pictures carry and show is the business of `photos`.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from goodpractice.checks.stories import holds_story
from goodpractice.config.limits import Limits
from goodpractice.config.project_folders import CASE_STUDIES, DATA, DOCS, WRITTEN_FOLDERS
from goodpractice.content.input_guards import read_file, reject_device, reject_file, reject_link, reject_size
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.project_files import PICTURE_TYPES, is_reserved, place_file
from goodpractice.content.text import make_id
from goodpractice.content.unread_files import list_strays
from goodpractice.content.walking import stop, walk
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.query.recording import unrecorded

#: Templates of editors.
OVERRIDES = "overrides"
#: Folders that anybody may write to, and how many folders may lie inside one another there.
CONTRIBUTED = {CASE_STUDIES: 1, DATA: 0}
TEXTS = (".md", ".yml")
_ALLOWED = re.compile(r"[\w .()+,-]+")


def check_files(root: Path, limits: Limits, site_dir: str = "site") -> Iterator[Diagnostic]:
    """Every file and folder that a contribution can add; only texts that lie where none is read are opened.

    The loader reports files that it does not open in the same words, so that a caller with both reports them once.
    """
    counted = 0
    for folder, deepest in CONTRIBUTED.items():
        for diagnostic, entries in _check_contributed(root, folder, deepest, limits):
            counted += entries
            if diagnostic is not None:
                yield diagnostic
            if counted > limits.files:
                message = _("there are more than {files} files and folders", files=f"{limits.files:,}")
                hint = _("Delete what is not needed, or ask an editor for more room.")
                yield Diagnostic.of_file(folder, rules.TOO_MANY_FILES, message, hint)
                return
    for folder in (*WRITTEN_FOLDERS, DOCS):
        yield from _check_editors_files(root, folder)
    yield from _check_encoding(root, OVERRIDES)
    yield from _check_strays(root, limits, site_dir)


def _check_strays(root: Path, limits: Limits, site_dir: str) -> Iterator[Diagnostic]:
    """Stories, documents and photos in places that are not read, where no reader would ever see them."""
    named = set(list_strays(root, site_dir))
    # A file such as README.md may lie anywhere, unless it holds a story.
    others = {file.name for file in root.glob("[A-Z]*.md")} | {f"{CASE_STUDIES}/README.md"}
    for path in sorted(named | others):
        with unrecorded():  # no page is made of them
            text, __ = read_file(root, path, limits.text_bytes) if path.endswith(".md") else (None, [])
        diagnostic = place_file(path, is_story=text is not None and holds_story(text))
        if diagnostic is not None:
            yield replace(diagnostic, path=_printable(path))


def _check_editors_files(root: Path, folder: str) -> Iterator[Diagnostic]:
    """Among the pages of editors: links and devices, which the site generator would follow, and unreadable names."""
    if rejected := reject_file(root, folder):
        yield rejected
        return
    for below, entry, __ in walk(root / folder):
        path, name = f"{folder}/{below}", entry.name
        if rejected := reject_file(root, path):
            yield rejected
        if any(map(_is_odd, name)):
            yield _reject_name(name, _printable(path), _say_odd(next(filter(_is_odd, name))))
        elif is_reserved(name):
            yield _reject_name(name, path, _("the name is reserved by Windows"))


def _check_encoding(root: Path, folder: str) -> Iterator[Diagnostic]:
    """Among templates: names that no text can hold, since they are not UTF-8."""
    for path, entry, __ in walk(root / folder, leftovers=True):
        odd = next((c for c in entry.name if unicodedata.category(c) == "Cs"), None)
        if odd is not None:
            yield _reject_name(entry.name, _printable(f"{folder}/{path}"), _say_odd(odd))


def _check_contributed(
    root: Path, folder: str, deepest: int, limits: Limits
) -> Iterator[tuple[Diagnostic | None, int]]:
    top = root / folder
    if top.is_symlink():
        yield reject_link(folder), 1
        return
    if not top.is_dir():
        return
    seen: dict[str, dict[str, str]] = {}
    for path, entry, __ in walk(top, enter=lambda _, entry: not is_leftover(entry.name), leftovers=True, on_error=stop):
        yield None, 1
        if is_leftover(entry.name):
            continue
        shown = "/".join([folder, *map(_printable, path.split("/"))])
        named = list(_check_name(entry.name, shown, seen.setdefault(shown.rpartition("/")[0], {}), limits))
        yield from ((diagnostic, 0) for diagnostic in named)
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            yield reject_link(shown), 0
        elif stat.S_ISREG(status.st_mode):
            diagnostic = _check_kind(entry.name, shown, status.st_size, limits, misplaced=path.count("/") > deepest)
            # A file that needs another name may have another place or kind under it.
            if diagnostic is not None and not (named and diagnostic == place_file(shown)):
                yield diagnostic, 0
        elif not stat.S_ISDIR(status.st_mode):
            yield reject_device(shown), 0


def _printable(name: str) -> str:
    """A name that can be shown in a terminal and a comment: odd characters as their numbers."""
    if name.isascii() and name.isprintable():
        return name
    return "".join(c if c.isprintable() and not _is_odd(c) else f"\\u{ord(c):04x}" for c in name)


def _is_odd(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def _is_picture(name: str) -> bool:
    return name.rpartition(".")[2].lower() in PICTURE_TYPES


def _reject_name(name: str, path: str, message: str) -> Diagnostic:
    hint = _("Rename it, for example to `{better_name}`.", better_name=_better_name(name))
    return Diagnostic.of_file(path, rules.FILE_NAME, message, hint)


def _say_odd(character: str) -> str:
    shown = f"`{character}`"
    if _is_odd(character) or not character.isprintable():
        shown = _("the invisible character U+{ord}", ord=f"{ord(character):04X}")
    return _("the name holds {what}", what=shown)


def _check_name(name: str, path: str, seen: dict[str, str], limits: Limits) -> Iterator[Diagnostic]:
    if len(name) > limits.file_name_characters:
        message = _(
            "the name has {name} characters; {file_name_characters} fit",
            name=len(name),
            file_name_characters=limits.file_name_characters,
        )
        yield _reject_name(name, path, message)
    # The names of photos have rules of their own.
    picture = _is_picture(name)
    odd = None
    if not (name.isascii() and _ALLOWED.fullmatch(name)):
        odd = next(
            (c for c in name if _is_odd(c) or not (picture or _ALLOWED.fullmatch(c) or unicodedata.combining(c))), None
        )
    if odd is not None:
        yield _reject_name(name, path, _say_odd(odd))
    elif not picture and (name != name.strip(" .") or name.startswith("-")):
        yield _reject_name(name, path, _("the name begins or ends with a dot, a space or a hyphen"))
    elif is_reserved(name):
        yield _reject_name(name, path, _("the name is reserved by Windows"))
    key = unicodedata.normalize("NFKC", name).casefold()
    if key in seen:
        message = _(
            "the name differs from `{seen}` only in capital letters or accents that look the same", seen=seen[key]
        )
        yield _reject_name(name, path, message)
    seen.setdefault(key, _printable(name))


def _better_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    words = make_id(stem if dot else name) or "a-short-name"
    if is_reserved(words):
        words = f"{words}-1"
    kind = re.sub(r"[^a-z0-9]", "", ending.lower()) if dot else ""
    return f"{words}.{kind}" if kind else words


def _check_kind(name: str, path: str, size: int, limits: Limits, misplaced: bool) -> Diagnostic | None:
    ending = Path(name).suffix
    if misplaced and not (_is_picture(name) and path.startswith(f"{CASE_STUDIES}/")):
        hint = _("Move it up, and delete the folder.")
        return Diagnostic.of_file(path, rules.FILE_PLACE, _("no file is expected in a folder here"), hint)
    if (unread := place_file(path)) is not None:
        return unread
    if ending in TEXTS:
        most = limits.text_bytes if ending == ".md" else limits.data_bytes
        # Files that the loader reads have their size checked there.
        return reject_size(path, size, most) if size > most and path.count("/") > 1 else None
    if _is_picture(name):
        if path.startswith(f"{CASE_STUDIES}/"):
            return None  # the checks of photos say the rest
        message, hint = _("a photo lies outside of the folder of its case study"), _("Move it to `case_studies/<id>/`.")
        return Diagnostic.of_file(path, rules.FILE_PLACE, message, hint)
    what = _("files ending in `{printable}`", printable=_printable(ending)) if ending else _("files without an ending")
    hint = _("Delete it. Texts are `.md` or `.yml`; a document is published elsewhere and linked to.")
    return Diagnostic.of_file(path, rules.FILE_TYPE, _("{what} are not accepted here", what=what), hint)
