"""How well the search answers: sets of questions, asked of a built site in a Chromium, beside the goals.

    python -m benchmarks.relevance site --out benchmarks/results/relevance.json
    python -m benchmarks.relevance site --beside OTHER_SITE     # every question that the two answer differently

`GOODPRACTICE_CHROMIUM` names the browser, as `sh tools/chromium.sh` finds it; without it, the one on the path is taken.

A set is a file of `tests/search/`, written as `test_relevance.py` says. Each share stands with its interval of 95 %
(Wilson, 1927): with 45 questions, one more or fewer is 2.2 points.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread
from typing import Any

import yaml
from playwright.sync_api import sync_playwright

from benchmarks.corpus import REPOSITORY

SETS = REPOSITORY / "tests/search"
#: Shares that are aimed at, in per cent: the wanted page first, and among the first three.
GOALS: dict[str, tuple[int | None, int | None]] = {
    "situations": (50, 75),
    "situations_kept": (50, 75),
    "names": (100, None),
    "single_words": (80, 95),
    "slips": (None, 95),
    "queries": (70, 90),
    "held_out": (None, None),
}
#: In the address of the search page, so that the engine loads its files as the page does.
ASK = """async questions => {
  const { SearchEngine } = await import("../assets/scripts/search-engine.js");
  const engine = new SearchEngine();
  const answers = [];
  for (const query of questions) {
    const { results } = await engine.search({ query, count: 10 });
    answers.push(results.map(({ url }) => `/${url}`));
  }
  return answers;
}"""
#: A question whose answer stands later than this is not answered.
SHOWN = 10


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The address of a built site on this computer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def load_sets() -> dict[str, list[dict[str, Any]]]:
    """The questions of each set that is there."""
    files = {name: SETS / f"{name}.yml" for name in GOALS}
    return {name: yaml.safe_load(file.read_text(encoding="utf-8")) for name, file in files.items() if file.is_file()}


def ask(site: Path, sets: dict[str, list[dict[str, Any]]]) -> dict[str, list[int | None]]:
    """The place of the wanted page for each question of each set; None where it is not among the first ten."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GOODPRACTICE_CHROMIUM") or which("chromium")
        )
        page = browser.new_page()
        page.goto(f"{address}search/")
        places = {}
        for name, questions in sets.items():
            answers = page.evaluate(ASK, [question["query"] for question in questions])
            places[name] = [
                find_place(found, question["wanted"]) for found, question in zip(answers, questions, strict=True)
            ]
        browser.close()
    return places


def find_place(found: list[str], wanted: list[str]) -> int | None:
    """The place of the first result that answers, counted from one."""
    return next((at for at, url in enumerate(found[:SHOWN], 1) if {url, url.partition("#")[0]} & {*wanted}), None)


def interval(hits: int, number: int) -> tuple[float, float]:
    """Where a share lies in 95 of 100 cases (Wilson, 1927)."""
    z, share = 1.959964, hits / number
    middle = share + z * z / (2 * number)
    half = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    return max(0.0, (middle - half) / (1 + z * z / number)), min(1.0, (middle + half) / (1 + z * z / number))


def describe(name: str, places: list[int | None]) -> dict[str, Any]:
    """What a set shows: number of questions, and per share the value, its interval, the goal and whether it is met."""
    row: dict[str, Any] = {"set": name, "questions": len(places)}
    for label, most, goal in zip(("first", "among three"), (1, 3), GOALS[name], strict=True):
        hits = sum(place is not None and place <= most for place in places)
        low, high = interval(hits, len(places))
        row[label] = {
            "per cent": round(100 * hits / len(places), 1),
            "interval": [round(100 * low, 1), round(100 * high, 1)],
            "goal": goal,
            "met": None if goal is None else 100 * hits / len(places) >= goal,
        }
    return row


def write_table(rows: list[dict[str, Any]]) -> str:
    """The rows for people."""
    lines = ["| set | questions | first | goal | among three | goal |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = [row["set"], str(row["questions"])]
        for label in ("first", "among three"):
            share = row[label]
            low, high = share["interval"]
            cells.append(f"{share['per cent']:g} % ({low:g} to {high:g})")
            verdict = {None: "none", True: "met", False: "MISSED"}[share["met"]]
            cells.append(verdict if share["goal"] is None else f"{share['goal']} %: {verdict}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Ask every set, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="a built site of this repository")
    parser.add_argument("--beside", type=Path, help="another build of it, to list the questions that differ")
    parser.add_argument("--out", type=Path, help="also write the figures as JSON")
    parser.add_argument("--misses", action="store_true", help="list the questions whose answer is not among three")
    arguments = parser.parse_args()
    sets = load_sets()
    places = ask(arguments.site, sets)
    rows = [describe(name, found) for name, found in places.items()]
    sys.stdout.write(write_table(rows) + "\n")
    if arguments.misses:
        for name, found in places.items():
            for question, place in zip(sets[name], found, strict=True):
                if place is None or place > 3:
                    sys.stdout.write(f"{name}: {question['query']} (place {place})\n")
    if arguments.beside:
        for name, before in ask(arguments.beside, sets).items():
            for question, old, new in zip(sets[name], before, places[name], strict=True):
                if (old or SHOWN + 1) != (new or SHOWN + 1):
                    sys.stdout.write(f"{name}: {question['query']}: place {old} there, {new} here\n")
    if arguments.out:
        arguments.out.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
