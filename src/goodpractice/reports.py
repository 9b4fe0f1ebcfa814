"""Issues as people and machines read them: text, GitHub annotations, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict

from goodpractice.issues import CODES, Issue

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
        f"title={_property(_title(issue))}::{_data(_annotation(issue))}"
        for issue in sorted(issues)
    )


def _title(issue: Issue) -> str:
    """The name of the rule; the message says the rest."""
    return f"{issue.code}: {CODES[issue.code].title}" if issue.code in CODES else issue.code


def _annotation(issue: Issue) -> str:
    return f"{issue.message}\n{issue.hint}" if issue.hint else issue.message


#: GitHub cuts summaries that are longer than a megabyte.
MOST_IN_SUMMARY = 500
#: What Markdown, HTML or a table of GitHub would obey.
_MARKUP = re.compile(r"[\\`*_{}\[\]()#+!|<>&~@:\-.]")


def format_summary(issues: Sequence[Issue], reference: str = "") -> str:
    """All issues as a table in Markdown, for the page that GitHub shows after a check: it marks only ten lines a step.

    Args:
        issues: What was found.
        reference: Address of the page that explains the codes; empty when unknown.
    """
    if not issues:
        return "Nothing to mend. An editor reads it next.\n"
    shown = sorted(issues)[:MOST_IN_SUMMARY]
    lines = [
        "Nothing is lost. Mend these lines, and the check runs again by itself.",
        "",
        "| Where | What | What to do |",
        "|---|---|---|",
    ]
    for issue in shown:
        code = f"[{issue.code}]({reference}#{issue.code.lower()})" if reference else issue.code
        where = f"{_plain(issue.path)}, line {issue.line}"
        lines.append(f"| {where} | {_plain(issue.message)} ({code}) | {_plain(issue.hint)} |")
    if len(issues) > len(shown):
        lines += ["", f"… and {len(issues) - len(shown)} more."]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text as it stands, whatever Markdown would make of it."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", make_printable(text))


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
