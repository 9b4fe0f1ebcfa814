"""Plain text: as a part of an address, beside the word that was meant, cut short for a message."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from goodpractice.diagnostics.budget import may_guess

#: As many characters as an id may have (`kinds.base.Id`).
_LONGEST_ID = 60
#: Beginnings of anchors that belong to the frame of the page.
RESERVED_ANCHORS = ("gp-", "__")
#: Longer words are no typing mistakes.
_MOST_GUESSED = 120


def slugify(text: str) -> str:
    """The part of an address that stands for a name: ASCII letters in lower case, digits, hyphens; may be empty.

    Published addresses depend on it: nothing that it makes may change.
    """
    return "-".join(re.findall("[a-z0-9]+", _to_ascii(text)))


def make_id(title: str) -> str:
    """An id from a title: its slug, which takes no notice of apostrophes and cuts no word but the first."""
    words = slugify(_to_ascii(title).replace("'", "")).split("-")
    made = words[0][:_LONGEST_ID]
    for word in words[1:]:
        if len(made) + 1 + len(word) > _LONGEST_ID:
            break
        made = f"{made}-{word}"
    return made


def make_anchor(text: str, separator: str = "-") -> str:
    """The anchor of a heading in an editor's text, as Python-Markdown's `toc` asks for it: letters of every script.

    Published addresses depend on it, as on `slugify`.
    """
    words = re.sub(r"[^\w\s-]", "", text).strip().lower()
    anchor = re.sub(rf"[{re.escape(separator)}\s]+", separator, words)
    return f"text-{anchor}" if anchor.startswith(RESERVED_ANCHORS) else anchor


def _to_ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def suggest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that is closest to a mistyped one, if any is close: from 0, which any word is, to 1.

    Nothing is guessed for a very long word, or when a run has made very many guesses.
    """
    length = len(word)
    if length > _MOST_GUESSED:
        return None
    # No word is closer than its length is.
    near = [other for other in known if 2 * min(length, len(other)) >= cutoff * (length + len(other))]
    close = difflib.get_close_matches(word, near, n=1, cutoff=cutoff) if may_guess(len(near)) else []
    return close[0] if close else None
