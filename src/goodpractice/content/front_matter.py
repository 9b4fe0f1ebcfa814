"""Files with a block of facts at the top: split, read, keep the places."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from goodpractice.content.fields import Form, Position, ValuePath
from goodpractice.content.written_values import show, split_entries, unwrap, write_value
from goodpractice.content.yaml_reader import load_yaml
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

_SAVE_AGAIN = _("Save it again and choose the encoding UTF-8. On GitHub, paste the text into a new file.")
#: A text may hold a few characters of the number 0; a file in another encoding consists of them by the half.
_MOST_NOUGHTS = 4
#: What a line of the facts looks like; the first other line begins the story when the facts have no end.
_FACT = re.compile(r"\s.*|- .*|#(?!#).*|[A-Za-z_][\w ]{0,40}:.*|")
#: What becomes of the first three hyphens: too few or many, or the dash of a word processor.
_NEARLY_HYPHENS = re.compile(r"\s*[-\u2010-\u2015_=*.]{1,20}\s*")
_HYPHENS = "---"
#: A field that is switched off.
_OFF = re.compile(r"#+\s?(?P<key>[a-z_]+):\s+(?P<text>\S.*)")
#: Lines that may stand above the facts, as a greeting or a heading.
_MOST_ABOVE = 15
#: Lines of hyphens among the facts that are looked over.
_MOST_BLOCKS = 4
#: Facts without their first line are read up to this length: nothing has counted their characters.
_MOST_UNOPENED = 20_000
#: So many lines with a name and a colon are facts, even without any hyphens above and below.
_SURELY_FACTS = 3
_NO_FORM = Form()
_NAMED = re.compile(r"[A-Za-z_][\w ]{0,40}:(?:\s.*)?")


@dataclass(slots=True)
class FrontMatterFile:
    """A Markdown file, split into facts and body.

    Attributes:
        path: File, relative to the project.
        values: The facts; empty when they could not be read.
        positions: Line and column of every fact.
        body: The Markdown below the facts.
        body_line: Line of the file on which the body begins, from 1.
        diagnostics: Problems of the file as a text.
        readable: Whether the facts are there to be checked further.
    """

    path: str
    values: dict[str, Any]
    positions: dict[ValuePath, Position]
    body: str
    body_line: int
    diagnostics: list[Diagnostic]
    readable: bool

    def report(self, line: int, rule: str, message: str, hint: str) -> None:
        """Add a problem on a line, which counts from 0."""
        self.diagnostics.append(Diagnostic(self.path, line + 1, 1, rule, message, hint))


def read_text(file: str | os.PathLike[str], path: str) -> tuple[str | None, list[Diagnostic]]:
    """Read a text file as UTF-8; a byte order mark and Windows line ends are accepted."""
    try:
        with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - of every story
            data = stream.readall()
    except OSError as error:
        if os.path.isdir(file):  # noqa: PTH112 - as above
            message = _("this is a folder with the name of a file")
            return None, [Diagnostic.of_file(path, rules.UNREADABLE_FILE, message, _("Give the folder another name."))]
        message = _("the file cannot be opened ({reason})", reason=error.strerror or type(error).__name__)
        return None, [Diagnostic.of_file(path, rules.UNREADABLE_FILE, message, _("Check its permissions."))]
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        message = _("the file is not saved as UTF-8: a character here cannot be read")
        return None, [Diagnostic(path, line, column, rules.NOT_UTF8, message, _SAVE_AGAIN)]
    if text.count("\0") > _MOST_NOUGHTS:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = _("from here on the file holds what is no text: it was saved in another encoding, or is damaged")
        return None, [Diagnostic(path, line, 1, rules.NOT_UTF8, message, _SAVE_AGAIN)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [
            Diagnostic.of_file(path, rules.EMPTY_FILE, _("the file is empty"), _("Fill it in, or delete it."))
        ]
    return text, []


def _find_story(lines: list[str], start: int) -> int:
    """The first line that looks like no fact."""
    return next((number for number in range(start, len(lines)) if not _FACT.fullmatch(lines[number])), len(lines))


class _End(NamedTuple):
    """Where the facts end.

    Attributes:
        facts: Number of the line below the last fact.
        body: Number of the first line of the story.
        skipped: Numbers of lines of hyphens among the facts.
    """

    facts: int
    body: int
    skipped: frozenset[int]


def _find_start(file: FrontMatterFile, lines: list[str], form: Form) -> int | None:
    """The number of the line above the first fact, -1 when there is none; nothing when it is not clear where it is."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() == _HYPHENS:
        return start
    message = _("the block of facts at the top is missing: the first line must be three hyphens")
    above = _find_opening(lines, start, form)
    if above is not None:
        message = _("the facts must stand at the very top, and something stands above them")
        hint = _("Delete everything above the line `---`, or move it below the facts.")
        if lines[start].startswith("```") and any(line.strip() == "```" for line in lines[-3:]):
            hint = _("Delete the first line, and the line with three backticks at the end of the file.")
        file.report(start, rules.NO_FRONT_MATTER, message, hint)
        return above
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() == _HYPHENS), None)
    # The facts are read all the same when it is clear where they are.
    facts = lines[: _find_story(lines, start) if end is None else end]
    clear = sum(map(len, facts)) <= _MOST_UNOPENED
    clear = clear and (end is not None or len(list(filter(_NAMED.fullmatch, facts))) >= _SURELY_FACTS)
    found, hint = None, _("Put a line `---` at the very top, above the facts, and another below them.")
    if clear and _NEARLY_HYPHENS.fullmatch(lines[start]):
        found, hint = start, _("Write the first line as three hyphens: `---`.")
    elif clear and _NAMED.fullmatch(lines[start]):
        hint = _("Put a line `---` at the very top, before `{lines}:`.", lines=lines[start].split(":")[0])
        found = start - 1
    number = start if found is None else found
    file.report(max(number, 0), rules.NO_FRONT_MATTER, message, hint)
    return found


def _find_opening(lines: list[str], start: int, form: Form) -> int | None:
    """The line of hyphens before the first fact, when something else stands above it."""
    for number in range(start + 1, min(start + _MOST_ABOVE, len(lines) - 1)):
        if lines[number].rstrip() == _HYPHENS:
            return number if _is_fact(lines[number + 1], form) else None
        if _is_fact(lines[number], form):
            return None
    return None


def _is_fact(line: str, form: Form) -> bool:
    """Whether a line begins with the name of a field that is expected here."""
    return line.partition(":")[0] in form.top and ":" in line


def _find_end(file: FrontMatterFile, lines: list[str], start: int, form: Form) -> _End:
    """Where the facts end: at the line of hyphens below them, or where the story begins when that is missing."""
    skipped: set[int] = set()
    end: int | None = start
    for __ in range(_MOST_BLOCKS):
        begin = (end or start) + 1
        end = next((number for number in range(begin, len(lines)) if lines[number].rstrip() == _HYPHENS), None)
        if end is None or not _goes_on(lines, start, end, form):
            break
        message = _("this line of hyphens stands among the facts: they go on below it")
        file.report(end, rules.SECOND_BLOCK, message, _("Delete this line."))
        skipped.add(end)
    if end is not None and not any(line.startswith("## ") for line in lines[start:end]):
        return _End(end, end + 1, frozenset(skipped))
    story = _find_story(lines, start + 1)
    heading = story < len(lines) and lines[story].startswith("## ") and not _is_fact(lines[story].lstrip("# "), form)
    if end is not None and not (story < end and form.top and heading):
        return _End(end, end + 1, frozenset(skipped))
    while story < len(lines) and story in skipped:
        story += 1 + _find_story(lines[story + 1 :], 0)
    hint = _("Put a line `---` above this line.")
    message = _("the block of facts has no end: a second line of three hyphens is missing")
    if story >= len(lines):
        hint = _("Put a line `---` below the facts, and the story below it.")
    indented = (number for number in range(start + 1, story) if lines[number].strip() == _HYPHENS)
    story = next((number for number in indented if number not in skipped), story)
    body = story
    if story < len(lines) and _NEARLY_HYPHENS.fullmatch(lines[story]) and lines[story].strip():
        body, hint = story + 1, _("Write this line as three hyphens: `---`.")
    file.report(min(story, len(lines) - 1), rules.UNCLOSED_FRONT_MATTER, message, hint)
    return _End(story, body, frozenset(skipped))


def _goes_on(lines: list[str], start: int, end: int, form: Form) -> bool:
    """Whether facts that were not given above a line of hyphens follow directly below it."""
    below = next((line for line in lines[end + 1 : end + 4] if line.strip()), "")
    return _is_fact(below, form) and below.partition(":")[0] not in {
        line.partition(":")[0] for line in lines[start + 1 : end]
    }


def _switch_on(file: FrontMatterFile, values: dict[str, Any], facts: list[str], first: int, form: Form) -> None:
    """Report fields that are needed and stand in a line that is switched off, and take their values."""
    for number, line in enumerate(facts):
        off = _OFF.fullmatch(line.rstrip()) if line.startswith("#") else None
        if off and off["key"] in form.needed and off["key"] not in values:
            key = off["key"]
            mended = write_value("", key, off["text"], form)
            message = _("this line is switched off by the `#` before it, and is needed")
            file.report(first + number - 1, rules.YAML_SYNTAX, message, _("Write `{line}`.", line=show(mended)))
            text = off["text"]
            values[key] = split_entries(text, key in form.ids) if key in form.lists else unwrap(text)
            file.positions[(key,)] = (first + number, 1)


def _begins_with_facts(lines: list[str], start: int, form: Form) -> bool:
    begin = next((number for number in range(start, len(lines)) if lines[number].strip()), len(lines))
    return sum(_is_fact(line, form) for line in lines[begin : begin + 3]) > 1


def _find_second(body: list[str], form: Form) -> int | None:
    """The number of the line of hyphens above the facts of another story, or of its first fact."""
    if _begins_with_facts(body, 0, form):
        return next(number for number, line in enumerate(body) if line.strip())
    for number, line in enumerate(body):
        if line[:3] == _HYPHENS and line.rstrip() == _HYPHENS and _begins_with_facts(body, number + 1, form):
            return number
    return None


def _find_copy(facts: list[str], body: list[str], second: int) -> int | None:
    """The number of the line below facts that stand directly below themselves again; nothing for another story."""
    title = next((line for line in facts if line.startswith("title:")), None)
    begin = second + 1 if body[second].rstrip() == _HYPHENS else second
    end = next((number for number in range(begin, len(body)) if body[number].rstrip() == _HYPHENS), None)
    if title is None or end is None or title not in body[begin:end] or any(line.strip() for line in body[:second]):
        return None
    return end + 1


def split_front_matter(text: str, path: str, typed: bool = False, form: Form = _NO_FORM) -> FrontMatterFile:
    """Split the text of a file into facts and body; never raises for any text.

    Args:
        text: The text.
        path: File name for diagnostics.
        typed: As for `load_yaml`.
        form: As for `load_yaml`.
    """
    file = FrontMatterFile(path, {}, {}, text, 1, [], readable=False)
    lines = text.split("\n")
    start = _find_start(file, lines, form)
    if start is None:
        return file
    end = _find_end(file, lines, start, form)
    body = lines[end.body :]
    file.body, file.body_line = "\n".join(body), end.body + 1
    may_hold_second = f"\n{_HYPHENS}" in f"\n{file.body}" or _begins_with_facts(body, 0, form)
    second = _find_second(body, form) if may_hold_second else None
    if second is not None:
        again = _find_copy(lines[start + 1 : end.facts], body, second)
        message = _("the facts of another story begin here")
        hint = _("Cut it out from here, and paste it into a file of its own.")
        if again is not None:
            message = _("the facts stand here a second time")
            hint = _("Delete them, down to line {last}: the story follows below.", last=end.body + again)
        file.report(end.body + second, rules.SECOND_BLOCK, message, hint)
        # So that no number of a line moves, what is left out becomes empty lines.
        left = body[:second] if again is None else [*body[:second], *[""] * (again - second), *body[again:]]
        file.body = "\n".join(left)
    facts = ["" if number in end.skipped else lines[number] for number in range(start + 1, end.facts)]
    document = load_yaml("\n".join(facts), path, start + 2, typed, form=form)
    file.diagnostics.extend(document.diagnostics)
    file.positions = document.positions
    if isinstance(document.value, dict):
        _switch_on(file, document.value, facts, start + 2, form)
        file.values = document.value
        file.readable = True
    elif not document.diagnostics:
        message = _("the facts at the top are not a list of `name: value` lines")
        hint = _("Begin each line with the name of a field and a colon, for example `title: …`.")
        file.report(start, rules.NOT_A_MAPPING, message, hint)
    return file
