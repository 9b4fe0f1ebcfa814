"""Typographic quotation marks and apostrophes, in titles and in finished HTML.

People type `"` and `'`; print has “ ” and ’. The rule is that of SmartyPants:
a mark after a space, a bracket or a dash opens, any other closes, and what
stands between letters is an apostrophe. Marks that stand for inches, feet,
minutes and seconds stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

#: Languages whose marks these are. Others have their own („so“, «ainsi»), and what their writers typed stays.
_LANGUAGES = frozenset({"en", "cy"})

#: A tag or a comment, and the name of an element whose text is typed to be copied, or is no text. Values of attributes
#: may hold `>`. Possessive, so that no text costs more than its length.
_TAG = re.compile(
    r"""(<(?:(?:(/?(?:code|pre|kbd|samp|script|style|textarea)\b)|[a-zA-Z/])"""
    r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>|!--.*?-->))""",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:quot|#34);|&(?:apos|#39|#x27);")
_MARK = re.compile(r"[\"']")
#: Elements within a line: a word goes on across them.
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|del|em|i|ins|mark|q|s|span|strong|sub|sup|u)\b")
_OPENING = frozenset(" \t\n\r\u00a0([{<-–—/“‘|")
#: Words that begin with an apostrophe.
_SHORTENED = re.compile(r"(?:\d0s|em|cause|til|tis|twas|n)\b", re.IGNORECASE)


@cache
def has_these_quotes(language: str) -> bool:
    """Whether a language, by its code, has the marks that are set here."""
    return language.partition("-")[0] in _LANGUAGES


def set_quotes_of_text(text: str) -> str:
    """A plain text, such as a title, with typographic marks."""
    return _choose(text, " ", " ") if _MARK.search(text) else text


def set_quotes_of_pieces(pieces: Sequence[str]) -> list[str]:
    """The pieces of a line, between which elements begin or end, with typographic marks."""
    if not _MARK.search("".join(pieces)):
        return list(pieces)
    return [
        _choose(
            piece,
            next((before[-1] for before in reversed(pieces[:at]) if before), " "),
            next((after[0] for after in pieces[at + 1 :] if after), " "),
        )
        for at, piece in enumerate(pieces)
    ]


def set_quotes(html: str) -> str:
    """Finished HTML with typographic marks in its text; tags, attributes and code stay.

    Costs 0.1 ms for a page of 12 kB.
    """
    parts = _TAG.split(html)
    # Texts stand at even places now, the tags between them at odd ones.
    kept = parts[2::3]
    del parts[2::3]
    marked = [2 * at for at, text in enumerate(parts[::2]) if "'" in text or '"' in text or "&" in text]
    copied = _list_copied(kept) if marked else frozenset()
    for place in marked:
        text = parts[place]
        # A sign that opens no tag: nobody knows what this is.
        if place not in copied and "<" not in text and (_MARK.search(text) or _ENTITY.search(text)):
            parts[place] = _set(text, _letter(parts, place, -1), _letter(parts, place, 1))
    return "".join(parts)


def _list_copied(kept: Sequence[str | None]) -> frozenset[int]:
    """Places of texts that are typed to be copied, or are no text.

    Args:
        kept: Of each tag, the name where it begins or ends such an element.
    """
    depth = start = 0
    copied: list[int] = []
    for place, name in [(2 * at + 1, name) for at, name in enumerate(kept) if name]:
        if depth:
            copied += range(start, place, 2)
        depth, start = max(0, depth + (-1 if name[0] == "/" else 1)), place + 1
    if depth:
        copied += range(start, 2 * len(kept) + 1, 2)
    return frozenset(copied)


def _letter(parts: Sequence[str], place: int, step: int) -> str:
    """The letter before or after a text, across elements within the line; a space where a block begins or ends."""
    while 0 < place + step < len(parts) and _INLINE.match(parts[place + step]):
        place += 2 * step
        if parts[place]:
            return parts[place][-1 if step < 0 else 0]
    return " "


def _set(text: str, before: str, after: str) -> str:
    """A text of HTML with typographic marks; those that stay straight are escaped."""
    plain = _ENTITY.sub(lambda found: '"' if found[0] in ("&quot;", "&#34;") else "'", text)
    return _choose(plain, before, after).replace('"', "&quot;").replace("'", "&#39;")


def _choose(plain: str, before: str, after: str) -> str:
    made: list[str] = []
    done = 0
    #: Marks of each kind that are open.
    open_marks = {'"': 0, "'": 0}
    for found in _MARK.finditer(plain):
        at, mark = found.start(), found[0]
        made.append(plain[done:at])
        done = at + 1
        last = plain[at - 1] if at else before
        following = plain[at + 1 : at + 2] or after
        if last in _OPENING and following.strip() and not (mark == "'" and _SHORTENED.match(plain, at + 1)):
            open_marks[mark] += 1
            made.append("“" if mark == '"' else "‘")
        elif last.isdigit() and not open_marks[mark] and not following.isalpha() and before == " ":
            # After a figure, with nothing to close: feet and inches, minutes and seconds.
            made.append(mark)
        else:
            open_marks[mark] = max(0, open_marks[mark] - (not following.isalpha()))
            made.append("”" if mark == '"' else "’")
    return "".join((*made, plain[done:]))
