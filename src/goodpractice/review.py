"""What a pull request is told: labels and one comment, from a report that its author may have forged.

The report is made by the pull request's own version of this repository, so
every word of it may be hostile. It is read here by the version on `main`,
with a size limit and a strict form, and nothing of it is ever Markdown,
HTML, a mention or a link in the comment: it stands in a block of code.
Which files were changed is asked of GitHub, never of the report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from goodpractice.issues import CODES, Issue
from goodpractice.languages import ENGLISH, Language
from goodpractice.places import DOCS, WORD_PROCESSORS, place_file, refuse_picture
from goodpractice.reports import format_issue, make_printable
from goodpractice.saying import said

#: A larger report is not read.
MOST_BYTES = 500_000
#: So many problems are shown; the rest is counted.
MOST_SHOWN = 30
#: Longer texts are cut.
MOST_CHARACTERS = 300
MOST_PROBLEMS = 2_000

#: Begins every comment, so that the next one replaces it.
MARKER = "<!-- goodpractice review -->"

CLEAN, PROBLEMS = "check: clean", "check: problems"
MACROS, SOFTWARE = "check: pages of editors", "check: changes the software"
LABELS = (CLEAN, PROBLEMS, MACROS, SOFTWARE)

#: What anybody may change without an editor having to read code: texts, data and photos. Nothing in them ever runs.
CONTENT = re.compile(
    r"(?:case_studies/(?:[^/]+/)?[^/]+\.(?:md|yml|jpg|png|webp)|data/[^/]+\.yml|partners\.yml)", re.DOTALL
)
#: Chapters and pages may hold macros, which run in the build: anybody may propose one, and an editor reads it first.
PAGES = re.compile(r"(?:handbook|docs)/(?:[^/]+/)*[^/]+\.md", re.DOTALL)
_DOCUMENTS = tuple(WORD_PROCESSORS)
_FIELDS = {"path": str, "line": int, "column": int, "code": str, "message": str, "hint": str}


class ReportError(ValueError):
    """The report is not what `goodpractice check --format json` writes."""


@dataclass(frozen=True, slots=True)
class Review:
    """What to do with a pull request.

    Attributes:
        add: Labels to set.
        remove: Labels to take away.
        body: The comment, in Markdown.
        preview: Whether its pages may be shown to readers before an editor has looked.
    """

    add: tuple[str, ...]
    remove: tuple[str, ...]
    body: str
    preview: bool

    def to_json(self) -> str:
        """As a JSON object."""
        return json.dumps(asdict(self), ensure_ascii=True, indent=2)


def read_report(data: bytes) -> list[Issue]:
    """Read a report; anything that is not exactly a report is refused.

    Raises:
        ReportError: The report is too large, is not JSON, or has another form.
    """
    if len(data) > MOST_BYTES:
        raise ReportError(
            said("the report has {size} bytes; {most_bytes} fit", size=f"{len(data):,}", most_bytes=f"{MOST_BYTES:,}")
        )
    try:
        values = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReportError(said("the report is not JSON")) from error
    if not isinstance(values, list) or len(values) > MOST_PROBLEMS:
        raise ReportError(said("the report is not a list of problems, or has too many"))
    return sorted(_read_issue(value) for value in values)


def _read_issue(value: Any) -> Issue:
    if not isinstance(value, dict) or set(value) != set(_FIELDS):
        raise ReportError(said("a problem in the report has other fields than it should"))
    for name, kind in _FIELDS.items():
        if type(value[name]) is not kind:
            raise ReportError(said("`{name}` of a problem in the report is not of the right kind", name=name))
    if value["code"] not in CODES:
        raise ReportError(said("a problem in the report has a code that does not exist"))
    if not (0 < value["line"] < 10_000_000 and 0 < value["column"] < 10_000_000):
        raise ReportError(said("a problem in the report stands on an impossible line"))
    return Issue(
        _cut(value["path"]),
        value["line"],
        value["column"],
        value["code"],
        _cut(value["message"]),
        _cut(value["hint"]),
    )


def _cut(text: str) -> str:
    """A text on one line, without lone surrogates, of limited length."""
    text = make_printable(text[: 2 * MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8"))
    return f"{text[:MOST_CHARACTERS]}…" if len(text) > MOST_CHARACTERS else text


def read_changed(data: bytes) -> list[str]:
    """Names of changed files: a JSON list of texts, as GitHub's API gave them.

    Raises:
        ReportError: It is something else.
    """
    try:
        names = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReportError(said("the list of changed files is not JSON")) from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ReportError(said("the list of changed files is not a list of names"))
    return names


def changes_software(names: Iterable[str]) -> list[str]:
    """Of changed files, those that decide what runs in the build or in a reader's browser.

    Everything that is not known to be harmless counts: workflows, `macros.py`, `src/`, `mkdocs.yml`, `overrides/`,
    lock files, and files whose names begin with a dot.
    """
    return [
        name
        for name in names
        if not (CONTENT.fullmatch(name) or PAGES.fullmatch(name) or find_stray(name))
        or any(part[:1] == "." for part in name.split("/"))
    ]


def find_stray(name: str) -> Issue | None:
    """What is wrong with a changed file that is a text, document or photo where none is read: it runs nowhere.

    Below `docs/`, MkDocs makes pages of more endings than ours, and macros in them run: those are no strays.
    """
    if not name.isprintable() or (name.startswith(f"{DOCS}/") and not name.lower().endswith(_DOCUMENTS)):
        return None
    return place_file(name) or refuse_picture(name)


def review_pull_request(
    report: bytes | None, changed: Iterable[str], reference: str = "", language: Language = ENGLISH
) -> Review:
    """Decide on labels and write the comment.

    Args:
        report: What the check of the pull request said; None when there is none.
        changed: Names of the files that it changes, as GitHub says.
        reference: Address of the page that explains the codes; empty when unknown.
        language: Of the comment. The problems in it stand as the report tells them.
    """
    names = list(changed)
    software = changes_software(names)
    if software:
        # Its own check may say whatever it likes, so it is not shown.
        return _decide((SOFTWARE,), [_tell_software(software, language)])
    say = language.say
    pages = any(PAGES.fullmatch(name) for name in names)
    labels = (MACROS,) if pages else ()
    note = [say("Pages of editors may hold macros, so an editor reads them before they are shown.")] if pages else []
    if report is None:
        ended = say("The check did not come to an end. An editor will look at it.")
        return _decide((PROBLEMS, *labels), [ended, *note])
    try:
        found = read_report(report)
        # The name of a file says enough, whatever a report says of it.
        told = {issue.path for issue in found}
        found = sorted([*found, *(issue for issue in map(find_stray, names) if issue and issue.path not in told)])
    except ReportError:
        unread = say("The result of the check cannot be read. An editor will look at it.")
        return _decide((PROBLEMS, *labels), [unread, *note])
    if found:
        return _decide((PROBLEMS, *labels), [_tell_problems(found, reference, language), *note])
    thanks = say("Thank you. The check found no problem; an editor will read it next.")
    return _decide((CLEAN, *labels), [thanks, *note], preview=not pages)


def _decide(labels: tuple[str, ...], paragraphs: list[str], preview: bool = False) -> Review:
    removed = tuple(other for other in LABELS if other not in labels)
    text = "\n\n".join(paragraphs)
    return Review(labels, removed, f"{MARKER}\n{text}\n", preview)


def _tell_software(names: list[str], language: Language) -> str:
    listed = [_cut(name) for name in sorted(names)]
    words = language.say(
        "Thank you. This pull request changes more than content, so an editor reads it before anything is shown or "
        "merged:"
    )
    return f"{words}\n\n{_block(_shorten(listed, language))}"


def _tell_problems(found: list[Issue], reference: str, language: Language) -> str:
    lines = [format_issue(issue, language) for issue in found]
    codes = sorted({issue.code for issue in found})
    explained = [f"[{code}]({reference}#{code.lower()})" if reference else code for code in codes]
    words = language.say_number(
        "Thank you. The check found one problem. It says where, what, and what to do:",
        "Thank you. The check found {number} problems. Each says where, what, and what to do:",
        len(found),
    )
    more = language.say(
        "More about {codes}. Edit the files here, and the check runs again. "
        "If you would rather not, say so in a comment: an editor helps.",
        codes=", ".join(explained),
    )
    return f"{words}\n\n{_block(_shorten(lines, language))}\n\n{more}"


def _shorten(lines: list[str], language: Language) -> list[str]:
    rest = len(lines) - MOST_SHOWN
    return lines if rest <= 0 else [*lines[:MOST_SHOWN], language.say("… and {number} more", number=rest)]


def _block(lines: list[str]) -> str:
    """A block of code that nothing in it can end."""
    text = "\n".join(lines)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
