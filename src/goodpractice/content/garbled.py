"""Letters that a program took for others on their way here: `Itâ€™s` for `It’s`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodpractice.content.spaces import drop_ascii
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

#: The first byte of a letter in UTF-8, read as a letter of Windows, and those after it.
_BYTES = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
_BYTES += "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_GARBLED = re.compile(f"[\u00c2-\u00f4][{_BYTES}]{{1,3}}")
_WORD = re.compile(r"\S+")
#: So many are shown; a text full of them is one problem.
_SHOWN = 5
_MOST_SHOWN = 60


def find_garbled(text: str, path: str) -> Iterator[Diagnostic]:
    """Words whose letters were garbled, with what they were."""
    # The bytes of a garbled letter stand side by side, whatever is deleted around them.
    if not _GARBLED.search(drop_ascii(text)):
        return
    shown = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not _GARBLED.search(line):
            continue
        for word in _WORD.finditer(line):
            mended = _GARBLED.sub(_mend, word[0])
            if mended == word[0] or len(word[0]) > _MOST_SHOWN:
                continue
            message = _("letters of `{word}` were garbled on their way here", word=word[0])
            hint = _("Write `{word}`.", word=mended)
            yield Diagnostic(path, number, word.start() + 1, rules.GARBLED, message, hint)
            shown += 1
            if shown >= _SHOWN:
                return


def _mend(found: re.Match[str]) -> str:
    """The letters that were meant; those that are right as they are stay."""
    for end in range(len(found[0]), 1, -1):
        try:
            return b"".join(map(_encode, found[0][:end])).decode() + found[0][end:]
        except UnicodeError:
            continue
    return found[0]


def _encode(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")  # five bytes mean nothing in Windows
