"""Which files a build reads, and whether they are the ones it read last time."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

import goodpractice
from goodpractice.config.project_folders import CASE_STUDIES, DATA, DOCS, PARTNERS_FILE, WRITTEN_FOLDERS
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.walking import Entry, walk
from goodpractice.i18n.languages import shows_unreviewed

#: A file that changed in the second before it was looked at may change again without its times showing it.
SETTLED_NS = 2_000_000_000

#: Path prefix of the files of this package, which lie outside of the project.
PACKAGE = "(goodpractice)"
_PACKAGE_FOLDER = os.path.dirname(goodpractice.__file__)  # noqa: PTH120 - the beginning of names
#: What editors write, and what decides how every page looks.
CONTENT_FOLDERS = (*WRITTEN_FOLDERS, DOCS, DATA)
CONTENT_FILES = (PARTNERS_FILE,)
SETUP_FOLDERS = ("overrides",)
SETUP_FILES = ("mkdocs.yml", "macros.py")
#: All of that, for whoever follows a project.
SOURCE_FOLDERS = (CASE_STUDIES, *CONTENT_FOLDERS, *SETUP_FOLDERS)
SOURCE_FILES = (*CONTENT_FILES, *SETUP_FILES)

#: In the place of digests, of files that were not read (yet).
_UNREAD = "unread"
NEVER_THE_SAME = "unreadable"
NEVER_READ = -1

_ENVIRONMENT = re.compile(r"!ENV\s+\[?([^\]\n]+)")
_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]+\b")


class Signature(NamedTuple):
    """What the file system says of a file. Equal signatures, looked at long enough after the change: the same file.

    The size of what is no ordinary file is `NEVER_READ`: a device, or a link to one, may have no end.
    """

    size: int
    modified: int
    changed: int
    number: int


class FileState(NamedTuple):
    """A file as a build saw it: signature, digest of its bytes, and when it was looked at (nanoseconds)."""

    signature: Signature
    digest: str
    at: int


def signature_of(status: os.stat_result) -> Signature:
    """The signature in the answer of `stat`."""
    size = status.st_size if stat.S_ISREG(status.st_mode) else NEVER_READ
    return Signature(size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def list_files(root: Path, folders: Iterable[str], files: Iterable[str]) -> Iterator[tuple[str, Signature]]:
    """Files below folders, and single files, with their signatures; what is not there is left out.

    Raises:
        OSError: A folder cannot be read: its pages must not vanish from the site for that.
    """
    for name in files:
        try:
            yield name, signature_of((root / name).stat())
        except OSError:
            continue
    for folder in folders:
        yield from _sign_below(root / folder, folder, _follows_links(f"{folder}/"))


def _sign_below(folder: Path, name: str, follow: bool = False) -> Iterator[tuple[str, Signature]]:
    for path, entry, is_folder in walk(folder, follow=follow, on_error=_stop_unless_missing):
        if is_folder:
            continue
        try:
            signature = _sign_entry(entry, follow)
        except OSError:
            continue
        yield f"{name}/{path}", signature


def _stop_unless_missing(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error


def _sign_entry(entry: Entry, follow: bool) -> Signature:
    if follow:
        with suppress(OSError):  # a link that leads nowhere is itself a file that may come and go
            return signature_of(entry.stat())
    return signature_of(entry.stat(follow_symlinks=False))


def is_case_study(path: str) -> bool:
    """Whether a source is a case study: a Markdown file in their folder, but for the one that says what lies there."""
    folder, _, name = path.partition("/")
    if folder != CASE_STUDIES or not name.endswith(".md") or "/" in name:
        return False
    return name != "README.md" and not is_leftover(name)


def is_copied(path: str) -> bool:
    """Whether a source is copied into the site as it is."""
    return path.startswith(f"{DOCS}/") and not path.endswith(".md")


def is_setup(path: str) -> bool:
    """Whether a source decides how every page looks: a template, a file of this package, what `macros.py` imports."""
    return path.partition("/")[0] not in (CASE_STUDIES, *CONTENT_FOLDERS, *CONTENT_FILES)


def is_other(root: Path, path: str) -> bool:
    """Whether a file of the project is neither a source that every build knows nor part of an installation."""
    first = path.partition("/")[0]
    if first in (*SOURCE_FOLDERS, *SOURCE_FILES) or is_leftover(path):
        return False
    return not f"{root}/{path}".startswith(f"{_PACKAGE_FOLDER}{os.sep}") and not (root / first / "pyvenv.cfg").exists()


def digest_bytes(data: bytes) -> str:
    """Digest of the content of a file: the beginning of its SHA-256, which browsers can work out, too."""
    return hashlib.sha256(data).hexdigest()[:32]


def add_digests(added: Iterable[tuple[str, str]], removed: Iterable[tuple[str, str]] = (), before: str = "0") -> str:
    """Digest of a set of files, whatever their order: a sum, to which files can be added and from which they can go.

    Args:
        added: Names of files, with what there is to say of them.
        removed: The same, of what is not there any more.
        before: The digest of everything else, and of what is removed.
    """
    value = int(before, 16) + sum(starmap(_number_file, added)) - sum(starmap(_number_file, removed))
    return f"{value % (1 << _SUM_BITS):032x}"


_SUM_BITS = 128


def _number_file(name: str, what: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(f"{name} {what}".encode(errors="surrogateescape"), digest_size=_SUM_BITS // 8).digest()
    )


def serialise_signature(signature: Signature) -> str:
    """A signature as text."""
    return f"{signature[0]} {signature[1]} {signature[2]} {signature[3]}"


def see_files(
    root: Path, found: Mapping[str, Signature], known: Mapping[str, FileState], now: int, *, later: bool = False
) -> dict[str, FileState]:
    """Look at files; only those whose signature is new, or too fresh to be trusted, are read.

    Args:
        root: Folder of the project.
        found: Files and their signatures.
        known: What the last build saw.
        now: The time, in nanoseconds. A clock that went back only means that more files are read.
        later: Leave to `read_later` what need not be read at once: a change after this look will show in the signature.
    """
    file_states: dict[str, FileState] = {}
    for path, signature in found.items():
        before = known.get(path)
        if before is not None and before.signature == signature and is_settled(before):
            file_states[path] = before
            continue
        unread = FileState(signature, _UNREAD, now)
        file_states[path] = (
            unread if later and is_settled(unread) else FileState(signature, _digest_file(root, path, signature), now)
        )
    return file_states


def read_later(root: Path, file_states: Mapping[str, FileState]) -> dict[str, FileState]:
    """Read the files that `see_files` left for later; one that has changed since is never the same again."""
    read = {}
    for path, unread in file_states.items():
        if unread.digest == _UNREAD:
            digest = _digest_file(root, path, unread.signature)
            try:
                same = sign_file(root, path) == unread.signature
            except OSError:
                same = False
            read[path] = unread._replace(digest=digest if same else NEVER_THE_SAME)
    return read


def scan_again(root: Path, file_states: Mapping[str, FileState]) -> dict[str, FileState]:
    """Of files that were looked at, those that have changed or gone since: they are never the same again.

    An edit that is undone while a page is made from it would be seen by nobody: the next build finds what the one
    before had digested.
    """
    moved = {}
    for path, file in file_states.items():
        try:
            same = sign_file(root, path) == file.signature
        except OSError:
            same = False
        if not same:
            moved[path] = file._replace(digest=NEVER_THE_SAME)
    return moved


def is_same(one: FileState | None, other: FileState) -> bool:
    """Whether a file holds what it held. What could not be read, or changed while it was used, is not the same."""
    return one is not None and one.digest == other.digest != NEVER_THE_SAME


def sign_file(root: Path, path: str) -> Signature:
    """The signature of a file as `list_files` takes it."""
    name = _find(root, path)
    try:
        return signature_of(os.stat(name, follow_symlinks=_follows_links(path)))  # noqa: PTH116 - ten thousand times
    except OSError:
        return signature_of(os.lstat(name))  # a link that leads nowhere


def _digest_file(root: Path, path: str, signature: Signature) -> str:
    if signature.size == NEVER_READ:
        return _digest_link(root, path)
    try:
        return digest_bytes(Path(_find(root, path)).read_bytes())
    except OSError:
        # The loader reports it; until then it is a file that is never the same.
        return NEVER_THE_SAME


def _digest_link(root: Path, path: str) -> str:
    """Of what leads nowhere, where it leads; of any other thing that is no ordinary file, nothing can be said."""
    if not _follows_links(path):
        return NEVER_THE_SAME  # contributed links are refused, wherever they lead
    name = _find(root, path)
    try:
        return NEVER_THE_SAME if os.path.exists(name) else digest_bytes(os.fsencode(os.readlink(name)))  # noqa: PTH110, PTH115 - names
    except OSError:
        return NEVER_THE_SAME


def _follows_links(path: str) -> bool:
    """Whether a link is read through: in the folders of editors' templates, and for single files."""
    return "/" not in path or path.partition("/")[0] in SETUP_FOLDERS


def _find(root: Path, path: str) -> str:
    folder = _PACKAGE_FOLDER if path.startswith(PACKAGE) else os.fspath(root)
    return f"{folder}/{path.removeprefix(f'{PACKAGE}/')}"


def is_settled(file_states: FileState) -> bool:
    """Whether the times of a file are older than the moment at which it was looked at, by a safe margin."""
    return file_states.at - max(file_states.signature.modified, file_states.signature.changed) > SETTLED_NS


def list_package() -> Iterator[tuple[str, Signature]]:
    """Code, templates and other files of this package, with their signatures."""
    return (
        (name, signature)
        for name, signature in _sign_below(Path(_PACKAGE_FOLDER), PACKAGE)
        if not name.endswith(".pyc")
    )


def digest_setup(root: Path, file_states: Mapping[str, FileState]) -> str:
    """Digest of everything that decides how pages look besides content.

    Code and templates of this package, versions of Python and of every
    installed library, the configuration with the environment variables that it
    reads, `macros.py` and `overrides/`.

    Args:
        root: Folder of the project.
        file_states: The files of the project and of this package that belong to the setup.
    """
    digest = hashlib.blake2b(digest_size=16)

    def add(*words: str) -> None:
        for word in words:
            digest.update(os.fsencode(word) + b"\0")

    # A site that shows words for their first readers never passes for one that may be published.
    add(goodpractice.__version__, sys.version, "unreviewed" if shows_unreviewed() else "")
    add(*_list_libraries())
    for path in sorted(file_states):
        add(path, file_states[path].digest)
        if file_states[path].digest == NEVER_THE_SAME:
            add(os.urandom(16).hex())
    config = root / "mkdocs.yml"
    if config.is_file():
        for names in _ENVIRONMENT.findall(config.read_text(encoding="utf-8", errors="replace")):
            for name in _VARIABLE.findall(names):
                add(name, os.environ.get(name, ""))
    return digest.hexdigest()


def _list_libraries() -> list[str]:
    """Names and versions of installed libraries, as their folders say: reading their metadata takes too long."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            found.update(entry.name for entry in os.scandir(folder) if entry.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
    return sorted(found)
