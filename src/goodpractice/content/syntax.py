"""The slip of the pen behind a syntax error of YAML, in words for people.

libyaml says where it gave up, which is at times a line below the mistake, and in words for programmers. Here each rule
of `content.slips` and `content.indents` says how the lines around that place would be right, and the first that the
parser accepts is reported. A hint therefore never shows a line that fails itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import yaml

from goodpractice.content.fields import Form
from goodpractice.content.indents import RULES as RULES_OF_INDENTS
from goodpractice.content.slips import RULES as RULES_OF_LINES
from goodpractice.content.slips import Slip
from goodpractice.content.two_fields import find_two_fields
from goodpractice.i18n.messages import gettext_lazy as _

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RULES = (*RULES_OF_LINES[:2], *RULES_OF_INDENTS, *RULES_OF_LINES[2:4], find_two_fields, *RULES_OF_LINES[4:])
#: Lines above the error in which a quotation mark may have been forgotten.
_MOST_LOOKED_AT = 3
#: Line on which a parser gave up, and what it said of it.
Reached = tuple[int, str]
_NOWHERE: Reached = (1 << 60, "")


class Trials:
    """Attempts to parse a text, which all together take time in proportion to a fixed number of characters."""

    def __init__(self, most: int) -> None:
        self.left = most

    def find_error(self, lines: list[str]) -> Reached | None:
        """Where and why a parser gives up: far below all lines when it does not; nothing when time is up."""
        text = "\n".join(lines)
        self.left -= len(text)
        if self.left < 0:
            return None
        try:
            for __ in iter(LOADER(text).get_event, None):
                pass
        except yaml.MarkedYAMLError as error:
            return _find_error(error, len(lines))
        except yaml.reader.ReaderError:
            return None
        return _NOWHERE


def _find_error(error: yaml.MarkedYAMLError, length: int) -> Reached:
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    said_of_it = f"{error.context} {opened and (opened.line, opened.column)} {error.problem} {mark and mark.column}"
    return min(mark.line if mark else 0, length - 1), said_of_it


def find_slip(error: yaml.MarkedYAMLError, lines: list[str], form: Form, trials: Trials) -> Slip:
    """The mistake behind a syntax error: the first that a rule knows and that, mended, lets the parser go on."""
    before = _find_error(error, len(lines))
    second: Slip | None = None
    for at in _list_suspects(error, lines, before[0]):
        for rule in _RULES:
            for slip in rule(lines, at, form):
                reached = _try(slip, lines, trials)
                if reached is not None and reached[0] > max(before[0], slip.at):
                    return slip
                # The line below may hold a mistake of its own.
                if reached is not None and reached[0] >= before[0] and reached != before:
                    second = second or slip
    return second or _explain_bracket(error, lines) or _explain_nothing(error, lines, before[0])


def _list_suspects(error: yaml.MarkedYAMLError, lines: list[str], number: int) -> Iterator[int]:
    """Lines that may hold the mistake, the likeliest first."""
    opened, context = error.context_mark, error.context or ""
    begun = ("quoted scalar", "simple key", "parsing a flow")
    found = [opened.line] if opened and opened.line < len(lines) and any(part in context for part in begun) else []
    above = (at for at in range(number - 1, -1, -1) if lines[at].strip() and not lines[at].startswith("#"))
    found += [number, *itertools.islice(above, _MOST_LOOKED_AT)]
    found += [at for at in range(number) if lines[at].count('"') % 2][:_MOST_LOOKED_AT]
    yield from dict.fromkeys(at for at in found if lines[at].strip())


def _try(slip: Slip, lines: list[str], trials: Trials) -> Reached | None:
    """How far a parser comes with the lines as a slip mends them; nothing when one of them cannot be read itself."""
    mended = list(lines)
    for at, line in slip.mended:
        mended[at] = line
        if trials.find_error([line.strip()]) != _NOWHERE:
            return None
    return None if mended == lines else trials.find_error(mended)


def _explain_bracket(error: yaml.MarkedYAMLError, lines: list[str]) -> Slip | None:
    """A list over several lines whose bracket is not closed."""
    opened = error.context_mark
    if not opened or opened.line >= len(lines) or not (error.context or "").startswith("while parsing a flow"):
        return None
    at, bracket = opened.line, lines[opened.line][opened.column : opened.column + 1]
    closing = {"[": "]", "{": "}"}.get(bracket)
    if not closing or closing in lines[at][opened.column :]:
        return None
    message = _("the bracket `{bracket}` is not closed", bracket=bracket)
    hint = _("Add `{closing}` at the end of the list.", closing=closing)
    return Slip(at, opened.column + 1, message, hint, ((at, lines[at].rstrip() + closing),))


def _explain_nothing(error: yaml.MarkedYAMLError, lines: list[str], number: int) -> Slip:
    """No rule knows the mistake."""
    mark, problem = error.problem_mark or error.context_mark, error.problem or ""
    column = (mark.column if mark else 0) + 1
    opened = error.context_mark
    if opened and "simple key" in (error.context or "") and opened.line < number and lines[opened.line].strip():
        message = _("this line has no name and no colon")
        hint = _("If it goes on from the line above, write both as one line.")
        return Slip(opened.line, opened.column + 1, message, hint, ((opened.line, "#"),))
    if opened and "quoted scalar" in (error.context or "") and opened.line < len(lines):
        sign = lines[opened.line][opened.column : opened.column + 1]
        hint = _("Add a `{mark}` at the end of the text.", mark=sign)
        mended = ((opened.line, lines[opened.line].rstrip() + sign),)
        return Slip(opened.line, opened.column + 1, _("a quotation mark is not closed"), hint, mended)
    if "mapping values" in problem:
        message = _("there is a colon where none is expected")
        hint = _("Check that this line and the line above are indented like their neighbours.")
    elif any(words in problem for words in ("could not find expected ':'", "<block end>", "did not find expected")):
        message = _("this line does not fit the lines around it")
        hint = _(
            "Check that it is indented like its neighbours, that a colon or hyphen is followed by a space, "
            "and that brackets and quotation marks are closed."
        )
    else:
        message = _("this line cannot be read")
        hint = _("Compare it with the same line of the form.")
    return Slip(number, column, message, hint, ())
