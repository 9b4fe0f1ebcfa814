"""Files with a block of facts at the top: split, read, keep the places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodpractice import issues
from goodpractice.issues import Issue
from goodpractice.load.fields import Form
from goodpractice.load.yaml_values import Path as ValuePath
from goodpractice.load.yaml_values import Position, load_yaml
from goodpractice.saying import said

#: What a line of the facts looks like; the first other line begins the story when the facts have no end.
_FACT = re.compile(r"\s.*|- .*|#(?!#).*|[A-Za-z_][\w ]{0,40}:.*|")
#: What becomes of the first three hyphens: too few or many, or the dash of a word processor.
_NEARLY_HYPHENS = re.compile(r"\s*[-\u2010-\u2015_=*]{1,20}\s*")
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
        issues: What is wrong with the file as a text.
        readable: Whether the facts are there to be checked further.
    """

    path: str
    values: dict[str, Any]
    positions: dict[ValuePath, Position]
    body: str
    body_line: int
    issues: list[Issue]
    readable: bool


def read_text(file: Path, path: str) -> tuple[str | None, list[Issue]]:
    """Read a text file as UTF-8; a byte order mark and Windows line ends are accepted."""
    try:
        data = file.read_bytes()
    except OSError as error:
        if file.is_dir():
            message = said("this is a folder with the name of a file")
            return None, [Issue(path, 1, 1, issues.UNREADABLE_FILE, message, said("Give the folder another name."))]
        reason = error.strerror or type(error).__name__
        return None, [
            Issue(
                path,
                1,
                1,
                issues.UNREADABLE_FILE,
                said("the file cannot be opened ({reason})", reason=reason),
                said("Check its permissions."),
            )
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        return None, [
            Issue(
                path,
                line,
                column,
                issues.NOT_UTF8,
                said("the file is not saved as UTF-8: a character here cannot be read"),
                said("Save it again and choose the encoding UTF-8. On GitHub, paste the text into a new file."),
            )
        ]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [
            Issue(path, 1, 1, issues.EMPTY_FILE, said("the file is empty"), said("Fill it in, or delete it."))
        ]
    return text, []


def _find_story(lines: list[str], start: int) -> int:
    """The first line that looks like no fact."""
    return next((number for number in range(start, len(lines)) if not _FACT.fullmatch(lines[number])), len(lines))


def split_front_matter(text: str, path: str, typed: bool = False, form: Form = _NO_FORM) -> FrontMatterFile:
    """Split the text of a file into facts and body; never raises for any text.

    Args:
        text: The text.
        path: File name for issues.
        typed: As for `load_yaml`.
        form: As for `load_yaml`.
    """
    file = FrontMatterFile(path, {}, {}, text, 1, [], readable=False)
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    opened = lines[start].rstrip() == "---"
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() == "---"), None)
    if not opened:
        hint = said("Put a line `---` at the very top, above the facts, and another below them.")
        # The facts are read all the same when it is clear where they are.
        facts = lines[: _find_story(lines, start) if end is None else end]
        clear = sum(map(len, facts)) <= _MOST_UNOPENED
        clear = clear and (end is not None or len(list(filter(_NAMED.fullmatch, facts))) >= _SURELY_FACTS)
        if clear and _NEARLY_HYPHENS.fullmatch(lines[start]):
            hint = said("Write the first line as three hyphens: `---`.")
        elif clear and _NAMED.fullmatch(lines[start]):
            hint = said("Put a line `---` at the very top, before `{lines}:`.", lines=lines[start].split(":")[0])
            start -= 1
        else:
            clear = False
        message = said("the block of facts at the top is missing: the first line must be three hyphens")
        file.issues.append(Issue(path, max(start, 0) + 1, 1, issues.NO_FRONT_MATTER, message, hint))
        if not clear:
            return file
    if end is None:
        end = _find_story(lines, start + 1)
        file.issues.append(
            Issue(
                path,
                max(start, 0) + 1,
                1,
                issues.UNCLOSED_FRONT_MATTER,
                said("the block of facts has no end: a second line of three hyphens is missing"),
                said("Put a line `---` between the facts and the story."),
            )
        )
        file.body_line = end + 1
        file.body = "\n".join(lines[end:])
    else:
        file.body_line = end + 2
        file.body = "\n".join(lines[end + 1 :])
    document = load_yaml("\n".join(lines[start + 1 : end]), path, start + 2, typed, form=form)
    file.issues.extend(document.issues)
    file.positions = document.positions
    if isinstance(document.value, dict):
        file.values = document.value
        file.readable = True
    elif not document.issues:
        file.issues.append(
            Issue(
                path,
                start + 1,
                1,
                issues.NOT_A_MAPPING,
                said("the facts at the top are not a list of `name: value` lines"),
                said("Begin each line with the name of a field and a colon, for example `title: …`."),
            )
        )
    return file
