"""YAML with line and column for every value, and messages for people.

One pass over libyaml's events builds the values and remembers where each one
stands. Only what the knowledge base needs is understood: mappings, lists and
texts. Everything else that YAML offers is refused (tags, anchors, aliases) or
is plain text (`no`, `on`, `1:30`), so that a Norwegian partner in
`country: NO` does not become a switch.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from goodpractice.config.limits import PROBLEMS_IN_FILE, Limits
from goodpractice.content.characters import list_odd
from goodpractice.content.deceptive import MOST_HIDDEN, explain_hidden, explain_odd
from goodpractice.content.fields import Form
from goodpractice.content.slips import quote, show, strip_stray, unwrap
from goodpractice.content.spaces import mend_spaces
from goodpractice.content.syntax import LOADER, Trials, find_slip
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

#: Deepest nesting that any record of the knowledge base needs, with room to spare.
MAX_DEPTH = 12
#: Brackets that may be open at once before a text is refused unread: every level costs libyaml more than the last.
MAX_OPEN = 50
#: Lines with a mistake that are put right provisionally, so that one run shows the mistakes after them too.
MAX_REPAIRS = 12

Position = tuple[int, int]
Path = tuple[str | int, ...]

_NOTHING = ("", "~", "null")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ESCAPE = re.compile(
    r"\\(?:[xuU](?P<hex>(?<=x)[0-9A-Fa-f]{2}|(?<=u)[0-9A-Fa-f]{4}|(?<=U)[0-9A-Fa-f]{8})|(?P<letter>.))"
)
#: Characters that YAML can write as a letter after a backslash, and that nobody would see.
_ESCAPES = {"0": 0, "a": 7, "b": 8, "e": 27, "v": 11, "f": 12, "N": 0x85, "L": 0x2028, "P": 0x2029}
#: What YAML cannot hold: controls other than tab and line ends, and noncharacters.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A whole value between the quotation marks of a word processor or a telephone.
_SMART_QUOTED = re.compile(
    r"[“”„‟](?P<double>[^“”„‟]*)[”“]|‘(?P<single>(?:[^‘’]|’(?=\w))*)’|«(?P<angled>[^«»]*)»|»(?P<inward>[^«»]*)«"
)
#: How a text begins that stands between such marks, and how one ends to which something was left over.
_OPENING = "“”„‟‘«»"
_LEFT_OVER = '"“”„,;'
#: A backslash that is no way to write a quotation mark, a backslash or the end of a line.
_ESCAPED = re.compile(r'(?<!\\)(?:\\\\)*\\(?:[^"\\/n\sNLPxuU_]|n(?=[a-z]))')
#: A `#` after white space: YAML drops the rest of the line. With a space after it, somebody meant that.
_SWITCHED_OFF = re.compile(r"\s*(?P<rest>#[^\s#].*)")
#: Within a text for readers the space does not help: `Tea first # and telescopes`.
_NOTE = re.compile(r"\s+(?P<rest>#.*\S)\s*")
#: Characters that are parsed for one file, all attempts together: repairs of a long file end sooner.
_MOST_PARSED = 3_000_000
#: What repairs may add to a file: quotation marks and spaces, never a multiple of it.
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
        issues: Everything that is wrong with the text itself.
    """

    value: Any = None
    positions: dict[Path, Position] = field(default_factory=dict)
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
        path: File name for issues.
        first_line: Line of the file on which the text begins.
        typed: Whether numbers, dates, true and false become values of their
            own. Records do not need it: their fields know what they hold, and
            a title such as `1.10` keeps its nought.
        most_values: Nothing of a text with more is kept.
        form: Names of the fields that are expected: they make messages better.
    """
    document = YamlDocument()
    if text.count("[") + text.count("{") > MAX_OPEN and _report_open_brackets(
        text, path, first_line, document.diagnostics
    ):
        return document
    lines = mend_spaces(text, path, first_line, form, document.diagnostics)
    mended = "\n".join(lines)
    most, trials = len(mended) + _MOST_ADDED, Trials(_MOST_PARSED)
    for __ in range(MAX_REPAIRS):
        builder = _Builder(path, first_line, typed, most_values, form)
        trials.left -= len(mended)
        try:
            document.value = builder.build(mended)
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
            document.diagnostics.extend(_report_unreadable(lines, path, first_line))
            lines = _UNREADABLE.sub(" ", mended).split("\n")
        except _TooManyValuesError as error:
            document.diagnostics.append(_report_values(builder, error, most_values))
            break
        else:
            document.positions = builder.positions
            document.diagnostics.extend(builder.diagnostics)
            break
        mended = "\n".join(lines)
        if len(mended) > most or trials.left < len(mended):
            break
    return document


def _report_values(builder: _Builder, error: _TooManyValuesError, most: int) -> Diagnostic:
    message = _("there are more than {most} values up to here, and nothing of them is read", most=f"{most:,}")
    hint = _("Shorten it, or ask an editor for more room.")
    line, column = builder.place(error.mark)
    return Diagnostic(builder.path, line, column, rules.TOO_MANY_VALUES, message, hint)


def _report_unreadable(lines: list[str], path: str, first_line: int) -> Iterator[Diagnostic]:
    found = (
        explain_hidden(path, first_line + number, match.start() + 1, match[0])
        for number, line in enumerate(lines)
        for match in _UNREADABLE.finditer(line)
    )
    yield from keep_first(found, MOST_HIDDEN)


def _report_open_brackets(text: str, path: str, first_line: int, found: list[Diagnostic]) -> bool:
    """Refuse what nobody writes: libyaml's time grows with the square of the brackets that are open at once."""
    opened = 0
    for match in re.finditer(r"[\[\]{}]", text):
        # One that closes nothing, as in a comment, makes no room for others.
        opened = opened + 1 if match[0] in "[{" else max(opened - 1, 0)
        if opened > MAX_OPEN:
            line = first_line + text.count("\n", 0, match.start())
            column = match.start() - text.rfind("\n", 0, match.start())
            message = _("more than {max_open} brackets are open here", max_open=MAX_OPEN)
            hint = _("Close each bracket, or put quotation marks around the text.")
            found.append(Diagnostic(path, line, column, rules.TOO_DEEP, message, hint))
            return True
    return False


class _Builder:
    """Builds values from libyaml's events, with the place of each."""

    def __init__(self, path: str, first_line: int, typed: bool, most_values: int, form: Form) -> None:
        self.form = form
        self.typed = typed
        self.most_values = most_values
        self.path = path
        self.first_line = first_line
        self.positions: dict[Path, Position] = {}
        self.diagnostics: list[Diagnostic] = []
        self._too_deep = False

    def build(self, text: str) -> Any:
        self.lines = text.split("\n")
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
            self._add(
                event.start_mark,
                rules.YAML_SYNTAX,
                _("a second block of values starts here"),
                _("Keep one block."),
            )
        return value

    def place(self, mark: Any) -> Position:
        """Line and column of a mark of libyaml."""
        return (mark.line + self.first_line, mark.column + 1)

    def _add(self, mark: Any, code: str, message: str, hint: str) -> None:
        line, column = self.place(mark)
        if len(self.diagnostics) <= PROBLEMS_IN_FILE:
            self.diagnostics.append(Diagnostic(self.path, line, column, code, message, hint))

    def _node(self, event: Any, path: Path, depth: int) -> Any:
        if len(self.positions) >= self.most_values:
            raise _TooManyValuesError(event.start_mark)
        self.positions[path] = self.place(event.start_mark)
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._refuse(event, path, "*")
        if event.anchor is not None:
            refused = self._refuse(event, path, "&")
            if kind is yaml.ScalarEvent:
                return refused
        if event.tag is not None and event.tag != "!":
            refused = self._refuse(event, path, "!")
            if kind is yaml.ScalarEvent:
                return refused
        if kind is yaml.ScalarEvent:
            return self._scalar(event, path)
        if depth >= MAX_DEPTH:
            return self._skip(event)
        if kind is yaml.SequenceStartEvent:
            items: list[Any] = []
            for item in self.events:
                if type(item) is yaml.SequenceEndEvent:
                    break
                items.append(self._node(item, (*path, len(items)), depth + 1))
            return items
        return self._mapping(path, depth)

    def _scalar(self, event: Any, path: Path) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # in quotation marks
            if self._slashed:
                text = self._decode(event, text)
            if self._slashed and self.form.top and event.start_mark.line == event.end_mark.line:
                text = self._find_escapes(event, path, text)
            if text[-1:] == "”" and self.form.top:
                return self._find_stray(event, path, text)
            return text
        if self.typed:
            return _resolve(text)
        if text in _NOTHING:
            return None
        if text[0] in _OPENING or text[-1] in _LEFT_OVER:
            quoted = _SMART_QUOTED.fullmatch(text)
            if quoted:
                return (quoted["double"] or quoted["single"] or quoted["angled"] or quoted["inward"] or "").strip()
            return self._find_stray(event, path, text) if self.form.top else text
        return text

    def _show(self, path: Path, text: str) -> str:
        """A value as it should be written: behind its name, or for an entry of a list alone."""
        return show(f"{path[-1]}: {quote(text)}") if path and isinstance(path[-1], str) else quote(text)

    def _find_stray(self, event: Any, path: Path, text: str) -> str:
        """A text without the mark or comma that was left over at one of its ends; that is reported."""
        plain = strip_stray(text)
        if plain == text:
            return text
        shown = text if len(text) < 60 else f"{text[:20]} … {text[-20:]}"
        message = _("a sign is left over around this text: `{text}`", text=shown)
        hint = _("Write `{line}`.", line=self._show(path, plain))
        self._add(event.start_mark, rules.STRAY_MARK, message, hint)
        return plain

    def _decode(self, event: Any, text: str) -> str:
        """A text without what must not be in it. What is written as an escape is reported; the file shows the rest."""
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

    def _find_escapes(self, event: Any, path: Path, text: str) -> str:
        """A text in which a backslash and a letter did not become a sign of their own; that is reported."""
        start, end = event.start_mark, event.end_mark
        written: str = self.lines[start.line][start.column + 1 : end.column - 1]
        if event.style != '"' or not _ESCAPED.search(written):
            return text
        plain = written.replace('\\"', "'").replace("\\\\", "/").replace("\\", "/")
        hint = _("Write `/` instead: `{line}`.", line=self._show(path, plain))
        self._add(start, rules.YAML_SYNTAX, _("there is a backslash in this text"), hint)
        return plain

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        first_key, joined = None, False
        for key_event in self.events:
            if type(key_event) is yaml.MappingEndEvent:
                break
            mark = key_event.start_mark
            if type(key_event) is yaml.ScalarEvent and key_event.anchor is None:
                key, named = key_event.value, True
            else:
                self._add(
                    mark,
                    rules.YAML_SYNTAX,
                    _("this cannot be the name of a field"),
                    _("Write `name: value`."),
                )
                self._node(key_event, (*path, "?"), depth + 1)
                key, named = "?", False
            below = (*path, key)
            if first_key is None:
                first_key = key
            if key in values and not joined:
                # The first name again: an entry of a list without its hyphen. What follows belongs to it.
                joined = key == first_key and bool(path) and isinstance(path[-1], int)
                self._report_twice(mark, key, below, joined)
            value_event = next(self.events)
            value = self._node(value_event, below, depth + 1)
            if self._commented and not self.typed:
                value = self._find_switched_off(key_event, value_event, value)
            self.positions[below] = self.place(mark)
            if named:
                values[key] = value
        return values

    def _report_twice(self, mark: Any, key: str, path: Path, joined: bool) -> None:
        first, __ = self.positions[path]
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
        self._add(mark, rules.DUPLICATE_KEY, message, hint)

    def _find_switched_off(self, key_event: Any, event: Any, value: Any) -> Any:
        """The value with the text that a `#` in it would switch off; that is reported."""
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
        if len(self.diagnostics) <= PROBLEMS_IN_FILE:
            shown = show(f"{key_event.value}: {quote(text)}")
            message, hint = (
                _("everything after `#` is switched off"),
                _("Put quotation marks around the text: `{line}`.", line=shown),
            )
            self.diagnostics.append(
                Diagnostic(self.path, at + self.first_line, off.start("rest") + 1, rules.YAML_SYNTAX, message, hint)
            )
        return text

    def _refuse(self, event: Any, path: Path, character: str) -> str:
        """Report a sign of YAML at the start of a text; the text that was meant."""
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
        self._add(start, rules.ANCHOR_OR_TAG, message, hint)
        return text

    def _skip(self, event: Any) -> None:
        if not self._too_deep:
            self._too_deep = True
            self._add(
                event.start_mark,
                rules.TOO_DEEP,
                _("values are nested more than {max_depth} levels deep", max_depth=MAX_DEPTH),
                _("Check the spaces at the start of the lines above."),
            )
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
