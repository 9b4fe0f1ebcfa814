"""YAML with line and column for every value, and messages for people.

One pass over libyaml's events builds the values and remembers where each one
stands. Only what the knowledge base needs is understood: mappings, lists and
texts. Everything else that YAML offers is rejected (tags, anchors, aliases) or
is plain text (`no`, `on`, `1:30`), so that a Norwegian partner in
`country: NO` does not become a switch.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from goodpractice.config.limits import Limits
from goodpractice.content.fields import Form, Position, ValuePath
from goodpractice.content.spaces import mend_spaces
from goodpractice.content.syntax import LOADER, Trials, find_slip
from goodpractice.content.yaml_mistakes import MAX_OPEN, UNREADABLE, Mistakes, find_open_brackets, report_unreadable
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

#: Deepest nesting that any record of the knowledge base needs, with room to spare.
MAX_DEPTH = 12
#: Lines with a mistake that are put right provisionally, so that one run shows the mistakes after them too.
MAX_REPAIRS = 12

_NOTHING = ("", "~", "null")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: A whole value between the quotation marks of a word processor or a telephone.
_SMART_QUOTED = re.compile(
    r"[“”„‟](?P<double>[^“”„‟]*)[”“]|‘(?P<single>(?:[^‘’]|’(?=\w))*)’|«(?P<angled>[^«»]*)»|»(?P<inward>[^«»]*)«"
)
#: How a text begins that stands between such marks, and how one ends to which something was left over.
_OPENING = "“”„‟‘«»"
_LEFT_OVER = '"“”„,;'
#: Characters that are parsed for one file, all attempts together: repairs of a long file end sooner.
_MOST_PARSED = 3_000_000
#: Characters that repairs may add to a file: quotation marks and spaces, never a multiple of it.
_MOST_ADDED = 2_000
_MOST_VALUES = Limits().values
_NO_FORM = Form()


@dataclass(slots=True)
class YamlDocument:
    """Values of one YAML text, with the place of each.

    Attributes:
        value: The values; None when nothing could be read.
        positions: Line and column (from 1) of each value, by its path of keys
            and indexes. A key's own place is found under the path of its value.
        diagnostics: Everything that is wrong with the text itself.
    """

    value: Any = None
    positions: dict[ValuePath, Position] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class _TooManyValuesError(Exception):
    """The text holds more values than are read; the mark says where the first of those is."""

    def __init__(self, mark: Any) -> None:
        self.mark = mark


def load_yaml(
    text: str,
    path: str,
    first_line: int = 1,
    typed: bool = False,
    most_values: int = _MOST_VALUES,
    form: Form = _NO_FORM,
) -> YamlDocument:
    """Read a YAML text; never raises for any text, and takes time in proportion to its length.

    Args:
        text: The YAML text.
        path: File name for diagnostics.
        first_line: Line of the file on which the text begins.
        typed: Whether numbers, dates, true and false become values of their
            own. Records do not need it: their fields know what they hold, and
            a title such as `1.10` keeps its nought.
        most_values: Nothing of a text with more is kept.
        form: Names of the fields that are expected: they make messages better.
    """
    if text.count("[") + text.count("{") > MAX_OPEN and (excess := find_open_brackets(text, path, first_line)):
        return YamlDocument(diagnostics=[excess])
    document = YamlDocument()
    lines = mend_spaces(text, path, first_line, form, document.diagnostics)
    mended = "\n".join(lines)
    most, trials = len(mended) + _MOST_ADDED, Trials(_MOST_PARSED)
    for __ in range(MAX_REPAIRS):
        mistakes = Mistakes(path, first_line, lines, form)
        reader = _Reader(mistakes, typed, most_values)
        trials.left -= len(mended)
        try:
            document.value = reader.read(mended)
        except yaml.MarkedYAMLError as error:
            slip = find_slip(error, lines, form, trials)
            diagnostic = Diagnostic(path, first_line + slip.at, slip.column, rules.YAML_SYNTAX, slip.message, slip.hint)
            if diagnostic not in document.diagnostics:
                document.diagnostics.append(diagnostic)
            if not slip.mended:
                break
            for number, line in slip.mended:
                lines[number] = line
        except yaml.reader.ReaderError:
            document.diagnostics.extend(report_unreadable(lines, path, first_line))
            lines = UNREADABLE.sub(" ", mended).split("\n")
        except _TooManyValuesError as error:
            most_shown = f"{most_values:,}"
            message = _("there are more than {most} values up to here, and nothing of them is read", most=most_shown)
            hint = _("Shorten it, or ask an editor for more room.")
            place = mistakes.place(error.mark)
            document.diagnostics.append(Diagnostic(path, *place, rules.TOO_MANY_VALUES, message, hint))
            break
        else:
            document.positions = reader.positions
            document.diagnostics.extend(mistakes.diagnostics)
            break
        mended = "\n".join(lines)
        if len(mended) > most or trials.left < len(mended):
            break
    return document


@lru_cache(maxsize=4_000)
def _extend(path: ValuePath, key: str | int) -> ValuePath:
    """A path below another, one for all files: most have the same fields."""
    return (*path, key)


class _Reader:
    """Builds values from libyaml's events, with the place of each."""

    def __init__(self, mistakes: Mistakes, typed: bool, most_values: int) -> None:
        self.mistakes = mistakes
        self.place = mistakes.place
        self.hints_at_fields = bool(mistakes.form.top)
        self.typed = typed
        self.most_values = most_values
        self.positions: dict[ValuePath, Position] = {}
        self._too_deep = False

    def read(self, text: str) -> Any:
        self._commented, self._slashed = "#" in text, "\\" in text
        # yaml.parse() asks before each event whether there is one, which takes as long as the event itself.
        self.events = iter(LOADER(text).get_event, None)
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self._node(next(self.events), (), 0)
        next(self.events)  # document end
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            message = _("a second block of values starts here")
            self.mistakes.add(event.start_mark, rules.YAML_SYNTAX, message, _("Keep one block."))
        return value

    def _node(self, event: Any, path: ValuePath, depth: int) -> Any:
        if len(self.positions) >= self.most_values:
            raise _TooManyValuesError(event.start_mark)
        self.positions[path] = self.place(event.start_mark)
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self.mistakes.reject_sign(event, path, "*")
        if event.anchor is not None:
            meant = self.mistakes.reject_sign(event, path, "&")
            if kind is yaml.ScalarEvent:
                return meant
        if event.tag is not None and event.tag != "!":
            meant = self.mistakes.reject_sign(event, path, "!")
            if kind is yaml.ScalarEvent:
                return meant
        if kind is yaml.ScalarEvent:
            return self._scalar(event, path)
        if depth >= MAX_DEPTH:
            return self._skip(event)
        if kind is yaml.SequenceStartEvent:
            items: list[Any] = []
            for item in self.events:
                if type(item) is yaml.SequenceEndEvent:
                    break
                items.append(self._node(item, _extend(path, len(items)), depth + 1))
            return items
        return self._mapping(path, depth)

    def _scalar(self, event: Any, path: ValuePath) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # in quotation marks
            if self._slashed:
                text = self.mistakes.drop_escaped(event, text)
            if self._slashed and self.hints_at_fields and event.start_mark.line == event.end_mark.line:
                text = self.mistakes.read_backslashes(event, path, text)
            if text[-1:] == "”" and self.hints_at_fields:
                return self.mistakes.strip_stray(event, path, text)
            return text
        if self.typed:
            return _resolve(text)
        if text in _NOTHING:
            return None
        if text[0] in _OPENING or text[-1] in _LEFT_OVER:
            quoted = _SMART_QUOTED.fullmatch(text)
            if quoted:
                return (quoted["double"] or quoted["single"] or quoted["angled"] or quoted["inward"] or "").strip()
            return self.mistakes.strip_stray(event, path, text) if self.hints_at_fields else text
        return text

    def _mapping(self, path: ValuePath, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        first_key, joined = None, False
        for key_event in self.events:
            if type(key_event) is yaml.MappingEndEvent:
                break
            mark = key_event.start_mark
            if type(key_event) is yaml.ScalarEvent and key_event.anchor is None:
                key, named = key_event.value, True
            else:
                self.mistakes.reject_name(key_event)
                self._node(key_event, (*path, "?"), depth + 1)
                key, named = "?", False
            below = _extend(path, key)
            if first_key is None:
                first_key = key
            if key in values and not joined:
                # The first name again: an entry of a list without its hyphen. What follows belongs to it.
                joined = key == first_key and bool(path) and isinstance(path[-1], int)
                self.mistakes.report_twice(mark, key, self.positions[below][0], joined)
            value_event = next(self.events)
            value = self._node(value_event, below, depth + 1)
            if self._commented and not self.typed:
                value = self.mistakes.restore_switched_off(key_event, value_event, value)
            self.positions[below] = self.place(mark)
            if named:
                values[key] = value
        return values

    def _skip(self, event: Any) -> None:
        if not self._too_deep:
            self._too_deep = True
            message = _("values are nested more than {max_depth} levels deep", max_depth=MAX_DEPTH)
            hint = _("Check the spaces at the start of the lines above.")
            self.mistakes.add(event.start_mark, rules.TOO_DEEP, message, hint)
        level = 1
        for below in self.events:
            if isinstance(below, yaml.CollectionStartEvent):
                level += 1
            elif isinstance(below, yaml.CollectionEndEvent):
                level -= 1
                if level == 0:
                    return


def _resolve(text: str) -> Any:
    if text in _NOTHING:
        return None
    if text == "true":
        return True
    if text == "false":
        return False
    if text[0] in "+-0123456789":
        if len(text) < 20 and _INTEGER.fullmatch(text):
            return int(text)
        if len(text) < 40 and _FLOAT.fullmatch(text):
            return float(text)
        date = _DATE.fullmatch(text)
        if date:
            try:
                return datetime.date(*map(int, date.groups()))
            except ValueError:
                return text
    return text
