"""What anybody may cost us: how many problems are looked for, how many guesses are made, and how much is shown.

Nothing that a stranger sends may take more than a few seconds, a few hundred megabytes, or a report that nobody can
open. `report_limits` holds the numbers. What would be too costly to parse is refused in `content`; this module ends
the search for problems where their number has no end, and cuts the report.

What is counted belongs to one run over a project: a hundred hostile files cost hardly more than ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goodpractice.config.report_limits import COMPARISONS, PROBLEMS, PROBLEMS_IN_FILE, REPORT_CHARACTERS
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _


@dataclass(slots=True)
class Spent:
    """What a run has used."""

    problems: int = 0
    comparisons: int = 0

    @property
    def is_within_limits(self) -> bool:
        """Whether no limit of a run can have kept anything from being found or told."""
        return self.problems <= PROBLEMS and self.comparisons <= COMPARISONS


_spent = Spent()


def begin_run() -> None:
    """Everything may be spent again: a project is loaded or checked anew."""
    _spent.problems = _spent.comparisons = 0


def sum_up(others: Iterable[Spent] = ()) -> Spent:
    """What this process has used in the present run, and others with it."""
    every = [_spent, *others]
    return Spent(sum(one.problems for one in every), sum(one.comparisons for one in every))


def may_guess(comparisons: int) -> bool:
    """Whether there is time to compare a mistyped word with so many others."""
    _spent.comparisons += comparisons
    return _spent.comparisons <= COMPARISONS


def keep_first(found: Iterable[Diagnostic], most: int = PROBLEMS_IN_FILE) -> Iterator[Diagnostic]:
    """The first problems that a rule finds in one file; the rule is not asked for more.

    When a run has as many problems as a report shows, the first of a file is enough.

    Args:
        found: The problems of one file, best as a generator: finding the rest then costs nothing.
        most: So many are kept. One more says that there are others.
    """
    for number, diagnostic in enumerate(found):
        if number >= most or (number and _spent.problems > PROBLEMS):
            yield _say_more(diagnostic)
            return
        _spent.problems += 1
        yield diagnostic


def keep_first_of_each(parts: Iterable[tuple[str, Iterable[Diagnostic]]]) -> Iterator[Diagnostic]:
    """As `keep_first`, for a rule that goes through many records of a few files.

    Args:
        parts: The file of each record, and the problems of the record, as a generator.
    """
    told: Counter[str] = Counter()
    for path, found in parts:
        if told[path] <= PROBLEMS_IN_FILE:
            for diagnostic in keep_first(found, PROBLEMS_IN_FILE - told[path]):
                told[path] += 1
                yield diagnostic


def fit_report(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What a report shows, sorted: the first problems of each file, as long as the report stays readable."""
    shown: list[Diagnostic] = []
    of_file: Counter[str] = Counter()
    characters = 0
    for diagnostic in sorted(found):
        of_file[diagnostic.path] += 1
        if of_file[diagnostic.path] > PROBLEMS_IN_FILE:
            if of_file[diagnostic.path] == PROBLEMS_IN_FILE + 1:
                shown.append(_say_more(diagnostic))
            continue
        # What cannot be printed is written as a number of six characters.
        characters += 6 * len(diagnostic.path) + len(diagnostic.message) + len(diagnostic.hint)
        if len(shown) >= PROBLEMS or characters > REPORT_CHARACTERS:
            message = _("there are problems from here on, and in files after this one, that are not shown")
            hint = _("Mend those above, and the next check shows the others.")
            shown.append(
                Diagnostic(diagnostic.path, diagnostic.line, diagnostic.column, rules.MORE_PROBLEMS, message, hint)
            )
            break
        shown.append(diagnostic)
    return shown


def _say_more(diagnostic: Diagnostic) -> Diagnostic:
    message = _("there are more problems in this file than are shown")
    hint = _("Mend those above, and the next check shows the others.")
    return Diagnostic(diagnostic.path, diagnostic.line, diagnostic.column, rules.MORE_PROBLEMS, message, hint)
