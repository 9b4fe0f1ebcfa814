"""Issues as people and machines read them: text, GitHub annotations, JSON; of very many, the first (`budget`)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace

from goodpractice.diagnostics.budget import fit_report
from goodpractice.diagnostics.rules import CODES, NOTICES, Issue
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.i18n.messages import make_printable, said, said_number


def format_issue(issue: Issue, language: Language = ENGLISH) -> str:
    """One issue as text: where, what, and what to do."""
    message, hint = language.tell(issue.message), language.tell(issue.hint)
    text = make_printable(f"{issue.path}:{issue.line}:{issue.column}: {issue.code} {message}")
    return f"{text}\n  {language.say('hint:')} {make_printable(hint)}" if hint else text


def format_text(issues: Sequence[Issue], language: Language = ENGLISH) -> str:
    """All issues as text, in the order of files and lines."""
    return "\n".join(format_issue(issue, language) for issue in fit_report(issues))


def format_github(issues: Sequence[Issue], language: Language = ENGLISH) -> str:
    """All issues as workflow commands, so that GitHub marks the line in the pull request."""
    return "\n".join(
        f"::{'notice' if issue.code in NOTICES else 'error'} "
        f"file={_property(issue.path)},line={issue.line},col={issue.column},"
        f"title={_property(_title(issue, language))}::{_data(_annotation(issue, language))}"
        for issue in fit_report(issues)
    )


def _title(issue: Issue, language: Language) -> str:
    """The name of the rule; the message says the rest."""
    return f"{issue.code}: {language.say(CODES[issue.code].title)}" if issue.code in CODES else issue.code


def _annotation(issue: Issue, language: Language) -> str:
    return "\n".join(language.tell(text) for text in (issue.message, issue.hint) if text)


#: GitHub cuts summaries that are longer than a megabyte.
MOST_IN_SUMMARY = 500
#: What Markdown, HTML or a table of GitHub would obey.
_MARKUP = re.compile(r"[\\`*_{}\[\]()#+!|<>&~@:\-.]")


def format_summary(issues: Sequence[Issue], reference: str = "", language: Language = ENGLISH) -> str:
    """All issues as a table in Markdown, for the page that GitHub shows after a check: it marks only ten lines a step.

    Args:
        issues: What was found.
        reference: Address of the page that explains the codes; empty when unknown.
        language: Of the reader.
    """
    say = language.say
    if not issues:
        return say("Nothing to mend. An editor reads it next.") + "\n"
    shown = sorted(issues)[:MOST_IN_SUMMARY]
    lines = [
        say("Nothing is lost. Mend these lines, and the check runs again by itself."),
        "",
        f"| {say('Where')} | {say('What')} | {say('What to do')} |",
        "|---|---|---|",
    ]
    for issue in shown:
        code = f"[{issue.code}]({reference}#{issue.code.lower()})" if reference else issue.code
        where = f"{_plain(issue.path)}, {say('line {number}', number=issue.line)}"
        message, hint = language.tell(issue.message), language.tell(issue.hint)
        lines.append(f"| {where} | {_plain(message)} ({code}) | {_plain(hint)} |")
    if len(issues) > len(shown):
        lines += ["", say("… and {number} more.", number=len(issues) - len(shown))]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text as it stands, whatever Markdown would make of it."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", make_printable(text))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def describe_issue(issue: Issue, language: Language = ENGLISH) -> dict[str, object]:
    """One issue as an object with path, line, column, code, message and hint."""
    return asdict(replace(issue, message=language.tell(issue.message), hint=language.tell(issue.hint)))


def format_json(issues: Sequence[Issue], language: Language = ENGLISH) -> str:
    """All issues as a JSON list of objects with path, line, column, code, message and hint."""
    return json.dumps([describe_issue(issue, language) for issue in fit_report(issues)], ensure_ascii=False, indent=2)


def count_problems(issues: Sequence[Issue]) -> str:
    """The number of problems and files, in words."""
    files = len({issue.path for issue in issues})
    return said(
        "{problems} in {files}",
        problems=said_number("{number} problem", "{number} problems", len(issues)),
        files=said_number("{number} file", "{number} files", files),
    )
