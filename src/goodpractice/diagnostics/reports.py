"""Issues as people and machines read them: text, GitHub annotations, JSON; of very many, the first (`budget`)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace

from goodpractice.diagnostics.budget import fit_report
from goodpractice.diagnostics.rules import NOTICES, Diagnostic, load_rules
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import make_printable, ngettext_lazy


def format_diagnostic(diagnostic: Diagnostic, language: Language = ENGLISH) -> str:
    """One issue as text: where, what, and what to do."""
    message, hint = language.translate(diagnostic.message), language.translate(diagnostic.hint)
    text = make_printable(f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}: {diagnostic.code} {message}")
    return f"{text}\n  {language.gettext('hint:')} {make_printable(hint)}" if hint else text


def format_text(diagnostics: Sequence[Diagnostic], language: Language = ENGLISH) -> str:
    """All issues as text, in the order of files and lines."""
    return "\n".join(format_diagnostic(diagnostic, language) for diagnostic in fit_report(diagnostics))


def format_github(diagnostics: Sequence[Diagnostic], language: Language = ENGLISH) -> str:
    """All issues as workflow commands, so that GitHub marks the line in the pull request."""
    return "\n".join(
        f"::{'notice' if diagnostic.code in NOTICES else 'error'} "
        f"file={_property(diagnostic.path)},line={diagnostic.line},col={diagnostic.column},"
        f"title={_property(_title(diagnostic, language))}::{_data(_annotation(diagnostic, language))}"
        for diagnostic in fit_report(diagnostics)
    )


def _title(diagnostic: Diagnostic, language: Language) -> str:
    """The name of the rule; the message says the rest."""
    return (
        f"{diagnostic.code}: {language.gettext(load_rules()[diagnostic.code].title)}"
        if diagnostic.code in load_rules()
        else diagnostic.code
    )


def _annotation(diagnostic: Diagnostic, language: Language) -> str:
    return "\n".join(language.translate(text) for text in (diagnostic.message, diagnostic.hint) if text)


#: GitHub cuts summaries that are longer than a megabyte.
MOST_IN_SUMMARY = 500
#: What Markdown, HTML or a table of GitHub would obey.
_MARKUP = re.compile(r"[\\`*_{}\[\]()#+!|<>&~@:\-.]")


def format_summary(diagnostics: Sequence[Diagnostic], reference: str = "", language: Language = ENGLISH) -> str:
    """All problems as a table in Markdown, for the page that GitHub shows after a check: it marks ten lines a step.

    Args:
        diagnostics: What was found.
        reference: Address of the page that explains the codes; empty when unknown.
        language: Of the reader.
    """
    gettext = language.gettext
    if not diagnostics:
        return gettext("Nothing to mend. An editor reads it next.") + "\n"
    shown = sorted(diagnostics)[:MOST_IN_SUMMARY]
    lines = [
        gettext("Nothing is lost. Mend these lines, and the check runs again by itself."),
        "",
        f"| {gettext('Where')} | {gettext('What')} | {gettext('What to do')} |",
        "|---|---|---|",
    ]
    for diagnostic in shown:
        code = f"[{diagnostic.code}]({reference}#{diagnostic.code.lower()})" if reference else diagnostic.code
        where = f"{_plain(diagnostic.path)}, {gettext('line {number}', number=diagnostic.line)}"
        message, hint = language.translate(diagnostic.message), language.translate(diagnostic.hint)
        lines.append(f"| {where} | {_plain(message)} ({code}) | {_plain(hint)} |")
    if len(diagnostics) > len(shown):
        lines += ["", gettext("… and {number} more.", number=len(diagnostics) - len(shown))]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text as it stands, whatever Markdown would make of it."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", make_printable(text))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def describe_diagnostic(diagnostic: Diagnostic, language: Language = ENGLISH) -> dict[str, object]:
    """One issue as an object with path, line, column, code, message and hint."""
    return asdict(
        replace(diagnostic, message=language.translate(diagnostic.message), hint=language.translate(diagnostic.hint))
    )


def format_json(diagnostics: Sequence[Diagnostic], language: Language = ENGLISH) -> str:
    """All issues as a JSON list of objects with path, line, column, code, message and hint."""
    return json.dumps(
        [describe_diagnostic(diagnostic, language) for diagnostic in fit_report(diagnostics)],
        ensure_ascii=False,
        indent=2,
    )


def count_problems(diagnostics: Sequence[Diagnostic]) -> str:
    """The number of problems and files, in words."""
    files = len({diagnostic.path for diagnostic in diagnostics})
    return _(
        "{problems} in {files}",
        problems=ngettext_lazy("{number} problem", "{number} problems", len(diagnostics)),
        files=ngettext_lazy("{number} file", "{number} files", files),
    )
