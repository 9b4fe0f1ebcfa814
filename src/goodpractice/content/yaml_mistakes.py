"""Mistakes in YAML that its parser takes for something else, in words for people, and the value that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from goodpractice.config.report_limits import PROBLEMS_IN_FILE
from goodpractice.content.characters import list_odd
from goodpractice.content.deceptive import MOST_HIDDEN, explain_hidden, explain_odd
from goodpractice.content.fields import Form, Position, ValuePath
from goodpractice.content.written_values import quote, show, strip_stray, unwrap
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

#: Brackets that may be open at once before a text is rejected unread: every level costs libyaml more than the last.
MAX_OPEN = 50
_ESCAPE = re.compile(
    r"\\(?:[xuU](?P<hex>(?<=x)[0-9A-Fa-f]{2}|(?<=u)[0-9A-Fa-f]{4}|(?<=U)[0-9A-Fa-f]{8})|(?P<letter>.))"
)
#: Invisible characters that YAML can write as a letter after a backslash.
_ESCAPES = {"0": 0, "a": 7, "b": 8, "e": 27, "v": 11, "f": 12, "N": 0x85, "L": 0x2028, "P": 0x2029}
#: Characters that YAML cannot hold: controls other than tab and line ends, halves of pairs, and noncharacters. To list
#: those that it can hold would take ten times as long, in every command.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
#: A backslash that is no way to write a quotation mark, a backslash or the end of a line.
_ESCAPED = re.compile(r'(?<!\\)(?:\\\\)*\\(?:[^"\\/n\sNLPxuU_]|n(?=[a-z]))')
#: A `#` after white space: YAML drops the rest of the line. With a space after it, that is meant.
_SWITCHED_OFF = re.compile(r"\s*(?P<rest>#[^\s#].*)")
#: Within a text for readers the space does not help: `Tea first # and telescopes`.
_NOTE = re.compile(r"\s+(?P<rest>#.*\S)\s*")


def report_unreadable(lines: list[str], path: str, first_line: int) -> Iterator[Diagnostic]:
    """Characters that YAML cannot hold, at their places."""
    found = (
        explain_hidden(path, first_line + number, match.start() + 1, match[0])
        for number, line in enumerate(lines)
        for match in UNREADABLE.finditer(line)
    )
    yield from keep_first(found, MOST_HIDDEN)


def find_open_brackets(text: str, path: str, first_line: int) -> Diagnostic | None:
    """The bracket that is one too many, if any: libyaml's time grows with the square of those that are open at once."""
    opened = 0
    for match in re.finditer(r"[\[\]{}]", text):
        # One that closes nothing, as in a comment, makes no room for others.
        opened = opened + 1 if match[0] in "[{" else max(opened - 1, 0)
        if opened > MAX_OPEN:
            line = first_line + text.count("\n", 0, match.start())
            column = match.start() - text.rfind("\n", 0, match.start())
            message = _("more than {max_open} brackets are open here", max_open=MAX_OPEN)
            hint = _("Close each bracket, or put quotation marks around the text.")
            return Diagnostic(path, line, column, rules.TOO_DEEP, message, hint)
    return None


@lru_cache(maxsize=4_000)
def share_position(line: int, column: int) -> Position:
    """A position, one for all files: ten thousand stories have half a million, and few of them differ."""
    return (line, column)


class Mistakes:
    """Mistakes of one text, found while libyaml's events are read.

    Attributes:
        lines: The lines of the text.
        form: Names of the fields that are expected.
        diagnostics: What was found.
    """

    def __init__(self, path: str, first_line: int, lines: list[str], form: Form) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = lines
        self.form = form
        self.diagnostics: list[Diagnostic] = []

    def place(self, mark: Any) -> Position:
        """Line and column of a mark of libyaml."""
        return share_position(mark.line + self.first_line, mark.column + 1)

    def add(self, mark: Any, rule: str, message: str, hint: str) -> None:
        """Report something at a mark of libyaml; a file with very many mistakes gets no more of them."""
        self._add_at(self.place(mark), rule, message, hint)

    def _add_at(self, place: Position, rule: str, message: str, hint: str) -> None:
        if len(self.diagnostics) <= PROBLEMS_IN_FILE:
            self.diagnostics.append(Diagnostic(self.path, *place, rule, message, hint))

    def _show(self, path: ValuePath, text: str) -> str:
        """A value as it should be written: behind its name, or for an entry of a list alone."""
        return show(f"{path[-1]}: {quote(text)}") if path and isinstance(path[-1], str) else quote(text)

    def reject_name(self, event: Any) -> None:
        """Report a list, a group or a sign where the name of a field belongs; `{{ town }}` is read as two groups."""
        if any(one.line == self.place(event.start_mark)[0] for one in self.diagnostics[-1:]):
            return  # brackets within brackets are one mistake
        before = self.lines[event.start_mark.line][: event.start_mark.column]
        if type(event) is yaml.MappingStartEvent and before.endswith("{"):
            message = _("nothing is filled in between two pairs of curly brackets here")
            hint = _("Write the words themselves, in quotation marks.")
        else:
            message, hint = _("this cannot be the name of a field"), _("Write `name: value`.")
        self.add(event.start_mark, rules.YAML_SYNTAX, message, hint)

    def strip_stray(self, event: Any, path: ValuePath, text: str) -> str:
        """Report a mark or comma that was left over at an end of a text, and return the text without it."""
        plain = strip_stray(text)
        if plain == text:
            return text
        shown = text if len(text) < 60 else f"{text[:20]} … {text[-20:]}"
        message = _("a sign is left over around this text: `{text}`", text=shown)
        hint = _("Write `{line}`.", line=self._show(path, plain))
        self.add(event.start_mark, rules.STRAY_MARK, message, hint)
        return plain

    def drop_escaped(self, event: Any, text: str) -> str:
        """Report deceptive characters that are written as escapes, and return the text without the invisible ones.

        Those that stand in the file as they are have been reported with the whole file.
        """
        for odd in list_odd(text):
            if any(odd.text in line for line in self.lines):
                continue
            if len(self.diagnostics) <= MOST_HIDDEN:
                self.diagnostics.append(explain_odd(self.path, *self._find_escape(event, odd.text[0]), odd))
            if odd.kind == "hidden":
                text = text.replace(odd.text, "")
        return text

    def _find_escape(self, event: Any, character: str) -> Position:
        """Where a character is written as an escape, in a text between quotation marks; else where the text begins."""
        for number in range(event.start_mark.line, event.end_mark.line + 1):
            for match in _ESCAPE.finditer(self.lines[number] if number < len(self.lines) else ""):
                code = int(match["hex"], 16) if match["hex"] else _ESCAPES.get(match["letter"], -1)
                if code == ord(character):
                    return number + self.first_line, match.start() + 1
        return self.place(event.start_mark)

    def read_backslashes(self, event: Any, path: ValuePath, text: str) -> str:
        """Report backslashes that were meant as such, and return the text with slashes in their place."""
        start, end = event.start_mark, event.end_mark
        written: str = self.lines[start.line][start.column + 1 : end.column - 1]
        if event.style != '"' or not _ESCAPED.search(written):
            return text
        plain = written.replace('\\"', "'").replace("\\\\", "/").replace("\\", "/")
        hint = _("Write `/` instead: `{line}`.", line=self._show(path, plain))
        self.add(start, rules.YAML_SYNTAX, _("there is a backslash in this text"), hint)
        return plain

    def report_twice(self, mark: Any, key: str, first: int, joined: bool) -> None:
        """Report a name that stands on a line above, too; `joined` when an entry of a list began with it."""
        message = _("`{key}` is given twice, first on line {first}", key=key, first=first)
        hint = _("Keep one of the two.")
        if joined:
            indent = " " * max(mark.column - 2, 0)
            message = _(
                "`{key}` is given twice, first on line {first}: a new entry of the list begins with a hyphen",
                key=key,
                first=first,
            )
            hint = _('Begin this line with "{indent}- {key}:", or delete it.', indent=indent, key=key)
        self.add(mark, rules.DUPLICATE_KEY, message, hint)

    def restore_switched_off(self, key_event: Any, event: Any, value: Any) -> Any:
        """Report the text that a `#` switches off, and return the value with it."""
        key_end, value_end = key_event.end_mark, event.end_mark
        if not (type(event) is type(key_event) is yaml.ScalarEvent and event.implicit[0]):
            return value
        at = key_end.line
        end = value_end.column if event.value else key_end.column + 1
        if at >= len(self.lines) or (event.value and value_end.line != at):
            return value
        off = _SWITCHED_OFF.fullmatch(self.lines[at], end)
        if off is None and key_event.value in (self.form.texts if event.value else self.form.needed):
            off = _NOTE.fullmatch(self.lines[at], end)
        if off is None:
            return value
        text = f"{event.value} {off['rest']}".strip()
        hint = _("Put quotation marks around the text: `{line}`.", line=show(f"{key_event.value}: {quote(text)}"))
        place = (at + self.first_line, off.start("rest") + 1)
        self._add_at(place, rules.YAML_SYNTAX, _("everything after `#` is switched off"), hint)
        return text

    def reject_sign(self, event: Any, path: ValuePath, character: str) -> str:
        """Report a sign of YAML at the start of a text, and return the text that was meant."""
        start = event.start_mark
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        end = event.end_mark.column if event.end_mark.line == start.line else len(line)
        if path and isinstance(path[-1], str):
            end = len(line)
        text = unwrap(line[start.column : end])
        if path and path[-1] in self.form.ids and type(event) is yaml.ScalarEvent and event.value:
            text = str(event.value)
        message = _(
            "the value starts with `{character}`, which has a technical meaning in this file", character=character
        )
        hint = _("Put quotation marks around the text: `{line}`.", line=self._show(path, text))
        self.add(start, rules.ANCHOR_OR_TAG, message, hint)
        return text
