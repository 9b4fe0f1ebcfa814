"""Issues as people and machines read them: text, GitHub annotations, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict

from goodpractice.issues import Issue

#: Characters that begin a new line, command a terminal or turn the direction of text.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def make_printable(text: str) -> str:
    """A text on one line, with what a terminal or a log would obey as its number.

    Messages quote what contributors wrote. Without this, a name with a line break could write a line of its own into
    a log, where continuous integration takes some lines for commands.
    """
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def format_issue(issue: Issue) -> str:
    """One issue as text: where, what, and what to do."""
    text = make_printable(f"{issue.path}:{issue.line}:{issue.column}: {issue.code} {issue.message}")
    return f"{text}\n  hint: {make_printable(issue.hint)}" if issue.hint else text


def format_text(issues: Sequence[Issue]) -> str:
    """All issues as text, in the order of files and lines."""
    return "\n".join(format_issue(issue) for issue in sorted(issues))


def format_github(issues: Sequence[Issue]) -> str:
    """All issues as workflow commands, so that GitHub marks the line in the pull request."""
    return "\n".join(
        f"::error file={_property(issue.path)},line={issue.line},col={issue.column},"
        f"title={_property(f'{issue.code} {issue.message}'[:120])}::{_data(_annotation(issue))}"
        for issue in sorted(issues)
    )


def _annotation(issue: Issue) -> str:
    return f"{issue.message}\n{issue.hint}" if issue.hint else issue.message


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def describe_issue(issue: Issue) -> dict[str, object]:
    """One issue as an object with path, line, column, code, message and hint."""
    return asdict(issue)


def format_json(issues: Sequence[Issue]) -> str:
    """All issues as a JSON list of objects with path, line, column, code, message and hint."""
    return json.dumps([describe_issue(issue) for issue in sorted(issues)], ensure_ascii=False, indent=2)


def count_problems(issues: Sequence[Issue]) -> str:
    """The number of problems and files, in words."""
    files = len({issue.path for issue in issues})
    problems = "1 problem" if len(issues) == 1 else f"{len(issues)} problems"
    return f"{problems} in {'1 file' if files == 1 else f'{files} files'}"
