"""RESULTS.md, from what `run.py` measured: goals beside measured values, misses said plainly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.load import GOAL_BYTES, GOAL_SECONDS
from benchmarks.run import ELEVENTY, HUGO, MKDOCS, US, Results


class Goal(NamedTuple):
    """A goal, and what was measured.

    Attributes:
        name: What is measured.
        goal: In words.
        measured: In words.
        met: Whether it was reached; nothing when it could not be measured.
    """

    name: str
    goal: str
    measured: str
    met: bool | None


def list_goals(results: Results) -> Iterator[Goal]:
    """Every goal for the size of corpus that was measured."""
    large = results.n >= 10_000
    cold, hugo, mkdocs = (results.median(tool, "cold") for tool in (US, HUGO, MKDOCS))
    edit, hugo_edit = results.median(US, "one edit"), results.median(HUGO, "one edit")
    most = 0.75 if large else 2.5
    yield _ratio("Cold build, beside Hugo", cold, hugo, most, f"at most {most:g} × Hugo")
    yield _times("Cold build, beside MkDocs + Material + macros", mkdocs, cold, 20, "at least 20 × faster")
    with_search = results.median(US, "cold with search index")
    index = results.median(HUGO, "search index")
    both = hugo + index if hugo and index else None
    most = 0.5 if large else 1.2
    yield _ratio("Cold build with search index", with_search, both, most, f"at most {most:g} × Hugo, then Pagefind")
    cpu, with_cpu = (results.median(US, name, "cpu") for name in ("cold", "cold with search index"))
    yield _ratio("The same in processor time, beside the one without", with_cpu, cpu, 1.3, "at most 1.3 ×")
    story = results.median(US, "one story more with search index")
    edited = hugo_edit + index if hugo_edit and index else None
    least = 50 if large else 7
    goal = f"at least {least} × faster than Hugo, then Pagefind"
    yield _times("One story more with search index", edited, story, least, goal)
    if large:
        yield _times("One edit, beside Hugo", hugo_edit, edit, 40, "at least 40 × faster")
        for name, least in (("nothing changed", 50), ("one title", 12)):
            ours, theirs = results.median(US, name), results.median(HUGO, name)
            yield _times(f"{name.capitalize()}, beside Hugo", theirs, ours, least, f"at least {least} × faster")
    serving, hugo_serving = (sorted(results.serving.get(tool, ())) for tool in (US, HUGO))
    if serving and hugo_serving:
        ours, theirs = serving[len(serving) // 2], hugo_serving[len(hugo_serving) // 2]
        yield _times("Edit to page while serving, beside Hugo", theirs, ours, 10, "at least 10 × faster")
    without = [results.median(US, name, "memory") or 0 for name in ("cold", "nothing changed", "one edit", "one title")]
    yield _limit("Peak memory, all processes, without the search index", max(without) / 1e6 or None, 450, "MB")
    if large:
        small = results.median(US, "cold at 1,000")
        yield _ratio("Growth of the cold build from 1,000", cold, small, 10.5, "at most 10.5 ×")
    yield _limit("HTML of a case study beyond its own text", results.page.get("plain", 0) / 1e3 or None, 20, "kB")
    yield _limit("The same, compressed", results.page.get("compressed", 0) / 1e3 or None, 5, "kB")
    if large and results.load:
        seconds = results.load["load"] + results.load["check"]
        yield _limit("Load and check everything on one core", seconds, GOAL_SECONDS, "s")
        yield _limit("Memory for that", results.load["memory"] / 1e6, GOAL_BYTES / 1e6, "MB")


def _limit(name: str, measured: float | None, most: float, unit: str) -> Goal:
    goal = f"at most {most:g} {unit}"
    if measured is None:
        return Goal(name, goal, "not measured", None)
    return Goal(name, goal, f"{measured:.3g} {unit}" if measured < 100 else f"{measured:.0f} {unit}", measured <= most)


def _ratio(name: str, ours: float | None, other: float | None, most: float, goal: str) -> Goal:
    if ours is None or not other:
        return Goal(name, goal, "not measured", None)
    return Goal(name, goal, f"{ours:.2f} s to {other:.2f} s: {ours / other:.2f} ×", ours / other <= most)


def _times(name: str, other: float | None, ours: float | None, least: float, goal: str) -> Goal:
    if other is None or not ours:
        return Goal(name, goal, "not measured", None)
    return Goal(name, goal, f"{other:.2f} s to {ours:.2f} s: {other / ours:.1f} × faster", other / ours >= least)


def write_results(folder: Path, file: Path) -> None:
    """Write RESULTS.md from all sizes that were measured, the largest first."""
    found = [Results(**json.loads(path.read_text(encoding="utf-8"))) for path in folder.glob("[0-9]*.json")]
    parts = [
        "# How fast the site builds\n\n"
        "Made by `make bench` (`benchmarks/run.py`): do not edit. Synthetic case studies of about 600 words beside\n"
        "the content of this repository, with the checks, templates, panels and sanitiser that publish the real\n"
        "site. The others get the same texts in a plain setup and check nothing. All in turn on one machine; medians\n"
        "of the runs; ratios are within one run. Times are of whole processes, from start to exit.\n"
    ]
    for results in sorted(found, key=lambda entry: -entry.n):
        parts += _section(results)
    file.write_text("\n".join(parts), encoding="utf-8")


def _section(results: Results) -> Iterator[str]:
    yield f"## {results.n:,} case studies\n"
    machine = results.machine
    yield (
        f"{results.date}. {machine['processor']}, {machine['memory']}, {machine['system']}, "
        f"Python {machine['python']}. "
        + ", ".join(f"{name} {version}" for name, version in results.versions.items())
        + ".\n"
    )
    goals = list(list_goals(results))
    yield "| Goal | Wanted | Measured | |\n| --- | --- | --- | --- |"
    marks = {True: "reached", False: "**missed**", None: "not measured"}
    yield "\n".join(f"| {goal.name} | {goal.goal} | {goal.measured} | {marks[goal.met]} |" for goal in goals) + "\n"
    missed = [goal for goal in goals if goal.met is False]
    if missed:
        yield f"Missed: {'; '.join(f'{goal.name.lower()} ({goal.measured}, {goal.goal})' for goal in missed)}.\n"
    for name, stages in results.stages.items():
        total = sum(stages.values())
        listed = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in stages.items() if seconds >= 0.005)
        yield f"Where the time of our build goes ({name}, {total:.2f} s after Python has started): {listed}.\n"
    yield "| | | wall | processor | peak memory | written | runs |\n| --- | --- | --: | --: | --: | --: | --: |"
    for tool in (US, MKDOCS, HUGO, ELEVENTY):
        for scenario, runs in results.runs.get(tool, {}).items():
            wall, cpu, memory, written = (
                results.median(tool, scenario, what) or 0.0 for what in ("wall", "cpu", "memory", "written")
            )
            # A build from nothing that wrote nothing is one whose folder nobody looked at.
            shown = "not counted" if scenario.startswith("cold") and not written else f"{written / 1e6:.1f} MB"
            yield (
                f"| {tool} | {scenario} | {wall:.2f} s | {cpu:.2f} s | {memory / 1e6:.0f} MB | {shown} | {len(runs)} |"
            )
    for tool, times in results.serving.items():
        ordered = sorted(times)
        yield f"| {tool} | edit while serving | {ordered[len(ordered) // 2]:.3f} s | | | | {len(ordered)} |"
    yield (
        "\nMain text of all case studies: "
        + ", ".join(f"{tool} {count / 1e6:.2f} MB" for tool, count in results.text.items())
        + ". No page has less than `mkdocs build` writes, or the bench fails.\n"
    )
    for note in dict.fromkeys(results.notes):
        yield f"{note}\n"
