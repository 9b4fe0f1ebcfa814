"""The judge: what one project may cost, measured in a process of its own."""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.content import Project, load_project
from goodpractice.diagnostics.reports import format_github, format_json, format_summary, format_text
from goodpractice.markdown.contributed import _ATTRIBUTES, _CLASSES, _SCHEMES, _TAGS, render_contributed
from goodpractice.pages import plan_pages
from goodpractice.render.page import render_page, rewriter
from goodpractice.search.text import list_sections

SECONDS = 5.0
MEGABYTES = 300
OUTPUT = 5_000_000
#: A page of a story, without the frame around it.
HTML = 1_500_000
#: Processor seconds that the work of `measure_machine` takes on the machine for which `SECONDS` was written.
_REFERENCE = 0.10
#: No case takes so long that a run of the fuzzer stands still.
_LONGEST = 40
#: Nothing that a case does may ask for so much that the machine stands still.
_MOST_MEMORY = 3 << 30


#: How an address begins that says how it is opened; a browser passes over white space and controls before it.
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a project took.

    Attributes:
        seconds: Of the processor.
        megabytes: At most, above what an empty project takes.
        output: Bytes of the longest report.
        html: Characters of the longest story as a page.
        failure: How it ended, if not well.
    """

    seconds: float
    megabytes: float
    output: int
    html: int
    failure: str

    def judge(self, slowness: float) -> str:
        """What is wrong; nothing when it is within the budget."""
        if self.failure:
            return self.failure
        over = []
        if self.seconds > SECONDS * slowness:
            over.append(f"{self.seconds:.1f} s of processor time; {SECONDS * slowness:.1f} are allowed")
        if self.megabytes > MEGABYTES:
            over.append(f"{self.megabytes:.0f} MB; {MEGABYTES} are allowed")
        if self.output > OUTPUT:
            over.append(f"{self.output:,} bytes of output; {OUTPUT:,} are allowed")
        if self.html > HTML:
            over.append(f"{self.html:,} characters of a page; {HTML:,} are allowed")
        return ", ".join(over)


def measure_machine() -> float:
    """How many times slower this machine is than the one for which the budget was written: at least 1."""
    began = time.process_time()
    text = "".join(f"a{number}: b\n" for number in range(100_000))
    sum(len(line.split(":")[0]) for _ in range(3) for line in text.split("\n"))
    return max(1.0, (time.process_time() - began) / _REFERENCE)


class _Allowed(HTMLParser):
    """Raises for an element, attribute, class or address that no story may hold."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, f"<{tag}>"
        for name, value in attrs:
            if name == "class":
                assert set((value or "").split()) <= _CLASSES.get(tag, set()), f"<{tag} class={value}>"
                continue
            assert name in _ATTRIBUTES.get(tag, set()), f"<{tag} {name}>"
            if name in ("href", "src"):
                scheme = _SCHEME.match(re.sub(r"[\t\r\n]", "", value or ""))
                assert scheme is None or scheme[1].lower() in _SCHEMES, f"{name}={value}"


def check_allowed(html: str) -> None:
    """Look at rendered HTML as a browser would.

    Raises:
        AssertionError: It holds what no story may hold.
    """
    parser = _Allowed()
    parser.feed(html)
    parser.close()


def go_through(root: Path) -> tuple[int, int]:
    """Load, check, report and render a project, and take the words for the search.

    Returns:
        The bytes of its longest report and the characters of its longest story.
    """
    kb, diagnostics = load_project(root)
    project = Project(root, kb, tuple(diagnostics))
    found = check_project(project)
    reports = (format_text(found), format_json(found), format_github(found), format_summary(found))
    inputs = ProjectCheck(project).inputs
    longest = 0
    for page in plan_pages(kb):
        if page.is_written:  # by editors
            continue
        rendered = render_page(page, inputs)
        html = rendered.html
        list_sections(rendered.passages)
        if page.kind == "case_study":
            longest = max(longest, len(html))
    for (kind, _), document in kb.documents.items():
        if kind == "case_study":  # those with a mistake, too
            check_allowed(render_contributed(document.body, rewriter(inputs.addresses, document.path)).html)
    return max(len(report.encode()) for report in reports), longest


def measure(work: Callable[[], tuple[int, int]], empty: float = 0.0) -> Cost:
    """What some work costs, in a child that may die of it.

    Args:
        work: Returns the sizes of its report and of its page.
        empty: Megabytes that an empty project takes.
    """
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            _run(work, told.fileno())
        _, status, used = os.wait4(child, 0)
        told.seek(0)
        words = told.read().decode(errors="replace")
    seconds = used.ru_utime + used.ru_stime
    megabytes = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024) - empty
    if os.WIFSIGNALED(status):
        return Cost(seconds, megabytes, 0, 0, f"the process was ended by signal {os.WTERMSIG(status)}: {words[-300:]}")
    if os.WEXITSTATUS(status):
        return Cost(seconds, megabytes, 0, 0, words)
    output, html = words.split("\n")[-1].split()
    return Cost(seconds, megabytes, int(output), int(html), "")


def _run(work: Callable[[], tuple[int, int]], told: int) -> None:
    code = 1
    try:
        os.dup2(told, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        output, html = work()
        os.write(told, f"\n{output} {html}".encode())
        code = 0
    except BaseException:
        os.write(told, traceback.format_exc().encode(errors="replace"))
    finally:
        os._exit(code)
