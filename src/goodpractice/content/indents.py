"""Lines of facts that begin with too few or too many spaces, or without the hyphen of their entry.

Rules as in `content.slips`: they say how the lines would be right, and the loader tries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodpractice.content.fields import Form
from goodpractice.content.slips import MOST_NEAR, Rule, Slip, is_given
from goodpractice.content.written_values import indent
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import ngettext_lazy

_LINE = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)?)(?:(?P<key>[^\W\d]\w*):(?: +\S.*)?|\S.*)")


@dataclass(frozen=True, slots=True)
class _Group:
    """The list or group of fields to which a line belongs.

    Attributes:
        key: Its name.
        names: Names of the fields within.
        listed: Whether it is a list, each entry of which begins with a hyphen.
        column: Spaces before each entry, or before each field when it is no list.
        opened: Number of the line that names it.
        first: Number of the line above which nothing of the present entry stands.
    """

    key: str
    names: frozenset[str]
    listed: bool
    column: int
    opened: int
    first: int


def _find_group(lines: list[str], at: int, form: Form) -> _Group | None:
    """The group that is open above a line, as the lines between them suggest."""
    column, first = None, at
    for number in range(at - 1, max(at - MOST_NEAR, 0) - 1, -1):
        line = _LINE.fullmatch(lines[number].rstrip())
        if line is None or lines[number].lstrip().startswith("#"):
            continue
        key, ends = line["key"], lines[number].rstrip().endswith(":")
        if key and ends and not line["dash"] and (key in form.entries or key in form.groups):
            listed = key in form.entries
            names = form.entries[key] if listed else form.groups[key]
            if column is None:
                column, first = len(line["indent"]) + 2, number + 1
            return _Group(key, names, listed, column, number, first)
        if key and not line["indent"] and not line["dash"]:
            return None
        in_group = key and any(key in names for names in form.groups.values())
        if column is None and (line["dash"] or in_group):
            column, first = len(line["indent"]), number
    return None


def guess_column(lines: list[str], at: int, form: Form) -> int:
    """The spaces before a line, as its neighbours above suggest them."""
    line, group = _LINE.fullmatch(lines[at].strip()), _find_group(lines, at, form)
    if line and line["key"] in form.top and (group is None or line["key"] not in group.names):
        return 0
    if line and group and (line["dash"] or line["key"] in group.names):
        return group.column + (2 if group.listed and not line["dash"] else 0)
    near = range(at - 1, max(at - MOST_NEAR, 0) - 1, -1)
    above = next((lines[number].rstrip() for number in near if lines[number].strip()), "")
    column = len(above) - len(above.lstrip())
    return column + 2 if above.endswith(":") or (above.lstrip().startswith("- ") and line and line["key"]) else column


def _moved(line: str, column: int) -> str:
    return " " * column + line.strip()


def _move_entry(lines: list[str], at: int, column: int, names: frozenset[str]) -> tuple[tuple[int, str], ...]:
    """The first line of an entry and those below it, moved to their columns."""
    moved = [(at, _moved(lines[at], column))]
    for number in range(at + 1, min(at + MOST_NEAR, len(lines))):
        line = _LINE.fullmatch(lines[number].rstrip())
        if line is None or line["dash"] or line["key"] not in names:
            break
        moved.append((number, _moved(lines[number], column + 2)))
    return tuple(moved)


def _find_missing_hyphen(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    line, group = _LINE.fullmatch(lines[at].rstrip()), _find_group(lines, at, form)
    if line is None or group is None or line["dash"] or not group.listed or line["key"] not in group.names:
        return
    own = [_LINE.fullmatch(lines[number].rstrip()) for number in range(group.first, at)]
    if any(own) and line["key"] not in {found["key"] for found in own if found}:
        return
    mended = _move_entry([*lines[:at], f"- {lines[at].strip()}", *lines[at + 1 :]], at, group.column, group.names)
    message = _("a hyphen is missing: an entry of `{key}` begins here", key=group.key)
    hint = _("Write `{line}`, with the spaces before the hyphen.", line=indent(mended[0][1]))
    yield Slip(at, len(line["indent"]) + 1, message, hint, mended)


def _find_wrong_column(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    line, group = _LINE.fullmatch(lines[at].rstrip()), _find_group(lines, at, form)
    if line is None or group is None:
        return
    column = group.column
    if line["dash"]:
        begun = any(lines[number].lstrip().startswith("- ") for number in range(group.first, at))
        if not group.listed or not begun or len(line["indent"]) == column:
            return
        own = [_LINE.fullmatch(lines[number].rstrip()) for number in range(group.first, at)]
        if line["key"] in group.names and line["key"] not in {found["key"] for found in own if found}:
            moved = " " * (column + 2) + lines[at].strip().removeprefix(line["dash"])
            message = _("no hyphen belongs before `{key}`", key=line["key"])
            yield Slip(at, 1, message, _("Put spaces in its place: `{line}`.", line=indent(moved)), ((at, moved),))
        mended = _move_entry(lines, at, column, group.names)
        message = _("this entry does not begin where the one above begins")
        yield Slip(at, 1, message, _say_column(column, mended[0][1]), mended)
        return
    if line["key"] not in group.names:
        return
    column += 2 if group.listed else 0
    if len(line["indent"]) != column:
        moved = _moved(lines[at], column)
        message = _("this line does not begin below the other lines of its entry")
        yield Slip(at, 1, message, _say_column(column, moved), ((at, moved),))


def _say_column(column: int, line: str) -> str:
    if not column:
        return _("Delete the spaces at its start: `{line}`.", line=indent(line))
    return ngettext_lazy(
        "Begin it with one space: `{line}`.", "Begin it with {number} spaces: `{line}`.", column, line=indent(line)
    )


def _find_space(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """A field of the top that begins with spaces or a hyphen."""
    line = _LINE.fullmatch(lines[at].rstrip())
    if line is None or line["key"] not in form.top or is_given(lines, line["key"], at):
        return
    mended = lines[at].strip().removeprefix(line["dash"])
    shown = indent(mended)
    if line["dash"]:
        message = _("no hyphen belongs before `{key}`", key=line["key"])
        yield Slip(at, 1, message, _("Delete it: `{line}`.", line=shown), ((at, mended),))
    elif line["indent"]:
        message = ngettext_lazy(
            "this line begins with a space", "this line begins with {number} spaces", len(line["indent"])
        )
        hint = _("Delete what stands before the name: `{line}`.", line=shown)
        yield Slip(at, 1, message, hint, ((at, mended),))


RULES: tuple[Rule, ...] = (_find_missing_hyphen, _find_space, _find_wrong_column)
