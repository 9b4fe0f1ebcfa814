"""YAML with line and column for every value, and messages for people.

One pass over libyaml's events builds the values and remembers where each one
stands. Only what the knowledge base needs is understood: mappings, lists and
texts. Everything else that YAML offers is refused (tags, anchors, aliases) or
is plain text (`no`, `on`, `1:30`), so that a Norwegian partner in
`country: NO` does not become a switch.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from goodpractice import issues
from goodpractice.budget import keep_first
from goodpractice.issues import Issue
from goodpractice.limits import PROBLEMS_IN_FILE, Limits
from goodpractice.saying import said

#: Deepest nesting that any record of the knowledge base needs, with room to spare.
MAX_DEPTH = 12
#: Brackets that may be open at once before a text is refused unread: every level costs libyaml more than the last.
MAX_OPEN = 50
#: Lines with a mistake that are put right provisionally, so that one run shows the mistakes after them too.
MAX_REPAIRS = 12

Position = tuple[int, int]
Path = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: Of a line without the white space at its end: to look for that end at every character takes the square of the time.
_KEY_AND_TEXT = re.compile(r"(?P<before>\s*(?:- +)*[A-Za-z_][\w ]*:[ ]+|\s*- +)(?P<text>\S.*)")
_NO_SPACE = re.compile(r"(?P<before>\s*(?:- +)?)(?P<key>[a-z_]+):(?P<text>[^\s/].*)")
_NO_SPACE_AFTER_HYPHEN = re.compile(r"(?P<before>\s*)-(?P<text>[A-Za-z][\w ]*:(?: .*)?)")
#: What YAML cannot hold: controls other than tab and line ends, and noncharacters.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMART_QUOTES = "“”„‟‘’"
#: A whole value between the quotation marks of a word processor or a telephone.
_SMART_QUOTED = re.compile(r"[“„‟](?P<double>[^“”„‟]*)[”“]|‘(?P<single>(?:[^‘’]|’(?=\w))*)’")
#: A `#` after white space: YAML drops the rest of the line. With a space after it, somebody meant that.
_SWITCHED_OFF = re.compile(r"\s*(?P<rest>#[^\s#].*)")
#: The name of a group that is still a comment, as in the form.
_GROUP_OFF = re.compile(r"#\s?(?P<key>[a-z_]+):\s*")
_FIELD_AFTER_SPACE = re.compile(r"(?P<before> +)(?P<rest>(?P<key>[a-z_]+):(?:\s.*)?)")
#: Longer corrections are not printed: a cut one would be copied with its mistake.
_MOST_SHOWN = 120
#: Invisible characters that are shown; a file full of them is one problem.
MOST_HIDDEN = 5
#: Characters that are parsed for one file, all attempts together: repairs of a long file end sooner.
_MOST_PARSED = 3_000_000
#: What repairs may add to a file: quotation marks and spaces, never a multiple of it.
_MOST_ADDED = 2_000
_MOST_VALUES = Limits().values


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
    issues: list[Issue] = field(default_factory=list)


class _TooManyValuesError(Exception):
    """The text holds more values than are read; the mark says where the first of those is."""

    def __init__(self, mark: Any) -> None:
        self.mark = mark


def load_yaml(
    text: str, path: str, first_line: int = 1, typed: bool = False, most_values: int = _MOST_VALUES
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
    """
    document = YamlDocument()
    lines = text.split("\n")
    if text.count("[") + text.count("{") > MAX_OPEN and _report_open_brackets(text, path, first_line, document.issues):
        return document
    if _report_tabs(lines, path, first_line, document.issues):
        lines = _replace_tabs(lines)
    mended = "\n".join(lines)
    most, parsed = len(mended) + _MOST_ADDED, 0
    for _ in range(MAX_REPAIRS):
        builder = _Builder(path, first_line, typed, most_values)
        parsed += len(mended)
        try:
            document.value = builder.build(mended)
        except yaml.MarkedYAMLError as error:
            issue, repaired = _explain(error, lines, path, first_line)
            if issue not in document.issues:
                document.issues.append(issue)
            if repaired is None:
                break
            number, line = repaired
            lines[number] = line
        except yaml.reader.ReaderError:
            document.issues.extend(_report_unreadable(lines, path, first_line))
            lines = _UNREADABLE.sub(" ", mended).split("\n")
        except _TooManyValuesError as error:
            document.issues.append(_report_values(builder, error, most_values))
            break
        else:
            document.positions = builder.positions
            document.issues.extend(builder.issues)
            break
        mended = "\n".join(lines)
        if len(mended) > most or parsed + len(mended) > _MOST_PARSED:
            break
    return document


def _report_values(builder: _Builder, error: _TooManyValuesError, most: int) -> Issue:
    message = said("there are more than {most} values up to here, and nothing of them is read", most=f"{most:,}")
    hint = said("Shorten it, or ask an editor for more room.")
    line, column = builder.place(error.mark)
    return Issue(builder.path, line, column, issues.TOO_MANY_VALUES, message, hint)


def _report_unreadable(lines: list[str], path: str, first_line: int) -> Iterator[Issue]:
    found = (
        explain_hidden(path, first_line + number, match.start() + 1, match[0])
        for number, line in enumerate(lines)
        for match in _UNREADABLE.finditer(line)
    )
    yield from keep_first(found, MOST_HIDDEN)


def explain_hidden(path: str, line: int, column: int, character: str) -> Issue:
    """A character that cannot be seen."""
    return Issue(
        path,
        line,
        column,
        issues.HIDDEN_CHARACTER,
        said("an invisible character (U+{ord}) stands here", ord=f"{ord(character):04X}"),
        said("Delete it: type the word again, and the character before and after it."),
    )


def _report_open_brackets(text: str, path: str, first_line: int, found: list[Issue]) -> bool:
    """Refuse what nobody writes: libyaml's time grows with the square of the brackets that are open at once."""
    opened = 0
    for match in re.finditer(r"[\[\]{}]", text):
        # One that closes nothing, as in a comment, makes no room for others.
        opened = opened + 1 if match[0] in "[{" else max(opened - 1, 0)
        if opened > MAX_OPEN:
            line = first_line + text.count("\n", 0, match.start())
            column = match.start() - text.rfind("\n", 0, match.start())
            message = said("more than {max_open} brackets are open here", max_open=MAX_OPEN)
            hint = said("Close each bracket, or put quotation marks around the text.")
            found.append(Issue(path, line, column, issues.TOO_DEEP, message, hint))
            return True
    return False


def _report_tabs(lines: list[str], path: str, first_line: int, found: list[Issue]) -> bool:
    tabs = False
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and len(found) > PROBLEMS_IN_FILE:
            return True
        if "\t" in indent:
            tabs = True
            found.append(
                Issue(
                    path,
                    first_line + number,
                    indent.index("\t") + 1,
                    issues.TAB,
                    said("this line starts with a tab"),
                    said("Use two spaces instead of the tab."),
                )
            )
    return tabs


def _replace_tabs(lines: list[str]) -> list[str]:
    """Indent lines that begin with a tab as their neighbours suggest, so that the lines after them can be read."""
    replaced: list[str] = []
    #: The last line with anything in it, and the last that begins an entry of a list.
    above = entry = ""
    for line in lines:
        text = line.lstrip(" \t")
        if "\t" in line[: len(line) - len(text)]:
            indent = len(above) - len(above.lstrip())
            if above.endswith(":"):
                indent += 2
            elif text.startswith("- "):
                indent = len(entry or above) - len((entry or above).lstrip())
            elif above.lstrip().startswith("- "):
                indent += 2
            text = " " * indent + text.replace("\t", "  ")
        else:
            text = line.replace("\t", "  ")
        replaced.append(text)
        if text.strip():
            above = text.rstrip()
            entry = above if text.lstrip().startswith("- ") else entry
    return replaced


class _Builder:
    """Builds values from libyaml's events, with the place of each."""

    def __init__(self, path: str, first_line: int, typed: bool, most_values: int) -> None:
        self.typed = typed
        self.most_values = most_values
        self.path = path
        self.first_line = first_line
        self.positions: dict[Path, Position] = {}
        self.issues: list[Issue] = []
        self._too_deep = False

    def build(self, text: str) -> Any:
        self.lines = text.split("\n")
        self._commented = "#" in text
        # yaml.parse() asks before each event whether there is one, which takes as long as the event itself.
        self.events = iter(_Loader(text).get_event, None)
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
                issues.YAML_SYNTAX,
                said("a second block of values starts here"),
                said("Keep one block."),
            )
        return value

    def place(self, mark: Any) -> Position:
        """Line and column of a mark of libyaml."""
        return (mark.line + self.first_line, mark.column + 1)

    def _add(self, mark: Any, code: str, message: str, hint: str) -> None:
        line, column = self.place(mark)
        if len(self.issues) <= PROBLEMS_IN_FILE:
            self.issues.append(Issue(self.path, line, column, code, message, hint))

    def _node(self, event: Any, path: Path, depth: int) -> Any:
        if len(self.positions) >= self.most_values:
            raise _TooManyValuesError(event.start_mark)
        self.positions[path] = self.place(event.start_mark)
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._refuse(event, "*")
            return "*" + event.anchor
        if event.anchor is not None:
            self._refuse(event, "&")
        if event.tag is not None and event.tag != "!":
            self._refuse(event, "!")
        if kind is yaml.ScalarEvent:
            if not event.implicit[0]:  # in quotation marks
                return event.value
            if self.typed:
                return _resolve(event.value)
            quoted = _SMART_QUOTED.fullmatch(event.value)
            if quoted:
                return quoted["double"] if quoted["single"] is None else quoted["single"]
            return None if event.value in _NOTHING else event.value
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
                    mark, issues.YAML_SYNTAX, said("this cannot be the name of a field"), said("Write `name: value`.")
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
        first, _ = self.positions[path]
        message = said("`{key}` is given twice, first on line {first}", key=key, first=first)
        hint = said("Keep one of the two.")
        if joined:
            indent = " " * max(mark.column - 2, 0)
            message = said(
                "`{key}` is given twice, first on line {first}: a new entry of the list begins with a hyphen",
                key=key,
                first=first,
            )
            hint = said('Begin this line with "{indent}- {key}:", or delete it.', indent=indent, key=key)
        self._add(mark, issues.DUPLICATE_KEY, message, hint)

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
        if off is None:
            return value
        text = f"{event.value} {off['rest']}".strip()
        if len(self.issues) <= PROBLEMS_IN_FILE:
            shown = _quote(f"{key_event.value}: ", text)
            message, hint = (
                said("everything after `#` is switched off"),
                said("Put quotation marks around the text: {shown}", shown=shown),
            )
            self.issues.append(
                Issue(self.path, at + self.first_line, off.start("rest") + 1, issues.YAML_SYNTAX, message, hint)
            )
        return text

    def _refuse(self, event: Any, character: str) -> None:
        self._add(
            event.start_mark,
            issues.ANCHOR_OR_TAG,
            said(
                "the value starts with `{character}`, which has a technical meaning in this file", character=character
            ),
            said("Put quotation marks around the text."),
        )

    def _skip(self, event: Any) -> None:
        if not self._too_deep:
            self._too_deep = True
            self._add(
                event.start_mark,
                issues.TOO_DEEP,
                said("values are nested more than {max_depth} levels deep", max_depth=MAX_DEPTH),
                said("Check the spaces at the start of the lines above."),
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


def _unclosed(issue: Callable[[int, int, str, str], Issue], at: int, column: int, mark: str) -> Issue:
    return issue(
        at, column, said("a quotation mark is not closed"), said("Add a `{mark}` at the end of the text.", mark=mark)
    )


def _quote(before: str, text: str) -> str:
    """A field with quotation marks around its text, or, when that is too long to show whole, with dots for the text."""
    name = before.strip().removeprefix("- ").lstrip("- ")
    shown = f"{name} {json.dumps(text, ensure_ascii=False)}".strip()
    return shown if len(shown) <= _MOST_SHOWN else f'{name} "…"'.strip()


def _explain_quotes(before: str, text: str) -> tuple[str, str, str]:
    """What is wrong with a text that begins with a quotation mark, what to do, and the text that was meant."""
    mark = text[0]
    if text.endswith(mark) and text.count(mark) > 2:
        inside = text[1:-1]
        if mark == "'" and '"' not in inside:
            shown = _quote(before, inside)
            return (
                said("there is an apostrophe inside this text"),
                said("Use double marks around the text: {shown}", shown=shown),
                inside,
            )
        inside = inside.replace('"', "'")
        shown = _quote(before, inside)
        return (
            said("there are quotation marks inside this text"),
            said("Use single ones inside: {shown}", shown=shown),
            inside,
        )
    plain = text.strip("\"'" + _SMART_QUOTES) if text.count(mark) % 2 else text.replace('"', "'")
    hint = said("Begin and end the text with the same mark: {quote}", quote=_quote(before, plain))
    return said("the quotation marks do not go around the whole text"), hint, plain


def _explain_indent(lines: list[str], number: int) -> tuple[str, str, tuple[int, str]] | None:
    """What is wrong with a line that begins with spaces, what to do, and the line that was meant."""
    found = _FIELD_AFTER_SPACE.fullmatch(lines[number])
    if found is None:
        return None
    for at in range(number - 1, -1, -1):
        group = _GROUP_OFF.fullmatch(lines[at])
        if group and len(found["before"]) > 1:
            key = group["key"]
            message = said("this line belongs to `{key}:`, which is still switched off by `#`", key=key)
            return message, said("Take the `# ` away from the line `# {key}:` too.", key=key), (at, f"{key}:")
        if not lines[at].startswith("#"):
            break
    if len(found["before"]) == 1:
        hint = said("Delete the space, so that the line begins with the name.")
        return said("this line begins with a space"), hint, (number, found["rest"])
    return None


def _explain(
    error: yaml.MarkedYAMLError, lines: list[str], path: str, first_line: int
) -> tuple[Issue, tuple[int, str] | None]:
    """Put a syntax error into words, and mend the line provisionally if that is possible."""
    mark = error.problem_mark or error.context_mark
    number = min(mark.line if mark else 0, len(lines) - 1)
    column = (mark.column if mark else 0) + 1
    problem = error.problem or ""

    def issue(at: int, column: int, message: str, hint: str) -> Issue:
        return Issue(path, first_line + at, column, issues.YAML_SYNTAX, message, hint)

    opened = error.context_mark
    if opened and (error.context or "").startswith("while parsing a flow") and opened.line < len(lines):
        at, bracket = opened.line, lines[opened.line][opened.column : opened.column + 1]
        closing = {"[": "]", "{": "}"}.get(bracket)
        if closing and closing not in lines[at][opened.column :]:
            return issue(
                at,
                opened.column + 1,
                said("the bracket `{bracket}` is not closed", bracket=bracket),
                said("Add `{closing}` at the end of the list.", closing=closing),
            ), (at, lines[at].rstrip() + closing)
    if opened and "quoted scalar" in (error.context or "") and opened.line < len(lines):
        at, mark_used = opened.line, lines[opened.line][opened.column : opened.column + 1]
        return _unclosed(issue, at, opened.column + 1, mark_used), (at, lines[at].rstrip() + mark_used)
    candidates = [at for at in (number, number - 1) if 0 <= at < len(lines) and lines[at].strip()]
    for at in candidates:
        hyphen = _NO_SPACE_AFTER_HYPHEN.fullmatch(lines[at])
        if hyphen:
            fixed = f"{hyphen['before']}- {hyphen['text']}"
            return issue(
                at, len(hyphen["before"]) + 2, said("a space is missing after the hyphen"), said("Write `- …`.")
            ), (
                at,
                fixed,
            )
        squeezed = _NO_SPACE.fullmatch(lines[at])
        if squeezed and '"' not in squeezed["before"]:
            fixed = f"{squeezed['before']}{squeezed['key']}: {json.dumps(squeezed['text'], ensure_ascii=False)}"
            key = squeezed["key"]
            return issue(
                at,
                len(squeezed["before"]) + len(key) + 2,
                said("a space is missing after `{key}:`", key=key),
                said("Write `{key}: …`.", key=key),
            ), (at, fixed)
    if opened and "simple key" in (error.context or "") and opened.line < number and lines[opened.line].strip():
        at = opened.line
        return issue(
            at,
            opened.column + 1,
            said("this line has no name and no colon"),
            said("If it goes on from the line above, write both as one line."),
        ), (at, "#")
    for at in candidates:
        match = _KEY_AND_TEXT.fullmatch(lines[at].rstrip())
        if not match:
            continue
        text = match["text"]
        plain = text.strip("\"'" + _SMART_QUOTES)
        fixed = match["before"] + json.dumps(plain, ensure_ascii=False)
        if fixed == lines[at]:
            continue
        start = len(match["before"]) + 1
        if text[0] in "\"'" and text.count(text[0]) == 1:
            return _unclosed(issue, at, start, text[0]), (at, fixed)
        if text[0] in "\"'":
            message, hint, plain = _explain_quotes(match["before"], text)
            return issue(at, start, message, hint), (at, match["before"] + json.dumps(plain, ensure_ascii=False))
        if text[0] in "[{" and text.endswith(("]", "}")):
            break
        if ": " in text or text.endswith(":"):
            return issue(
                at,
                start + max(text.find(":"), 0),
                said("there is a colon inside this text"),
                said("Put quotation marks around the text: {quote}", quote=_quote(match["before"], plain)),
            ), (at, fixed)
        if text[0] in "@`%|>*&!#,?[{" or text.startswith("- "):
            return issue(
                at,
                start,
                said("a text cannot start with `{text}` here", text=text[0]),
                said("Put quotation marks around the text: {quote}", quote=_quote(match["before"], plain)),
            ), (at, fixed)
    for at in range(number):
        match = _KEY_AND_TEXT.fullmatch(lines[at].rstrip())
        if match and match["text"][0] in "\"'" and match["text"].count(match["text"][0]) == 1:
            mark_used = match["text"][0]
            return _unclosed(issue, at, len(match["before"]) + 1, mark_used), (at, lines[at].rstrip() + mark_used)
    indented = _explain_indent(lines, number)
    if indented is not None:
        return issue(number, 1, *indented[:2]), indented[2]
    if "mapping values" in problem:
        return issue(
            number,
            column,
            said("there is a colon where none is expected"),
            said("Check that this line and the line above are indented like their neighbours."),
        ), None
    if (
        "could not find expected ':'" in problem
        or "expected <block end>" in problem
        or "did not find expected" in problem
    ):
        return issue(
            number,
            column,
            said("this line does not fit the lines around it"),
            said(
                "Check that it is indented like its neighbours, that a colon or hyphen is followed by a space, "
                "and that brackets and quotation marks are closed."
            ),
        ), None
    return issue(
        number, column, said("this line cannot be read"), said("Compare it with the same line of the form.")
    ), None
