"""What a pull request is told: labels and one comment, from a report that its author may have forged.

The report is made by the pull request's own version of this repository, so
every word of it may be hostile. It is read here by the version on `main`,
with a size limit and a strict form, and nothing of it is ever Markdown,
HTML, a mention or a link in the comment: it stands in a block of code.
Which files were changed is asked of GitHub, never of the report. Where one of
them can decide what a check says, its report is not read at all. Every
comment names the commit that it speaks of, in full: a beginning of seven
letters can be imitated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from goodpractice.config.project_folders import DOCS, WRITTEN_FOLDERS
from goodpractice.diagnostics.reports import format_diagnostic
from goodpractice.diagnostics.rules import NOTICES, Diagnostic, load_rules
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import make_printable

#: A larger report is not read. What `budget` lets a report show is smaller, even when every character is escaped.
MOST_BYTES = 3_000_000
#: So many problems are shown; the rest is counted.
MOST_SHOWN = 30
#: Longer texts are cut.
MOST_CHARACTERS = 300
MOST_PROBLEMS = 2_000
#: So many bytes of lines are shown: a comment travels between two jobs in a variable, which holds 128 kB.
MOST_SHOWN_BYTES = 32_000

#: Begins every comment, so that the next one replaces it.
MARKER = "<!-- goodpractice review -->"

#: What stands in the place of a comment once another commit has come. review.yml says the same, where nothing is
#: installed.
WITHDRAWN = (
    f"{MARKER}\nSomething new was sent here, and its check has not ended yet. What was said of an earlier commit no "
    "longer counts. If nothing follows within an hour, the check waits for an editor, or cannot run.\n"
)
#: What names a commit without any doubt.
COMMIT = re.compile(r"[0-9a-f]{40}")

CLEAN, PROBLEMS = "check: clean", "check: problems"
MACROS, SOFTWARE = "check: pages of editors", "check: changes the software"
LABELS = (CLEAN, PROBLEMS, MACROS, SOFTWARE)

#: What anybody may change without an editor having to read code: texts, data and photos. Nothing in them ever runs.
CONTENT = re.compile(
    r"(?:case_studies/(?:[^/]+/)?[^/]+\.(?:md|yml|jpg|png|webp)|data/[^/]+\.yml|partners\.yml)", re.DOTALL
)
#: Chapters and pages may hold macros, which run in the check and in the build: anybody may propose one, and an editor
#: reads it first.
PAGES = re.compile(rf"(?:{'|'.join((*WRITTEN_FOLDERS, DOCS))})/(?:[^/]+/)*[^/]+\.md", re.DOTALL)
#: Says what is wrong with a changed file by its name alone, when it lies where nothing is read.
FindStray = Callable[[str], Diagnostic | None]

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
        withdrawn: The comment for the case that another commit comes while this one is being written.
        preview: Whether its pages may be shown to readers before an editor has looked.
    """

    add: tuple[str, ...]
    remove: tuple[str, ...]
    body: str
    withdrawn: str
    preview: bool

    def to_json(self) -> str:
        """As a JSON object."""
        return json.dumps(asdict(self), ensure_ascii=True, indent=2)


def read_report(data: bytes) -> list[Diagnostic]:
    """Read a report; anything that is not exactly a report is refused.

    Raises:
        ReportError: The report is too large, is not JSON, or has another form.
    """
    if len(data) > MOST_BYTES:
        raise ReportError(
            _("the report has {size} bytes; {most_bytes} fit", size=f"{len(data):,}", most_bytes=f"{MOST_BYTES:,}")
        )
    try:
        values = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReportError(_("the report is not JSON")) from error
    if not isinstance(values, list) or len(values) > MOST_PROBLEMS:
        raise ReportError(_("the report is not a list of problems, or has too many"))
    return sorted(_read_diagnostic(value) for value in values)


def _read_diagnostic(value: Any) -> Diagnostic:
    if not isinstance(value, dict) or set(value) != set(_FIELDS):
        raise ReportError(_("a problem in the report has other fields than it should"))
    for name, kind in _FIELDS.items():
        if type(value[name]) is not kind:
            raise ReportError(_("`{name}` of a problem in the report is not of the right kind", name=name))
    if value["code"] not in load_rules():
        raise ReportError(_("a problem in the report has a code that does not exist"))
    if not (0 < value["line"] < 10_000_000 and 0 < value["column"] < 10_000_000):
        raise ReportError(_("a problem in the report stands on an impossible line"))
    return Diagnostic(
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
        raise ReportError(_("the list of changed files is not JSON")) from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ReportError(_("the list of changed files is not a list of names"))
    return names


def changes_software(names: Iterable[str], find_stray: FindStray) -> list[str]:
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


def review_pull_request(
    report: bytes | None,
    changed: Iterable[str],
    commit: str,
    reference: str = "",
    *,
    find_stray: FindStray,
    succeeded: bool = True,
    language: Language = ENGLISH,
) -> Review:
    """Decide on labels and write the comment.

    Args:
        report: What the check of the pull request said; None when there is none.
        changed: Names of the files that it changes, as GitHub says.
        commit: Which commit was checked: all its 40 characters, as GitHub says.
        reference: Address of the page that explains the codes; empty when unknown.
        find_stray: Finds files that lie where nothing is read.
        succeeded: Whether the run ended well, as GitHub says: its build may fail where its check finds nothing.
        language: Of the comment. The problems in it stand as the report tells them.

    Raises:
        ReportError: The commit is none.
    """
    if not COMMIT.fullmatch(commit):
        raise ReportError(_("the commit is not given with all its 40 characters"))
    names = list(changed)
    software = changes_software(names, find_stray)
    pages = [name for name in names if PAGES.fullmatch(name)]
    if software or pages:
        return _defer_to_editor(software, pages, commit, language)
    gettext = language.gettext
    if report is None:
        ended = gettext("The check of {commit} did not come to an end. An editor will look at it.", commit=commit)
        return _decide((PROBLEMS,), [ended])
    try:
        found = _add_strays(read_report(report), names, find_stray)
    except ReportError:
        unread = gettext(
            "The result of the check of {commit} cannot be read. An editor will look at it.", commit=commit
        )
        return _decide((PROBLEMS,), [unread])
    # The author of a pull request cannot mend what expired consent leaves behind.
    found = [diagnostic for diagnostic in found if diagnostic.code not in NOTICES]
    if found:
        return _decide((PROBLEMS,), [_tell_problems(found, commit, reference, language)])
    if not succeeded:
        failed = gettext(
            "The check of {commit} found no problem in the texts, but did not come to a good end. "
            "An editor will look at it.",
            commit=commit,
        )
        return _decide((PROBLEMS,), [failed])
    thanks = gettext("Thank you. The check of {commit} found no problem; an editor will read it next.", commit=commit)
    return _decide((CLEAN,), [thanks], preview=True)


def _defer_to_editor(software: list[str], pages: list[str], commit: str, language: Language) -> Review:
    """The review of changes that decide what a check says: the report of that check is not read."""
    gettext = language.gettext
    words = (
        gettext("Thank you. {commit} changes more than content, so an editor must look at it before anything counts:")
        if software
        else gettext("Thank you. {commit} changes pages that can hold macros, so an editor must look at it first:")
    )
    labels = tuple(label for label, some in ((MACROS, pages), (SOFTWARE, software)) if some)
    marked = gettext("What its check marked stands under “Files changed”. It is no verdict: these files can change it.")
    listed = _block(_shorten([_cut(name) for name in sorted(software or pages)], language))
    return _decide(labels, [words.format(commit=commit), listed, marked])


def _add_strays(found: list[Diagnostic], names: Iterable[str], find_stray: FindStray) -> list[Diagnostic]:
    """The problems of a report, and the strays that it does not mention: the name of a file is proof enough."""
    told = {diagnostic.path for diagnostic in found}
    strays = (diagnostic for diagnostic in map(find_stray, names) if diagnostic and diagnostic.path not in told)
    return sorted([*found, *strays])


def _decide(labels: tuple[str, ...], paragraphs: list[str], preview: bool = False) -> Review:
    removed = tuple(other for other in LABELS if other not in labels)
    text = "\n\n".join(paragraphs)
    return Review(labels, removed, f"{MARKER}\n{text}\n", WITHDRAWN, preview)


def _tell_problems(found: list[Diagnostic], commit: str, reference: str, language: Language) -> str:
    lines = [format_diagnostic(diagnostic, language) for diagnostic in found]
    codes = sorted({diagnostic.code for diagnostic in found})
    explained = [f"[{code}]({reference}#{code.lower()})" if reference else code for code in codes]
    words = language.ngettext(
        "Thank you. The check of {commit} found one problem. It says where, what, and what to do:",
        "Thank you. The check of {commit} found {number} problems. Each says where, what, and what to do:",
        len(found),
        commit=commit,
    )
    more = language.gettext(
        "More about {codes}. Edit the files here, and the check runs again. "
        "If you would rather not, say so in a comment: an editor helps.",
        codes=", ".join(explained),
    )
    return f"{words}\n\n{_block(_shorten(lines, language))}\n\n{more}"


def _shorten(lines: list[str], language: Language) -> list[str]:
    shown: list[str] = []
    size = 0
    for line in lines[:MOST_SHOWN]:
        size += len(line.encode())
        if size > MOST_SHOWN_BYTES:
            break
        shown.append(line)
    rest = len(lines) - len(shown)
    return [*shown, language.gettext("… and {number} more", number=rest)] if rest else shown


def _block(lines: list[str]) -> str:
    """A block of code that nothing in it can end."""
    text = "\n".join(lines)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
