"""How much of everything a story holds, counted before it is parsed.

The parser of Markdown is quick, but what it makes of a short text can be large, and some of it takes the square of its
number: headings whose addresses must differ, e-mail addresses, rows of a table that are filled up to its width. Here
each is counted in one pass over the text. What is counted is never less than what the parser finds, and may be more:
a bracket need not be a link. The limits leave room for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from goodpractice.config.limits import Limits
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _

#: What may stand before a block: the signs of quotations and lists around it.
_AROUND = r"^[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t][ \t>]*)*"


class _Part(NamedTuple):
    """Something that a story can have too much of.

    Attributes:
        limit: Its field of `Limits`.
        pattern: Where one begins.
        signs: Texts of which at least one stands in each. Where they are few enough, nothing is searched: to count
            them takes a twentieth of the time.
        message: What is said, with the number and the limit.
        hint: What to do.
    """

    limit: str
    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    message: str
    hint: str


_PARTS = (
    _Part(
        "headings",
        re.compile(rf"{_AROUND}(?:#{{1,6}}(?=[ \t\n]|\Z)|(?:=+|-+)[ \t]*$)", re.MULTILINE),
        ("#", "=", "-"),
        N_("the story has {number} headings; at most {most} are read"),
        N_("Keep the headings that a reader needs, or tell it as several stories."),
    ),
    _Part(
        "links",
        re.compile(r"\[|://|www\.|@"),
        ("[", "://", "www.", "@"),
        N_("the story has {number} links, pictures, notes or square brackets; at most {most} are read"),
        N_("Keep the links that a reader needs."),
    ),
    _Part(
        "html",
        re.compile("<"),
        ("<",),
        N_("the story has {number} signs `<`; at most {most} are read"),
        N_("HTML is not shown. Write it with Markdown, or delete it."),
    ),
    _Part(
        "emphasis",
        re.compile("[*_~`]+"),
        ("*", "_", "~", "`"),
        N_("the story has {number} marks of emphasis or code; at most {most} are read"),
        N_("Emphasise what a reader must not miss, and nothing else."),
    ),
)
#: A row that may be the one below the heads of a table: it says how many columns there are.
_RULER = re.compile(r"[ \t\v\f>:|*+.)0-9-]*+")


def find_too_much(body: str, path: str, first_line: int, limits: Limits) -> Iterator[Diagnostic]:
    """Report what a body has too much of; a body with any such problem is not parsed.

    Args:
        body: The story.
        path: File name for diagnostics.
        first_line: Line of the file on which the story begins.
        limits: How much fits.
    """
    for part in _PARTS:
        most = getattr(limits, part.limit)
        if sum(map(body.count, part.signs)) <= most:
            continue
        number, place = 0, 0
        for found in part.pattern.finditer(body):
            number += 1
            if number == most + 1:
                place = found.start()
        if number > most:
            line = first_line + body.count("\n", 0, place)
            message = _(part.message, number=f"{number:,}", most=f"{most:,}")
            yield Diagnostic(path, line, 1, rules.TOO_MUCH, message, _(part.hint))
    if _may_hold_large_table(body, limits):
        yield from _find_tables(body, path, first_line, limits)


def _may_hold_large_table(body: str, limits: Limits) -> bool:
    """Whether a table can be too large: no table is wider than all bars of the text, or longer than the text."""
    bars = body.count("|")
    return bars > limits.table_columns or (bars > 0 and (bars + 1) * (body.count("\n") + 1) > limits.table_cells)


def _find_tables(body: str, path: str, first_line: int, limits: Limits) -> Iterator[Diagnostic]:
    """Tables too wide or with too many cells: a row of one cell is filled up to the width of its table."""
    columns = cells = 0
    for number, line in enumerate(body.split("\n"), start=first_line):
        if not line.strip():
            columns = 0
        elif "|" in line and "-" in line and _RULER.fullmatch(line):
            columns = max(columns, line.count("|") + 1)
            if columns > limits.table_columns + 2:  # there may be a bar at either end
                message = _(
                    "the table has {number} columns; at most {most} are read",
                    number=f"{line.strip().strip('|').count('|') + 1:,}",
                    most=f"{limits.table_columns:,}",
                )
                hint = _("Nobody can read it on a telephone: make several tables, or a list.")
                yield Diagnostic(path, number, 1, rules.TABLE_TOO_LARGE, message, hint)
                return
        cells += columns
        if cells > limits.table_cells:
            message = _("the tables have more than {most} cells up to here", most=f"{limits.table_cells:,}")
            hint = _("Keep what a reader needs. Publish the whole table elsewhere, and link to it.")
            yield Diagnostic(path, number, 1, rules.TABLE_TOO_LARGE, message, hint)
            return
