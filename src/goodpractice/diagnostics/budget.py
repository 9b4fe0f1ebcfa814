"""What anybody may cost us: how many problems are looked for, how many guesses are made, and how much is shown.

Nothing that a stranger sends may take more than a few seconds, a few hundred megabytes, or a report that nobody can
open. `limits` holds the numbers. `load.refusals` refuses what would be too costly to parse; this module ends the search
for problems where their number has no end, and cuts the report.

What is counted belongs to one run over a project: a hundred hostile files cost hardly more than ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goodpractice.config.limits import COMPARISONS, PROBLEMS, PROBLEMS_IN_FILE, REPORT_CHARACTERS
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Issue
from goodpractice.i18n.messages import said


@dataclass(slots=True)
class _Spent:
    """What the present run has used."""

    problems: int = 0
    comparisons: int = 0


_spent = _Spent()


def begin_run() -> None:
    """Everything may be spent again: a project is loaded or checked anew."""
    _spent.problems = _spent.comparisons = 0


def may_guess(comparisons: int) -> bool:
    """Whether there is time to compare a mistyped word with so many others."""
    _spent.comparisons += comparisons
    return _spent.comparisons <= COMPARISONS


def keep_first(found: Iterable[Issue], most: int = PROBLEMS_IN_FILE) -> Iterator[Issue]:
    """The first problems that a rule finds in one file; the rule is not asked for more.

    When a run has as many problems as a report shows, the first of a file is enough.

    Args:
        found: The problems of one file, best as a generator: finding the rest then costs nothing.
        most: So many are kept. One more says that there are others.
    """
    for number, issue in enumerate(found):
        if number >= most or (number and _spent.problems > PROBLEMS):
            yield _say_more(issue)
            return
        _spent.problems += 1
        yield issue


def keep_first_of_each(parts: Iterable[tuple[str, Iterable[Issue]]]) -> Iterator[Issue]:
    """As `keep_first`, for a rule that goes through many records of a few files.

    Args:
        parts: The file of each record, and the problems of the record, as a generator.
    """
    told: Counter[str] = Counter()
    for path, found in parts:
        if told[path] <= PROBLEMS_IN_FILE:
            for issue in keep_first(found, PROBLEMS_IN_FILE - told[path]):
                told[path] += 1
                yield issue


def fit_report(found: Iterable[Issue]) -> list[Issue]:
    """What a report shows, sorted: the first problems of each file, as long as the report stays readable."""
    shown: list[Issue] = []
    of_file: Counter[str] = Counter()
    characters = 0
    for issue in sorted(found):
        of_file[issue.path] += 1
        if of_file[issue.path] > PROBLEMS_IN_FILE:
            if of_file[issue.path] == PROBLEMS_IN_FILE + 1:
                shown.append(_say_more(issue))
            continue
        # What cannot be printed is written as a number of six characters.
        characters += 6 * len(issue.path) + len(issue.message) + len(issue.hint)
        if len(shown) >= PROBLEMS or characters > REPORT_CHARACTERS:
            message = said("there are problems from here on, and in files after this one, that are not shown")
            hint = said("Mend those above, and the next check shows the others.")
            shown.append(Issue(issue.path, issue.line, issue.column, rules.MORE_PROBLEMS, message, hint))
            break
        shown.append(issue)
    return shown


def _say_more(issue: Issue) -> Issue:
    message = said("there are more problems in this file than are shown")
    hint = said("Mend those above, and the next check shows the others.")
    return Issue(issue.path, issue.line, issue.column, rules.MORE_PROBLEMS, message, hint)
