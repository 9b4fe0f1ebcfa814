"""Deceptive characters as diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from goodpractice.content.characters import Odd, list_odd
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _

#: So many of them are shown; a text full of them is one problem.
MOST_HIDDEN = 5
_AGAIN = _("Type the word again.")


def explain_hidden(path: str, line: int, column: int, character: str) -> Diagnostic:
    """A character that cannot be seen."""
    message = _("an invisible character (U+{ord}) stands here", ord=f"{ord(character):04X}")
    hint = _("Delete it: type the word again, and the character before and after it.")
    return Diagnostic(path, line, column, rules.HIDDEN_CHARACTER, message, hint)


def explain_odd(path: str, line: int, column: int, odd: Odd) -> Diagnostic:
    """Something that is not what it seems, at a place."""
    if odd.kind == "hidden" and odd.text == "\ufffd":
        message = _("a character was lost here (U+FFFD)")
        return Diagnostic(path, line, column, rules.HIDDEN_CHARACTER, message, _AGAIN)
    if odd.kind == "hidden":
        return explain_hidden(path, line, column, odd.text)
    word = shorten(odd.text, 30)
    hint = _AGAIN
    if odd.kind == "letter":
        message = _(
            "the letter `{letter}` (U+{ord}) only looks like a Latin letter", letter=word, ord=f"{ord(odd.text):04X}"
        )
    elif odd.kind == "mixed":
        message = _("the word `{word}` mixes letters of two alphabets that look alike", word=word)
    elif odd.kind == "foreign":
        message = _("all letters of `{word}` only look like Latin letters", word=word)
    elif odd.kind == "styled":
        message = _("`{word}` is made of signs that only look like letters", word=word)
        hint = _("Type it with ordinary letters: a screen reader cannot read these, and nobody finds them.")
    else:
        message = _("more marks are piled on the letter `{word}` than any language has", word=word)
    return Diagnostic(path, line, column, rules.HIDDEN_CHARACTER, message, hint)


def find_odd_characters(text: str, path: str) -> list[Diagnostic]:
    """Characters that cannot be seen, and words that look like others, at their places in the text of a file."""
    return list(islice(_explain_all(text, path), MOST_HIDDEN))


def _explain_all(text: str, path: str) -> Iterator[Diagnostic]:
    for odd in list_odd(text):
        line = text.count("\n", 0, odd.at) + 1
        yield explain_odd(path, line, odd.at - text.rfind("\n", 0, odd.at), odd)
