"""The accessibility statement: the record of a test run, and the page that is written from it.

`make accessibility` runs the tests that note what they asked (`note_check` in conftest.py) and then this module, which
reads their report, keeps the record in docs/accessibility.json and writes docs/accessibility.md.
"""

from __future__ import annotations

import argparse
import datetime
import json
import xml.etree.ElementTree as ET
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.helpers.browser.axe import axe_version
from tests.helpers.projects import REPOSITORY

DOCS = REPOSITORY / "docs"
RECORD, STATEMENT = DOCS / "accessibility.json", DOCS / "accessibility.md"
_WORDS = Path(__file__).with_name("statement.md")


class Kind(NamedTuple):
    """One kind of check.

    Attributes:
        what: What was asked, as readers say it.
        how: How it was asked.
        criteria: Of WCAG 2.2, as far as a machine can tell.
    """

    what: str
    how: str
    criteria: str


#: In the order of the page. A test fails when the tests note another kind.
KINDS = {
    "axe": Kind(
        "Names, roles, contrast, headings, landmarks, language",
        "axe, every rule for WCAG 2.2 A and AA, none switched off",
        "1.1.1, 1.3.1, 1.4.1, 1.4.3, 2.4.1, 2.4.2, 2.4.4, 3.1.1, 4.1.2 and others, each in part",
    ),
    "windows": Kind(
        "The same with something open: the search window, the menu, the reading settings",
        "axe, the size of targets, words that are cut off",
        "as above",
    ),
    "more contrast": Kind(
        "High contrast, for readers whose device asks for more",
        "axe, contrast of text at least 7 to 1 (4.5 to 1 for large text)",
        "1.4.6 (AAA)",
    ),
    "320 pixels": Kind(
        "A window of 320 pixels, as at 400 %",
        "nothing scrolls sideways, no words are cut off",
        "1.4.10",
    ),
    "200 %": Kind("A window at 200 %", "nothing scrolls sideways, no words are cut off", "1.4.4"),
    "text spacing": Kind(
        "More space between lines, words, letters and paragraphs",
        "nothing scrolls sideways, no words are cut off or leave their box",
        "1.4.12",
    ),
    "largest text": Kind(
        "The largest text and the widest spacing of our reading settings, at 320 pixels",
        "nothing scrolls sideways, no words are cut off or leave their box",
        "1.4.4, 1.4.10",
    ),
    "targets": Kind("Targets of 24 pixels, or with room around them", "every link, button, box and field", "2.5.8"),
    "focus": Kind(
        "Focus that can be seen",
        "every stop of the keyboard has a ring with a contrast of 3 to 1, lies in the window, and is not covered",
        "2.4.7, 2.4.11",
    ),
    "keyboard": Kind(
        "By keyboard alone",
        "the link that skips to the content comes first, every stop can be seen, none is a trap",
        "2.1.1, 2.1.2, 2.4.3",
    ),
    "reduced motion": Kind(
        "Nothing moves for readers who want it still", "no animation, transition or gliding is left", "2.3.3 (AAA)"
    ),
}


class Place(NamedTuple):
    """Where a check found something, and what."""

    page: str
    width: int
    scheme: str
    problem: str


@dataclass
class Check:
    """What one kind of check covered.

    Attributes:
        tests: The functions that asked.
        pages: Kinds of pages, or parts of one.
        widths: Of the window, in pixels.
        schemes: Colours.
        count: How often it was asked.
        found: What it found.
    """

    tests: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)
    count: int = 0
    found: list[Place] = field(default_factory=list)


@dataclass
class Record:
    """A run of the accessibility tests.

    Attributes:
        date: When it ran.
        chromium: Version of the browser.
        axe: Version of axe.
        checks: By kind.
    """

    date: str
    chromium: str
    axe: str
    checks: dict[str, Check]


def read_record(file: Path = RECORD) -> Record:
    """The record that is kept in the repository."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    checks = {}
    for kind, entry in kept.pop("checks").items():
        found = [Place(*place) for place in entry.pop("found")]
        checks[kind] = Check(**entry, found=found)
    return Record(**kept, checks=checks)


def make_record(report: Path, date: str) -> Record:
    """What the tests noted.

    Args:
        report: The report of a run in the format of JUnit.
        date: When it ran.

    Raises:
        ValueError: The report holds no check, or a test failed before it could say what it found.
    """
    checks: dict[str, Check] = {}
    browsers = set()
    for case in ET.parse(report).iter("testcase"):  # written by our own test run
        test = f"tests/{case.get('classname', '').removeprefix('tests.').replace('.', '/')}.py::{case.get('name', '')}"
        silent = case.find("failure") is not None or case.find("error") is not None
        for entry in case.iter("property"):
            if entry.get("name") == "chromium":
                browsers.add(entry.get("value", ""))
            if entry.get("name") != "check":
                continue
            noted = json.loads(entry.get("value", ""))
            silent = silent and not noted["found"]
            check = checks.setdefault(noted["check"], Check())
            check.count += 1
            check.found += [
                Place(noted["page"], noted["width"], noted["scheme"], problem) for problem in noted["found"]
            ]
            for listed, value in (
                (check.tests, test.split("[")[0]),
                (check.pages, noted["page"]),
                (check.widths, noted["width"]),
                (check.schemes, noted["scheme"]),
            ):
                if value not in listed:
                    listed.append(value)  # type: ignore[attr-defined]
        if silent:
            raise ValueError(f"{test} failed and noted nothing that it found: mend it first")
    if not checks:
        raise ValueError(f"{report} holds no check")
    for check in checks.values():
        check.tests.sort()
        check.pages.sort()
        check.widths.sort()
        check.schemes.sort()
        check.found.sort()
    return Record(date, ", ".join(sorted(browsers)), axe_version(), {kind: checks[kind] for kind in sorted(checks)})


def write_record(record: Record, file: Path = RECORD) -> None:
    """Keep a record, one list a line, so that a change of it can be read."""
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8", newline="\n")


def render_statement(record: Record) -> str:
    """The page that readers see, in Markdown."""
    total = sum(check.count for check in record.checks.values())
    found = [place for check in record.checks.values() for place in check.found]
    pages = sorted(record.checks["axe"].pages)
    day = datetime.date.fromisoformat(record.date)
    told = f"{day.day} {day:%B %Y}"
    problems = "one problem" if len(found) == 1 else f"{len(found)} problems"
    result = f"found {problems}, listed below" if found else "found nothing to object to"
    rows = "\n".join(_row(KINDS[kind], record.checks[kind]) for kind in KINDS if kind in record.checks)
    return _WORDS.read_text(encoding="utf-8").format(
        date=told,
        chromium=record.chromium,
        axe=record.axe,
        total=f"{total:,}",
        kinds=len(record.checks),
        templates=len(pages),
        result=result,
        rows=rows,
        pages=", ".join(page.replace("-", " ") for page in pages),
        failures=_failures(record),
    )


def _row(kind: Kind, check: Check) -> str:
    pages = "kinds of page" if len(check.pages) > 4 else "parts"
    widths = _listed([str(width) for width in check.widths])
    found = "nothing" if not check.found else f"**{len(check.found)}, listed below**"
    return (
        f"- **{kind.what}**: {kind.how}. {len(check.pages)} {pages}, {widths} pixels wide; "
        f"colours: {'; '.join(check.schemes)}. Asked {check.count} times, found {found}. (WCAG 2.2: {kind.criteria}.)"
    )


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _failures(record: Record) -> str:
    lines = [
        f"- {KINDS[kind].what}: {place.page.replace('-', ' ')}, {place.width} px, {place.scheme}: `{place.problem}`"
        for kind, check in record.checks.items()
        for place in check.found
    ]
    if not lines:
        return "Of what the machine asks, nothing failed in this run."
    return "\n".join(["In this run these failed:", "", *lines])


def main() -> None:
    """Read the report of a run, keep the record, write the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("report", type=Path)
    report = parser.parse_args().report
    record = make_record(report, datetime.datetime.now(datetime.UTC).date().isoformat())
    write_record(record)
    STATEMENT.write_text(render_statement(record), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
