"""Write the share of lines that the tests run, room by room, into CONTRIBUTING.md.

Usage: coverage_rooms.py REPORT.json, as `coverage json` writes it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parents[1] / "CONTRIBUTING.md"
_TABLE = re.compile(r"(?<=<!-- coverage -->\n).*?(?=<!-- /coverage -->)", re.DOTALL)


class Module(NamedTuple):
    """Lines of a module, and how many of them ran."""

    name: str
    lines: int
    covered: int


def read_rooms(report: Path) -> dict[str, list[Module]]:
    """The modules of each package."""
    rooms: dict[str, list[Module]] = defaultdict(list)
    for path, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        room, _, name = path.rpartition("src/goodpractice/")[2].partition("/")
        if name and file["summary"]["num_statements"]:
            rooms[room].append(Module(name, file["summary"]["num_statements"], file["summary"]["covered_lines"]))
    return rooms


def share(modules: Collection[Module]) -> float:
    """Percent of their lines that ran."""
    return 100 * sum(module.covered for module in modules) / sum(module.lines for module in modules)


def write_table(rooms: dict[str, list[Module]]) -> str:
    """The table in Markdown, the least covered room first."""
    rows = []
    for room, modules in sorted(rooms.items(), key=lambda entry: share(entry[1])):
        least = min(modules, key=lambda module: module.covered / module.lines)
        rows.append(f"| `{room}/` | {share(modules):.0f} % | `{least.name}`, {share([least]):.0f} % |\n")
    everything = [module for modules in rooms.values() for module in modules]
    head = "\n| Room | Lines that run | The least in a module |\n|---|---:|---|\n"
    return f"{head}{''.join(rows)}| **All** | {share(everything):.0f} % | |\n\n"


def main(report: str) -> None:
    """Write it into the page."""
    table = write_table(read_rooms(Path(report)))
    PAGE.write_text(_TABLE.sub(lambda found: table, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
