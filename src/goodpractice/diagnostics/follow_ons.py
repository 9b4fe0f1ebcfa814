"""Problems that are mended with another one, and are told no second time."""

from __future__ import annotations

from collections.abc import Iterable

from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import LazyString

NO_GROUP = "this entry of `{name}` is not a group of `name: value` lines"
NOTHING_FILLED = "nothing is filled in between two pairs of curly brackets here"
_FILLED_IN = "…"
SAYS_NOTHING = "`{name}` does not say anything yet: `{text}`"
#: How problems begin, in message or hint, that are mended with another one on their line, and the rule or the words of
#: that one.
MENDED_WITH = (
    ("Put quotation marks around the text", (rules.UNKNOWN_REFERENCE, rules.WRONG_ADDRESS, NO_GROUP)),
    ("`{name}` needs square brackets", (rules.UNKNOWN_REFERENCE,)),
    ("`{name}` needs", (rules.ANCHOR_OR_TAG, NOTHING_FILLED)),
)


def drop_follow_ons(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The problems, sorted, without those that are mended with another on their line.

    Whoever writes another value need not hear as well that the old one lacked its quotation marks.
    """
    every = sorted(set(found))
    told: dict[tuple[str, int], set[str]] = {}
    for one in every:
        told.setdefault((one.path, one.line), set()).update((one.code, _name(one)))
    return [one for one in every if not _follows(one, told[one.path, one.line])]


def _name(diagnostic: Diagnostic) -> str:
    """The words of a message; the dots that the reader put in the place of a text are nobody's answer."""
    message = diagnostic.message
    filled = isinstance(message, LazyString) and message.values.get("text") != _FILLED_IN
    return message.words if isinstance(message, LazyString) and filled else ""


def _follows(diagnostic: Diagnostic, codes: set[str]) -> bool:
    words = [getattr(text, "words", "") for text in (diagnostic.message, diagnostic.hint)]
    if words[0] == SAYS_NOTHING and not _name(diagnostic) and rules.YAML_SYNTAX in codes:
        return True
    return (diagnostic.code == rules.YAML_SYNTAX and SAYS_NOTHING in codes) or any(
        text.startswith(beginning) and not codes.isdisjoint(others)
        for beginning, others in MENDED_WITH
        for text in words
    )
