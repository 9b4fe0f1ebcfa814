"""Issues as people and machines read them: text, GitHub annotations, JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from goodpractice.issues import Issue


def format_issue(issue: Issue) -> str:
    """One issue as text: where, what, and what to do."""
    text = f"{issue.path}:{issue.line}:{issue.column}: {issue.code} {issue.message}"
    return f"{text}\n  hint: {issue.hint}" if issue.hint else text


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
