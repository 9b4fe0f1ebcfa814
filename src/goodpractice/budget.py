"""What anybody may cost us: how many problems of a file are looked for, and how much of them is shown.

Nothing that a stranger sends may take more than a few seconds, a few hundred megabytes, or a report that nobody can
open. `limits` holds the numbers. `load.refusals` refuses what would be too costly to parse; this module ends the search
for problems where their number has none, and cuts the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from goodpractice import issues
from goodpractice.issues import Issue
from goodpractice.limits import PROBLEMS, PROBLEMS_IN_FILE, REPORT_CHARACTERS
from goodpractice.saying import said


def keep_first(found: Iterable[Issue], most: int = PROBLEMS_IN_FILE) -> Iterator[Issue]:
    """The first problems that a rule finds in one file; the rule is not asked for more.

    Args:
        found: The problems of one file, best as a generator: finding the rest then costs nothing.
        most: So many are kept. One more says that there are others.
    """
    for number, issue in enumerate(found):
        if number >= most:
            yield _say_more(issue)
            return
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
            shown.append(Issue(issue.path, issue.line, issue.column, issues.MORE_PROBLEMS, message, hint))
            break
        shown.append(issue)
    return shown


def _say_more(issue: Issue) -> Issue:
    message = said("there are more problems in this file than are shown")
    hint = said("Mend those above, and the next check shows the others.")
    return Issue(issue.path, issue.line, issue.column, issues.MORE_PROBLEMS, message, hint)
