from __future__ import annotations

from collections.abc import Iterator

from goodpractice.config.report_limits import PROBLEMS, PROBLEMS_IN_FILE, REPORT_CHARACTERS
from goodpractice.diagnostics.budget import fit_report, keep_first
from goodpractice.diagnostics.reports import format_github, format_json, format_summary, format_text
from goodpractice.diagnostics.rules import MORE_PROBLEMS, Diagnostic
from goodpractice.i18n.messages import MOST_QUOTED
from goodpractice.i18n.messages import gettext_lazy as _


def make_issues(number: int, path: str = "a.md", message: str = "wrong") -> list[Diagnostic]:
    return [Diagnostic(path, line, 1, "GP106", message, "Mend it.") for line in range(1, number + 1)]


def test_a_rule_is_not_asked_for_more_than_is_kept() -> None:
    asked = []

    def find() -> Iterator[Diagnostic]:
        for diagnostic in make_issues(1000):
            asked.append(diagnostic)
            yield diagnostic

    kept = list(keep_first(find(), most=7))
    assert [diagnostic.code for diagnostic in kept] == ["GP106"] * 7 + [MORE_PROBLEMS]
    assert len(asked) == 8
    assert kept[-1].line == 8


def test_as_many_as_fit_are_kept_without_a_word() -> None:
    assert list(keep_first(make_issues(7), most=7)) == make_issues(7)


def test_a_report_shows_the_first_problems_of_each_file() -> None:
    shown = fit_report([*make_issues(5 * PROBLEMS_IN_FILE), *make_issues(3, "b.md")])
    assert [diagnostic.path for diagnostic in shown] == ["a.md"] * (PROBLEMS_IN_FILE + 1) + ["b.md"] * 3
    assert [diagnostic.line for diagnostic in shown if diagnostic.code == MORE_PROBLEMS] == [PROBLEMS_IN_FILE + 1]


def test_a_report_about_very_many_files_ends_with_a_word() -> None:
    found = [diagnostic for number in range(2 * PROBLEMS) for diagnostic in make_issues(1, f"{number:06}.md")]
    shown = fit_report(found)
    assert len(shown) == PROBLEMS + 1
    assert "in files after this one" in shown[-1].message


def test_every_form_of_a_report_stays_small_whatever_was_written() -> None:
    hostile = _("there is no `{value}`", value="\u202e" * 50_000)
    found = [diagnostic for number in range(1000) for diagnostic in make_issues(50, f"{number}{'x' * 200}.md", hostile)]
    for form in (format_text, format_github, format_json, format_summary):
        assert len(form(found).encode()) < 5_000_000
    assert len(format_text(found)) > REPORT_CHARACTERS / 2


def test_a_message_quotes_the_beginning_of_a_very_long_value() -> None:
    message = _("the link `{link}` leads {where}", link="a" * 50_000, where=_("nowhere"))
    assert message.startswith("the link `aaa")
    assert message.endswith("a…` leads nowhere")
    assert len(message) < MOST_QUOTED + 40
