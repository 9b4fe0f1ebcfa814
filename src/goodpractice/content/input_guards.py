"""Guards that reject a file before it is read: it lies elsewhere, or costs more than a contribution may.

They look at a file from outside, before YAML or Markdown is parsed: rejecting
a hostile file must stay cheap.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from goodpractice.config.limits import Limits
from goodpractice.content.front_matter import read_text
from goodpractice.content.shape import find_too_much
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

_QUOTES_AND_LISTS = re.compile(r"[ \t]*(?:(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|$))[ \t]*)+")
_MARKER = re.compile(r">|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])")
#: How a line begins that may be quoted or listed.
_MAY_NEST = frozenset(" \t>-+*0123456789")
#: A line across the page, which is no list in a list in a list.
_ONLY_A_LINE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})")
_LIST_ITEM = re.compile(r"([ \t]*)(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)")


def read_file(root: Path, path: str, most_bytes: int | None = None) -> tuple[str | None, list[Diagnostic]]:
    """Read a text file of the project, and nothing that lies outside of it.

    Args:
        root: Folder of the project.
        path: File, relative to the project, as it was listed.
        most_bytes: Larger files are rejected without being opened.
    """
    rejected = reject_file(root, path, most_bytes)
    return (None, [rejected]) if rejected else read_text(f"{os.fspath(root)}/{path}", path)


def reject_file(root: Path, path: str, most_bytes: int | None = None) -> Diagnostic | None:
    """Report a file that may not be opened: a link on the way to it, a device, a size; nothing when it may."""
    parts = path.split("/")
    folder = os.fspath(root)
    if path.startswith("/") or ".." in parts:
        return Diagnostic.of_file(
            path, rules.NOT_A_FILE, _("the path leads out of the project"), _("Put the file here.")
        )
    status = None
    for end in range(1, len(parts) + 1):
        place = "/".join(parts[:end])
        try:
            status = os.lstat(f"{folder}/{place}")
        except OSError:
            return None  # reading says what is wrong
        if stat.S_ISLNK(status.st_mode):
            return reject_link(path, "" if end == len(parts) else place)
    if status is not None and not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        return reject_device(path)
    if status is not None and most_bytes is not None and status.st_size > most_bytes:
        return reject_size(path, status.st_size, most_bytes)
    return None


def is_there(root: Path, path: str) -> bool:
    """Whether a path of the project is a file or folder; one that no computer could store is none."""
    return os.path.exists(f"{os.fspath(root)}/{path}")  # noqa: PTH110 - that of pathlib raises OSError for a long name


def reject_link(path: str, folder: str = "") -> Diagnostic:
    """Report a symbolic link, or a file in a folder that is one."""
    message = _("this is a link to another place, not a file or folder of its own")
    if folder:
        message = _("the folder `{folder}` is a link to another place, not a folder of its own", folder=folder)
    hint = _("Put the file itself here, instead of a link to it.")
    return Diagnostic.of_file(path, rules.NOT_A_FILE, message, hint)


def reject_device(path: str) -> Diagnostic:
    """Report an entry of a folder that is neither a file nor a folder nor a link."""
    return Diagnostic.of_file(path, rules.NOT_A_FILE, _("this is not an ordinary file"), _("Delete it."))


def reject_size(path: str, size: int, most_bytes: int) -> Diagnostic:
    """Report a file that is too big."""
    message = _("the file has {size} bytes; {most_bytes} fit", size=f"{size:,}", most_bytes=f"{most_bytes:,}")
    hint = _("Make the picture smaller: `goodpractice photo add` does it for you.")
    if path.endswith((".md", ".yml")):
        hint = _("Shorten the text, or ask an editor for more room.")
    return Diagnostic.of_file(path, rules.TOO_BIG, message, hint)


def find_excess(text: str, path: str, limits: Limits) -> list[Diagnostic]:
    """Report parts of a contributed text that are too costly to parse; a text with any is not read further.

    Args:
        text: The whole file.
        path: File name for diagnostics; `.md` files have facts and a body.
        limits: How much fits.
    """
    if not path.endswith(".md"):
        return []
    found: list[Diagnostic] = []
    end = text.find("\n---", 3)
    facts, body = (text[:end], text[end + 4 :]) if text.lstrip().startswith("---") and end > 0 else ("", text)
    line = facts.count("\n") + 2 if facts else 1
    if len(facts) > limits.facts_characters:
        found.append(_too_long(path, 1, _("the block of facts"), len(facts), limits.facts_characters))
    if len(body) > limits.body_characters:
        found.append(_too_long(path, line, _("the story"), len(body), limits.body_characters))
    found.extend(_find_nesting(body, path, line, limits.nesting))
    # Blocks of a text that is too long are not worth counting.
    return found or list(find_too_much(body, path, line, limits))


def _too_long(path: str, line: int, what: str, length: int, most: int) -> Diagnostic:
    message = _("{what} has {length} characters; {most} fit", what=what, length=f"{length:,}", most=f"{most:,}")
    hint = _("Shorten it, or tell it as two stories.") if what == "the story" else _("Shorten it.")
    return Diagnostic(path, line, 1, rules.TOO_BIG, message, hint)


@cache
def _find_deep_start(most: int) -> Callable[[str], re.Match[str] | None]:
    """Finds lines that begin with more signs and spaces than so many levels have at least, below a line end."""
    return re.compile(rf"\n[ \t>+*0-9.)-]{{{most + 1}}}").search


def _find_nesting(body: str, path: str, first_line: int, most: int) -> Iterator[Diagnostic]:
    if _find_deep_start(most)(f"\n{body}") is None:
        return
    for number, line in enumerate(body.split("\n")):
        if line[:1] not in _MAY_NEST:
            continue
        markers = _QUOTES_AND_LISTS.match(line)
        if markers is None or _ONLY_A_LINE.fullmatch(line):
            continue
        deep = len(_MARKER.findall(markers[0] + " ")) > most
        item = _LIST_ITEM.match(line)
        deep = deep or (item is not None and len(item[1].expandtabs(4)) > 4 * most)
        if deep:
            message = _("quotations or lists are nested more than {most} levels deep", most=most)
            hint = _("Write it with headings and paragraphs.")
            yield Diagnostic(path, first_line + number, 1, rules.NESTED_TOO_DEEPLY, message, hint)
            return
